"""Jobs without a process of their own: what they do, and that they and their results can be pickled."""

import asyncio
import pickle
from pathlib import Path
from typing import TypeVar

from bot.jobs.__main__ import perform
from bot.jobs.job import Answer, Job, JobFailedError
from bot.jobs.process import JobProcess

R = TypeVar("R")


class SameProcessJobs(JobProcess):
    """Does jobs in a thread of this process."""

    def __init__(self, database: Path, instead: JobProcess) -> None:
        super().__init__(database)
        self.background = instead.background
        self._path = database

    async def run(self, job: Job[R], *, seconds: float = 120.0) -> R:  # noqa: ARG002 - as it is declared
        answer: Answer[R] = pickle.loads(await asyncio.to_thread(perform, pickle.dumps((self._path, job))))
        if answer.failure is not None:
            raise JobFailedError(answer.failure) from RuntimeError(answer.log)
        return answer.result  # type: ignore[return-value]
