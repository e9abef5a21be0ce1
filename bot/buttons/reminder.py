"""Payloads of buttons: before which sessions someone is reminded."""

from bot.payload import Payload


class RemindMe(Payload, code="remind1"):
    """Remind me so many minutes before each session; 0: do not."""

    minutes: int
