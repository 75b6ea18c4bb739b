"""How fast the finished app is, next to others that do the same: ``nox -s bench``."""
