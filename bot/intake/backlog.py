"""After a start: what members did while the bot was away is handled before messages go out.

So who has answered is not reminded, nor reported as missing. Only calls for help do not wait for it, and people from
outside hold nothing up, however much they wrote.
"""

import asyncio
import logging
import sqlite3
from functools import partial
from typing import Final

from bot.intake.poller import Poller
from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import Rank

_LOG = logging.getLogger(__name__)
_FIRST_ANSWER_TIMEOUT_SECONDS: Final = 60.0  # real time; then messages go out without an answer of Telegram
_DRAIN_TIMEOUT_SECONDS: Final = 7.0  # real time that what members did may hold messages up; alerts are due in 10 s
_POLL_SECONDS: Final = 0.05  # real time between two checks whether it is handled


async def members_handled(poller: Poller, db: Database) -> None:
    """Return once what members did is handled, or the time for that is over."""
    try:
        async with asyncio.timeout(_FIRST_ANSWER_TIMEOUT_SECONDS) as deadline:
            await poller.answered.wait()
            deadline.reschedule(asyncio.get_running_loop().time() + _DRAIN_TIMEOUT_SECONDS)
            await poller.drained.wait()
            await _handled(db)
    except (TimeoutError, sqlite3.Error):
        _LOG.warning("What people did while the bot was away is not all handled yet; messages go out now.")


async def _handled(db: Database) -> None:
    """Return once everything of members that is stored now is handled, however much comes in meanwhile."""
    waits = partial(inbox.waits, upto=await db.read(inbox.last), rank=Rank.MEMBER)
    while await db.read(waits):  # noqa: ASYNC110 - the marks signal nobody, and soon end
        await asyncio.sleep(_POLL_SECONDS)
