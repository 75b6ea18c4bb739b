

class UserExistsError(ApplicationException):
    """A living user has this e-mail or user name already."""

    status = 409
    code = "user_exists"
    title = "User exists"

    def __init__(self, field: str) -> None:
        super().__init__(f"This {field} is taken.")
