"""A YAML file as a tree that knows its lines, or the problems that keep it from being one.

The tree is built from the parser's events: that refuses aliases, anchors and tags where they stand, and
takes a third of the time that ruamel's round-trip loader takes. libyaml reads first, fourteen times as fast; what it
cannot read is read again by ruamel's own parser, which says better what is wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.programme.files import missing
from bot.programme.look_alikes import look_alike
from bot.programme.problems import Log
from bot.programme.signs import find_sign
from bot.reasons import reason

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
# What Telegram, SQLite or a terminal cannot take: control characters, line separators that editors do not count,
# and halves of surrogate pairs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_UNUSUAL = re.compile(r"\t|(?:^|[\[{,-]) *\?(?=\s|$)", re.MULTILINE)  # what the two parsers do not read alike
# ruamel lets more than YAMLError out of a broken escape, directive or indicator.
_BROKEN = (YAMLError, ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError)
_ADVICE = (
    ("mapping values are not allowed", "there is a second colon in this line", "put the text in quotes"),
    ("could not find expected ':'", "this is not `key: value`", "add the colon, or indent it like its text"),
    ("unexpected end of stream", "a quote is not closed", "write the same quote at the end of the text"),
    ("cannot start any token", "a text may not begin with this sign", "put the text in quotes"),
    ("expected <block end>", "this line does not line up", "indent it like the lines it belongs to"),
    ("expected ',' or", "a bracket is not closed", "write each value in a line of its own, or close the bracket"),
    ("expected alphabetic or numeric", "a text may not begin with * or &", "put the text in quotes"),
)


@dataclass(slots=True)
class Scalar:
    """One value. `plain` is without quotes; `text_line` is where its text begins; `broken` is reported already."""

    line: int
    text: str
    plain: bool = True
    text_line: int = 0
    broken: bool = False


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    values: "list[Node]"


@dataclass(slots=True)
class Entries:
    """Keys and values."""

    line: int
    values: "dict[str, Entry]"


@dataclass(slots=True)
class Entry:
    """One value and the line of its key."""

    line: int
    node: "Node"


Node = Scalar | Items | Entries


class _TooDeepError(Exception):
    """The tree is deeper than any seminar needs."""


def read(path: Path, log: Log) -> Node | None:
    """The tree of a file, or None after noting in `log` why there is none. Never raises for what a file holds."""
    text = _read_text(path, log)
    return None if text is None else parse(text, log)


def parse(text: str, log: Log) -> Node | None:
    """The tree of a YAML text, or None after noting why."""
    if not is_clean(text, log):
        return None
    quick = with_libyaml(text, log)
    return with_ruamel(text, log) if quick is None else quick


def with_libyaml(text: str, log: Log) -> Node | None:
    """The tree as libyaml reads it, or None where the text needs a word, or is one that it reads its own way."""
    if _UNUSUAL.search(text):
        return None
    unsaid = Log(log.file)
    try:
        tree = _Builder(unsaid).document(iter(YAML(typ="safe").parse(text)))
    except (*_BROKEN, _TooDeepError):
        return None
    return None if unsaid.problems else tree


def with_ruamel(text: str, log: Log) -> Node | None:
    """The tree as ruamel's own parser reads it, or None after noting why there is none."""
    try:
        return _Builder(log).document(iter(YAML(typ="safe", pure=True).parse(text)))
    except _TooDeepError as error:
        log.add(error.args[0], "values are nested too deep", "follow the shape of the sample seminar")
    except _BROKEN as error:
        _explain(error, text, log)
    return None


def _read_text(path: Path, log: Log) -> str | None:
    try:
        if not path.is_file():
            log.add(1, "there is no such file", missing(path))
            return None
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        log.add(1, f"the file cannot be read ({reason(error)})", "check its name and permissions")
        return None
    if len(data) > MAX_BYTES:
        log.add(1, f"the file is larger than {MAX_BYTES:,} bytes", "divide it or remove what is no text")
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        log.add(line, "this is not UTF-8", "save the file with the encoding UTF-8")
        return None


def is_clean(text: str, log: Log) -> bool:
    """Whether the text holds nothing that no parser should see; what it does is noted."""
    clean = True
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            log.add(number, "the line is indented with a tab", "use spaces")
            clean = False
        elif "\t" in line and not line.lstrip().startswith("#"):
            log.add(number, "there is a tab inside the line", "use a space in its place")
            clean = False
        if _FORBIDDEN.search(line):
            log.add(number, "there is an invisible control character", "type the line again")
            clean = False
    return clean


def _explain(error: Exception, text: str, log: Log) -> None:
    if not isinstance(error, MarkedYAMLError):
        log.add(1, f"this is not YAML ({error})".replace("\n", " "), "check quotes and backslashes")
        return
    mark = error.problem_mark or error.context_mark
    problem = None if mark is None else look_alike(text, mark.line + 1)
    if problem is not None:
        log.add(*problem)
        return
    line = 1 if mark is None else mark.line + 1
    problem_text = f"{error.context or ''} {error.problem or ''}"
    if "end of stream" in problem_text and error.context_mark is not None:
        line = error.context_mark.line + 1
    for sign, what, instead in _ADVICE:
        if sign in problem_text:
            log.add(line, what, instead)
            return
    log.add(line, f"this is not YAML ({problem_text.strip()})".replace("\n", " "), "check indentation and quotes")


class _Builder:
    def __init__(self, log: Log) -> None:
        self._log = log

    def document(self, events: Iterator[Event]) -> Node | None:
        """Build the one document of a stream."""
        root: Node | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if event.version or event.tags or root is not None:
                    line = event.start_mark.line + 1
                    self._log.add(line, "a file holds one document without % lines", "remove the line")
                    return None
                root = self._node(next(events), events, 0)
        if root is None or (isinstance(root, Scalar) and not root.text):
            self._log.add(1, "the file is empty", "copy it from seminars/sejong-2025 and change it")
            return None
        return root

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        line: int = event.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise _TooDeepError(line)
        if isinstance(event, AliasEvent):
            self._log.add(line, f"*{event.anchor} is an alias", "write the value out, or put it in quotes")
            return Scalar(line, "", broken=True)
        refused = self._refuse_marks(event, line)
        if isinstance(event, SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event := next(events), SequenceEndEvent):
                items.append(self._node(event, events, depth + 1))
            return Items(line, items)
        if isinstance(event, MappingStartEvent):
            return Entries(line, self._entries(events, depth))
        assert isinstance(event, ScalarEvent)
        return self._scalar(event, line, refused)

    def _refuse_marks(self, event: Any, line: int) -> bool:
        if event.anchor:
            self._log.add(line, f"&{event.anchor} is an anchor", "write the value out, or put it in quotes")
        tag = getattr(event, "ctag", None)
        if tag is not None:
            self._log.add(line, f"{tag} is a tag", "remove it, or put the value in quotes")
        return bool(event.anchor or tag is not None)

    def _scalar(self, event: Any, line: int, refused: bool) -> Scalar:
        text: str = event.value
        if _FORBIDDEN.search(text):
            self._log.add(line, "there is an invisible control character", "type the text again")
            return Scalar(line, "", broken=True)
        block = event.style in {"|", ">"}
        text = text.strip(" \n") if block else text.strip()
        if (sign := find_sign(text)) is not None:
            self._log.add(line + int(block) + sign.line, f"this text {sign.what}", sign.instead)
            return Scalar(line, "", broken=True)
        return Scalar(line, text, not event.style, line + int(block), broken=refused)

    def _entries(self, events: Iterator[Event], depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if isinstance(value, Scalar) and value.plain and not value.text:
                value.line = value.text_line = key.line  # one parser says that nothing is where it would be
            if not isinstance(key, Scalar):
                self._log.add(key.line, "a list or mapping cannot be a key", "write a word before the colon")
            elif key.text in entries:
                first = entries[key.text].line
                self._log.add(key.line, f"`{key.text}` is here twice (first in line {first})", "keep one of them")
            else:
                entries[key.text] = Entry(key.line, value)
        return entries
