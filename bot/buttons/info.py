"""Payloads of buttons: practical information."""

from bot.payload import Payload


class InfoList(Payload, code="infos1"):
    """Show the list of pages of practical information."""


class InfoOpen(Payload, code="info1"):
    """Show a page of practical information."""

    page: str


class InfoContacts(Payload, code="contacts1"):
    """Show whom to call."""
