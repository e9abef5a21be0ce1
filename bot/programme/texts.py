"""What is checked of each text of a seminar, in whichever file it stands."""

from bot.programme.markup import find_fault, plain_text, utf16_length
from bot.programme.problems import Log
from bot.programme.source import Scalar
from bot.programme.values import is_ambiguous

_MARKED = 90  # pieces of a text that are bold, links ...; Telegram keeps 100 a message


def checked(scalar: Scalar, name: str, limit: int, log: Log, *, markup: bool = False) -> str:
    """The text, of at most `limit` UTF-16 units (without tags, if `markup`); what is wrong with it is noted."""
    text = scalar.text
    if scalar.plain and is_ambiguous(text):
        log.add(scalar.line, f"{name} is not a text for YAML", f'put it in quotes: "{text}"')
    fault = find_fault(text) if markup else None
    if fault is not None:
        log.add(scalar.text_line + fault.line, f"{name}: {fault.what}", fault.instead)
    if markup and text.count("</") > _MARKED:
        log.add(scalar.line, f"{name} has {text.count('</')} tags", f"leave {_MARKED} of them")
    length = utf16_length(plain_text(text) if markup else text)
    if length > limit:
        log.add(scalar.line, f"{name} is {length} characters long", f"shorten it to {limit}")
    return text
