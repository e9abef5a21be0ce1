"""Payloads of buttons: what someone changes about themselves."""

from bot.payload import Payload


class ChangeMe(Payload, code="me1"):
    """Change my `name`, `group` or `language`, `export` or `erase` my data, or go back to the `page`."""

    what: str


class MoveGroup(Payload, code="move1"):
    """A member: this is my group from now on."""

    group: str


class EraseMe(Payload, code="erase1"):
    """Yes, erase everything about me; organizers hear that someone left, not who."""


class EraseAndTell(Payload, code="leave1"):
    """Yes, erase everything about me, and tell the organizers by name that I left."""
