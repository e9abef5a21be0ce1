"""`python -m bot run` with shorter time-outs: no test need wait 20 s until another poller counts as lasting."""

import sys

from bot import cli
from bot.delivery import dispatcher
from bot.intake import poller
from bot.store import database

if __name__ == "__main__":
    poller._CONFLICT_SECONDS = 0.5  # type: ignore[misc]
    database._BUSY_MS = 200
    dispatcher._DRAIN_SECONDS = 0.5  # type: ignore[misc]
    dispatcher._POLL_SECONDS = 1.0  # type: ignore[misc]
    sys.exit(cli.main(["run"]))
