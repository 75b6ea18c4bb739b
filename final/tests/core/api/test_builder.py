"""`ListParamsBuilder` with the models of a module."""

from typing import Literal

import httpx
import pytest
from fastapi import Depends, FastAPI
from pydantic import Field

from app.core.api.builder import ListParamsBuilder
from app.core.api.schemas import FilterParam, ListParams, SortParam
from app.core.exceptions import InvalidRequestError


class PlainSortParam(SortParam):
    """As short as it gets."""

    field: Literal["name"]


class PlainFilterParam(FilterParam):
    """Without ``value_types``."""

    field: Literal["name"]


class PlainListParams(ListParams):
    """With a parameter of its own and a smaller page."""

    sort: list[PlainSortParam] | None = Field(None, description="Sorting parameters")
    filters: list[PlainFilterParam] | None = Field(None, description="Filtering parameters")
    page_size: int = Field(5, ge=1, le=10)
    with_hidden: bool = False


build = ListParamsBuilder(PlainListParams, PlainSortParam, PlainFilterParam)
app = FastAPI()


@app.get("/")
async def show(request: PlainListParams = Depends(build)) -> PlainListParams:  # noqa: B008, FAST002 - the specification's form
    """Show what was understood."""
    return request


async def ask(query: str) -> httpx.Response:
    """Send a query string."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(f"/?{query}")


async def test_nothing_given_means_the_defaults() -> None:
    """The first page, sorted and filtered by nothing."""
    assert (await ask("")).json() == {
        "sort": None,
        "filters": None,
        "page": 1,
        "page_size": 5,
        "with_total": True,
        "with_hidden": False,
    }


async def test_module_adds_a_parameter_of_its_own() -> None:
    """A field that a module adds to its `ListParams` is a query parameter."""
    assert (await ask("with_hidden=true")).json()["with_hidden"] is True


async def test_module_tightens_a_bound() -> None:
    """The module's own limit holds."""
    answer = await ask("page_size=11")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "page_size"]


async def test_field_without_a_declared_type_is_text() -> None:
    """As in the specification's example, where no types are declared."""
    assert (await ask("filters=name:[1,x]")).json()["filters"] == [
        {"field": "name", "values": ["1", "x"]}
    ]


async def test_repeated_parameter_is_the_same_as_a_longer_one() -> None:
    """Nothing that was sent is dropped silently."""
    with pytest.raises(InvalidRequestError) as caught:
        await build(sort=["name", "name:desc"], filters=None)
    (error,) = caught.value.errors
    assert (error.loc, error.message) == (("query", "sort"), "name is given twice")


async def test_every_mistake_is_reported_at_once() -> None:
    """A client need not send the request again and again to learn the next mistake."""
    with pytest.raises(InvalidRequestError) as caught:
        await build(sort=["nope:up"], filters=["name"])
    assert [error.loc for error in caught.value.errors] == [
        ("query", "sort", "nope", "field"),
        ("query", "sort", "nope", "direction"),
        ("query", "filters"),
    ]
