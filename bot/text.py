"""What people type, made fit to keep and to show."""

import unicodedata

NAME_LIMIT = 64
_CONTEXT = 40  # characters before what has changed

# Embeddings, overrides and isolates turn the rest of a line round, and every line of ours that the words are put into.
# Phones find the direction of Arabic and Hebrew by themselves; marks that real writing needs (joiners, U+200E) stay.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters by their category, yet nothing that an eye can see: fillers of the Korean alphabet.
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0")


def clean_name(text: str) -> str:
    """A name on one line without control, direction and invisible characters; "" when no letter or digit is left.

    It may be longer than `NAME_LIMIT`: whoever asks says so.
    """
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if char.isspace() else char for char in composed if char.isspace() or _seen(char))
    name = " ".join(visible.split())
    return name if any(char.isalnum() for char in name) else ""


def clean_words(text: str) -> str:
    """Someone's words as they wrote them, without what no phone shows, no database takes, or turns lines round."""
    return "".join(text[place] for place in kept_places(text))


def kept_places(text: str) -> list[int]:
    """The places of the characters that `clean_words` keeps."""
    places = [
        place
        for place, char in enumerate(text)
        if char == "\n" or (char not in _TURNING and unicodedata.category(char) not in {"Cc", "Cs"})
    ]
    first, last = 0, len(places)
    while first < last and text[places[first]].isspace():
        first += 1
    while last > first and text[places[last - 1]].isspace():
        last -= 1
    return places[first:last]


def units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def pieces(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` UTF-16 units (2 or more), cut at a space or line end where one is near."""
    return [text[begin:end] for begin, end in cuts(text, limit)]


def cuts(text: str, limit: int) -> list[tuple[int, int]]:
    """Where each of the pieces of `pieces` begins and ends."""
    parts: list[tuple[int, int]] = []
    begin = 0
    while units(text[begin:]) > limit:
        end = begin + _fitting(text[begin:], limit)
        middle = begin + (end - begin) // 2
        space = max(text.rfind(" ", middle, end), text.rfind("\n", middle, end))
        end = space if space > begin else end
        parts.append((begin, begin + len(text[begin:end].rstrip())))
        begin = end + len(text[end:]) - len(text[end:].lstrip())
    return [*parts, (begin, len(text))]


def around_change(before: str, after: str, limit: int) -> str:
    """What stood in `before` where `after` is another: a few words around it, at most `limit` characters and a sign."""
    same = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(after))
    begin = before.rfind(" ", 0, max(0, same - _CONTEXT)) + 1 if same > _CONTEXT else 0
    end = len(before) if len(before) - begin <= limit else begin + limit
    return f"{'…' if begin else ''}{before[begin:end]}{'…' if end < len(before) else ''}"


def _seen(char: str) -> bool:
    return unicodedata.category(char)[0] != "C" and char not in _INVISIBLE


def _fitting(text: str, limit: int) -> int:
    length = 0
    for index, char in enumerate(text):
        length += 2 if ord(char) > 0xFFFF else 1
        if length > limit:
            return index
    return len(text)
