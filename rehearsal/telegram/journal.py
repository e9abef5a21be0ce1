"""The calls that the stand-in has accepted, in that order."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import orjson


@dataclass(frozen=True, slots=True)
class AcceptedCall:
    """One accepted call (getUpdates is not recorded). `seq` starts at 1 and grows by one.

    `message_id` is the message that it made or named, of several the first; `others` are the further ones of an album.
    """

    seq: int
    at: datetime
    method: str
    chat_id: int | None
    message_id: int | None
    params: Mapping[str, object]
    others: tuple[int, ...] = ()


class Journal:
    """Writes each call as one line of JSON, before the call is answered, so that it outlives a kill of the bot.

    `fsync` also asks the disk, so that it outlives the machine. Append it to `World.on_accept`.
    """

    def __init__(self, path: Path, *, fsync: bool = False) -> None:
        self._file: BinaryIO = path.open("ab")
        self._fsync = fsync

    def __call__(self, call: AcceptedCall) -> None:
        """Write one call."""
        self._file.write(orjson.dumps(call, default=repr, option=orjson.OPT_APPEND_NEWLINE))
        self._file.flush()
        if self._fsync:
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()
