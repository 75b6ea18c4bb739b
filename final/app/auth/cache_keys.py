"""The keys of the module's kept answers: whoever keeps one and whoever drops it must agree."""


def make_user_key(user_id: int) -> str:
    """Name the answer that shows one user to anybody."""
    return f"users:{user_id}"
