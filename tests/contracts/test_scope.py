"""Whatever a coordinator sends or presses tells nothing of people whom they may not be told of.

Everything is asked before and after others did a lot: who is limited to the first group has to read the same both
times. A new command or button for coordinators is tried by itself; a field that is new gets good values below.
"""

from collections.abc import Iterator
from dataclasses import fields
from itertools import product

import pytest

from bot.access import ChatKind, Role, allowed
from bot.buttons.picture import PictureKind
from bot.charts import job as chart_job
from bot.clock import to_text
from bot.payload import Payload
from bot.people_filter import PeopleFilter
from bot.routing import ButtonRoute, CommandRoute, Route
from bot.store import scope as scope_store
from bot.store.certificate_standing import CertificateList
from rehearsal.telegram import Message
from tests.kit import System, User
from tests.kit.media import PIXEL

MINE, OTHERS = "pamir", "zarafshon"
# By the field of a payload; commands are tried with each of WORDS as well.
VALUES: dict[str, tuple[object, ...]] = {
    "on": ("2025-08-04",),
    "kind": tuple(PictureKind),
    "look": ("light",),
    "filter": (1,),
    "filter_id": (0,),
    "table": ("",),
    "group": (OTHERS,),
    "form": ("json",),
    "day": (1,),
    "page": (0,),
    "first": (0,),
    "session": ("",),
    "part": (0,),
    "topic": ("all", "groups", "sessions", "reach", "alerts"),
    "listed": tuple(CertificateList),
    "person": (1, 2),
    "what": ("pdf", "people"),
    "certificate": (1,),
}
WORDS = ("",)
Said = tuple[str, tuple[str, ...], tuple[bytes, ...]]
Told = list[Said]


@pytest.fixture(autouse=True)
def _charts_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture is what is on it: drawing takes long, and says the same."""
    monkeypatch.setattr(chart_job.Draw, "perform", lambda job, _files: PIXEL + repr(job.chart).encode())


def buttons(routes: list[Route]) -> Iterator[ButtonRoute]:
    """Those that coordinators may press and teachers may not."""
    for route in routes:
        if not isinstance(route, ButtonRoute):
            continue
        may = [allowed(route.action, role, ChatKind.PRIVATE) for role in (Role.COORDINATOR, Role.TEACHER)]
        if may == [True, False]:
            yield route


def payloads(kind: type[Payload]) -> Iterator[str]:
    for values in product(*(VALUES.get(field.name, (1 if field.type is int else "x",)) for field in fields(kind))):
        yield ":".join([kind.CODE, *map(str, values)])


async def heard(who: User, routes: list[Route], *, presses: bool) -> dict[str, Told]:
    """What the chat says to each command and each button."""
    said: dict[str, Told] = {}
    role = Role.COORDINATOR
    for route in routes:
        if isinstance(route, CommandRoute) and allowed(route.action, role, ChatKind.PRIVATE):
            for words in WORDS:
                begin = len(who.chat)
                await who.sends(f"/{route.name} {words}".strip())
                said[f"/{route.name} {words}"] = told(who, begin)
    await who.sends("/stats")
    anywhere = who.chat[-1]
    for button in buttons(routes) if presses else ():
        for data in payloads(button.payload):
            begin = len(who.chat)
            await who.presses_payload(data, on=anywhere)
            said[data] = [as_told(anywhere), *told(who, begin)]
    return said


def told(who: User, begin: int) -> Told:
    return [as_told(one) for one in who.chat[begin:] if one.from_bot]


def as_told(message: Message) -> Said:
    return message.words, tuple(message.labels), tuple(file.content for file in message.files)


async def test_who_is_limited_reads_nothing_that_depends_on_others(system: System) -> None:
    mine = [await system.teacher(f"Mine {n}", group=MINE) for n in range(5)]
    others = [await system.teacher(f"Other {n}", group=OTHERS) for n in range(5)]
    limited, full = await system.coordinator("Limited"), await system.coordinator("Full")
    organizer = await system.organizer("Minji")
    me = system.value("SELECT id FROM person WHERE telegram_id = ?", limited.id)
    await system.write(scope_store.set_scope, me, PeopleFilter(groups=(MINE,)), by_id=None, now=system.clock.now())
    await system.write(lambda connection: connection.execute("INSERT INTO figure_filter (content) VALUES ('{}')"))
    await system.at("2025-08-04 08:16")
    for one in mine:
        await one.presses("✅ I am here")
    await system.at("2025-08-04 11:16")
    for one in mine[:3]:
        await one.presses("🙋 I am here")
    asks = {one: one.newest_with("✅ I am here") for one in others}
    sessions = {one: one.newest_with("🙋 I am here") for one in others}
    await system.at("2025-08-04 11:30")
    routes = list(system.app.router.routes)
    people = ((limited, True), (full, True), (organizer, False), (mine[0], False))
    before = [await heard(one, routes, presses=presses) for one, presses in people]
    for one in others:
        await one.presses("✅ I am here", on=asks[one])
        await one.presses("🙋 I am here", on=sessions[one])
    lesson = system.seminar.lessons[0]
    now = to_text(system.clock.now())
    await system.write(
        lambda connection: connection.execute(
            """
            INSERT INTO lesson_progress SELECT id, ?, ?, 9, ?, ?, 1, 1 FROM person WHERE group_key = ?
            """,
            (system.seminar.key, lesson.key, now, now, OTHERS),
        )
    )
    after = [await heard(one, routes, presses=presses) for one, presses in people]
    assert {asked for asked in before[0] if before[0][asked] != after[0][asked]} == set()
    buttons_differ = {"stats2", "statsof1", "attday1", "picture1", "exportmake1"}
    for number, expected in ((1, buttons_differ), (2, set())):
        differs = {asked.split(":")[0] for asked in before[number] if before[number][asked] != after[number][asked]}
        assert {"/stats ", "/attendance ", *expected} <= differs, people[number]
    assert {asked for asked in before[3] if before[3][asked] != after[3][asked]} == set()


async def test_an_organizer_limits_a_coordinator_who_is_told_and_it_counts_at_once(system: System) -> None:
    minji = await system.organizer("Minji")
    bora = await system.coordinator("Bora", language="ru")
    await system.teacher("Ann", group=MINE)
    await system.teacher("Ben", group=OTHERS)
    await bora.sends("/attendance")
    page = bora.chat[-1]
    await minji.sends("/people Bora")
    await minji.presses("1", on=minji.chat[-1])
    card = minji.chat[-1]
    assert "👁 Sees the numbers of: all teachers" in card.words
    await minji.presses("👁 Whose numbers", on=card)
    await minji.presses("👥 Pamir", on=card)
    assert "Now: all teachers\nChosen: groups: Pamir" in card.words
    assert "Учителей: 2" in (await bora.asks("/stats")).words  # nothing has changed yet
    await minji.presses("✓ Yes, so", on=card)
    await minji.taps_again()
    assert "Now: groups: Pamir" in card.words
    assert bora.count("Решение организатора о том, чьи цифры вы здесь видите: группы: Памир.") == 1
    answer = await bora.asks("/stats")
    assert "👁 Вы видите: группы: Памир" in answer.words
    assert "Учителей: 1" in answer.words
    await bora.presses_payload("attday1:2025-08-04", on=page)
    assert "👁 Вы видите: группы: Памир" in page.words
    for command in ("/export", "/pictures", "/stats урок 1"):
        assert "👁 Вы видите: группы: Памир" in (await bora.asks(command)).words
    assert "👁 You see" not in (await minji.asks("/stats")).words
    await minji.presses("👥 All teachers", on=card)
    assert bora.shows("всех учителей")
    details = [row["details"] for row in system.rows("SELECT details FROM audit WHERE action = 'scope.changed'")]
    assert details == ['{"groups":"pamir","districts":0}', '{"groups":"","districts":0}']
    # An owner or organizer is never limited, and nobody is whose button is old.
    for data in ("scope1:1", "scope4:1:0", "scope2:99:0:0", "scope2:2:99:0", "scope3:2:0:0:nothing"):
        await minji.presses_payload(data, on=card)
    assert system.value("SELECT count(*) FROM audit WHERE action = 'scope.changed'") == 2
