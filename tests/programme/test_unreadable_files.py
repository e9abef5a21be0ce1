"""Files that are missing, empty, too large, in another encoding or not to be read are named."""

import errno
from pathlib import Path
from typing import IO, Any

import pytest

from bot.programme import SeminarError, load
from tests.programme import small

S, P, L, W, N = "seminar.yaml", "places.yaml", "programme.yaml", "lessons/01-words.yaml", "info.yaml"


@pytest.mark.parametrize("name", [S, P, L, N])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = small.write(tmp_path)
    (folder / name).unlink()
    with pytest.raises(SeminarError) as caught:
        load(folder)
    assert f"{folder / name}:1: there is no such file, copy it from" in str(caught.value)


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    folder = small.write(tmp_path, **{P: "# only a comment\n"})
    with pytest.raises(SeminarError, match=r"places\.yaml:1: the file is empty"):
        load(folder)


def test_a_file_that_is_not_utf8_is_named_with_the_line(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    (folder / P).write_bytes("places:\n  # Сеул\n".encode("cp1251"))
    with pytest.raises(SeminarError, match=r"places\.yaml:2: this is not UTF-8, save the file with"):
        load(folder)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    folder = small.write(tmp_path, **{P: "# " + "x" * 1_000_000})
    with pytest.raises(SeminarError, match=r"places\.yaml:1: the file is larger than 1,000,000 bytes"):
        load(folder)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small.write(tmp_path)
    opening = Path.open

    def refuse(path: Path, mode: str = "r") -> IO[Any]:
        if path.name == P:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opening(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SeminarError, match=r"places\.yaml:1: the file cannot be read \(this account .* may not\)"):
        load(folder)


def test_a_heavy_picture_is_refused(tmp_path: Path) -> None:
    text = small.LESSON.replace("    ko: 이름\nquiz", "    ko: 이름\n    photo: big.png\nquiz")
    folder = small.write(tmp_path, **{W: text})
    (folder / "big.png").write_bytes(bytes(5_000_001))
    with pytest.raises(SeminarError, match=r"01-words\.yaml:13: big\.png is larger than 5 MB"):
        load(folder)


def test_a_missing_folder_and_missing_lessons_are_named(tmp_path: Path) -> None:
    with pytest.raises(SeminarError, match=r"nowhere:1: there is no such folder"):
        load(tmp_path / "nowhere")
    folder = small.write(tmp_path)
    (folder / W).unlink()
    (folder / "lessons").rmdir()
    with pytest.raises(SeminarError, match=r"lessons:1: the folder cannot be read"):
        load(folder)
