"""No file that somebody wrote for the seminar is passed over in silence."""

import os
from pathlib import Path

import pytest

from bot.cli import main
from bot.programme import SeminarError, load
from tests.programme import small

RENAME = "rename it to 02-more.yaml; if the ending is not shown, switch on file name extensions"
OTHER = small.LESSON.replace("key: words", "key: more").replace("day: 1", "day: 2")


def problems(folder: Path) -> list[str]:
    with pytest.raises(SeminarError) as caught:
        load(folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lessons/02-more.yaml.txt", f"a lesson in a file of this name is not read (02-more.yaml.txt), {RENAME}"),
        ("lessons/02-more.YAML", f"a lesson in a file of this name is not read (02-more.YAML), {RENAME}"),
        ("lessons/02-more.yml", f"a lesson in a file of this name is not read (02-more.yml), {RENAME}"),
        ("lessons/02-more.yaml.docx", "a lesson in a file of this name is not read (02-more.yaml.docx), rename it"),
        ("lessons/02-more.txt", "(02-more.txt), save it as plain text and call it 02-more.yaml (NN-key.yaml, where"),
        ("lessons/02-more.docx", "(02-more.docx), save it as plain text and call it 02-more.yaml"),
        ("lessons/01-words.yaml.txt", "(01-words.yaml.txt), put what it says into 01-words.yaml, or delete it"),
        ("lessons/.02-more.yaml", "a hidden file is not read, rename it to 02-more.yaml"),
        ("lessons/week2/02-more.yaml", "lessons in a sub-folder are not read, move its files into the folder lessons"),
        ("lessons/week2.yaml/notes", "lessons in a sub-folder are not read"),
        ("02-more.yaml", "lessons are not read here, move the file into the folder lessons"),
        ("02-more.YAML.txt", "lessons are not read here, move the file into the folder lessons"),
    ],
)
def test_a_lesson_that_would_not_be_read_is_named(tmp_path: Path, name: str, said: str) -> None:
    folder = small.write(tmp_path)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(OTHER, "utf-8")
    [problem] = problems(folder)
    shown = name.rpartition("/")[0] if "week2" in name else name
    assert problem.startswith(f"{shown}:1: ")
    assert said in problem


def test_what_programs_leave_behind_and_pictures_are_passed_over(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    for name in (
        *(".DS_Store", "._01-words.yaml", ".~lock.01-words.yaml#", "01-words.yaml~", "#01-words.yaml#", "Thumbs.db"),
        *(".01-words.yaml.swp", "01-words.yaml.bak", ".#01-words.yaml", "README.md", "photo.jpg", ".gitkeep"),
    ):
        (folder / "lessons" / name).write_text("anything")
    (folder / "lessons" / "pictures").mkdir()
    assert len(load(folder).lessons) == 1


@pytest.mark.parametrize(
    ("there", "missing"),
    [("programme.yml", "programme.yaml"), ("places.yaml.txt", "places.yaml"), ("Info.yaml", "info.yaml")],
)
def test_a_file_of_another_ending_is_to_be_renamed(tmp_path: Path, there: str, missing: str) -> None:
    folder = small.write(tmp_path)
    (folder / missing).rename(folder / there)
    assert f"{missing}:1: there is no such file, rename {there} to {missing}" in problems(folder)


def test_a_folder_with_a_capital_letter_is_to_be_renamed(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    (folder / "lessons").rename(folder / "Lessons")
    [problem] = problems(folder)
    why = "there is no such file or folder"
    assert problem == f"lessons:1: the folder cannot be read ({why}), rename Lessons to lessons"


def test_a_file_in_the_place_of_the_lessons_is_not_to_be_made(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    (folder / "lessons").rename(folder / "elsewhere")
    (folder / "lessons").touch()
    why = "a part of the path is a file, not a folder"
    assert [one for one in problems(folder) if one.startswith("lessons:1:")] == [
        f"lessons:1: the folder cannot be read ({why}), check its permissions, and that it is a folder"
    ]


def test_more_lessons_than_days_can_be_are_named(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    for number in range(60):
        (folder / "lessons" / f"x{number:02}.yaml").write_text("key: x", "utf-8")
    assert any(line.startswith("lessons/x59.yaml:1: this is more than 60 lessons") for line in problems(folder))


def test_another_file_beside_the_seminars_own_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = small.write(tmp_path)
    (folder / "programme-new.yaml").write_text("days: []")
    (folder / "notes.txt").write_text("call the bus")
    assert main(["check", str(folder)]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "warning: this file" in line]
    assert len(said) == 1
    assert said[0].startswith(f"{folder / 'programme-new.yaml'}:1: warning: this file is not read (only seminar.yaml,")


def test_a_folder_of_which_only_the_names_may_be_read_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small.write(tmp_path)
    there = folder / "lessons"
    looking = Path.stat

    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.parent == there:
            raise PermissionError(13, "Permission denied")
        return looking(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    [problem] = problems(folder)
    assert problem.startswith("lessons/01-words.yaml:1: the file cannot be read")
