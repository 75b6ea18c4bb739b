"""Stage 8: the audit module listens."""

from collections.abc import Iterable
from typing import Any

import httpx
from dishka import AsyncContainer

from app.consumers import init_consumers
from app.core.di.consumers import CONSUMERS
from tests.capstone.shop import (
    TOPIC,
    Headers,
    change,
    make_order,
    outcome,
    wait_until,
)
from tests.fixtures.events import consuming, relaying

TRAIL = "/api/v1/audit"


def topics(operations: Iterable[dict[str, Any]], document: dict[str, Any]) -> set[str]:
    """Name what operations of an AsyncAPI document are about, without the prefix of the streams."""
    found = (one["channel"]["$ref"].rpartition("/")[2] for one in operations)
    channels = document["channels"]
    by_reference = {name.replace("~", "~0").replace("/", "~1"): name for name in channels}
    names = (by_reference.get(reference, reference) for reference in found)
    return {channels[name]["address"].rpartition(":")[2] for name in names}


async def test_payment_is_on_the_trail_of_its_owner(
    shop: httpx.AsyncClient, web: AsyncContainer, as_ada: Headers, as_root: Headers
) -> None:
    """Relay and consumers run: an administrator reads who, which order, how much, which request."""
    order = await make_order(shop, as_ada)
    headers = as_ada | {"X-Request-ID": "request-17"}
    assert outcome(await change(shop, headers, order["id"], "pay")) == (200, None)
    groups = [consumer.group for consumer in CONSUMERS if consumer.topic == TOPIC]
    assert groups, f"no consumer reads {TOPIC}"
    entries: list[dict[str, Any]] = []

    async def is_recorded() -> bool:
        query = {"filters": "event:orders.order_paid"}
        answer = await shop.get(TRAIL, params=query, headers=as_root)
        assert outcome(answer) == (200, None)
        entries[:] = answer.json()["items"]
        return bool(entries)

    async with relaying(web), consuming(init_consumers()):
        await wait_until(is_recorded, "the payment never came to the trail")
    assert [entry["user_id"] for entry in entries] == [order["user_id"]]
    assert entries[0]["details"] == {"order_id": order["id"], "total": order["total"]}
    assert entries[0]["request_id"] == "request-17"


async def test_contract_with_other_programs_is_documented(client: httpx.AsyncClient) -> None:
    """``/asyncapi.json`` says that the app tells and hears ``orders.orders``."""
    document = (await client.get("/asyncapi.json")).json()
    for action in ("send", "receive"):
        operations = [one for one in document["operations"].values() if one["action"] == action]
        assert TOPIC in topics(operations, document)
    assert "orders.order_paid" in str(document["components"]["schemas"])
