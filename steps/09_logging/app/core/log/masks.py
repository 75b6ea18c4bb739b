"""What lines must not tell: secrets, and who a person is."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import ip_network
from itertools import islice
from math import isfinite
from typing import Any, Final

from app.core.log.context import get_hidden

HIDDEN: Final = "***"
LONGEST_TEXT: Final = 32_768
"""Characters of one value; of longer ones, the beginning and the end are kept."""
MOST_ITEMS: Final = 100
MOST_LEVELS: Final = 6

SECRET = r"(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|credential|signature)"  # noqa: S105 - names of secrets
PHRASE = r"(?:passw(?:or)?d|passphrase|pwd|secret|credential)"
"""What may be of several words."""
NAME_START = r"(?<![\w-])"
BLANKS = r"[^\S\r\n]*+"
SECRET_NAME = re.compile(rf"(?i){SECRET}|authorization|cookie|private[_-]?key")

# Every pattern takes time that is linear in the text: a run is entered at its beginning only
# (the lookbehinds), and the possessive ++ and *+ never give back what they took.
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # What SQLAlchemy, asyncpg and PostgreSQL show of a statement's values.
    (re.compile(r"(?s)\[parameters: .*?(?=\n\(Background|\Z)"), f"[parameters: {HIDDEN}]"),
    (re.compile(r"(invalid input for query argument \$\d+: )[^\n]*"), rf"\1{HIDDEN}"),
    (re.compile(r"(invalid input (?:syntax|value) for [^:\n]*: )[^\n]*"), rf"\1{HIDDEN}"),
    (re.compile(r"(Failing row contains )\([^\n]*"), rf"\1({HIDDEN})"),
    (re.compile(r"(Key \([^)\n]*\)=)\([^\n]*?\)(?= |\n|\Z)"), rf"\1({HIDDEN})"),
    # Headers, as text, as a dict or as ASGI's pairs: all that follows on the line.
    (
        re.compile(
            r"(?i)(?<![\w-])((?:proxy-)?authorization|(?:set-)?cookie)"
            r"(\\*['\"]?\s*[:=,]\s*b?\\*['\"]?)[^\r\n'\"]+"
        ),
        rf"\1\2{HIDDEN}",
    ),
    # What pydantic was given, whatever it was.
    (re.compile(r"(input_value=)[^\n]*"), rf"\1{HIDDEN}"),
    # password=several words: all that follows on the line, up to the next name=.
    (
        re.compile(
            rf"(?i){NAME_START}((?=[\w-]*?{PHRASE})[\w-]++{BLANKS}={BLANKS})"
            r"(?!b?\\*['\"\[{(])"  # those are below
            r"(?:[^\s,;&]|(?:[^\S\r\n]|[,;&])(?![\w.-]++=))++"
        ),
        rf"\1{HIDDEN}",
    ),
    # name=value, "name": "value" and ('name', 'value'): up to the end of the value, but of a list,
    # a dict or a tuple nobody knows where that is, so all that follows on the line and, indented,
    # below it.
    (
        re.compile(
            rf"(?i){NAME_START}(?=[\w-]*?{SECRET})"
            r"([\w-]++(?:\\*['\"]?\s*[:=]\s*|\\*['\"],\s*)b?\\*)"
            r"(?:\"(?:[^\"\\]|\\.)*+\"?|'(?:[^'\\]|\\.)*+'?"
            r"|[\[{(][^\n]*+(?:\n[ \t]++(?!File \"|[|+])[^\n]*+)*+"
            r"|[^\s,;&)}\]'\"]++)"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer\s+)[\w.~+/=-]{8,}|\b(basic\s+)[\w.~+/=-]{16,}"), rf"\1\2{HIDDEN}"),
    # An address with a password, which may hold an @ or a /; what is a port and a path has none.
    (
        re.compile(r"(://[^\s/:@?#\['\"]*+):(?!\d+[/?#])(?:[^\s:'\"]|:(?!//))*@"),
        rf"\1:{HIDDEN}@",
    ),
    (re.compile(r"\$(?:argon2\w*|2[aby]|scrypt|pbkdf2[\w-]*)\$[\w$,=+/.-]+"), HIDDEN),
    (re.compile(r"(?<![\w-])eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?"), HIDDEN),
    # What nobody can read is a token, wherever it stands: in a path, in a query, in a sentence.
    (
        re.compile(
            r"(?<![\w-])(?:(?=[\w-]*?\d)(?=[\w-]*?[A-Z])(?=[\w-]*?[a-z])[\w-]{32,}|[0-9a-f]{48,})"
            r"(?![\w-])"
        ),
        HIDDEN,
    ),
    # A person's address: enough to tell two of them apart.
    (
        re.compile(r"(?<![\w.+-])([\w+-])[\w.+-]*(@|%40)([\w-]+(?:\.[\w-]+)+)"),
        rf"\1{HIDDEN}\2\3",
    ),
)

SUSPICIOUS = re.compile(r"(?i)[@=:$(,]|%40|eyJ|\b(?:bearer|basic)\s|[\w-]{32}")
"""Without any of these, no pattern can match: most lines are read once, not a dozen times."""


@lru_cache(maxsize=1024)
def is_secret(name: str) -> bool:
    """Tell whether a value of this name must not be shown."""
    return SECRET_NAME.search(name) is not None


def mask_text(text: str) -> str:
    """Hide what is secret in a text of any kind: a sentence, an address, a traceback."""
    text = shorten(text)
    for value in get_hidden():
        text = text.replace(value, HIDDEN)
    if SUSPICIOUS.search(text) is None:
        return text
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def shorten(text: str) -> str:
    """Cut the middle out of what nobody would read."""
    if len(text) <= LONGEST_TEXT:
        return text
    half = LONGEST_TEXT // 2
    return f"{text[:half]} […] {text[-half:]}"


def mask(name: str, value: Any, levels: int = MOST_LEVELS) -> Any:  # noqa: ANN401 - what somebody logs
    """Give a copy without secrets, of types that JSON has, whatever the value is."""
    if value is None or isinstance(value, bool):
        return value
    if is_secret(name):
        return HIDDEN
    if isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return value
    if isinstance(value, Mapping) and levels:
        return mask_items(value.items(), levels - 1)
    if isinstance(value, list | tuple | set | frozenset) and levels:
        return [mask("", item, levels - 1) for item in islice(value, MOST_ITEMS)]
    return mask_text(describe(value))


@lru_cache(maxsize=1024)
def mask_name(name: object) -> str:
    """Mask the name of a field: it may be anything too."""
    return mask_text(describe(name))


def mask_items(items: Iterable[tuple[Any, Any]], levels: int) -> dict[str, Any]:
    """Mask the values of a dict, and its keys."""
    return {
        mask_text(describe(key)): mask(describe(key), value, levels)
        for key, value in islice(items, MOST_ITEMS)
    }


def describe(value: Any) -> str:  # noqa: ANN401 - what somebody logs
    """Make a text of an object, even of one that cannot."""
    try:
        return value.decode(errors="backslashreplace") if isinstance(value, bytes) else str(value)
    except Exception as error:  # noqa: BLE001 - it is foreign code, and only about a line
        return f"<{type(value).__name__} without a text: {type(error).__name__}>"


@lru_cache(maxsize=1024)
def mask_address(address: str) -> str:
    """Name the network of a client: enough to see an attack, too little to follow a person.

    An address of IPv4 loses its last byte, one of IPv6 all but what a provider's customer has.
    """
    try:
        network = ip_network(address.removeprefix("::ffff:"))
    except ValueError:
        return mask_text(address)
    if network.is_loopback:
        return address
    return str(network.supernet(new_prefix=24 if network.version == 4 else 48))  # noqa: PLR2004 - IPv4
