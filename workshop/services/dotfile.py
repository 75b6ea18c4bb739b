"""The ``.env`` at the root of a checkout."""

from __future__ import annotations

from workshop.errors import WorkshopError
from workshop.project import Project


def read_dotenv(project: Project) -> tuple[str, dict[str, str]]:
    """Return the path of the file and what it sets; nothing where there is no file.

    Raises:
        WorkshopError: it cannot be read.

    """
    path = project.root / ".env"
    if not path.is_file():
        return str(path), {}
    from dotenv import dotenv_values  # noqa: PLC0415 - most checkouts have no .env

    try:
        # Notepad begins a file with a byte order mark.
        written = dotenv_values(path, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WorkshopError("services-dotenv", path=str(path), reason=str(error)) from error
    return str(path), {name: (value or "").strip() for name, value in written.items()}
