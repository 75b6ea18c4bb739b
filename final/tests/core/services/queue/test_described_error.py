"""What is told of a task and of its error."""

from taskiq import TaskiqMessage

from app.core.services.queue.pushed import PushedTaskEvent
from app.core.services.queue.secret_arguments import SECRETS, describe_error
from tests.core.services.queue.sandbox import WriteLine

MESSAGE = TaskiqMessage(task_id="1", task_name="sandbox", labels={}, args=[], kwargs={})


def test_first_line_is_told_and_the_rest_is_not() -> None:
    """There SQLAlchemy shows parameters."""
    assert describe_error(ValueError("bad\n[parameters: 7]"), MESSAGE) == "ValueError: bad"
    assert describe_error(ValueError(), MESSAGE) == "ValueError"


def test_long_error_is_cut() -> None:
    """A list of dead letters stays a list."""
    described = describe_error(ValueError("x" * 600), MESSAGE)
    assert described == "ValueError: " + "x" * 488


def test_secret_within_a_secret_leaves_nothing_behind() -> None:
    """The longer one is hidden first, wherever the shorter one stands in it."""
    message = MESSAGE.model_copy(
        update={"labels": {SECRETS: "login"}, "kwargs": {"login": {"a": "zz", "b": ["azzb", ""]}}}
    )
    assert describe_error(ValueError("azzb, zz"), message) == "ValueError: ***, ***"


def test_log_of_a_task_on_its_way_tells_no_arguments() -> None:
    """Among them may be passwords."""
    assert "hush" not in repr(PushedTaskEvent.create(WriteLine, {"line": "hush"}))
