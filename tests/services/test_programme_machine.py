"""Whatever organizers and operators do, in whatever order: a start never changes what was published from a chat."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.access import Role
from bot.programme import document as documents
from bot.programme.edits import Moved, edited
from bot.programme.model import Seminar
from bot.services import programme as programme_service
from bot.services.programme import Offer, Published, Stale
from bot.store import person
from bot.store import programme as programme_store
from bot.store.programme import Source, Version
from tests import loaded
from tests.clocks import START
from tests.connections import connect
from tests.kit import SEMINAR as FOLDER

_WHOLE = loaded.seminar(FOLDER)
SEMINAR = replace(_WHOLE, days=_WHOLE.days[:1])
KEY = SEMINAR.days[0].sessions[0].key
# The same first session at four times: few enough for folders and chats to hold the same now and then.
VARIANTS = st.sampled_from([edited(SEMINAR, Moved(KEY, minutes)) for minutes in (0, 5, 10, 15)])


class Versions(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.db = connect()
        self.folder = SEMINAR
        programme_service.adopt_folder(self.db, self.folder, START)
        self.minji = person.add(self.db, 100, username=None, language="en", role=Role.ORGANIZER, now=START)

    def teardown(self) -> None:
        self.db.close()

    @property
    def newest(self) -> Version:
        newest = programme_store.newest(self.db, SEMINAR.key)
        assert newest is not None
        return newest

    @property
    def runs(self) -> Seminar:
        return programme_service.version(self.db, SEMINAR, self.newest.number)

    @property
    def offer(self) -> Offer | None:
        return programme_service.offered(self.db, self.folder)

    def publish(self, seminar: Seminar, base: int) -> Published | Stale:
        text = documents.write(seminar.days)
        return programme_service.publish(self.db, SEMINAR, text, base=base, author=self.minji, reason={}, now=START)

    @rule(folder=VARIANTS)
    def starts_with(self, folder: Seminar) -> None:
        before, self.folder = self.newest, folder
        programme_service.adopt_folder(self.db, folder, START)
        assert self.newest == before or before.source is Source.FOLDER

    @rule(seminar=VARIANTS)
    def publishes(self, seminar: Seminar) -> None:
        number = self.newest.number
        outcome = self.publish(seminar, number)
        assert isinstance(outcome, Published)
        assert self.runs == outcome.after == seminar
        assert self.newest.number == number + outcome.is_new

    @rule(seminar=VARIANTS, behind=st.integers(1, 3))
    def publishes_over_what_was_not_seen(self, seminar: Seminar, behind: int) -> None:
        before, runs = self.newest, self.runs
        if before.number > behind:
            outcome = self.publish(seminar, before.number - behind)
            assert isinstance(outcome, Stale) or not outcome.is_new
            assert (self.newest, self.runs) == (before, runs)

    @rule(back=st.integers(0, 4))
    def brings_back(self, back: int) -> None:
        base = self.newest.number
        number = max(1, base - back)
        programme_service.bring_back(self.db, SEMINAR, number, base=base, author=self.minji, reason={}, now=START)
        assert self.runs == programme_service.version(self.db, SEMINAR, number)

    @precondition(lambda self: self.offer is not None)
    @rule(accepts=st.booleans())
    def decides(self, accepts: bool) -> None:
        offer, before = self.offer, self.newest
        assert offer is not None
        if accepts:
            programme_service.accept_offer(
                self.db, self.folder, offer.key, base=offer.base, author=self.minji, reason={}, now=START
            )
            assert self.runs == self.folder
        else:
            programme_service.decline_offer(self.db, self.folder, offer.key)
            assert self.newest == before
        assert self.offer is None

    @invariant()
    def only_what_differs_is_offered(self) -> None:
        assert self.offer is None or self.folder.days != self.runs.days

    @invariant()
    def a_folder_runs_until_somebody_publishes(self) -> None:
        history = programme_store.history(self.db, SEMINAR.key, limit=99)
        assert any(one.source is not Source.FOLDER for one in history) or self.runs == self.folder


TestVersions = Versions.TestCase
TestVersions.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
