"""`python -m bot run` with a shorter time-out: a test need not wait 20 s until another poller counts as lasting."""

import sys

from bot import cli
from bot.intake import poller

if __name__ == "__main__":
    poller._CONFLICT_SECONDS = 0.5  # type: ignore[misc]
    sys.exit(cli.main(["run"]))
