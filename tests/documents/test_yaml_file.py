"""The programme as YAML: what is sent is what runs, and every mistake has its line."""

from pathlib import Path

import pytest

from bot.documents import yaml_writing
from bot.documents.refusals import FileRefusal
from bot.programme.loading import load
from tests.documents.files import STAMP, problems, refusal, seminar, table, taken
from tests.kit import SEMINAR

NAME = "programme.yaml"


def written() -> str:
    return yaml_writing.write(seminar(), STAMP).decode()


async def test_the_file_as_it_is_sent_says_what_runs() -> None:
    read = await table(written().encode(), NAME)
    assert (read.stamp, read.unread, read.problems) == (STAMP, (), ())
    assert (await taken(written().encode(), NAME)).seminar == seminar()


async def test_the_folders_own_file_is_read_and_what_is_changed_elsewhere_is_named() -> None:
    data = (SEMINAR / NAME).read_bytes()
    assert (await taken(data, NAME)).seminar == seminar()
    assert (await table(data, NAME)).unread == ("hours", "theme")


def test_the_file_can_be_put_into_a_folder(tmp_path: Path) -> None:
    for part in SEMINAR.rglob("*"):
        if part.is_file():
            target = tmp_path / part.relative_to(SEMINAR)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(part.read_bytes())
    (tmp_path / NAME).write_text(written(), "utf-8")
    again = load(tmp_path)
    assert [day.sessions for day in again.days] == [day.sessions for day in seminar().days]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('start: "10:00"', "start: ten", "not_time"),
        ('start: "10:00"', "start:", "missing"),
        ("kind: culture", "kind: cultre", "unknown"),
        ("place: education-office", "places: education-office", "unknown_field"),
        ("key: opening", "key: opening\n        key: again", "not_yaml"),
        ("- day: 1 ", "- day: 99 ", "other_date"),
        ("- day: 1 ", "- day: one ", "other_date"),
        ("  - day: 1 ", "   - day: 1 ", "not_yaml"),
        ("kind: culture", "kind: &kind culture", "not_yaml"),
        ("kind: culture", "kind: [culture]", "not_yaml"),
        ('          en: "Opening ceremony"', '          eo: "Malfermo"', "unknown_field"),
        ("kind: culture", "kind: culture\n        groups: [pamir, moon]", "unknown"),
        ("kind: culture", "kind: culture\n        departure: maybe", "not_flag"),
    ],
)
async def test_a_mistake_is_told_with_its_line(old: str, new: str, error: str) -> None:
    text = written()
    assert old in text
    found = await problems(text.replace(old, new, 1).encode(), NAME)
    line = text[: text.index(old)].count("\n") + 1
    where, *_ = next(one for one in found if one[1] == error)
    assert abs(int(where) - line) <= 1


async def test_a_text_without_its_language_is_asked_for_in_each() -> None:
    text = "days:\n  - day: 1\n    sessions:\n      - {key: a, start: '09:00', end: '09:30', kind: meal, title: Tea}\n"
    assert ("4", "each_language", "title", "") in await problems(text.encode(), NAME)


async def test_aliases_do_not_multiply() -> None:
    laughs = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\ndays: [*b, *b, *b, *b]\n"
    assert {one[1] for one in await problems(laughs.encode(), NAME)} == {"not_yaml"}


async def test_more_sessions_than_a_seminar_can_have_are_refused() -> None:
    many = "".join(f"      - {{key: s{number}}}\n" for number in range(500))
    assert await refusal(f"days:\n  - day: 1\n    sessions:\n{many}".encode(), NAME) is FileRefusal.TOO_MANY_ROWS


async def test_a_file_with_windows_line_ends_and_a_mark_of_bytes_is_read() -> None:
    data = b"\xef\xbb\xbf" + written().replace("\n", "\r\n").encode()
    assert (await taken(data, NAME)).seminar == seminar()


async def test_what_a_session_lacks_is_named() -> None:
    found = await problems(b"days:\n  - day: 1\n    sessions:\n      - key: a\n", NAME)
    assert [(error, name) for _, error, name, _ in found] == [
        ("missing", "start"),
        ("missing", "end"),
        ("missing", "title en"),
        ("missing", "kind"),
    ]
