"""Payloads of buttons: the group of the staff."""

from bot.payload import Payload


class ConnectGroup(Payload, code="connectgroup1"):
    """Pick a group to connect."""


class DisconnectGroup(Payload, code="ungroup1"):
    """Ask whether the group is to be disconnected."""


class DropGroup(Payload, code="dropgroup1"):
    """Disconnect the group."""


class KeepGroup(Payload, code="keepgroup1"):
    """The group stays connected."""
