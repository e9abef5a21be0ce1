"""A search by names begins with folding those that are new (`bot.store.people`), a few in each transaction."""

from typing import Final

from bot.context import Context
from bot.store import people as people_store

_AT_ONCE: Final = 200  # names folded in one transaction
_MOST_TURNS: Final = 50


async def fold_new_names(context: Context) -> None:
    """Let the new names be found; of very many the rest is done before the next search."""
    for _turn in range(_MOST_TURNS):
        if not await context.read(people_store.has_new_names):
            return
        await context.write(people_store.fold_names, _AT_ONCE)
