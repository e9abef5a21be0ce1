"""Payloads of buttons: broadcasts."""

from datetime import date

from bot.payload import Payload


class BroadcastAudience(Payload, code="audience1"):
    """Send to all members (`all`), all teachers (`teachers`), or those of a group (`group`, and its key)."""

    broadcast: int
    to: str
    group: str


class BroadcastSend(Payload, code="send1"):
    """Send the previewed broadcast, if its text is the one that message `text` shows."""

    broadcast: int
    text: int


class BroadcastDrop(Payload, code="stop1"):
    """Throw the preview away, or stop what has not been sent yet."""

    broadcast: int


class BroadcastResume(Payload, code="draft1"):
    """Go on with a draft that something else has come between."""

    broadcast: int


class BroadcastToMissing(Payload, code="writeall1"):
    """Write to all who have not answered the check-in of a date (`morning`, `evening`)."""

    on: date
    slot: str
