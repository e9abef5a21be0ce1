"""The README, followed command by command on a clean copy: from nothing to the first teacher's agenda.

What is typed is read out of README.md itself. A stand-in takes Telegram's place, which one more line in .env says.
"""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.clock import SystemClock
from bot.programme import load
from rehearsal.telegram import Account, BotApi, TelegramServer, World
from tests.kit import ROOT

TOKEN: Final = "1234567890:AAG-read-out-of-the-readme-0123456789"
TIMEOUT_SECONDS: Final = 30.0  # real time for anything; only a failing test waits so long
TYPED: Final = 2.0  # letters a second, by somebody who looks them up
ACTION: Final = 3.0  # seconds for a press or for what is read on the way
INSTALLED: Final = 60.0  # seconds that an installation takes, which this test does not do
FIVE_MINUTES: Final = 300.0


def real_part() -> str:
    """The chapter that starts a real bot."""
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"^## Run it for real\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found.group(1)


def commands() -> list[str]:
    """What the chapter has people type into a terminal, in order, without the remarks beside it."""
    boxes = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", real_part(), re.MULTILINE | re.DOTALL)
    lines = [line for kind, box in boxes if not kind for line in box.splitlines()]
    return [re.sub(r"\s+# .*", "", line).strip() for line in lines]


def settings() -> dict[str, str]:
    """What the chapter has people write into .env."""
    return dict(re.findall(r"(HAMROH_\w+)=(\S*?)`?(?=[\s.])", real_part()))


class Place:
    """A clean copy of the project, and a shell in it that knows nothing but where programs are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.typed = ""
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        for name in filter(None, names):
            if (ROOT / name).is_file() and not name.startswith(("tests/", "docs/")):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, folder / name)
        self._lend_packages()

    def _lend_packages(self) -> None:
        """What `make setup` installs is here already, in the environment of this test."""
        (self.folder / ".venv").mkdir()
        for part in ("bin", "lib", "pyvenv.cfg"):
            (self.folder / ".venv" / part).symlink_to(Path(sys.prefix) / part)
        (self.folder / ".venv" / ".ready-to-run").touch()

    async def types(self, command: str) -> str:
        """Type a command, wait for its end, and return what it printed."""
        shell = {"capture_output": True, "timeout": TIMEOUT_SECONDS, **self._shell(command)}
        done = await asyncio.to_thread(lambda: subprocess.run(check=False, **shell))
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return str(done.stdout)

    @contextmanager
    def runs(self, command: str) -> Iterator[Callable[[], str]]:
        """Type a command that goes on until it is stopped; gives what it has said so far."""
        log = self.folder / "log"
        with log.open("wb") as file, subprocess.Popen(**self._shell(command), stdout=file, stderr=file) as process:
            try:
                yield lambda: log.read_text("utf-8")
            finally:
                os.killpg(process.pid, signal.SIGINT)
                process.wait(TIMEOUT_SECONDS)

    def _shell(self, command: str) -> dict[str, Any]:
        self.typed += command
        words = ["env", "-i", f"PATH={os.environ['PATH']}", "sh", "-c", command]
        return {"args": words, "cwd": self.folder, "text": True, "start_new_session": True}

    def writes(self, name: str, value: str) -> None:
        """Put a value after a setting's name in .env, into the line that waits for it."""
        file = self.folder / ".env"
        text, found = re.subn(rf"(?m)^{name}=.*$", f"{name}={value}", file.read_text("utf-8"))
        assert found == 1, f".env has {found} lines for {name}"
        file.write_text(text, "utf-8")
        self.typed += value


async def until(condition: Callable[[], object], said: Callable[[], str]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        assert time.monotonic() < end, said()
        await asyncio.sleep(0.02)


class Phone:
    """Somebody who reads and presses; `actions` are counted."""

    def __init__(self, account: Account, said: Callable[[], str]) -> None:
        self.account = account
        self.actions = 0
        self._said = said

    async def opens(self, link: str) -> None:
        """Open a link of the bot and press Start."""
        self.actions += 1
        await self.account.starts(link.partition("?start=")[2])

    async def sends(self, text: str) -> None:
        self.actions += 1
        await self.account.sends(text)

    async def presses(self, *labels: str) -> None:
        """Press each button, once it is there."""
        for label in labels:
            self.actions += 1
            await until(partial(self._sees, label), self._said)
            await self.account.presses(label)

    def _sees(self, label: str) -> bool:
        return any(label in one for one in self.account.labels())

    async def reads(self, text: str) -> str:
        """The newest message with this text, once it is there."""
        self.actions += 1
        await until(lambda: self.account.shows(text), self._said)
        return [one.words for one in self.account.chat if text in one.words][-1]


async def test_it_leads_from_nothing_to_the_first_teachers_agenda_within_five_minutes(tmp_path: Path) -> None:
    started, place, world = time.monotonic(), Place(tmp_path / "hamroh"), World(SystemClock(), token=TOKEN)
    setup, copy_settings, copy_seminar, check, run, *invite = commands()
    written = settings()
    assert set(written) == {"HAMROH_TOKEN", "HAMROH_SEMINAR", "HAMROH_STARTS_ON"}
    async with TelegramServer(BotApi(world)) as server:
        for command in (setup, copy_settings, copy_seminar, check):
            said = await place.types(command)
        seminar = load(place.folder / written["HAMROH_SEMINAR"])
        assert f"({seminar.key})" in said.splitlines()[0], "check has read what was copied"
        place.writes("HAMROH_API_URL", server.url)  # the only difference to the real Telegram
        place.typed = place.typed.removesuffix(server.url)
        today = seminar.today(world.clock.now() + timedelta(minutes=5)).isoformat()  # no midnight in between
        for name, value in {**written, "HAMROH_TOKEN": TOKEN, "HAMROH_STARTS_ON": today}.items():
            place.writes(name, value)
        with place.runs(run) as log:
            await until(lambda: f"Hamroh is @{world.profile.user['username']}" in log(), log)
            owner, teacher = (Phone(Account(world, name, language_code="en"), log) for name in ("Minji", "Ситора"))
            link, *rest = [await place.types(command) for command in invite]
            await owner.opens(link.strip())
            await owner.presses("English", "Minji", "I agree")
            await owner.reads("You organize")
            await owner.sends("/invite")
            await owner.presses("Teachers")
            forwarded = await owner.reads("?start=")
            await teacher.opens(forwarded.split()[-1])
            await teacher.presses("English", "Ситора", seminar.groups[0].title.get("en"), "I agree")
            agenda = await teacher.reads("Day 1 of 14")
        assert "Hamroh has stopped." in log()
    assert all(session.title.get("en") in agenda for session in seminar.days[0].sessions if not session.groups)
    assert "?start=" in rest[0], "the link for teachers that needs no phone"
    assert [line.split()[1] for line in rest[1].splitlines()] == ["teacher", "owner"]
    assert world.violations == []
    assert not any(str(phone.account.id) in place.typed for phone in (owner, teacher)), "no id is typed"
    people = (len(place.typed) / TYPED) + ACTION * (owner.actions + teacher.actions)
    assert people + INSTALLED + time.monotonic() - started < FIVE_MINUTES
