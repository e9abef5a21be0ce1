"""Telegram's HTML: text with tags -> plain text and entities, or the error that Telegram gives.

Agreement with Telegram's own parser is kept by tests/contracts/test_standin_html.py.
"""

import re
import string

from rehearsal.telegram.entities import TAGS, Entity, OpenTag, add_entity, in_order, unparsable, utf16

_SPECIAL = re.compile("[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*))(;?)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\0\v"
_NAME_ENDS = _SPACE + "=>/\"'"
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_BROKEN_UNICODE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Plain text and MessageEntity objects (offsets in UTF-16 units). Raises RefusedError in Telegram's words."""
    if "<" not in text and "&" not in text:
        return text, []
    return _Parser(text).run()


class _Parser:
    """One pass over one text."""

    __slots__ = ("_entities", "_offset", "_open", "_pieces", "_pos", "_source", "_suspicious")

    def __init__(self, source: str) -> None:
        self._source = source
        self._pos = 0
        self._offset = 0
        self._pieces: list[str] = []
        self._open: list[OpenTag] = []
        self._entities: list[Entity] = []
        self._suspicious = False

    def run(self) -> tuple[str, list[Entity]]:
        source = self._source
        while match := _SPECIAL.search(source, self._pos):
            start = match.start()
            self._put(source[self._pos : start])
            self._pos = start
            if source[start] == "&":
                self._reference()
            elif source.startswith("/", start + 1):
                self._end_tag(start)
            else:
                self._start_tag(start)
        self._put(source[self._pos :])
        if self._open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return self._finish()

    def _finish(self) -> tuple[str, list[Entity]]:
        if self._suspicious:
            raise unparsable(_BROKEN_UNICODE)
        return "".join(self._pieces), in_order(self._entities)

    def _put(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._offset += utf16(piece)

    def _reference(self) -> None:
        character, self._pos = _decode(self._source, self._pos)
        if "\ud800" <= character <= "\udfff":
            self._suspicious = True
        self._put(character)

    def _at(self, pos: int) -> str:
        return self._source[pos] if pos < len(self._source) else "\0"

    def _skip(self, pos: int) -> int:
        while (char := self._at(pos)) in _SPACE and char != "\0":
            pos += 1
        return pos

    def _until(self, pos: int, stop: str) -> int:
        while (char := self._at(pos)) not in _SPACE and char != stop:
            pos += 1
        return pos

    def _where(self, pos: int) -> str:
        return f"at byte offset {len(self._source[:pos].encode('utf-8', 'surrogatepass'))}"

    def _start_tag(self, begin: int) -> None:
        pos = self._until(begin + 1, ">")
        if self._at(pos) == "\0":
            raise unparsable(f"Unclosed start tag {self._where(begin)}")
        name = self._source[begin + 1 : pos].translate(_LOWER)
        if name not in TAGS:
            raise unparsable(f'Unsupported start tag "{name}" {self._where(begin)}')
        tag = OpenTag(name, "", self._offset, len(self._pieces))
        while self._at(pos) != ">":
            pos = self._skip(pos)
            if self._at(pos) == ">":
                break
            pos = self._attribute(tag, begin, pos)
        if name == "span" and tag.argument != "spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" {self._where(begin)}')
        self._open.append(tag)
        self._pos = pos + 1

    def _attribute(self, tag: OpenTag, begin: int, pos: int) -> int:
        start = pos
        while self._at(pos) not in _NAME_ENDS:
            pos += 1
        attribute = self._source[start:pos]
        if not attribute:
            raise unparsable(f'Empty attribute name in the tag "{tag.name}" {self._where(begin)}')
        pos = self._skip(pos)
        if self._at(pos) == "\0":
            raise unparsable(f'Unclosed start tag "{tag.name}" {self._where(begin)}')
        if self._at(pos) != "=":
            tag.set_attribute(attribute, "")
            return pos
        pos = self._skip(pos + 1)
        if self._at(pos) == "\0":
            raise unparsable(f'Unclosed start tag "{tag.name}" {self._where(begin)}')
        value, pos = self._quoted(pos) if self._at(pos) in "'\"" else self._token(pos)
        if self._at(pos) == "\0":
            raise unparsable(f"Unclosed start tag {self._where(begin)}")
        tag.set_attribute(attribute, value)
        return pos

    def _token(self, pos: int) -> tuple[str, int]:
        match = _TOKEN.match(self._source, pos)
        end = match.end() if match else pos
        if self._at(end) not in _SPACE and self._at(end) != ">":
            raise unparsable(f"Unexpected end of name token {self._where(pos)}")
        return self._source[pos:end].translate(_LOWER), end

    def _quoted(self, pos: int) -> tuple[str, int]:
        end = self._at(pos)
        pos += 1
        value = ""
        while (char := self._at(pos)) not in (end, "\0"):
            if char == "&":
                char, pos = _decode(self._source, pos)
            else:
                pos += 1
            value += char
        return value, pos + 1 if self._at(pos) == end else pos

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise unparsable(f"Unexpected end tag {self._where(begin)}")
        pos = self._until(begin + 2, ">")
        name = self._source[begin + 2 : pos].translate(_LOWER)
        pos = self._skip(pos)
        if self._at(pos) != ">":
            raise unparsable(f"Unclosed end tag {self._where(begin)}")
        tag = self._open[-1]
        if name and name != tag.name:
            raise unparsable(f'Unmatched end tag {self._where(begin)}, expected "</{tag.name}>", found "</{name}>"')
        if self._offset > tag.offset:
            text = "".join(self._pieces[tag.piece :]) if tag.name == "a" else ""
            add_entity(self._entities, tag, self._offset - tag.offset, text)
        self._open.pop()
        self._pos = pos + 1


def _decode(text: str, pos: int) -> tuple[str, int]:
    """The character that a reference at `pos` stands for and where it ends, or the & itself."""
    match = _REFERENCE.match(text, pos)
    if match is None:
        return "&", pos + 1
    hexadecimal, decimal, name, _ = match.groups()
    if name is not None:
        return (_NAMED[name], match.end()) if name in _NAMED else ("&", pos + 1)
    code = int(hexadecimal or "0", 16) if hexadecimal is not None else int(decimal or "0")
    length = match.end() - pos - len(match.group(4))
    if code == 0 or code >= 0x10FFFF or length >= 10:
        return "&", pos + 1
    return chr(code), match.end()
