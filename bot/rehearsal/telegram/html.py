"""Telegram's HTML: text with tags -> plain text and entities, or the error that Telegram gives.

Agreement with Telegram's own parser is kept by tests/contracts/test_standin_html.py.
"""

import re
import string
from dataclasses import dataclass

from bot.rehearsal.telegram.errors import RefusedError, bad_request
from bot.rehearsal.telegram.links import mentioned_user, web_address

Entity = dict[str, object]

_SPECIAL = re.compile("[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*))(;?)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\0\v"
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_PLAIN = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler",
}  # fmt: skip
_TAGS = frozenset(_PLAIN) | {"a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
_RANK = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49,
    "date_time": 50, "bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94,
    "custom_emoji": 99,
}  # fmt: skip
_TIME_FORMAT = re.compile(r"(?:r|w?[dD]?[tT]?)\Z")
_BROKEN_UNICODE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


def utf16(text: str) -> int:
    """The text's length in UTF-16 code units, which is how Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) >> 1


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Plain text and MessageEntity objects (offsets in UTF-16 units). Raises RefusedError in Telegram's words."""
    if "<" not in text and "&" not in text:
        return text, []
    return _Parser(text).run()


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    argument: str
    offset: int
    piece: int  # where its text starts in the parser's pieces
    more: str = ""


class _Parser:
    """One pass over one text."""

    __slots__ = ("_entities", "_offset", "_open", "_pieces", "_pos", "_source", "_suspicious")

    def __init__(self, source: str) -> None:
        self._source = source
        self._pos = 0
        self._offset = 0
        self._pieces: list[str] = []
        self._open: list[_Open] = []
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
            raise _error(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return self._finish()

    def _finish(self) -> tuple[str, list[Entity]]:
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self._entities.sort(key=_order)
        if self._suspicious:
            raise _error(_BROKEN_UNICODE)
        return "".join(self._pieces), self._entities

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
            raise _error(f"Unclosed start tag {self._where(begin)}")
        name = self._source[begin + 1 : pos].translate(_LOWER)
        if name not in _TAGS:
            raise _error(f'Unsupported start tag "{name}" {self._where(begin)}')
        tag = _Open(name, "", self._offset, len(self._pieces))
        while self._at(pos) != ">":
            pos = self._skip(pos)
            if self._at(pos) == ">":
                break
            pos = self._attribute(tag, begin, pos)
        if name == "span" and tag.argument != "spoiler":
            raise _error(f'Tag "span" must have class "tg-spoiler" {self._where(begin)}')
        self._open.append(tag)
        self._pos = pos + 1

    def _attribute(self, tag: _Open, begin: int, pos: int) -> int:
        start = pos
        while (char := self._at(pos)) not in _SPACE and char not in "=>":
            pos += 1
        attribute = self._source[start:pos]
        if not attribute:
            if self._at(pos) == "\0":
                raise _error(f'Unclosed start tag "{tag.name}" {self._where(begin)}')
            raise _error(f'Empty attribute name in the tag "{tag.name}" {self._where(begin)}')
        pos = self._skip(pos)
        if self._at(pos) != "=":
            if self._at(pos) == "\0":
                raise _error(f'Unclosed start tag "{tag.name}" {self._where(begin)}')
            _note(tag, attribute, "")
            return pos
        pos = self._skip(pos + 1)
        if self._at(pos) == "\0":
            raise _error(f'Unclosed start tag "{tag.name}" {self._where(begin)}')
        value, pos = self._quoted(pos) if self._at(pos) in "'\"" else self._token(pos)
        if self._at(pos) == "\0":
            raise _error(f"Unclosed start tag {self._where(begin)}")
        _note(tag, attribute, value)
        return pos

    def _token(self, pos: int) -> tuple[str, int]:
        match = _TOKEN.match(self._source, pos)
        end = match.end() if match else pos
        if self._at(end) not in _SPACE and self._at(end) != ">":
            raise _error(f"Unexpected end of name token {self._where(pos)}")
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
            raise _error(f"Unexpected end tag {self._where(begin)}")
        pos = self._until(begin + 2, ">")
        name = self._source[begin + 2 : pos].translate(_LOWER)
        pos = self._skip(pos)
        if self._at(pos) != ">":
            raise _error(f"Unclosed end tag {self._where(begin)}")
        tag = self._open[-1]
        if name and name != tag.name:
            raise _error(f'Unmatched end tag {self._where(begin)}, expected "</{tag.name}>", found "</{name}>"')
        if self._offset > tag.offset:
            self._close(tag)
        self._open.pop()
        self._pos = pos + 1

    def _close(self, tag: _Open) -> None:
        span: Entity = {"type": "", "offset": tag.offset, "length": self._offset - tag.offset}
        if plain := _PLAIN.get(tag.name):
            self._entities.append({**span, "type": plain})
        elif tag.name == "a":
            _link(self._entities, span, tag.argument or "".join(self._pieces[tag.piece :]))
        elif tag.name in ("pre", "code"):
            self._code(tag, span)
        elif tag.name == "blockquote":
            kind = "expandable_blockquote" if tag.argument else "blockquote"
            self._entities.append({**span, "type": kind})
        elif tag.name == "tg-emoji":
            if not re.fullmatch(r"-?\d{1,19}", tag.argument) or int(tag.argument) == 0:
                raise _error("Invalid custom emoji identifier specified")
            number = str(int(tag.argument))
            self._entities.append({**span, "type": "custom_emoji", "custom_emoji_id": number})
        else:
            _time(self._entities, span, tag)

    def _code(self, tag: _Open, span: Entity) -> None:
        last = self._entities[-1] if self._entities else None
        inner = "code" if tag.name == "pre" else "pre"
        if last and last["type"] == inner and _same(last, span):
            language = last.get("language") if tag.name == "pre" else tag.argument
            if language and not (inner == "pre" and "language" in last):
                last.update(type="pre", language=language)
                return
        entity: Entity = {**span, "type": tag.name}
        if tag.name == "code" and tag.argument:
            entity["language"] = tag.argument
        self._entities.append(entity)


def _error(words: str) -> RefusedError:
    return bad_request(f"can't parse entities: {words}")


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


def _note(tag: _Open, attribute: str, value: str) -> None:
    """Keep the attribute when the tag has a use for it."""
    match tag.name, attribute:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
            tag.argument = value
        case ("tg-time", "format"):
            tag.more = value
        case ("code", "class") if value.startswith("language-"):
            tag.argument = value[9:]
        case ("span", "class") if value.startswith("tg-"):
            tag.argument = value[3:]
        case ("blockquote", "expandable"):
            tag.argument = "1"


def _link(entities: list[Entity], span: Entity, url: str) -> None:
    user = mentioned_user(url)
    if user is not None:
        entities.append({**span, "type": "text_mention", "user": {"id": user}})
    elif address := web_address(url):
        entities.append({**span, "type": "text_link", "url": address})


def _time(entities: list[Entity], span: Entity, tag: _Open) -> None:
    if not re.fullmatch(r"-?\d{1,10}", tag.argument) or int(tag.argument) <= 0:
        return
    if not _TIME_FORMAT.match(tag.more):
        raise _error("Invalid date format used")
    entity: Entity = {**span, "type": "date_time", "unix_time": int(tag.argument)}
    if tag.more:
        entity["date_time_format"] = tag.more
    entities.append(entity)


def _same(one: Entity, other: Entity) -> bool:
    return one["offset"] == other["offset"] and one["length"] == other["length"]


def _order(entity: Entity) -> tuple[int, int, int]:
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return offset, -length, _RANK[str(entity["type"])]
