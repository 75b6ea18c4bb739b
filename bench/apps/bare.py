"""FastAPI and nothing else: the limit for everything that is built on it."""

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Health(BaseModel):
    """What the trivial route answers."""

    status: str


@app.get("/trivial")
async def trivial() -> Health:
    """Answer."""
    return Health(status="ok")
