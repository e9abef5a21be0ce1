"""Payloads of buttons: joining."""

from bot.payload import Payload


class SetLanguage(Payload, code="lang1"):
    """Speak this language, the first step of joining."""

    language: str


class ChooseGroup(Payload, code="group1"):
    """This is my group."""

    group: str


class Consent(Payload, code="consent1"):
    """I have read what is stored about me: 1 agree, 0 do not."""

    agree: int


class KeepName(Payload, code="name1"):
    """The name on my account is the one to use."""
