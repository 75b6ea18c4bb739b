"""What other modules and programs are told."""

from datetime import UTC, datetime
from typing import Any, ClassVar, Literal, get_args, get_origin
from uuid import UUID, uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


def now() -> datetime:
    """Return the time of this machine's clock."""
    return datetime.now(UTC)


class BaseIntegrationEvent(BaseModel):
    """A fact in the form in which it leaves the module: a contract, with a name and a version.

    Not the domain event of the same moment: that one is the module's own and may change with it.
    This one is read by others, perhaps tomorrow, so a change that they cannot read is a new
    version, in a class of its own::

        class UserBlocked(BaseIntegrationEvent):
            __topic__ = "auth.users"

            name: Literal["auth.user_blocked"] = "auth.user_blocked"
            version: Literal[1] = 1
            payload: UserPayload

    It carries ids, never secrets, and of people no more than the readers need.
    """

    model_config = ConfigDict(frozen=True)

    __topic__: ClassVar[str]
    """Where it is published. Events of one topic and key keep their order."""

    name: str
    version: int
    id: UUID = Field(default_factory=uuid4)
    occurred_at: AwareDatetime = Field(default_factory=now)
    key: str = Field(min_length=1, max_length=200)
    """What it happened to, such as ``user:17``."""
    payload: Any

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 - as the parent
        """Refuse a contract that says nothing exact, where it is written."""
        super().__pydantic_init_subclass__(**options)
        if "__topic__" not in vars(cls):
            raise TypeError(f"{cls.__name__} needs a topic: __topic__ = …")
        for field in ("name", "version"):
            if get_origin(cls.model_fields[field].annotation) is not Literal:
                raise TypeError(f"{cls.__name__}.{field} needs one value: {field}: Literal[…] = …")
        payload = cls.model_fields["payload"].annotation
        if not (isinstance(payload, type) and issubclass(payload, BaseModel)):
            raise TypeError(f"{cls.__name__}.payload needs a model")
        KNOWN.append(cls)

    @classmethod
    def get_name(cls) -> str:
        """Return the name, without the version."""
        return str(get_args(cls.model_fields["name"].annotation)[0])

    @classmethod
    def get_type(cls) -> str:
        """Return name and version: ``auth.user_blocked.v1``."""
        return f"{cls.get_name()}.v{get_args(cls.model_fields['version'].annotation)[0]}"


KNOWN: list[type[BaseIntegrationEvent]] = []
"""Every event that this process has imported."""
