"""What a request costs in PostgreSQL."""

import httpx
import pytest

URL = "/api/v1/users"


@pytest.mark.usefixtures("usernames")
@pytest.mark.parametrize(
    ("path", "number"),
    [(URL, 2), (f"{URL}?with_total=false", 1), (f"{URL}/1", 1), (f"{URL}/999", 1)],
)
async def test_statements_of_a_request(
    client: httpx.AsyncClient, statements: list[str], path: str, number: int
) -> None:
    """As many as needed, and neither BEGIN nor ROLLBACK around them."""
    await client.get(path)
    assert len(statements) == number, statements
    assert all(statement.startswith("SELECT") for statement in statements)
    assert not any("OVER (" in statement for statement in statements)


async def test_number_of_values_does_not_change_the_statement(
    client: httpx.AsyncClient, statements: list[str]
) -> None:
    """One value or three: one prepared statement for PostgreSQL."""
    for values in ("1", "[1,2,3]"):
        await client.get(f"{URL}?with_total=false&filters=id:{values}")
    # A new connection also asks asyncpg's own questions, about types.
    assert len({statement for statement in statements if "FROM users" in statement}) == 1


async def test_bad_input_never_reaches_the_database(
    client: httpx.AsyncClient, statements: list[str]
) -> None:
    """It is refused before a connection is taken."""
    await client.get(f"{URL}?sort=nope")
    assert statements == []
