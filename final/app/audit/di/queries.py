"""The queries of the module and who answers them."""

from app.audit.queries.list_entries import ListEntries, ListEntriesHandler
from app.core.mediator import QueryRegistry, QueryTable

QUERIES: QueryTable = ((ListEntries, ListEntriesHandler),)


def register_audit_query_handlers(registry: QueryRegistry) -> None:
    """Tell the mediator."""
    for query, handler in QUERIES:
        registry.register(query, handler)
