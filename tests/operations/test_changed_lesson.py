"""A lesson's file is changed while people have answered: their answers keep their meaning, and the change is told."""

import logging
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.buttons.lesson import LessonAnswer
from bot.cli import main
from bot.learning.quiz import mark
from bot.programme import load
from bot.programme.lesson_model import Question
from rehearsal.telegram import Message
from tests.kit import SEMINAR, System, User, open_system

A, B = (f"      - text: {{tg: Ном {one}, ru: Имя {one}, en: Option {one}, ko: 이름 {one}}}\n" for one in "AB")
C = "      - text: {tg: Дигар, ru: Другое, en: Something else, ko: 다른 것}\n"
WHY = "        explanation: {tg: Ном, ru: Имя, en: So it is, ko: 이름}\n"
RIGHT = "        right: true\n"


def lesson(*options: str) -> str:
    """The file of a lesson of day 1 with one question."""
    return (
        "key: trial\nday: 1\nminutes: 5\ntitle: {tg: Ном, ru: Имя, en: Trial, ko: 이름}\n"
        "cards:\n  - {tg: Ном, ru: Имя, en: Card, ko: 이름}\n"
        "quiz:\n  - key: which\n    question: {tg: Ном, ru: Имя, en: Which?, ko: 이름}\n    options:\n"
        + "".join(options)
    )


def keyed(key: str, option: str) -> str:
    return option.replace("- text", f"- key: {key}\n        text")


FILE = lesson(A + RIGHT + WHY, B + WHY, C + WHY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = shutil.copytree(SEMINAR, tmp_path / "seminar")
    for path in (copied / "lessons").iterdir():
        path.unlink()
    (copied / "lessons" / "01-trial.yaml").write_text(FILE, "utf-8")
    return copied


@pytest.fixture
async def system(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[System]:
    async with open_system(tmp_path, seminar=folder) as opened:
        monkeypatch.setattr("bot.startup.load", load)  # each start reads the files anew
        yield opened


async def starts_again(system: System, folder: Path, text: str) -> None:
    """Somebody changes the lesson's file, and the operator starts the bot anew."""
    async with system.without_bot():
        (folder / "lessons" / "01-trial.yaml").write_text(text, "utf-8")


def question(system: System) -> Question:
    return system.seminar.lessons[0].quiz[0]


async def opens(who: User) -> Message:
    """The question, in a new message."""
    await who.sends("/lesson")
    await who.presses_payload("quiz1:trial:1", on=who.chat[-1])
    return who.chat[-1]


async def chooses(who: User, place: int) -> Message:
    message = await opens(who)
    await who.presses(str(place), on=message)
    return message


def kept(system: System) -> list[object]:
    return [row["option_key"] for row in system.rows("SELECT option_key FROM lesson_answer ORDER BY person_id")]


async def test_answers_follow_options_that_change_places_and_get_keys(
    system: System, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = await system.teacher("One"), await system.teacher("Two")
    await chooses(one, 1)
    await chooses(two, 2)
    assert kept(system) == ["1", "2"]
    with caplog.at_level(logging.WARNING):
        await starts_again(system, folder, lesson(C + WHY, B + WHY, A + RIGHT + WHY))
        assert kept(system) == ["3", "2"]
        await starts_again(
            system, folder, lesson(keyed("b", B + WHY), keyed("a", A + RIGHT + WHY), keyed("c", C + WHY))
        )
    assert kept(system) == ["a", "b"]
    assert "chose" not in caplog.text
    assert "✅ 2. Option A" in (await opens(one)).words
    assert "You chose 1." in (await opens(two)).words


async def test_a_button_of_before_means_what_it_stood_for(system: System, folder: Path) -> None:
    teacher = await system.teacher()
    message = await opens(teacher)
    await starts_again(system, folder, lesson(B + WHY, C + WHY, A + RIGHT + WHY))
    await teacher.presses("1", on=message)
    assert kept(system) == ["3"]
    assert "Right!" in message.words


async def test_a_number_that_is_typed_means_what_was_shown(system: System, folder: Path) -> None:
    teacher = await system.teacher()
    await opens(teacher)
    await starts_again(system, folder, lesson(B + WHY, C + WHY, A + RIGHT + WHY))
    await teacher.sends("1")
    assert kept(system) == ["3"]


async def test_a_button_whose_option_is_gone_shows_the_question_anew(system: System, folder: Path) -> None:
    teacher = await system.teacher()
    message = await opens(teacher)
    await starts_again(system, folder, lesson(A + RIGHT + WHY, B + WHY))
    await teacher.presses("3", on=message)
    assert teacher.toast == ("This question has no such answer.", False)
    message = await opens(teacher)
    await starts_again(system, folder, lesson(A + RIGHT + WHY, C + WHY))
    await teacher.presses("2", on=message)
    assert teacher.toast == ("The question has changed since. Please choose again.", False)
    assert "2. Something else" in message.words
    assert kept(system) == []
    await teacher.presses("2", on=message)
    assert kept(system) == ["2"]


async def test_what_changed_is_told_with_its_line_once_and_by_check(
    system: System,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for place in (1, 2, 2):
        await chooses(await system.teacher(f"Teacher {place}"), place)
    monkeypatch.setenv("HAMROH_DATABASE", str(system.app.runtime.settings.database))
    changed = lesson(keyed("c", C + WHY), A.replace("en: Option A", "en: The option A") + WHY + RIGHT)
    path = folder / "lessons" / "01-trial.yaml"
    path.write_text(changed, "utf-8")
    assert main(["check", str(folder)]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "chose" in line]
    mended, gone = said
    assert mended == (
        f'{path}:14: warning: 1 person chose "Option A", and that says "The option A" now, leave it if it means the '
        "same; if it means something else, give each option a `key`, which stays when words change"
    )
    assert gone == (
        f'{path}:10: warning: 2 people chose "Option B" in question `which` of lesson `trial`, and that is gone, put '
        "it back, or leave it: they can choose anew, and a finished lesson stays finished"
    )
    assert kept(system) == ["1", "2", "2"]
    with caplog.at_level(logging.WARNING):
        await starts_again(system, folder, changed)
    assert [line for line in caplog.messages if "chose" in line] == said
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        await starts_again(system, folder, changed)
    assert "chose" not in caplog.text
    first, other, _ = kept(system)
    assert first == "2"
    await starts_again(system, folder, lesson(C + WHY, B + WHY, A + RIGHT + WHY))
    assert kept(system) == ["3", "2", "2"]
    assert str(other).startswith("~")


async def test_another_right_answer_is_told_and_counted_scores_stay(
    system: System, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await chooses(await system.teacher(), 1)
    with caplog.at_level(logging.WARNING):
        await starts_again(system, folder, lesson(A + WHY, B + RIGHT + WHY, C + WHY))
    [told] = [line for line in caplog.messages if "chose" in line]
    assert 'trial.yaml:11: warning: 1 person chose "Option A" when it was right, and now it is wrong, check' in told
    assert system.rows("SELECT done, score FROM lesson_total") == [{"done": 1, "score": 1}]


async def test_who_chose_what_is_gone_can_choose_anew_and_has_finished(system: System, folder: Path) -> None:
    teacher = await system.teacher()
    await chooses(teacher, 2)
    await starts_again(system, folder, lesson(A + RIGHT + WHY, C + WHY))
    message = await opens(teacher)
    assert "1" in message.labels
    meant = mark(question(system), question(system).options[0])
    await teacher.presses_payload(LessonAnswer(system.seminar.key, "trial", 1, 1, meant).pack(), on=message)
    assert kept(system) == ["1"]
    assert system.rows("SELECT done, score FROM lesson_total") == [{"done": 1, "score": 0}]


async def test_check_finds_the_answers_while_the_bot_is_stopped_and_leaves_nothing_beside_them(
    system: System, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await chooses(await system.teacher(), 3)
    database = system.app.runtime.settings.database
    monkeypatch.setenv("HAMROH_DATABASE", str(database))
    async with system.without_bot():
        before = (sorted(path.name for path in database.parent.glob("*.db*")), database.read_bytes())
        (folder / "lessons" / "01-trial.yaml").write_text(lesson(A + RIGHT + WHY, B + WHY), "utf-8")
        code, said = main(["check", str(folder)]), capsys.readouterr().out
        after = (sorted(path.name for path in database.parent.glob("*.db*")), database.read_bytes())
    assert code == 0
    assert '1 person chose "Something else" in question `which`' in said
    assert after == before
    assert f"{database.name}-wal" not in before[0]


def test_without_a_database_or_with_a_broken_one_check_says_nothing_of_answers(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in (("none.db", None), ("broken.db", b"no database at all" * 500), ("empty.db", b"")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        monkeypatch.setenv("HAMROH_DATABASE", str(tmp_path / name))
        assert main(["check", str(folder)]) == 0
        printed = capsys.readouterr()
        assert (printed.err, "chose" in printed.out) == ("", False)
    assert not (tmp_path / "none.db").exists()
