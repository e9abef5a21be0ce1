"""The rows of a text with separators, in the encodings and with the separators that spreadsheets use here."""

import csv
import io
import re
from collections.abc import Collection
from typing import Final

from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.documents.sheet_scan import MAX_COLUMNS
from bot.documents.workbook_reading import Cell

_CELL: Final = 2_000  # characters; longer ones are a file whose quotes are wrong
_SEPARATORS: Final = (";", "\t", ",")
_LINES: Final = 20  # that are looked at for the separator
_CYRILLIC: Final = frozenset(range(0x410, 0x450)) | {0x401, 0x451}
_ONE_BYTE: Final[tuple[tuple[str, Collection[int]], ...]] = (("cp1251", _CYRILLIC), ("cp949", range(0xAC00, 0xD7A4)))
_SIGNS: Final = "\u00a0«»–—“”„‘’…№·"
_MIXED: Final = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")  # José in the letters of Windows' Russian
_TWO_BYTES: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read(data: bytes, max_rows: int) -> dict[int, list[Cell]]:
    """The rows that hold anything, by their numbers. Raises FileRefusedError."""
    text = _text(data)
    lines = text.splitlines()
    first = lines[0].strip() if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5:  # Excel's own note
        text, separator = text.split("\n", 1)[-1], first[4]
        return _rows(text, separator, max_rows, skipped=1)
    return _rows(text, _separator(lines), max_rows, skipped=0)


def _text(data: bytes) -> str:
    """The text in its own encoding. Raises FileRefusedError where that cannot be told for certain."""
    for mark, encoding in _TWO_BYTES:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\x00" in data:
        is_big = data[::2].count(0) > data[1::2].count(0)  # the high byte of separators and line ends
        return _decoded(data, "utf-16-be" if is_big else "utf-16-le")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    fitting = [text for encoding, own in _ONE_BYTE if (text := _own(data, encoding, own))]
    if len(fitting) != 1:
        raise FileRefusedError(FileRefusal.ENCODING)
    return fitting[0]


def _own(data: bytes, encoding: str, own: Collection[int]) -> str:
    """The text, where it has no other letters than those of the language that is written so, and no mixed words."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    strange = any(ord(char) > 127 and ord(char) not in own and char not in _SIGNS for char in text)
    return "" if strange or _MIXED.search(text) else text


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefusedError(FileRefusal.ENCODING) from None
    if "\x00" in text:
        raise FileRefusedError(FileRefusal.OTHER_FORMAT)
    return text


def _separator(lines: list[str]) -> str:
    """The sign that is in the most of the first lines, and there the most often."""
    some = [line for line in lines if line.strip()][:_LINES]
    return max(
        _SEPARATORS, key=lambda sign: (sum(sign in line for line in some), sum(line.count(sign) for line in some))
    )


def _rows(text: str, separator: str, max_rows: int, *, skipped: int) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    csv.field_size_limit(_CELL)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1 + skipped):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > MAX_COLUMNS:
                raise FileRefusedError(FileRefusal.TOO_BIG_INSIDE)
            if len(rows) >= max_rows:
                raise FileRefusedError(FileRefusal.TOO_MANY_ROWS)
            rows[number] = [cell if cell.strip() else None for cell in cells]
    except csv.Error:
        raise FileRefusedError(FileRefusal.DAMAGED) from None
    return rows
