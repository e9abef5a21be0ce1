"""Work that a conversation does not wait for: its sender's next press is answered meanwhile."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Final

_END_SECONDS: Final = 5.0  # real time for what is told when the bot stops


class Background:
    """Tasks that outlive the handler that began them, by who asked for them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._of: Counter[int] = Counter()

    def begin(self, person: int, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Do the work in a task of its own, for a person."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        self._of[person] += 1
        task.add_done_callback(lambda ended: self._over(person, ended))
        return task

    def count(self, person: int) -> int:
        """How many tasks of a person have not ended."""
        return self._of[person]

    async def wait_idle(self) -> None:
        """Return once no task is left."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Cancel what has not ended, and let it tell whom it was for."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_END_SECONDS)

    def _over(self, person: int, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._of[person] -= 1
        if not self._of[person]:
            del self._of[person]
