"""Drives the bot through what a phone shows. Buttons are found by their payloads, so it works in any language."""

from collections.abc import Iterator
from typing import TypeVar

from bot.buttons.start import ChooseGroup, Consent, KeepName, SetLanguage
from bot.payload import Payload, unpack
from rehearsal.telegram.account import Account
from rehearsal.telegram.model import InlineButton, Message

P = TypeVar("P", bound=Payload)

_NEWEST = 6  # messages in which a button is looked for


def payloads(message: Message) -> Iterator[Payload]:
    """The payloads of the buttons of a message, in reading order; links and unknown payloads are left out."""
    for row in message.keyboard:
        for button in row:
            if (payload := payload_of(button)) is not None:
                yield payload


def payload_of(button: InlineButton) -> Payload | None:
    """The payload of a button; None for a link, or for a payload that the bot does not know."""
    return unpack(button.payload) if button.payload is not None else None


def find_buttons(account: Account, kind: type[P]) -> tuple[Message, list[P]] | None:
    """The newest message with buttons of this kind, and their payloads; None when the newest messages have none."""
    for message in reversed(account.recent(_NEWEST)):
        found = [payload for payload in payloads(message) if isinstance(payload, kind)]
        if found:
            return message, found
    return None


def joining_step(message: Message, language: str, group: int) -> Payload | None:
    """The button that someone who joins presses: their language, their name, group number `group`, consent.

    None when the message asks nothing of the kind.
    """
    offered = list(payloads(message))
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


async def join(account: Account, code: str, *, language: str, group: int = 0, step_timeout: float = 10.0) -> None:
    """Take all steps of joining with the code of an invitation, each within `step_timeout` seconds of real time.

    Raises AssertionError, with what the phone shows, when the bot does not go on.
    """
    await account.starts(code)
    done: set[tuple[int, str]] = set()
    consented = False
    while not consented:
        step = await _next_step(account, language, group, done, step_timeout)
        message, payload = step
        done.add((message.id, payload.pack()))
        consented = isinstance(payload, Consent)
        await account.presses_payload(payload.pack(), on=message)


async def _next_step(
    account: Account, language: str, group: int, done: set[tuple[int, str]], step_timeout: float
) -> tuple[Message, Payload]:
    def asked() -> tuple[Message, Payload] | None:
        for message in reversed(account.recent(_NEWEST)):
            payload = joining_step(message, language, group)
            if payload is not None and (message.id, payload.pack()) not in done:
                return message, payload
        return None

    await account.waits_for(lambda: asked() is not None, timeout=step_timeout)
    found = asked()
    assert found is not None
    return found
