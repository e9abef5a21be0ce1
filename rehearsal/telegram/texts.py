"""Formatted text as a call brings it: parse_mode or entities -> plain text and entities, within the limits."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.entities import Entity, utf16
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.html import parse_html

MAX_TEXT = 4096  # UTF-16 units, after entity parsing
MAX_CAPTION = 1024
MAX_ENTITIES = 100  # Telegram silently drops the rest; the stand-in refuses, so that it is noticed

Formatted = tuple[str, str, list[Entity]]  # plain text, HTML as sent, entities


def formatted(
    call: ApiCall, field: str = "text", entities_field: str = "entities", mode: str = "parse_mode"
) -> Formatted:
    """The text of a parameter. Raises RefusedError in Telegram's words for text that cannot be parsed."""
    source = call.text(field)
    parse_mode = call.text(mode).lower()
    html = ""
    if parse_mode == "html":
        html = source
        plain, entities = parse_html(source)
    elif parse_mode in ("markdown", "markdownv2"):
        raise bad_request(f"parse_mode {call.text(mode)} is not played by this rehearsal; use HTML or entities")
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    else:
        plain, entities = source, _given_entities(call, entities_field)
    if plain[:1].isspace() or plain[-1:].isspace():
        plain, entities = _trim(plain, entities)
    if len(entities) > MAX_ENTITIES:
        raise bad_request(f"more than {MAX_ENTITIES} entities in a text (Telegram would drop the rest)")
    return plain, html, entities


def message_text(call: ApiCall) -> Formatted:
    """The text of a message: 1 to 4096 UTF-16 units."""
    plain, html, entities = formatted(call)
    if not plain:
        raise bad_request("message text is empty")
    if len(plain) > MAX_TEXT or utf16(plain) > MAX_TEXT:
        raise bad_request("message is too long")
    return plain, html, entities


def caption_text(call: ApiCall) -> Formatted:
    """The caption of a medium: 0 to 1024 UTF-16 units."""
    if "caption" not in call.params:
        return "", "", []
    plain, html, entities = formatted(call, "caption", "caption_entities")
    if utf16(plain) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return plain, html, entities


def _given_entities(call: ApiCall, field: str) -> list[Entity]:
    return [dict(entity) for entity in call.array(field) if isinstance(entity, dict)]


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram takes away white space at both ends and moves the entities with the text."""
    left = text.lstrip()
    shift = utf16(text[: len(text) - len(left)])
    plain = left.rstrip()
    end = utf16(plain)
    moved: list[Entity] = []
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        assert isinstance(offset, int)
        assert isinstance(length, int)
        start, stop = max(0, offset - shift), min(end, offset + length - shift)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return plain, moved
