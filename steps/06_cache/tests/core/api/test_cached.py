"""``@cached``: which functions it takes, and which answers come out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Annotated, Any

import httpx
import pytest
from dishka import AsyncContainer, Provider, Scope, make_async_container, provide
from dishka.integrations.fastapi import DishkaRoute, FromDishka, setup_dishka
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Response
from pydantic import BaseModel, Field

from app.core.api.handlers import setup_exception_handlers
from app.core.deps import CacheService, cached
from app.core.services.cache import AiocacheService, CacheServiceInterface
from tests.fixtures.client import call


class Item(BaseModel):
    """An answer."""

    id: int
    name: str = Field(serialization_alias="fullName")
    note: str | None = None


class SecretItem(Item):
    """The same with something that is nobody's business."""

    secret: str = "swordfish"


class Journal(list[str]):
    """What ran."""


class CachedProvider(Provider):
    """Makes what the routes below want."""

    def __init__(self, cache: CacheServiceInterface) -> None:
        super().__init__()
        self._cache = cache

    @provide(scope=Scope.APP)
    def cache(self) -> CacheServiceInterface:
        """Give the cache of the test."""
        return self._cache

    @provide(scope=Scope.APP)
    def journal(self) -> Journal:
        """Open an empty journal."""
        return Journal()


def key(_function: object, *_args: object, **kwargs: Any) -> str:  # noqa: ANN401 - any argument
    """Name the answer by the item."""
    return f"item:{kwargs['item_id']}"


async def add_header(response: Response) -> None:
    """Do what a router's dependency may do."""
    response.headers["X-Shop"] = "é"
    response.set_cookie("a", "1")
    response.set_cookie("b", "2")


async def get_item(item_id: int, journal: FromDishka[Journal]) -> Item:
    """Show an item."""
    journal.append(f"item {item_id}")
    if item_id == 404:
        raise HTTPException(404, "no such item")
    if item_id == 500:
        raise RuntimeError("a bug")
    return SecretItem(id=item_id, name="é\u2028</script>🐎")


async def get_items(item_id: int, journal: FromDishka[Journal]) -> list[Item]:
    """Show items as dicts and as objects, of the class or of any other."""
    journal.append(f"items {item_id}")
    row = SimpleNamespace(id=3, name="c", note=None)
    return [{"id": item_id, "name": "a"}, SecretItem(id=2, name="b"), row]  # type: ignore[list-item]  # FastAPI takes them all


async def get_nothing(item_id: int) -> Item | None:  # noqa: ARG001 - it is in the key
    """Show that there is none."""
    return None


async def get_plainly(item_id: int) -> dict[str, Any]:
    """Need nothing of the container."""
    return {"id": item_id, "ratio": 0.1}


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "item": get_item,
    "items": get_items,
    "nothing": get_nothing,
    "plainly": get_plainly,
}


@pytest.fixture
async def container(cache: AiocacheService) -> AsyncIterator[AsyncContainer]:
    """Make a small container."""
    container = make_async_container(CachedProvider(cache))
    yield container
    await container.close()


@pytest.fixture
async def shop(container: AsyncContainer) -> AsyncIterator[httpx.AsyncClient]:
    """Serve every function twice: as it is under /plain, and cached under /cached."""
    app = FastAPI()
    for prefix in ("plain", "cached"):
        router = APIRouter(
            prefix=f"/{prefix}", route_class=DishkaRoute, dependencies=[Depends(add_header)]
        )
        for name, function in FUNCTIONS.items():
            keep = cached(ttl=60, key_builder=lambda f, **given: f"{f.__name__}:{key(f, **given)}")
            endpoint = keep(function) if prefix == "cached" else function
            router.get(f"/{name}/{{item_id}}")(endpoint)
        app.include_router(router)
    setup_exception_handlers(app)
    setup_dishka(container, app)
    async with call(app) as client:
        yield client


@pytest.mark.parametrize("name", FUNCTIONS)
async def test_answer_is_identical_to_the_uncached_one(shop: httpx.AsyncClient, name: str) -> None:
    """The bytes, the status and every header, in their order, the first time and the second."""
    plain = await shop.get(f"/plain/{name}/1")
    first, second = [await shop.get(f"/cached/{name}/1") for _ in range(2)]
    for answer in (first, second):
        assert answer.content == plain.content
        assert answer.headers.raw == plain.headers.raw
        assert answer.status_code == plain.status_code == 200
    assert "swordfish" not in plain.text


async def test_function_runs_once_per_key(
    shop: httpx.AsyncClient, container: AsyncContainer
) -> None:
    """Each key has its own answer."""
    answers = [(await shop.get(f"/cached/item/{number}")).json() for number in (1, 2, 1, 2)]
    assert [answer["id"] for answer in answers] == [1, 2, 1, 2]
    assert await container.get(Journal) == ["item 1", "item 2"]


@pytest.mark.parametrize(("item_id", "status"), [(404, 404), (500, 500)])
async def test_errors_are_not_kept(
    shop: httpx.AsyncClient, container: AsyncContainer, item_id: int, status: int
) -> None:
    """They are what they would be without the cache, and are found out anew each time."""
    plain = await shop.get(f"/plain/item/{item_id}")
    for _ in range(2):
        answer = await shop.get(f"/cached/item/{item_id}")
        assert answer.status_code == plain.status_code == status
        assert answer.json()["code"] == plain.json()["code"]
        assert answer.json()["detail"] == plain.json()["detail"]
    assert await container.get(Journal) == [f"item {item_id}"] * 3


async def test_wrong_input_is_refused_before_the_cache(
    shop: httpx.AsyncClient, container: AsyncContainer
) -> None:
    """No key is made of it."""
    assert (await shop.get("/cached/item/x")).status_code == 422
    assert await container.get(Journal) == []


async def test_requests_at_once_run_the_function_once(
    shop: httpx.AsyncClient, container: AsyncContainer
) -> None:
    """All get the same bytes."""
    answers = await asyncio.gather(*(shop.get("/cached/item/1") for _ in range(50)))
    assert len({answer.content for answer in answers}) == 1
    assert await container.get(Journal) == ["item 1"]


async def test_deletion_of_the_key_is_seen_at_once(
    shop: httpx.AsyncClient, container: AsyncContainer, cache: AiocacheService
) -> None:
    """The next request runs the function; `get` shows the kept answer as a value."""
    await shop.get("/cached/item/1")
    assert "'fullName': 'é" in str(await cache.get("get_item:item:1"))
    await cache.delete("get_item:item:1")
    await shop.get("/cached/item/1")
    assert await container.get(Journal) == ["item 1", "item 1"]


async def test_document_does_not_tell(shop: httpx.AsyncClient) -> None:
    """In OpenAPI a cached route looks like any other."""
    paths = (await shop.get("/openapi.json")).json()["paths"]
    for name in FUNCTIONS:
        plain, kept = (str(paths[f"/{kind}/{name}/{{item_id}}"]) for kind in ("plain", "cached"))
        assert kept.lower().replace("cached", "plain") == plain.lower()


async def test_cache_is_a_dependency_of_any_route(
    container: AsyncContainer, cache: AiocacheService
) -> None:
    """Also of one that knows nothing of the container."""
    app = FastAPI()

    @app.get("/")
    async def index(cache_service: CacheService) -> bool:
        await cache_service.set(key="key", value="value", ttl=60)
        return cache_service is cache

    setup_dishka(container, app)
    async with call(app) as client:
        assert (await client.get("/")).json() is True
    assert await cache.get("key") == "value"


def test_key_is_not_guessed() -> None:
    """Without a key builder the module cannot be imported; the error names the function."""
    with pytest.raises(TypeError, match=r"get_plainly needs a key_builder, such as lambda"):
        cached(ttl=60)(get_plainly)


async def answer_with_headers(response: Response) -> Item:
    """Set a header of its own."""
    raise NotImplementedError


async def answer_and_go_on(tasks: Annotated[BackgroundTasks, "later"]) -> Item:
    """Do more later."""
    raise NotImplementedError


async def answer_by_hand() -> Response:
    """Make the response."""
    raise NotImplementedError


async def answer_something():  # type: ignore[no-untyped-def]  # noqa: ANN201 - the mistake of the test
    """Do not say what."""
    raise NotImplementedError


def answer_in_a_thread() -> Item:
    """Block."""
    raise NotImplementedError


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (answer_with_headers, "cannot have response"),
        (answer_and_go_on, "cannot have tasks"),
        (answer_by_hand, "needs the type of the answer"),
        (answer_something, "needs the type of the answer"),
        (answer_in_a_thread, "needs an async function"),
    ],
)
def test_what_bytes_cannot_keep_is_refused(function: Callable[..., Any], words: str) -> None:
    """When it is imported, by name."""
    with pytest.raises(TypeError, match=rf"{function.__name__} {words}"):
        cached(key_builder=key)(function)


def test_no_time_at_all_is_refused() -> None:
    """When it is imported."""
    with pytest.raises(ValueError, match="at least 1 second"):
        cached(key_builder=key, ttl=0)


@pytest.mark.parametrize(
    "options",
    [
        {"status_code": 203},
        {"response_model": dict[str, Any]},
        {"response_model_exclude": {"note"}},
        {"response_model_exclude_none": True},
        {"response_model_by_alias": False},
        {"response_class": Response},
        {"methods": ["POST"]},
    ],
    ids=lambda options: next(iter(options)),
)
async def test_options_that_would_be_ignored_are_refused(
    container: AsyncContainer, options: dict[str, Any]
) -> None:
    """By the first request, and nothing is kept."""
    app = FastAPI()
    app.add_api_route("/{item_id}", cached(key_builder=key)(get_item_plainly), **options)
    setup_dishka(container, app)
    method = options.get("methods", ["GET"])[0]
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        with pytest.raises(TypeError, match=rf"cannot set {next(iter(options))}: the type that"):
            await client.request(method, "/1")


async def get_item_plainly(item_id: int) -> Item:
    """Show an item."""
    return Item(id=item_id, name="a")
