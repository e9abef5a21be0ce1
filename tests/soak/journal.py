"""What is written down outside the bot while it is killed: one line of JSON an event, on the disk before an answer."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson


@dataclass(frozen=True, slots=True)
class Accepted:
    """A new message or an edit that Telegram took. `what` names its content, "" when nothing tells it.

    Moments are Unix seconds: `arrived` when the request came, `at` when it was accepted.
    """

    seq: int
    arrived: float
    at: float
    method: str
    chat: int
    message: int
    what: str

    @property
    def is_new(self) -> bool:
        """Whether it made a message."""
        return self.method.startswith(("send", "copy"))


@dataclass(frozen=True, slots=True)
class Unclear:
    """A request that was carried out, or may have been, and whose answer the bot did not get."""

    at: float
    chat: int
    what: str
    method: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A 429: nothing more for this chat until `until`."""

    at: float
    until: float
    chat: int
    method: str


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill -9. `sending` are the rows in flight that the database held afterwards, `paused` the chats it knew of."""

    at: float
    how: str
    aimed: bool
    sending: list[str]
    paused: dict[str, float]


@dataclass(frozen=True, slots=True)
class Left:
    """A person who has left: the bot has said goodbye."""

    at: float
    chat: int


Line = Accepted | Unclear | Pause | Kill | Left
_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (Accepted, Unclear, Pause, Kill, Left)}


class Journal:
    """Appends lines; each is handed to the operating system at once, so that it outlives every process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = path.open("ab")

    def write(self, line: Line) -> None:
        """Append one line."""
        self._file.write(orjson.dumps([type(line).__name__, asdict(line)], option=orjson.OPT_APPEND_NEWLINE))
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def read(path: Path) -> Iterable[Line]:
    """Every line of a journal, oldest first."""
    with path.open("rb") as file:
        for line in file:
            name, values = orjson.loads(line)
            yield _KINDS[name](**values)
