"""Whether a file is a picture that Telegram takes as a photo, as far as its first bytes say.

Telegram's limits for a photo (Bot API, sendPhoto): 10 MB, width and height at most 10,000 together, and one at most 20
times the other. What a seminar may hold is smaller: people pay for their data.
"""

from pathlib import Path
from typing import Final, NamedTuple

from bot.reasons import reason

PHOTO_BYTES: Final = 5_000_000
_SIDES: Final = 10_000  # pixels, width and height together
_RATIO: Final = 20

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SAVE: Final = "save it as .jpg, .png or .webp"
# What people take for pictures, by its first bytes (from an offset); the first that fits is named.
_OTHERS: Final = (
    (4, b"ftyphe", "a HEIC picture, as iPhones make them"),
    (4, b"ftypmif1", "a HEIC picture, as iPhones make them"),
    (4, b"ftypavif", "an AVIF picture"),
    (4, b"ftyp", "a video"),
    (0, b"GIF8", "a GIF"),
    (0, b"BM", "a BMP picture"),
    (0, b"II*\x00", "a TIFF picture"),
    (0, b"MM\x00*", "a TIFF picture"),
    (0, b"%PDF", "a PDF"),
    (0, b"PK\x03\x04", "a ZIP or an Office document"),
    (0, b"\xd0\xcf\x11\xe0", "an Office document"),
    (0, b"<", "a web page or an SVG drawing"),
)
# Frames that hold the size: SOF0 to SOF15 without DHT, JPG and DAC.
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


class PictureFault(NamedTuple):
    """Why Telegram would not take a picture, or people not get it."""

    what: str
    instead: str


class _Broken(Exception):  # noqa: N818 - it is how reading a file ends
    """The picture ends before its end."""


def find_fault(path: Path, name: str) -> PictureFault | None:
    """What is wrong with the picture at `path`, which the seminar calls `name`, or None. Reads 5 MB at most."""
    try:
        with path.open("rb") as file:
            data = file.read(PHOTO_BYTES + 1)
    except OSError as error:
        return PictureFault(f"{name} cannot be read ({reason(error)})", "check the permissions of the file")
    if len(data) > PHOTO_BYTES:
        return PictureFault(f"{name} is larger than 5 MB", "make it smaller; data is expensive")
    if not data:
        return PictureFault(f"{name} is empty", "copy the picture again")
    try:
        size = _size(data)
    except (_Broken, IndexError):
        return PictureFault(f"{name} is cut off in the middle", "copy the picture again")
    return _unknown(data, name) if size is None else _oversized(*size, name)


def _oversized(width: int, height: int, name: str) -> PictureFault | None:
    shown = f"{name} is {width} × {height} pixels"
    if not width or not height:
        return PictureFault(f"{name} is cut off in the middle", "copy the picture again")
    if width + height > _SIDES:
        return PictureFault(shown, f"make it smaller: width and height are at most {_SIDES:,} together")
    if max(width, height) > _RATIO * min(width, height):
        return PictureFault(shown, f"cut it: one side is at most {_RATIO} times the other")
    return None


def _unknown(data: bytes, name: str) -> PictureFault:
    start = data.lstrip()[:4] if data[:1].isspace() else data
    for offset, sign, what in _OTHERS:
        if (data if offset else start)[offset:].startswith(sign):
            return PictureFault(f"{name} is {what}, whatever it is called", _SAVE)
    return PictureFault(f"{name} is not a picture, whatever it is called", _SAVE)


def _size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, or None for another kind of file. Raises _Broken or IndexError for half a picture."""
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(_JPEG):
        return _jpeg(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    return None


def _png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR" or b"IEND" not in data:
        raise _Broken
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _jpeg(data: bytes) -> tuple[int, int]:
    place = 2
    while True:
        if data[place] != 0xFF:
            raise _Broken
        kind = data[place + 1]
        if kind == 0xFF:  # filling
            place += 1
        elif kind == 0x01 or 0xD0 <= kind <= 0xD7:  # signs without a length
            place += 2
        elif kind in _FRAMES:
            break
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    if data.find(b"\xff\xd9", place) < 0:
        raise _Broken
    height, width = data[place + 5 : place + 7], data[place + 7 : place + 9]
    return int.from_bytes(width, "big"), int.from_bytes(height, "big")


def _webp(data: bytes) -> tuple[int, int]:
    if len(data) < 30 or len(data) < int.from_bytes(data[4:8], "little") + 8:
        raise _Broken
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    raise _Broken
