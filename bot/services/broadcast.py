"""A broadcast is sent: its state and the message to its audience, written together."""

import sqlite3
from datetime import datetime

from bot.messages import broadcast as broadcast_messages
from bot.store import broadcast as broadcast_store
from bot.store import fanout


def confirm(
    connection: sqlite3.Connection, number: int, by_id: int, *, shown: int, card_id: int, now: datetime
) -> bool:
    """Send this person's draft, if its text is the one of preview `shown`; return whether this press did it."""
    confirmed = broadcast_store.confirm(connection, number, by_id, shown=shown, card_id=card_id, now=now)
    if confirmed is None or confirmed.audience is None:
        return False
    fanout.schedule(connection, [broadcast_messages.occurrence(confirmed, confirmed.audience, now)], now)
    return True
