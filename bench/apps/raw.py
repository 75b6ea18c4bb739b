"""FastAPI on asyncpg without an ORM: the limit for everything that asks the database."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import jwt
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

COLUMNS = "id, username, status_id, created_at"


class User(BaseModel):
    """What everybody may know of a user."""

    id: int
    username: str
    status_id: int
    created_at: datetime


class Users(BaseModel):
    """A page."""

    items: list[User]
    total: int


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the pool, of the same size as the others have."""
    async with asyncpg.create_pool(os.environ["PLAIN_DATABASE_URL"], max_size=10) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


async def find(request: Request, user_id: int) -> User:
    """Look a user up."""
    found = await request.app.state.pool.fetchrow(
        f"SELECT {COLUMNS} FROM users WHERE id = $1 AND deleted_at IS NULL",  # noqa: S608 - a constant
        user_id,
    )
    if found is None:
        raise HTTPException(404)
    return User(**found)


@app.get("/user/{user_id}")
async def get_one(user_id: int, request: Request) -> User:
    """Show one user."""
    return await find(request, user_id)


@app.get("/me")
async def get_me(request: Request) -> User:
    """Show the user of the token."""
    token = request.headers["authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, os.environ["JWT_SECRET"], ["HS256"], options={"verify_aud": False})
    return await find(request, int(claims["sub"]))


@app.get("/list")
async def get_list(request: Request) -> Users:
    """Show the last twenty users whose name begins so, and say how many there are."""
    pool = request.app.state.pool
    where = "FROM users WHERE deleted_at IS NULL AND status_id = 1"
    rows = await pool.fetch(f"SELECT {COLUMNS} {where} ORDER BY created_at DESC, id LIMIT 20")
    total = await pool.fetchval(f"SELECT count(*) {where}")
    return Users(items=[User(**row) for row in rows], total=total)
