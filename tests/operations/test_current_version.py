"""The newest published version runs: at once, by the next look after a kill, and at the next start."""

import logging
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.programme.differences import SessionChange
from bot.programme.edits import Moved
from bot.services import programme as programme_service
from tests.kit import SEMINAR, System, open_system

WAS, IS = 'start: "10:00"', 'start: "10:10"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SEMINAR, tmp_path / "seminar")


@pytest.fixture
async def system(folder: Path, tmp_path: Path) -> AsyncIterator[System]:
    async with open_system(tmp_path, seminar=folder) as opened:
        yield opened


async def test_a_version_whose_handler_was_killed_runs_at_the_next_look(system: System) -> None:
    minji, teacher = await system.organizer(), await system.teacher()
    session = system.seminar.days[0].sessions[0]
    async with system.without_waiting():
        await system.publishes(minji, Moved(session.key, 5), followed=False)
        assert system.seminar.session(session.key) == session
    assert system.app.runtime.current.version == 2
    assert f":{session.start.minute + 5:02}–" in (await teacher.asks("/today")).words


async def test_a_version_whose_process_was_killed_runs_at_the_next_start(system: System) -> None:
    minji = await system.organizer()
    session = system.seminar.days[0].sessions[0]
    async with system.without_waiting():
        await system.publishes(minji, Moved(session.key, 5), followed=False)
        async with system.without_bot():
            pass
        assert system.app.runtime.current.version == 2
        assert system.seminar.session(session.key) != session


async def test_a_changed_folder_runs_at_the_next_start_while_nothing_came_from_the_chat(
    system: System, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.operations.adoption")
    await starts_again(system, folder, WAS, IS)
    assert opening(system) == IS
    assert caplog.messages[-1] == "Version 2 of the programme runs. It is what the folder holds."
    await starts_again(system, folder, IS, WAS)
    assert opening(system) == WAS
    assert system.app.runtime.current.version == 3


async def test_a_changed_folder_changes_nothing_that_was_published_from_the_chat(
    system: System, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.operations.adoption")
    minji = await system.organizer()
    await system.publishes(minji, Moved("opening", 5))
    await starts_again(system, folder, WAS, WAS)
    assert caplog.messages[-1] == "Version 2 of the programme runs, from the chat; the folder holds another."
    await starts_again(system, folder, WAS, IS)
    assert opening(system) == 'start: "10:05"'
    assert "they can take or leave its programme in /programme" in caplog.messages[-1]
    offer = await system.app.runtime.db.read(programme_service.offered, system.seminar)
    assert offer is not None
    assert [one.key for one in offer.differences if isinstance(one, SessionChange)] == ["opening"]


async def test_check_says_that_a_folder_would_only_be_offered(
    system: System, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMROH_DATABASE", str(system.app.runtime.settings.database))
    edit(folder, WAS, IS)
    assert main(["check", str(folder)]) == 0
    assert "changed the programme in the chat" not in capsys.readouterr().out
    await system.publishes(await system.organizer(), Moved("opening", 5))
    assert main(["check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert (
        "programme.yaml: warning: organizers have changed the programme in the chat, and their version 2 runs" in said
    )
    edit(folder, IS, WAS)
    assert main(["check", str(folder)]) == 0
    assert "changed the programme in the chat" not in capsys.readouterr().out


def opening(system: System) -> str:
    """When the first session begins, as the folder writes it."""
    session = system.seminar.session("opening")
    assert session is not None
    return f'start: "{session.start:%H:%M}"'


async def starts_again(system: System, folder: Path, old: str, new: str) -> None:
    """Somebody changes the folder, and the operator starts the bot anew."""
    async with system.without_bot():
        edit(folder, old, new)


def edit(folder: Path, old: str, new: str) -> None:
    programme = folder / "programme.yaml"
    programme.write_text(programme.read_text("utf-8").replace(old, new, 1), "utf-8")
