"""The commands of the module and who carries them out."""

from app.core.mediator import CommandRegistry, CommandTable
from app.orders.commands.orders.cancel import CancelOrder, CancelOrderHandler
from app.orders.commands.orders.create import CreateOrder, CreateOrderHandler
from app.orders.commands.orders.pay import PayOrder, PayOrderHandler

COMMANDS: CommandTable = (
    (CreateOrder, CreateOrderHandler),
    (PayOrder, PayOrderHandler),
    (CancelOrder, CancelOrderHandler),
)


def register_orders_command_handlers(registry: CommandRegistry) -> None:
    """Tell the mediator."""
    for command, handler in COMMANDS:
        registry.register(command, handler)
