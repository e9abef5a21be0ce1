"""A text that was edited in one language and not in the others is named, once somebody has said what was translated."""

from pathlib import Path

import pytest

from bot.cli import main
from bot.programme.folder_warnings import folder_warnings
from tests.programme import small

W = "lessons/01-words.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small seminar, whose translations were looked through."""
    small.write(tmp_path)
    assert main(["check", "--translated", str(tmp_path)]) == 0
    return tmp_path


def edit(folder: Path, file: str, *changes: tuple[str, str]) -> list[str]:
    """Change each text once; return what is warned of then."""
    text = (folder / file).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / file).write_text(text, "utf-8")
    return [line.removeprefix(f"{folder}/") for line in folder_warnings(folder)]


def test_it_says_how_many_texts_are_remembered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["check", "--translated", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said == f"{folder / 'translated.txt'}: the translations of 25 texts are taken to be up to date.\n"
    lines = (folder / "translated.txt").read_text("utf-8").splitlines()
    assert lines[0].startswith("# Which texts were translations of each other")
    assert "python -m bot check --translated" in lines[1]
    assert any(line.startswith("seminar.yaml groups[red].title en=") for line in lines)
    assert str(folder) not in "".join(lines)


def test_nothing_is_said_as_long_as_nothing_is_edited(folder: Path) -> None:
    assert folder_warnings(folder) == []
    # Nor of spaces, line ends, quotes, another order of lines.
    assert edit(folder, W, ("      First line\n      Second", "      First  line\n\n      Second")) == []
    assert edit(folder, "info.yaml", ("en: Money,", 'en: "Money",')) == []
    # Nor of the mark that Windows' editors write at the beginning of a file.
    assert edit(folder, "translated.txt", ("# Which", "\ufeff# Which")) == []


def test_one_edited_language_is_named_with_its_line_and_what_to_do(folder: Path) -> None:
    [warning] = edit(folder, W, ("Second <b>line</b>", "Second <b>card</b>"))
    assert warning == (
        f"{W}:9: warning: `cards[]` was edited in English and not in Tajik, Russian and Korean, look "
        f"whether they still say the same, then run .venv/bin/python -m bot check --translated {folder}"
    )
    assert main(["check", "--translated", str(folder)]) == 0
    assert folder_warnings(folder) == []


def test_two_edited_languages_are_named_together(folder: Path) -> None:
    [warning] = edit(folder, "seminar.yaml", ("en: Red, ko: 이름", "en: Reds, ko: 이름들"))
    assert warning.startswith(
        "seminar.yaml:18: warning: `groups[red].title` was edited in English and Korean and not in"
    )
    assert " and not in Tajik and Russian, look" in warning


def test_check_prints_it_and_succeeds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, "info.yaml", ("en: Money,", "en: Cash,"))
    assert main(["check", str(folder)]) == 0
    assert f"{folder / 'info.yaml'}:3: warning: `pages[money].title` was edited in English" in capsys.readouterr().out


def test_a_text_that_is_edited_in_all_languages_or_new_is_to_be_looked_at(folder: Path) -> None:
    new = "  - key: food\n    title: {tg: Хӯрок, ru: Еда, en: Food, ko: 음식}\n    body: {tg: О, ru: О, en: O, ko: O}\n"
    other = "{tg: а, ru: б, en: c, ko: d}"
    changed = ("{tg: Ном, ru: Имя, en: Money, ko: 이름}", other)
    [warning] = edit(folder, "info.yaml", changed, ("pages:\n", f"pages:\n{new}"))
    assert warning.startswith("translated.txt:1: warning: 3 texts are new, or edited in every language, look whether")


def test_what_is_moved_or_removed_is_not_warned_of(folder: Path) -> None:
    first = "  - {tg: Ном, ru: Имя, en: Card one, ko: 이름}\n"
    text = (folder / W).read_text("utf-8")
    moved = text.replace(first, "").replace("quiz:\n", f"{first}quiz:\n")
    (folder / W).write_text(moved, "utf-8")
    assert folder_warnings(folder) == []
    assert edit(folder, "programme.yaml", ("    theme: {tg: Ном, ru: Имя, en: First, ko: 이름}\n", "")) == []


def test_of_several_cards_the_edited_one_is_named(folder: Path) -> None:
    new = "  - {tg: Дигар, ru: Другое, en: Other, ko: 다른}\n"
    assert len(edit(folder, W, ("cards:\n", f"cards:\n{new}"))) == 1
    main(["check", "--translated", str(folder)])
    [warning] = edit(folder, W, ("en: Other,", "en: Another,"))
    assert warning.startswith(f"{W}:6: warning: `cards[]` was edited in English and not in Tajik, Russian and Korean")


def test_a_new_card_is_not_taken_for_one_that_is_still_there(folder: Path) -> None:
    new = "  - {tg: Ном, ru: Другое, en: Other, ko: 다른}\n"
    [warning] = edit(folder, W, ("cards:\n", f"cards:\n{new}"))
    assert warning.startswith("translated.txt:1: warning: 1 text is new, or edited in every language")


def test_a_folder_where_nobody_said_so_is_not_warned_of(tmp_path: Path) -> None:
    small.write(tmp_path)
    assert edit(tmp_path, "info.yaml", ("en: Money,", "en: Cash,")) == []


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n", "info.yaml pages[money].title en=zz ru=11\n", "\x00\xff"])
def test_a_file_that_is_not_as_it_was_written_is_named(folder: Path, text: str) -> None:
    [warning] = edit(folder, "translated.txt", ("\n", f"\n{text}"))
    assert warning.startswith("translated.txt:1: warning: this file is not as it was written, look through")


def test_a_folder_that_cannot_be_loaded_is_not_remembered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "translated.txt").read_bytes()
    edit(folder, "programme.yaml", ("place: hall", "place: moon"))
    assert main(["check", "--translated", str(folder)]) == 1
    assert "there is no place `moon`" in capsys.readouterr().err
    assert (folder / "translated.txt").read_bytes() == before


def test_a_folder_that_cannot_be_written_to_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refuse)
    assert main(["check", "--translated", str(folder)]) == 1
    assert "cannot be written to: this account of the machine may not" in capsys.readouterr().err
