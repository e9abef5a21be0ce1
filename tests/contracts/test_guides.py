"""The guides for teachers, organizers, coordinators and operators say in each language what that language's bot shows.

How a guide quotes, so that this file can read it: **bold** is a whole label of a button or a page (`…` where the bot
puts a name or a number; a bold text that ends like a sentence is stress, not a label), *italic* is a part of what the
bot writes, `code` is a setting, a command line or a line of the log, and a /command is a command.
"""

import re
from collections import Counter
from datetime import date, datetime, time
from functools import cache

import pytest

import handlers
from bot.access import ChatKind, Role, allowed
from bot.languages import Language
from bot.programme import load as load_seminar
from bot.programme.model import Hours
from bot.routing import CommandRoute
from tests.kit import ROOT, SEMINAR
from tests.words import load

GUIDES = {
    "teachers": Role.TEACHER,
    "organizers": Role.ORGANIZER,
    "coordinators": Role.COORDINATOR,
    "operators": Role.OWNER,
}
# What Telegram writes on its own buttons.
TELEGRAM = {
    "en": {"Start", "Menu"},
    "tg": {"Start", "Меню"},
    "ru": {"Старт", "Меню"},
    "ko": {"시작", "메뉴"},
}
TEXTS = [(guide, str(language)) for guide in GUIDES for language in Language]

_STRESS = re.compile(r"\*\*([^*]+)\*\*")
_ITALIC = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_COMMAND = re.compile(r"(?<![\w./])/([a-z]+)\b")
_LINK = re.compile(r"\]\((\S+?)\)")
_PICTURE = re.compile(r'src="screenshots/guides/(\w+)\.(\w+)\.png"')
_TIME = re.compile(r"^\| (\d\d:\d\d) \|", re.MULTILINE)
_FILLED = re.compile(r"\{\w+\}")
_TAG = re.compile(r"<[^>]+>")
_SIGNS = frozenset("🆘❓✉✏👋💛🚪🚫🕓❌📍⚠😞😄")
_QUOTES = "«»‘’“”"


def name(guide: str, language: str) -> str:
    return f"{guide}.md" if language == "en" else f"{guide}.{language}.md"


@cache
def text(guide: str, language: str) -> str:
    """A guide without its title and the line that leads to the others."""
    return (ROOT / "docs" / name(guide, language)).read_text("utf-8").split("\n", 4)[4]


@cache
def shown(language: str) -> frozenset[str]:
    """Everything that the bot and the rehearsal's page write in a language, with … where something is put in."""
    found: set[str] = set()
    for message in load("ko" if language == "en" else language):
        if not message.id:
            continue
        words = message.id if language == "en" else message.string
        found.update([words] if isinstance(words, str) else words or ())
    return frozenset(_FILLED.sub("…", _TAG.sub("", one)) for one in found)


def labels(guide: str, language: str) -> list[str]:
    bold = (" ".join(one.split()) for one in _STRESS.findall(text(guide, language)))
    return [one for one in bold if one[-1] not in ".:!?"]


def shape(guide: str, language: str) -> list[str]:
    """What the lines begin with: headings, items of lists, rows of tables with the number of their cells."""
    found = []
    for line in text(guide, language).splitlines():
        if match := re.match(r"#+ |- |\d+\. |```", line):
            found.append(match[0])
        elif line.startswith("|"):
            found.append("|" * line.count("|"))
    return found


@pytest.mark.parametrize(("guide", "language"), TEXTS)
def test_a_label_in_a_guide_is_a_label_of_the_bot(guide: str, language: str) -> None:
    there = shown(language) | TELEGRAM[language]
    quoted = labels(guide, language)
    # Russian and Korean guides set labels in quotes, and a label may begin or end with one of its own.
    assert [label for label in quoted if not {label, label.strip(_QUOTES)} & there] == []
    assert len(quoted) >= 3  # the rule finds them


@pytest.mark.parametrize(("guide", "language"), TEXTS)
def test_words_of_the_bot_in_a_guide_are_the_bots(guide: str, language: str) -> None:
    own = {"ҳамроҳ"}  # the bot's name in Tajik
    quoted = [one for one in _ITALIC.findall(text(guide, language)) if one not in own]
    unknown = [one for one in quoted if not any(_as_words(one).search(message) for message in shown(language))]
    assert unknown == []
    assert quoted or guide == "teachers"


def _as_words(part: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")


@pytest.mark.parametrize(("guide", "language"), TEXTS)
def test_bold_is_shown_as_bold(guide: str, language: str) -> None:
    """A closing ** between a sign and a letter stays two asterisks (CommonMark's rule of flanking)."""
    assert re.findall(r"\*\*[^*]+[^\w\s*]\*\*\w+", text(guide, language)) == []


@pytest.mark.parametrize(("guide", "language"), TEXTS)
def test_a_guide_names_only_commands_that_its_reader_has(guide: str, language: str) -> None:
    role = GUIDES[guide]
    commands = [route for route in handlers.ROUTES if isinstance(route, CommandRoute)]
    theirs = {route.name for route in commands if allowed(route.action, role, ChatKind.PRIVATE)}
    named = set(_COMMAND.findall(text(guide, language)))
    assert named - theirs == set()
    assert named == set(_COMMAND.findall(text(guide, "en")))


@pytest.mark.parametrize(("guide", "language"), TEXTS)
def test_a_guide_says_the_same_in_every_language(guide: str, language: str) -> None:
    """As far as a program can see: headings, lists, tables, settings and quotes, hours, and how many labels."""
    assert shape(guide, language) == shape(guide, "en")
    assert Counter(_CODE.findall(text(guide, language))) == Counter(_CODE.findall(text(guide, "en")))
    assert _TIME.findall(text(guide, language)) == _TIME.findall(text(guide, "en"))
    assert _SIGNS & {*text(guide, language)} == _SIGNS & {*text(guide, "en")}


def test_the_hours_in_the_guides_are_those_of_the_sample() -> None:
    hours = load_seminar(SEMINAR).hours
    teachers = [hours.agenda, hours.morning, hours.lesson, hours.evening]
    organizers = sorted([*teachers, *_after(hours.morning, hours), *_after(hours.evening, hours)])
    assert _TIME.findall(text("teachers", "en")) == [f"{one:%H:%M}" for one in teachers]
    assert _TIME.findall(text("organizers", "en")) == [f"{one:%H:%M}" for one in organizers]


def _after(opens: time, hours: Hours) -> list[time]:
    """When the silent are reminded, and when the list of who is missing comes."""
    asked = datetime.combine(date(2025, 8, 4), opens)
    return [(asked + hours.nudge_after).time(), (asked + hours.alert_after).time()]


def test_log_lines_in_the_guides_are_the_bots() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    quoted = {
        one for guide, language in TEXTS for one in _CODE.findall(text(guide, language)) if re.match(r"[a-zA-Z]+ ", one)
    }
    log = {one for one in quoted if not one.startswith("make ")}
    assert len(log) == 3
    assert [one for one in log if one not in code] == []


@pytest.mark.parametrize(("guide", "language"), TEXTS)
def test_each_guide_leads_to_its_other_languages_and_the_readme_to_all(guide: str, language: str) -> None:
    whole = (ROOT / "docs" / name(guide, language)).read_text("utf-8")
    others = {name(guide, str(other)) for other in Language if other != language}
    assert others <= set(_LINK.findall(whole))
    assert f"docs/{name(guide, language)}" in _LINK.findall((ROOT / "README.md").read_text("utf-8"))


@pytest.mark.parametrize(("guide", "language"), TEXTS)
def test_links_of_a_guide_lead_somewhere(guide: str, language: str) -> None:
    for link in _LINK.findall((ROOT / "docs" / name(guide, language)).read_text("utf-8")):
        path, _, heading = link.partition("#")
        target = (ROOT / "docs" / path).read_text("utf-8")
        headings = re.findall(r"^#+ (.+)$", target, re.MULTILINE)
        assert not heading or heading in {one.lower().replace(" ", "-") for one in headings}


@pytest.mark.parametrize(("guide", "language"), TEXTS)
def test_pictures_of_a_guide_are_there_and_in_its_language(guide: str, language: str) -> None:
    english, own = (_PICTURE.findall((ROOT / "docs" / name(guide, one)).read_text("utf-8")) for one in ("en", language))
    assert [picture for picture, _ in own] == [picture for picture, _ in english]
    assert {spoken for _, spoken in own} <= {language}
    assert all((ROOT / "docs/screenshots/guides" / f"{picture}.{spoken}.png").exists() for picture, spoken in own)
