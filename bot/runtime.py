"""The parts of the running bot that a conversation may use."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.documents.process import DocumentProcess
from bot.i18n import Locales
from bot.jobs.process import JobProcess
from bot.programme.current import CurrentSeminar
from bot.programme.model import Seminar
from bot.sender import Sender
from bot.settings import Settings
from bot.store.database import Database


@dataclass(slots=True)
class Runtime:
    """The parts of the running bot that handlers use. `wake` makes the planner and the dispatcher check at once.

    `requeue(person_id)` is called after a committed opt-out or erasure: nothing that has not left yet is sent.
    `leaves_in(chat_id)`: in how many seconds a message that is no reply can leave; infinite while nothing is sent.
    `wipe` overwrites what a committed erasure deleted. `follow_programme` is awaited after each commit that publishes a
    version of the programme: from then on it runs.
    """

    settings: Settings
    clock: Clock
    db: Database
    current: CurrentSeminar
    locales: Locales
    sender: Sender
    documents: DocumentProcess
    jobs: JobProcess
    wake: Callable[[], None]
    requeue: Callable[[int], None]
    leaves_in: Callable[[int], float]
    wipe: Callable[[], None]
    follow_programme: Callable[[], Awaitable[None]]

    @property
    def seminar(self) -> Seminar:
        """The seminar as it is at the moment, by the newest version of its programme."""
        return self.current.seminar
