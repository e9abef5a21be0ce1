"""Who goes first: the priorities of outbox rows."""

from enum import IntEnum


class Priority(IntEnum):
    """Which rows go first between chats; smaller is more urgent. Answers go before all of them but the first.

    SOS is for a member who calls for help: it passes everything else, also what waits for the same chat.
    """

    SOS = 5
    ALERT = 10
    REMINDER = 15  # is of no use any more soon, while an agenda is
    AGENDA = 20
    NOTICE = 25
    CHECKIN = 28
    LESSON = 30
    NUDGE = 40
    BROADCAST = 50
