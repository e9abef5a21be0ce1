"""The code of a moment as a picture for a phone: four large digits and a QR code, black on white. Pure.

Telegram shows no large letters, so the digits are drawn: rectangles of a grid of 5 × 7.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import Final

from bot.documents.qr_codes import qr_modules

_QUIET: Final = 4  # modules around a QR code, as its standard wants
_MODULE: Final = 14  # pixels of a module, and of everything else in proportion
_GLYPHS: Final = {
    "0": ("01110", "10001", "10011", "10101", "11001", "10001", "01110"),
    "1": ("00100", "01100", "00100", "00100", "00100", "00100", "01110"),
    "2": ("01110", "10001", "00001", "00010", "00100", "01000", "11111"),
    "3": ("11111", "00010", "00100", "00010", "00001", "10001", "01110"),
    "4": ("00010", "00110", "01010", "10010", "11111", "00010", "00010"),
    "5": ("11111", "10000", "11110", "00001", "00001", "10001", "01110"),
    "6": ("00110", "01000", "10000", "11110", "10001", "10001", "01110"),
    "7": ("11111", "00001", "00010", "00100", "01000", "01000", "01000"),
    "8": ("01110", "10001", "10001", "01110", "10001", "10001", "01110"),
    "9": ("01110", "10001", "10001", "01111", "00001", "00010", "01100"),
    "-": ("00000", "00000", "00000", "11111", "00000", "00000", "00000"),
}

Bitmap = list[list[int]]


def code_png(digits: str, link: str) -> bytes:
    """A PNG of about 600 × 800 pixels and 9 kB. Takes 20 to 40 ms: make it in a thread."""
    modules = qr_modules(link)
    width = (len(modules) + 2 * _QUIET) * _MODULE
    rows = _scaled(_digits(digits), width // (len(digits) * 6 + 1), width)
    return _png(width, [*rows, *_scaled(_bordered(modules), _MODULE, width)])


def no_code_png() -> bytes:
    """What is shown when no code is any more: dashes."""
    width = 400
    return _png(width, _scaled(_digits("----"), width // 25, width))


def _digits(digits: str) -> Bitmap:
    blank = [0] * (len(digits) * 6 + 1)
    lines = [[0, *(int(bit) for digit in digits for bit in f"{_GLYPHS[digit][line]}0")] for line in range(7)]
    return [blank, *lines, blank]


def _bordered(modules: Bitmap) -> Bitmap:
    side = [0] * _QUIET
    blank = [0] * (len(modules) + 2 * _QUIET)
    return [*[blank] * _QUIET, *([*side, *row, *side] for row in modules), *[blank] * _QUIET]


def _scaled(bitmap: Bitmap, pixels: int, width: int) -> list[bytes]:
    """The bitmap as rows of `width` bytes, white where it is narrower."""
    rows: list[bytes] = []
    for line in bitmap:
        row = b"".join((b"\0" if bit else b"\xff") * pixels for bit in line).ljust(width, b"\xff")
        rows += [row] * pixels
    return rows


def _png(width: int, rows: Sequence[bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
