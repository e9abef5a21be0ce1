"""A seminar in another country, and the least that a folder may hold: nothing of the first seminar is in them.

Two languages and one, one group and none, no second clock, no phone number: simulated to the end, explored on phones,
and read with every file, menu, and the page. Hangul, Tajik letters and names of places would show what was left behind.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import aiohttp
import pytest

from bot.access import Role
from bot.languages import LANGUAGES, Language
from rehearsal import headless
from rehearsal.harness import read_seminar
from rehearsal.personas import NAMES
from rehearsal.shutdown import run_until_stopped
from rehearsal.telegram import Account, World
from tests.programme import least
from tests.rehearsal.exploration import Explorer, TextCollector, explore_all, page, shown
from tests.rehearsal.sessions import SEMINAR, open_session

TBILISI = SEMINAR.parent / "tbilisi-2027"
# Hangul, Tajik's own letters, and what the first seminar's countries and cities are called; not Russian's `корень`.
ELSEWHERE = re.compile(
    "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7afғӣқӯҳҷҒӢҚӮҲҶ]"
    r"|Korea|\bКоре[еийюя]|Sejong|Седжон|Seoul|Сеул|Tajik|Таджик|Точик|Dushanbe|Душанбе",
    re.IGNORECASE,
)
EVENTS = 9  # the first day's, and the next morning's agenda


@pytest.fixture(params=["the second sample", "the least"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return TBILISI if request.param == "the second sample" else least.write(tmp_path)


def of_elsewhere(found: Iterable[tuple[str, str]]) -> list[str]:
    """Where words of another country stand, with what is around them, each once."""
    marked = [(where, text, match) for where, text in found if (match := ELSEWHERE.search(text)) is not None]
    return sorted({f"{where}: …{text[max(0, one.start() - 40) : one.end() + 40]}…" for where, text, one in marked})


@pytest.mark.parametrize(
    "words", ["시작", "Ассалому алейкум, рӯз", "in Sejong", "из Кореи", "tajik", "г. Душанбе", "korean_address"]
)
def test_what_is_looked_for_is_seen(words: str) -> None:
    assert of_elsewhere([("here", words)])


def test_it_is_simulated_headless_and_every_invariant_holds(folder: Path) -> None:
    seminar = read_seminar(folder, None)
    worlds: list[World] = []
    collectors: list[TextCollector] = []

    def on_start(world: World) -> None:
        worlds.append(world)
        collectors.append(TextCollector(world))

    simulated = headless.simulate(seminar, folder, teachers=3, days=seminar.days_count, seed=7, on_start=on_start)
    report = run_until_stopped(simulated)

    assert [result.name for result in report.results if not result.held] == []
    assert set(report.messages) >= {"agenda", "checkin.ask", "admission.card"}
    assert {language for counts in report.messages.values() for language in counts} == set(seminar.languages)
    assert report.checkins["morning"] > 0
    [world], [collector] = worlds, collectors
    assert {one.language_code for one in world.accounts.values()} == set(seminar.languages)
    assert all(known(one.user["first_name"], one.language_code) for one in world.accounts.values())
    assert len(collector.texts) > 100
    assert of_elsewhere([*collector.texts, *shown(world)]) == []


def known(first_name: object, language: str) -> bool:
    """Whether readers of that language are called so."""
    return first_name in {first for first, _ in NAMES[Language(language)]}


async def test_whatever_people_explore_and_the_page_shows_is_of_this_seminar(folder: Path) -> None:
    async with open_session(folder=folder, speed=60) as (session, address), aiohttp.ClientSession() as http:
        assert session.bot is not None
        collector = TextCollector(session.world)
        people = [phone.account for phone in session.phones.values()]
        for language in ("tg", "ko", "fr", ""):  # a phone speaks what it speaks, whatever the seminar does
            visitor = Account(session.world, "Алекс", language_code=language)
            await visitor.starts(await session.bot.create_invitation(Role.TEACHER))
            people.append(visitor)
        await session.simulation.wait_idle()
        met = await session.bot.members()
        explorers = [Explorer(account) for account in people]
        await explore_all(explorers, session)
        for _ in range(EVENTS):
            await session.advance_to_next_event()
            await explore_all(explorers, session)
        served = await page(http, address, session)
        members = await session.bot.members()

    assert session.world.violations == []
    assert session.seminar is not None
    assert {met[account.id][1] for account in people[-4:]} == {session.seminar.languages[0]}
    assert {members[account.id] for account in people} <= {
        (role, one) for role in Role for one in session.seminar.languages
    }
    assert len(collector.texts) > 1000
    assert any(message.files for account in people for message in account.messages.values()), "files are read, too"
    assert of_elsewhere([*collector.texts, *shown(session.world), *served]) == []


async def test_the_page_and_its_phones_speak_the_seminars_languages_alone(folder: Path) -> None:
    async with open_session(folder=folder, phones=False) as (session, address), aiohttp.ClientSession() as http:
        assert session.seminar is not None
        spoken = session.seminar.languages
        async with http.get(f"{address}/languages") as answer:
            offered = await answer.json()
        assert offered == {
            "languages": {one: one.own_name for one in LANGUAGES if one in spoken},
            "fallback": spoken[0],
        }
        for language in LANGUAGES:
            async with http.get(f"{address}/labels/{language}") as answer:
                assert answer.status == (200 if language in spoken else 404)
            command = {"do": "add", "role": "teacher", "language": language}
            async with http.post(f"{address}/do", json=command) as answer:
                assert answer.status == (200 if language in spoken else 400)
        assert [phone.language for phone in session.phones.values()] == [one for one in LANGUAGES if one in spoken]
