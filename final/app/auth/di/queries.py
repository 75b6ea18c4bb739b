"""The queries of the module and who answers them."""

from app.auth.queries.users.get import GetUser, GetUserHandler
from app.auth.queries.users.get_current import GetCurrentUser, GetCurrentUserHandler
from app.auth.queries.users.list import ListUsers, ListUsersHandler
from app.core.mediator import QueryRegistry, QueryTable

QUERIES: QueryTable = (
    (GetUser, GetUserHandler),
    (GetCurrentUser, GetCurrentUserHandler),
    (ListUsers, ListUsersHandler),
)


def register_auth_query_handlers(registry: QueryRegistry) -> None:
    """Tell the mediator."""
    for query, handler in QUERIES:
        registry.register(query, handler)
