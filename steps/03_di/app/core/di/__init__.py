"""The container: who makes what, how long it lives, and which handler serves which request."""

from app.core.di.container import create_container

__all__ = ["create_container"]
