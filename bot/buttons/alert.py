"""Payloads of buttons: alerts, and the list of those that are open."""

from bot.payload import Payload


class TakeAlert(Payload, code="altake1"):
    """I take this alert."""

    alert: int


class SettleAlert(Payload, code="alsettle1"):
    """This alert is settled."""

    alert: int


class ReleaseAlert(Payload, code="alrelease1"):
    """Nobody has this alert any more."""

    alert: int


class ReopenAlert(Payload, code="alreopen1"):
    """This alert is not settled after all."""

    alert: int


class HandOverWhom(Payload, code="alwhom1"):
    """To whom shall this alert go? A page of organizers, from 0 on."""

    alert: int
    page: int


class HandOverAlert(Payload, code="algive1"):
    """This person of the staff has this alert from now on."""

    alert: int
    person: int


class ShowAlert(Payload, code="alshow1"):
    """Show the card of this alert."""

    alert: int


class ShowOpenAlerts(Payload, code="alopen1"):
    """Show the list of what is open, from page 0 on."""

    page: int
