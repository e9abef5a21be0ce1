"""What a phone makes of **bold**, __italic__, ~~struck~~, ||hidden|| and `code` in a text as it is typed."""

import re

from rehearsal.telegram.entities import Entity, utf16

_MARKS = {"**": "bold", "__": "italic", "~~": "strikethrough", "||": "spoiler", "`": "code"}
_TYPED = re.compile(r"(\*\*|__|~~|\|\||`)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)


def typed_marks(text: str) -> tuple[str, list[Entity]]:
    """The text without these signs, and the entities that stand for them; a sign inside of another stays as it is."""
    plain, entities, end = "", list[Entity](), 0
    for match in _TYPED.finditer(text):
        plain += text[end : match.start()]
        entities.append({"type": _MARKS[match[1]], "offset": utf16(plain), "length": utf16(match[2])})
        plain += match[2]
        end = match.end()
    return plain + text[end:], entities
