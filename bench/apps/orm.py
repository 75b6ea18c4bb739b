"""FastAPI and SQLAlchemy as most tutorials combine them: one session per request, ORM objects."""

import os
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer
from pwdlib import PasswordHash
from pydantic import BaseModel, ConfigDict, EmailStr
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)
passwords = PasswordHash.recommended()
bearer = OAuth2PasswordBearer("login")


class Base(DeclarativeBase):
    """Of the models."""


class User(Base):
    """An account."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    username: Mapped[str]
    password_hash: Mapped[str]
    status_id: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    deleted_at: Mapped[datetime | None]


class UserResponse(BaseModel):
    """What everybody may know of a user."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    username: str
    status_id: int
    created_at: datetime


class UsersResponse(BaseModel):
    """A page."""

    items: list[UserResponse]
    total: int


class Registration(BaseModel):
    """A new account."""

    email: EmailStr
    username: str
    password: str


async def get_session() -> AsyncIterator[AsyncSession]:
    """Open a session for the request."""
    async with sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]

app = FastAPI()


async def find(session: AsyncSession, user_id: int) -> User:
    """Look a user up."""
    found = await session.scalar(select(User).where(User.id == user_id, User.deleted_at.is_(None)))
    if found is None:
        raise HTTPException(404)
    return found


@app.get("/user/{user_id}")
async def get_one(user_id: int, session: Session) -> UserResponse:
    """Show one user."""
    return UserResponse.model_validate(await find(session, user_id))


@app.get("/me")
async def get_me(token: Annotated[str, Depends(bearer)], session: Session) -> UserResponse:
    """Show the user of the token."""
    claims = jwt.decode(token, os.environ["JWT_SECRET"], ["HS256"], options={"verify_aud": False})
    return UserResponse.model_validate(await find(session, int(claims["sub"])))


@app.get("/list")
async def get_list(session: Session) -> UsersResponse:
    """Show the last twenty active users, and say how many there are."""
    active = select(User).where(User.deleted_at.is_(None), User.status_id == 1)
    users = await session.scalars(active.order_by(User.created_at.desc(), User.id).limit(20))
    total = await session.scalar(select(func.count()).select_from(active.subquery()))
    items = [UserResponse.model_validate(user) for user in users]
    return UsersResponse(items=items, total=total or 0)


@app.post("/register", status_code=201)
async def register(data: Registration, session: Session) -> UserResponse:
    """Make an account."""
    user = User(
        email=data.email, username=data.username, password_hash=passwords.hash(data.password)
    )
    session.add(user)
    await session.commit()
    return UserResponse.model_validate(user)
