"""How the bot and its jobs' process speak: pickles of their own, each behind its length."""

import struct
from typing import BinaryIO, Final

LENGTH: Final = struct.Struct(">Q")


def framed(data: bytes) -> bytes:
    """The length of the data, as it stands before it."""
    return LENGTH.pack(len(data))


def write(stream: BinaryIO, data: bytes) -> None:
    """Write one piece of data."""
    stream.write(framed(data))
    stream.write(data)
    stream.flush()


def read(stream: BinaryIO) -> bytes | None:
    """The next piece of data; None where the other side has ended."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None
