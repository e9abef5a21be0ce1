"""What takes a while: its line, its result or one sentence, and a person who goes on meanwhile."""

import asyncio
from collections.abc import Iterator

import pytest
from telegram.error import TimedOut

import handlers
from bot.access import Action
from bot.context import Context
from bot.jobs.job import JobFailedError, JobFailure
from bot.messages import job as job_messages
from bot.routing import on_command
from tests.kit import System

LINE = "⏳ I am making this"


class Workshop:
    """Stands behind /make: what it makes is ready when the test says so."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.failure: BaseException | None = None
        self.is_lost = False  # on the way to its reader

    async def make(self) -> str:
        await self.ready.wait()
        if self.failure is not None:
            raise self.failure
        return "Here is the result."

    async def command(self, context: Context, _arguments: str) -> None:
        async def deliver(result: str) -> None:
            if self.is_lost:
                raise TimedOut
            await context.say(result)

        await job_messages.give(context, self.make, deliver)


@pytest.fixture(autouse=True)
def workshop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    made = Workshop()
    routes = (*handlers.ROUTES, on_command("make", made.command, Action.SEE_NUMBERS))
    monkeypatch.setattr(handlers, "ROUTES", routes)
    monkeypatch.setattr(job_messages, "_QUICK_SECONDS", 0)
    monkeypatch.setattr(job_messages, "_HELD_SECONDS", 0.01)
    yield made
    made.ready.set()


async def handled(system: System) -> None:
    """Everything that was sent has been handled; what is made in the background may go on."""
    assert await system.world.updates.confirmed.wait_for(lambda: not len(system.world.updates), 10)
    await system.app.worker.wait_idle()


async def test_a_line_stands_there_until_the_result_or_one_sentence(system: System, workshop: Workshop) -> None:
    minji = await system.organizer()
    async with system.without_waiting():
        await minji.sends("/make")
        await handled(system)
        assert minji.chat[-1].words.startswith(LINE)
        await minji.sends("/info")  # answered meanwhile
        await handled(system)
        assert not minji.chat[-1].words.startswith(LINE)
        await minji.sends("/make")
        await minji.sends("/make")
        await handled(system)
        assert minji.chat[-1].words.startswith("⏳ I am making other things for you already")
        workshop.ready.set()
    assert [one.words for one in minji.chat].count("Here is the result.") == 2
    assert not minji.shows(LINE)

    for failure, sentence in (
        (JobFailedError(JobFailure.TOO_SLOW), "This takes too long. Please choose less"),
        (ValueError("a secret of Ann"), "I could not make this."),
    ):
        async with system.without_waiting():
            workshop.ready.clear()
            workshop.failure = failure
            await minji.sends("/make")
            await handled(system)
            assert minji.chat[-1].words.startswith(LINE)
            workshop.ready.set()
        assert minji.chat[-1].words.startswith(sentence)
        assert not minji.shows(LINE)

    workshop.ready.clear()
    async with system.without_waiting():
        await minji.sends("/make")
        await handled(system)
        async with system.without_bot():  # it stops in the middle
            assert minji.chat[-1].words.startswith("This was interrupted")
    assert not minji.shows(LINE)


async def test_the_line_says_so_when_the_result_did_not_arrive(system: System, workshop: Workshop) -> None:
    minji = await system.organizer()
    workshop.is_lost = True
    async with system.without_waiting():
        await minji.sends("/make")
        await handled(system)
        workshop.ready.set()
    assert not minji.shows(LINE)
    assert minji.shows("This was interrupted before it was ready.")
