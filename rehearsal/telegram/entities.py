"""What a closed tag of Telegram's HTML becomes: a MessageEntity."""

import re
from dataclasses import dataclass

from rehearsal.telegram.errors import RefusedError, bad_request
from rehearsal.telegram.links import mentioned_user, web_address

Entity = dict[str, object]

_PLAIN = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler",
}  # fmt: skip
TAGS = frozenset(_PLAIN) | {"a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
_RANK = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49,
    "date_time": 48, "bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94,
    "custom_emoji": 99,
}  # fmt: skip
_TIME_FORMAT = re.compile(r"(?:[rR]|[wWdDtT]*)\Z")
_EMOJI = re.compile(r"-?[1-9][0-9]{0,18}\Z")
_LEADING_NUMBER = re.compile(r"-?[0-9]{1,18}")


@dataclass(slots=True)
class OpenTag:
    """A tag that waits for its end."""

    name: str
    argument: str
    offset: int
    piece: int  # where its text starts in the parser's pieces
    time_format: str = ""

    def set_attribute(self, attribute: str, value: str) -> None:
        """Keep an attribute when the tag has a use for it."""
        match self.name, attribute:
            case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
                self.argument = value
            case ("tg-time", "format"):
                self.time_format = value
            case ("code", "class") if value.startswith("language-"):
                self.argument = value[9:]
            case ("span", "class") if value.startswith("tg-"):
                self.argument = value[3:]
            case ("blockquote", "expandable"):
                self.argument = "1"


def utf16(text: str) -> int:
    """The text's length in UTF-16 code units, which is how Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) >> 1


def unparsable(words: str) -> RefusedError:
    """The refusal of a text that cannot be parsed."""
    return bad_request(f"can't parse entities: {words}")


def in_order(entities: list[Entity]) -> list[Entity]:
    """The entities as Telegram sorts them: by place, the longer first, then by kind."""
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)  # only a block of code has one
    return sorted(entities, key=_order)


def add_entity(entities: list[Entity], tag: OpenTag, length: int, text: str) -> None:
    """Add what the tag makes of its `length` UTF-16 units, which read `text`. Raises a 400."""
    span: Entity = {"type": "", "offset": tag.offset, "length": length}
    if plain := _PLAIN.get(tag.name):
        entities.append({**span, "type": plain})
    elif tag.name == "a":
        _link(entities, span, tag.argument or text)
    elif tag.name in ("pre", "code"):
        _code(entities, span, tag)
    elif tag.name == "blockquote":
        kind = "expandable_blockquote" if tag.argument else "blockquote"
        entities.append({**span, "type": kind})
    elif tag.name == "tg-emoji":
        if not _EMOJI.match(tag.argument) or not -(1 << 63) <= int(tag.argument) < 1 << 63:
            raise unparsable("Invalid custom emoji identifier specified")
        entities.append({**span, "type": "custom_emoji", "custom_emoji_id": tag.argument})
    else:
        _time(entities, span, tag)


def _code(entities: list[Entity], span: Entity, tag: OpenTag) -> None:
    """A pre around a code (or the other way round) of the same text is one block with the code's language."""
    last = entities[-1] if entities else None
    inner = "code" if tag.name == "pre" else "pre"
    if last and last["type"] == inner and _same(last, span):
        language = last.get("language") if tag.name == "pre" else tag.argument
        if language and not (inner == "pre" and "language" in last):
            last.update(type="pre", language=language)
            return
    entity: Entity = {**span, "type": tag.name}
    if tag.name == "code" and tag.argument:
        entity["language"] = tag.argument
    entities.append(entity)


def _link(entities: list[Entity], span: Entity, url: str) -> None:
    user = mentioned_user(url)
    if user is not None:
        entities.append({**span, "type": "text_mention", "user": {"id": user}})
    elif address := web_address(url):
        entities.append({**span, "type": "text_link", "url": address})


def _time(entities: list[Entity], span: Entity, tag: OpenTag) -> None:
    if not _TIME_FORMAT.match(tag.time_format):
        raise unparsable("Invalid date format used")
    number = _LEADING_NUMBER.match(tag.argument)
    moment = int(number.group()) & 0xFFFFFFFF if number else 0
    if not 0 < moment < 1 << 31:
        return
    entity: Entity = {**span, "type": "date_time", "unix_time": moment}
    if tag.time_format:
        entity["date_time_format"] = tag.time_format
    entities.append(entity)


def _same(one: Entity, other: Entity) -> bool:
    return one["offset"] == other["offset"] and one["length"] == other["length"]


def _order(entity: Entity) -> tuple[int, int, int]:
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return offset, -length, _RANK[str(entity["type"])]
