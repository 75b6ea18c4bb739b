"""Links to the neighbours of a page: RFC 8288."""

# ruff: noqa: INP001 - laid into a package of the app

from starlette.datastructures import URL


def make_link_header(url: URL, page: int, pages: int | None) -> str:
    """Name the pages that a client may want next; the addresses are relative to the host."""
    neighbours = {
        "first": 1,
        "prev": page - 1 if page > 1 else None,
        "next": page + 1 if pages is None or page < pages else None,
        "last": pages,
    }
    links = []
    for relation, number in neighbours.items():
        if number is not None:
            other = url.include_query_params(page=number)
            links.append(f'<{other.path}?{other.query}>; rel="{relation}"')
    return ", ".join(links)
