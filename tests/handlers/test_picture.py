"""/pictures: the numbers as pictures, with the same numbers in words, in the reader's language and colours."""

import io
import sqlite3
from datetime import datetime

import pytest
from PIL import Image

from bot.charts import job as chart_job
from bot.charts.model import BarChart, Chart, DayChart, HeatMap, Look
from bot.clock import to_text
from bot.people_filter import PeopleFilter
from bot.programme.model import Seminar
from bot.store import person
from bot.store import scope as scope_store
from rehearsal.telegram import Message
from tests.kit import System, User

NAMES = ("Ann", "Bo", "Камола", "Дилшод", "Eve", "Фарид")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Chart, Look]]:
    """What was drawn."""
    seen: list[tuple[Chart, Look]] = []
    perform = chart_job.Draw.perform

    def noted(job: chart_job.Draw, files: object) -> bytes:
        seen.append((job.chart, job.look))
        return perform(job, files)  # type: ignore[arg-type]

    monkeypatch.setattr(chart_job.Draw, "perform", noted)
    return seen


async def picture(who: User, label: str) -> Message:
    await who.sends("/pictures")
    await who.presses(label)
    return who.chat[-1]


def look_of(message: Message) -> Look:
    with Image.open(io.BytesIO(message.files[0].content)) as image:
        assert image.width == 1080
        corner = image.convert("L").getpixel((0, 0))
        assert isinstance(corner, int)
        return Look.LIGHT if corner > 128 else Look.DARK


def learn(connection: sqlite3.Connection, seminar: Seminar, now: str) -> None:
    """Five open the first lesson, three come to its quiz, one finishes it; two of five answers are right."""
    lesson = seminar.lessons[0]
    right, wrong = (
        next(one.key for one in lesson.quiz[0].options if one.right is expected) for expected in (True, False)
    )
    ids = [row[0] for row in connection.execute("SELECT id FROM person WHERE role = 'teacher' ORDER BY id")]
    for at, person_id in enumerate(ids[:5]):
        key = (person_id, seminar.key, lesson.key)
        reached = len(lesson.cards) + 1 if at < 3 else 1
        connection.execute("INSERT INTO lesson_progress VALUES (?, ?, ?, ?, ?, NULL, 0, 0)", (*key, reached, now))
        answer = (*key, lesson.quiz[0].key, right if at < 2 else wrong, now)
        connection.execute("INSERT INTO lesson_answer VALUES (?, ?, ?, ?, ?, ?)", answer)
    connection.execute("UPDATE lesson_progress SET done_at = ? WHERE person_id = ?", (now, ids[0]))


def limit_to_first_group(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> None:
    mine = PeopleFilter(groups=(seminar.groups[0].key,))
    assert scope_store.set_scope(connection, 2, mine, by_id=1, now=now)


async def goes_by(system: System, people: list[User]) -> None:
    """The first day: five answer in the morning, three come to the session, four tell their mood."""
    await system.at("2025-08-04 08:16")
    for one in people[:5]:
        await one.presses("✅ I am here")
    await system.at("2025-08-04 11:16")
    for one in people[:3]:
        await one.presses("🙋 I am here")
    await system.at("2025-08-04 20:31")
    for one in people[:4]:
        await one.presses("🙂")


async def draws_in_its_own_process(system: System, reader: User) -> None:
    """As outside of tests."""
    system.real_jobs = True
    await system.restarts()
    assert look_of(await picture(reader, "📚 Lessons")) is Look.LIGHT
    assert system.app.runtime.jobs.pid is not None


async def test_each_picture_tells_in_words_what_it_shows_and_names_only_to_organizers(
    system: System, drawn: list[tuple[Chart, Look]]
) -> None:
    minji, farhod = await system.organizer(), await system.coordinator()
    people = [await system.teacher(name) for name in NAMES]
    other = system.seminar.groups[1].key
    await system.write(lambda connection: person.set_group(connection, 8, other))
    for label, sentence in (
        ("🟩 Attendance", "There is no attendance yet"),
        ("📈 Check-ins and mood", "nobody has answered a check-in"),
        ("📚 Lessons", "nobody has opened a lesson"),
        ("❓ Hardest questions", "needs the answers of five people"),
    ):
        assert sentence in (await picture(farhod, label)).words
    assert drawn == []

    await goes_by(system, people)
    told = await picture(minji, "🟩 Attendance")
    assert "3 of 6 came, over 1 session" in told.words
    [(chart, look)] = drawn
    assert isinstance(chart, HeatMap)
    assert [(row.label, *row.cells) for row in chart.rows] == [
        ("Ann", "present"), ("Bo", "present"), ("Eve", "unknown"), ("Дилшод", "unknown"), ("Камола", "present"),
        ("Фарид", "unknown"),
    ]  # fmt: skip
    assert look is look_of(told) is Look.LIGHT
    await minji.presses("🔄 Make it again")
    assert len(drawn) == 1, "nothing has changed: Telegram has the picture already"
    assert minji.chat[-1].files[0].content == told.files[0].content
    await picture(farhod, "🟩 Attendance")
    chart, _ = drawn[-1]
    assert isinstance(chart, HeatMap)
    assert {row.label for row in chart.rows} == {""}
    assert [row.cells[0] for row in chart.rows] == ["present"] * 3 + ["unknown"] * 3, "no order by names"

    told = await picture(farhod, "📈 Check-ins and mood")
    assert "4 August · ☀️ 5 of 6 · 🌙 4 of 6" in told.words
    assert "💛" not in told.words, "the mood of four people is told to nobody"
    await people[4].presses("😄")
    assert "💛 4.2 of 5" in (await picture(farhod, "📈 Check-ins and mood")).words
    chart, _ = drawn[-1]
    assert isinstance(chart, DayChart)

    await farhod.sends("/pictures")
    await farhod.presses("🌙 Make them dark")
    await farhod.presses("📈 Check-ins and mood")
    assert look_of(farhod.chat[-1]) is Look.DARK
    assert system.value("SELECT look FROM picture_look") == "dark"

    await system.write(learn, system.seminar, to_text(system.clock.now()))
    told = await picture(farhod, "📚 Lessons")
    assert "5 opened it, 3 came to the quiz, 1 finished it, of 6" in told.words
    told = await picture(farhod, "❓ Hardest questions")
    assert "2 of 5 right" in told.words
    chart, _ = drawn[-1]
    assert isinstance(chart, BarChart)
    assert [(bar.parts, bar.whole) for bar in chart.bars] == [((2,), 5)]

    await system.write(limit_to_first_group, system.seminar, system.clock.now())
    assert "3 of 5 came" in (await picture(farhod, "🟩 Attendance")).words
    chart, _ = drawn[-1]
    assert isinstance(chart, HeatMap)
    assert len(chart.rows) == 5
    assert "1 finished it, of 5" in (await picture(farhod, "📚 Lessons")).words

    await draws_in_its_own_process(system, minji)
    await people[0].sends("/pictures")
    assert "Pictures of the numbers" not in people[0].chat[-1].words
