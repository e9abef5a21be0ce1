"""The folder is changed on the computer, and the bot starts again: who has to be elsewhere hears of it."""

import shutil
from pathlib import Path

from tests.handlers.test_programme import notices
from tests.kit import SEMINAR, System


def changed(path: Path, was: str, now: str) -> Path:
    """A copy of the sample's folder with a first occurrence of `was` in its programme changed."""
    folder = shutil.copytree(SEMINAR, path / "changed")
    programme = folder / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    assert was in text
    programme.write_text(text.replace(was, now, 1), encoding="utf-8")
    return folder


async def test_a_session_that_was_moved_in_the_folder_is_told(system: System, tmp_path: Path) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 07:30")
    await system.restarts(seminar=changed(tmp_path, 'start: "10:00"', 'start: "10:30"'))
    await system.wait_idle()
    [notice] = notices(teacher)
    assert "10:30–11:00 (06:30–07:00) (it was 10:00–11:00)" in notice.words
    await system.restarts()
    assert len(notices(teacher)) == 1


async def test_a_title_that_was_corrected_in_the_folder_is_told_to_nobody(system: System, tmp_path: Path) -> None:
    teacher = await system.teacher()
    await system.restarts(seminar=changed(tmp_path, "en: Opening ceremony", "en: The opening ceremony"))
    assert "The opening ceremony" in (await teacher.asks("/today")).words
    assert notices(teacher) == []
