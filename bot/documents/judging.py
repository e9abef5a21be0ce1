"""A file that somebody sent, read and judged: what it makes of the programme, or everything that is wrong with it."""

import base64
import pickle
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.documents import tables
from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.documents.workbook_package import MAX_BYTES
from bot.programme import document as documents
from bot.programme import table_reading
from bot.programme.model import Seminar
from bot.programme.table import SHEET, STAMP_SHEET, Stamp, Table

_CSV: Final = frozenset({"csv", "tsv", "tab", "txt"})
_MACROS: Final = frozenset({"xlsm", "xltm", "xlam"})
_YAML: Final = frozenset({"yaml", "yml"})
_ABOVE_SESSIONS: Final = 20  # rows
_PROBLEMS: Final = 20  # more than anybody is shown


def judged(data: bytes, told: Mapping[str, Any], days: str) -> tuple[dict[str, Any], bytes]:
    """The outcome as `programme_file` reads it, and the document that the file makes. Raises FileRefusedError."""
    language, base, stamp = told["language"], _base(told, days), Stamp(*told["stamp"])
    table = table_of(data, told["ending"], base, language)
    if table.stamp is not None and table.stamp != stamp:
        return {"stamp": (table.stamp.seminar, table.stamp.version, table.stamp.digest)}, b""
    if not table.rows and not table.problems:
        raise FileRefusedError(FileRefusal.NO_SESSIONS)
    found = table_reading.read(base, table, language)
    outcome = {
        "problems": [(one.where, one.error, one.shown, one.instead) for one in found.problems[:_PROBLEMS]],
        "problem_count": len(found.problems),
        "is_told": table.stamp is not None,
        "unread": table.unread,
    }
    return outcome, b"" if found.problems else documents.write(found.seminar.days).encode()


def table_of(data: bytes, ending: str, base: Seminar, language: str) -> Table:
    """What the file holds. Raises FileRefusedError."""
    if len(data) > MAX_BYTES:
        raise FileRefusedError(FileRefusal.TOO_LARGE)
    if ending in _MACROS:
        raise FileRefusedError(FileRefusal.MACROS)
    if ending in _YAML and not data.startswith(b"PK"):
        from bot.documents.yaml_reading import read as read_yaml

        return tables.of_yaml(read_yaml(data), base, language)
    if ending in _CSV:
        raise FileRefusedError(FileRefusal.CSV)
    from bot.documents.workbook_reading import read

    sheet, own = read(data, SHEET, STAMP_SHEET, tables.most_rows(base) + _ABOVE_SESSIONS)
    return tables.of_sheet(sheet, own, base, language)


def _base(told: Mapping[str, Any], document: str) -> Seminar:
    rest: Seminar = pickle.loads(base64.b64decode(told["seminar"]))  # noqa: S301 - the bot made it, not the file
    days = documents.read(document)
    return documents.with_read(replace(rest, days=days), days)
