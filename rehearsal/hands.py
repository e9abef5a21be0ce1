"""Playing a person by what their phone shows: buttons are known by their payloads, so any language will do."""

from collections.abc import Iterator
from typing import TypeVar

from bot.buttons.start import ChooseGroup, Consent, KeepName, SetLanguage
from bot.payload import Payload, unpack
from rehearsal.telegram.account import Account
from rehearsal.telegram.model import Message

P = TypeVar("P", bound=Payload)

_LOOKED_AT = 6  # bubbles; nobody scrolls further back for a button


def payloads(bubble: Message) -> Iterator[Payload]:
    """What the buttons under a bubble carry, in reading order; links and unknown ones are left out."""
    for row in bubble.keyboard:
        for button in row:
            if button.payload is not None and (payload := unpack(button.payload)) is not None:
                yield payload


def find(account: Account, kind: type[P]) -> tuple[Message, list[P]] | None:
    """The newest bubble with buttons of this kind, and those; None when there is none near the end of the chat."""
    for bubble in reversed(account.recent(_LOOKED_AT)):
        found = [payload for payload in payloads(bubble) if isinstance(payload, kind)]
        if found:
            return bubble, found
    return None


def joining_step(bubble: Message, language: str, group: int) -> Payload | None:
    """What someone who joins presses here: their language, their name, group number `group`, agreement.

    None when the bubble asks nothing of the kind.
    """
    offered = list(payloads(bubble))
    groups = [payload for payload in offered if isinstance(payload, ChooseGroup)]
    if groups:
        return groups[group % len(groups)]
    for payload in offered:
        match payload:
            case SetLanguage(language=spoken) if spoken == language:
                return payload
            case KeepName() | Consent(agree=1):
                return payload
    return None


async def join(account: Account, code: str, *, language: str, group: int = 0, patience: float = 10.0) -> None:
    """Go through all steps of joining, from the invitation's code on; real seconds of `patience` for each.

    Raises AssertionError, with what the phone shows, when the bot does not go on.
    """
    await account.starts(code)
    done: set[tuple[int, str]] = set()
    agreed = False
    while not agreed:
        step = await _next_step(account, language, group, done, patience)
        bubble, payload = step
        done.add((bubble.id, payload.pack()))
        agreed = isinstance(payload, Consent)
        await account.presses_payload(payload.pack(), on=bubble)


async def _next_step(
    account: Account, language: str, group: int, done: set[tuple[int, str]], patience: float
) -> tuple[Message, Payload]:
    def asked() -> tuple[Message, Payload] | None:
        for bubble in reversed(account.recent(_LOOKED_AT)):
            payload = joining_step(bubble, language, group)
            if payload is not None and (bubble.id, payload.pack()) not in done:
                return bubble, payload
        return None

    await account.waits_for(lambda: asked() is not None, timeout=patience)
    found = asked()
    assert found is not None
    return found
