"""The AsyncAPI document, and a page that shows it without the Internet.

FastStream's own page loads the AsyncAPI React component from a CDN, and no package brings it. A
contract is a list of names and schemas: that needs no script.
"""

import json
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any
from urllib.parse import unquote

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse

Document = dict[str, Any]
VERBS = {"receive": "hears", "send": "tells"}
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}: events</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto }}
pre {{ background: #8882; padding: 1rem; overflow: auto; border-radius: .4rem }}
summary {{ cursor: pointer }} :root {{ color-scheme: light dark }}
</style>
<h1>{title}: events</h1>
<p>{description}</p>
<p>As <a href="{root}/asyncapi.json">AsyncAPI {version}</a>, for tools.</p>
{body}
</html>
"""


def setup_asyncapi(app: FastAPI) -> None:
    """Serve the document on ``/asyncapi.json`` and the page on ``/asyncapi``."""
    app.add_route("/asyncapi.json", show_document, include_in_schema=False)
    app.add_route("/asyncapi", show_page, include_in_schema=False)


@cache
def make_document() -> Document:
    """Make the document, when somebody asks: a web process seldom needs the libraries behind it."""
    from app.asyncapi import describe  # noqa: PLC0415 - as above

    document: Document = json.loads(describe().to_specification().to_json())
    return document


async def show_document(_request: Request) -> JSONResponse:
    """Give the document."""
    return JSONResponse(await run_in_threadpool(make_document))


async def show_page(request: Request) -> HTMLResponse:
    """Show who tells and hears what, and every schema."""
    document = await run_in_threadpool(make_document)
    page = PAGE.format(
        title=escape(document["info"]["title"]),
        description=escape(document["info"].get("description", "")),
        version=escape(document["asyncapi"]),
        root=escape(request.scope.get("root_path", "").rstrip("/")),
        body="\n".join((*list_operations(document), *list_schemas(document))),
    )
    return HTMLResponse(page)


def list_operations(document: Document) -> Iterator[str]:
    """Write a section for each operation."""
    for operation in document["operations"].values():
        name = unquote(operation["channel"]["$ref"].rpartition("/")[2])
        channel = document["channels"][name]
        verb, address = VERBS[operation["action"]], escape(channel["address"])
        group = channel.get("bindings", {}).get("redis", {}).get("groupName")
        whom = f", as the group <b>{escape(group)}</b>" if group else ""
        yield f"<h2>The app {verb} <code>{address}</code>{whom}</h2>"


def list_schemas(document: Document) -> Iterator[str]:
    """Write what can be opened for each schema."""
    yield "<h2>Schemas</h2>"
    for name, schema in document["components"]["schemas"].items():
        text = escape(json.dumps(schema, indent=2, ensure_ascii=False))
        yield f"<details><summary><code>{escape(name)}</code></summary><pre>{text}</pre></details>"
