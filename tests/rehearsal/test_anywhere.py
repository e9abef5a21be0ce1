"""A seminar in another country, and the least that a folder may hold: nothing of the first seminar is in them.

Two languages and one, one group and none, no second clock, nobody's number: played to the end, tried out on phones, and
read with every file, menu, and the page. Hangul, Tajik letters and names of places would show what was left behind.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import aiohttp
import pytest

from bot.access import Role
from bot.languages import LANGUAGES, Language
from rehearsal import headless
from rehearsal.cast import NAMES
from rehearsal.ending import run_quickly
from rehearsal.stage import read_seminar
from rehearsal.telegram import Account, World
from tests.programme import least
from tests.rehearsal.anywhere import Listener, Tries, page, shown, try_everything
from tests.rehearsal.sessions import SEMINAR, sessions

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


def test_it_is_played_headless_and_everything_holds(folder: Path) -> None:
    seminar = read_seminar(folder, None)
    worlds: list[World] = []
    listeners: list[Listener] = []

    def watch(world: World) -> None:
        worlds.append(world)
        listeners.append(Listener(world))

    played = headless.play(seminar, folder, teachers=3, days=seminar.days_count, seed=7, watch=watch)
    report = run_quickly(played)

    assert [verdict.name for verdict in report.verdicts if not verdict.held] == []
    assert set(report.messages) >= {"agenda", "checkin.ask", "admission.card"}
    assert {language for counts in report.messages.values() for language in counts} == set(seminar.languages)
    assert report.checkins["morning"] > 0
    [world], [listener] = worlds, listeners
    assert {one.language_code for one in world.accounts.values()} == set(seminar.languages)
    assert all(known(one.user["first_name"], one.language_code) for one in world.accounts.values())
    assert len(listener.said) > 100
    assert of_elsewhere([*listener.said, *shown(world)]) == []


def known(first_name: object, language: str) -> bool:
    """Whether readers of that language are called so."""
    return first_name in {first for first, _ in NAMES[Language(language)]}


async def test_whatever_people_try_and_the_page_shows_is_of_this_seminar(folder: Path) -> None:
    async with sessions(folder=folder, speed=60) as (scene, address), aiohttp.ClientSession() as session:
        assert scene.bot is not None
        listener = Listener(scene.world)
        people = [phone.account for phone in scene.shown.values()]
        for language in ("tg", "ko", "fr", ""):  # a phone speaks what it speaks, whatever the seminar does
            visitor = Account(scene.world, "Алекс", language_code=language)
            await visitor.starts(await scene.bot.invitation(Role.TEACHER))
            people.append(visitor)
        await scene.driver.settle()
        met = await scene.bot.people()
        everybody = [Tries(account) for account in people]
        await try_everything(everybody, scene)
        for _ in range(EVENTS):
            await scene.to_next_event()
            await try_everything(everybody, scene)
        served = await page(session, address, scene)
        members = await scene.bot.people()

    assert scene.world.violations == []
    assert scene.seminar is not None
    assert {met[account.id][1] for account in people[-4:]} == {scene.seminar.languages[0]}
    assert {members[account.id] for account in people} <= {
        (role, one) for role in Role for one in scene.seminar.languages
    }
    assert len(listener.said) > 1000
    assert any(bubble.files for account in people for bubble in account.messages.values()), "files are read, too"
    assert of_elsewhere([*listener.said, *shown(scene.world), *served]) == []


async def test_the_page_and_its_phones_speak_the_seminars_languages_alone(folder: Path) -> None:
    async with sessions(folder=folder, phones=False) as (scene, address), aiohttp.ClientSession() as session:
        assert scene.seminar is not None
        spoken = scene.seminar.languages
        async with session.get(f"{address}/languages") as answer:
            offered = await answer.json()
        assert offered == {
            "languages": {one: one.own_name for one in LANGUAGES if one in spoken},
            "fallback": spoken[0],
        }
        for language in LANGUAGES:
            async with session.get(f"{address}/words/{language}") as answer:
                assert answer.status == (200 if language in spoken else 404)
            order = {"do": "add", "role": "teacher", "language": language}
            async with session.post(f"{address}/do", json=order) as answer:
                assert answer.status == (200 if language in spoken else 400)
        assert [phone.language for phone in scene.shown.values()] == [one for one in LANGUAGES if one in spoken]
