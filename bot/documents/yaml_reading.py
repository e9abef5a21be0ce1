"""A programme as YAML, in the shape of a folder's `programme.yaml`, as rows: values by name, each with its line."""

import re
from typing import Any, Final

from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.programme.problems import Log
from bot.programme.source import Entries, Entry, Items, Node, Scalar, parse
from bot.programme.table import FLAGS, TEXTS, TableError

_STAMP: Final = re.compile(r"# hamroh: ([a-z0-9-]+), version ([0-9]{1,9}), ([0-9a-f]{8})")
_NAMES: Final = ("key", "start", "end", "kind", "place", "groups", *TEXTS, *FLAGS)
_UNREAD: Final = ("theme", "hours")  # of a day: they are changed elsewhere


def read(data: bytes) -> dict[str, Any]:
    """`rows` (line, values, lines of the values), `problems` (line, error, what is there), `stamp` and `unread`.

    Raises FileRefusedError for what is no text.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise FileRefusedError(FileRefusal.OTHER_FORMAT) from None
    log = Log("")
    reading = _Reading()
    tree = parse(text, log)
    if log.problems or tree is None:
        reading.problems = [(one.line, TableError.NOT_YAML.value, "") for one in log.problems[:50]]
    else:
        reading.document(tree)
    stamp = _STAMP.search(text)
    return {
        "rows": reading.rows,
        "problems": reading.problems,
        "stamp": [stamp[1], int(stamp[2]), stamp[3]] if stamp else None,
        "unread": sorted(reading.unread),
    }


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, dict[str, str | None], dict[str, int]]] = []
        self.problems: list[tuple[int, str, str]] = []
        self.unread: set[str] = set()

    def document(self, tree: Node) -> None:
        days = tree.values.get("days") if isinstance(tree, Entries) else None
        if days is None or not isinstance(days.node, Items):
            raise FileRefusedError(FileRefusal.NO_TABLE)
        for day in days.node.values:
            self._day(day)

    def _day(self, node: Node) -> None:
        if not isinstance(node, Entries):
            self._wrong(node.line, TableError.NOT_YAML)
            return
        number = node.values.get("day")
        for name, entry in node.values.items():
            if name == "sessions":
                if isinstance(entry.node, Items):
                    for one in entry.node.values:
                        self._session(one, number, node.line)
                elif not _is_nothing(entry.node):
                    self._wrong(entry.line, TableError.NOT_YAML)
            elif name in _UNREAD:
                self.unread.add(name)
            elif name != "day":
                self._wrong(entry.line, TableError.UNKNOWN_FIELD, name)

    def _session(self, node: Node, day: Entry | None, line_of_day: int) -> None:
        if not isinstance(node, Entries):
            self._wrong(node.line, TableError.NOT_YAML)
            return
        number = day.node.text if day is not None and isinstance(day.node, Scalar) else ""
        values: dict[str, str | None] = {"day": number}
        lines = {"day": day.line if day is not None else line_of_day}
        for name, entry in node.values.items():
            if name not in _NAMES:
                self._wrong(entry.line, TableError.UNKNOWN_FIELD, name)
            elif name in TEXTS and isinstance(entry.node, Entries):
                for language, text in entry.node.values.items():
                    self._value(values, lines, f"{name} {language}", text)
            elif name == "groups" and isinstance(entry.node, Items):
                parts = [one.text for one in entry.node.values if isinstance(one, Scalar)]
                values[name], lines[name] = ", ".join(parts), entry.line
            elif name in TEXTS:
                self._wrong(entry.line, TableError.EACH_LANGUAGE, name)
            else:
                self._value(values, lines, name, entry)
        self.rows.append((node.line, values, lines))

    def _value(self, values: dict[str, str | None], lines: dict[str, int], name: str, entry: Entry) -> None:
        lines[name] = entry.line
        if isinstance(entry.node, Scalar):
            values[name] = entry.node.text or None
        else:
            self._wrong(entry.line, TableError.NOT_YAML)

    def _wrong(self, line: int, error: TableError, shown: str = "") -> None:
        self.problems.append((line, error.value, shown[:40]))


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text
