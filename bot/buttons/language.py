"""Payloads of buttons: the choice of a language."""

from bot.payload import Payload


class ChangeLanguage(Payload, code="speak1"):
    """A member: speak this language from now on."""

    language: str
