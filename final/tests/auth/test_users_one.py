"""``GET /users/{user_id}``."""

import httpx
import pytest

URL = "/api/v1/users"


@pytest.mark.usefixtures("usernames")
async def test_user_is_found_by_id(client: httpx.AsyncClient) -> None:
    """The same shape as in the list."""
    answer = await client.get(f"{URL}/2")
    assert (answer.status_code, answer.json()["username"]) == (200, "ada")
    assert set(answer.json()) == {"id", "username", "status_id", "created_at"}


@pytest.mark.usefixtures("usernames")
@pytest.mark.parametrize("user_id", [5, 6, 2**63 - 1], ids=["deleted", "never", "largest"])
async def test_user_who_is_not_there(client: httpx.AsyncClient, user_id: int) -> None:
    """A deleted user looks like one that never was."""
    answer = await client.get(f"{URL}/{user_id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "user_not_found")
    assert answer.json()["detail"] == f"There is no user {user_id}."
