"""Requests that nobody thought of, against the finished app: ``nox -s fuzz``."""
