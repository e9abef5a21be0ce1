"""CONTRIBUTING's recipe, followed: a small feature is added to a copy of the project, and the checks pass.

The feature is a card that comes each evening, and its button. Only files that the recipe names are touched.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.kit import ROOT

FEATURE: Final = "tip"
BIN: Final = Path(sys.executable).parent
NEW: Final = {
    "bot/views/tip.py": '''"""A tip for the next day."""

from bot.buttons.tip import TipSeen
from bot.i18n import Locale
from bot.screen import Screen


def evening(_: Locale) -> Screen:
    """The tip, until it was seen."""
    text = _("💡 Charge your phone tonight: tomorrow begins early.")
    return Screen(text, [[TipSeen().button(_.plain("It is charging"))]])


def seen(_: Locale) -> Screen:
    """In place of a tip that was seen."""
    return Screen(_("👍 Good night!"))
''',
    "bot/buttons/tip.py": '''"""Payloads of buttons: the evening's tip."""

from bot.payload import Payload


class TipSeen(Payload, code="tip1"):
    """The evening's tip can go."""
''',
    "handlers/tip.py": '''"""The evening's tip is put away by a press."""

from bot.access import Action
from bot.buttons.tip import TipSeen
from bot.context import Context
from bot.routing import on_button
from bot.views import tip as tip_view


async def seen(context: Context, _pressed: TipSeen) -> None:
    """Change the message into a good night."""
    await context.show(tip_view.seen(context.locale))


ROUTES = (on_button(TipSeen, seen, Action.SEE_PROGRAMME),)
''',
    "bot/messages/tip.py": '''"""Each evening a tip for the next day, to teachers."""

from collections.abc import Iterable
from datetime import datetime, time

from bot.access import Role
from bot.arguments import NoArguments
from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.priority import Priority
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.fanout import Occurrence
from bot.views import tip as tip_view


def plan(seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
    """The tip of today, until midnight."""
    number = (seminar.today(now) - seminar.first).days + 1
    if seminar.day(number) is not None:
        yield TIP.occurrence(
            NoArguments(),
            key=f"tip:{seminar.date_of(number).isoformat()}",
            due_at=seminar.moment(number, time(21, 30)),
            expires_at=seminar.moment(number + 1, time()),
            roles=frozenset({Role.TEACHER}),
        )


def _render(given: Rendering[NoArguments, None]) -> Screen | None:
    return tip_view.evening(given.locale)


TIP = MessageType(
    "tip",
    NoArguments,
    no_context,
    _render,
    priority=Priority.NUDGE,
    title=lambda _: _.plain("Tip for tomorrow"),
    shared=True,
)
MESSAGE_TYPES = (TIP,)
''',
    "tests/handlers/test_tip.py": '''"""The evening's tip."""

from tests.kit import System


async def test_a_tip_comes_in_the_evening_and_is_put_away(system: System) -> None:
    teacher, organizer = await system.teacher(), await system.organizer()
    await system.at("2025-08-04 21:30")
    tip = teacher.chat[-1]
    assert tip.words == "💡 Charge your phone tonight: tomorrow begins early."
    await teacher.presses("It is charging", on=tip)
    assert tip.words == "👍 Good night!"
    assert tip.labels == []
    assert not organizer.shows("Charge your phone")
''',
}
# In a file that is there: a line before which something is written, and what.
INSERTED: Final = {
    "handlers/__init__.py": (("    lesson,\n", "    tip,\n"), ("    *lesson.ROUTES,\n", "    *tip.ROUTES,\n")),
    "bot/messages/registry.py": (
        (
            "from bot.messages import welcome as welcome_messages\n",
            "from bot.messages import tip as tip_messages\n",
        ),
        ("        *lesson_messages.MESSAGE_TYPES,\n", "        *tip_messages.MESSAGE_TYPES,\n"),
        ("        lesson_messages.plan,\n", "        tip_messages.plan,\n"),
    ),
}
TRANSLATED: Final = {
    "💡 Charge your phone tonight: tomorrow begins early.": {
        "tg": "💡 Имшаб телефонатонро заряд кунед: фардо барвақт сар мешавад.",
        "ru": "💡 Зарядите телефон с вечера: завтра начинаем рано.",
        "ko": "💡 오늘 밤 휴대전화를 충전해 두십시오. 내일은 일찍 시작합니다.",
    },
    "It is charging": {"tg": "Заряд мешавад", "ru": "Заряжается", "ko": "충전하고 있습니다"},
    "👍 Good night!": {"tg": "👍 Шаби хуш!", "ru": "👍 Спокойной ночи!", "ko": "👍 편히 쉬십시오!"},
    "Tip for tomorrow": {"tg": "Маслиҳат барои фардо", "ru": "Совет на завтра", "ko": "내일을 위한 도움말"},
}


class Copy:
    """The project as somebody has it who has just cloned it, and what they type in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        self.names = [name for name in names if name and (ROOT / name).is_file()]
        for name in self.names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
        if (ROOT / ".mypy_cache").is_dir():
            shutil.copytree(ROOT / ".mypy_cache", folder / ".mypy_cache")

    def writes(self) -> None:
        """Write the feature, in English."""
        for name, text in NEW.items():
            (self.folder / name).write_text(text, "utf-8")
        for name, insertions in INSERTED.items():
            text = (self.folder / name).read_text("utf-8")
            for before, inserted in insertions:
                assert text.count(before) == 1, f"{name}: {before!r}"
                text = text.replace(before, inserted + before)
            (self.folder / name).write_text(text, "utf-8")

    def translates(self) -> None:
        """Put the translations into the empty entries of the catalogues."""
        for language in ("tg", "ru", "ko"):
            catalogue = self.folder / "locales" / language / "LC_MESSAGES" / "hamroh.po"
            text = catalogue.read_text("utf-8")
            for source, translations in TRANSLATED.items():
                empty = f'msgid "{source}"\nmsgstr ""\n'
                assert text.count(empty) == 1, f"{language}: {source}"
                text = text.replace(empty, f'msgid "{source}"\nmsgstr "{translations[language]}"\n')
            catalogue.write_text(text, "utf-8")

    def types(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program of this environment in the copy."""
        return subprocess.run(
            [BIN / command[0], *command[1:]],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )

    def touched(self) -> set[str]:
        """What differs from the project, new files too."""
        changed = {name for name in self.names if (self.folder / name).read_bytes() != (ROOT / name).read_bytes()}
        return changed | {name for name in NEW if (self.folder / name).exists()}


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def named() -> set[str]:
    """The files that the recipe names, for this feature."""
    recipe = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Add a feature")[2].partition("\n## ")[0]
    files = {name.replace("<feature>", FEATURE) for name in re.findall(r"`([\w./<>-]+\.(?:py|po))`", recipe)}
    return files | {f"locales/{language}/LC_MESSAGES/hamroh.po" for language in ("ru", "ko")}


def test_a_feature_is_added_by_the_recipe_and_every_check_passes(copy: Copy) -> None:
    copy.writes()
    forgotten = copy.types("python", "-m", "tests.words", "check")
    assert forgotten.returncode != 0, "the checks say that nothing is translated yet"
    assert copy.types("python", "-m", "tests.words", "update").returncode == 0
    copy.translates()
    for command in ("ruff check --fix-only --quiet .", "ruff format --quiet ."):  # make format
        copy.types(*command.split())
    for command in ("ruff check .", "ruff format --check .", "mypy", "lint-imports", "python -m tests.words check"):
        done = copy.types(*command.split())
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    tests = ("tests/handlers/test_tip.py", "tests/contracts/test_buttons.py", "tests/rehearsal/test_page_labels.py")
    done = copy.types("python", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests)
    assert done.returncode == 0, done.stdout
    assert copy.touched() <= named()
    assert len(copy.touched()) == 10
