from app.orders.models.order import Order, OrderStatus
from app.orders.models.order_line import Item, OrderLine

__all__ = ["Item", "Order", "OrderLine", "OrderStatus"]
