"""A seminar of three days that is as small as one can be, to break in one place at a time."""

import re
from pathlib import Path

SEMINAR = """\
key: small
title: {tg: Ном, ru: Имя, en: Small seminar, ko: 이름}
about: {tg: Ном, ru: Имя, en: About it, ko: 이름}
place: {tg: Ном, ru: Имя, en: Sejong, ko: 이름}
zone: Asia/Seoul
home_zone: Asia/Dushanbe
starts_on: 2025-08-04
days: 3
hours:
  agenda: 07:00
  morning: 08:15
  lesson: 18:30
  evening: 20:30
  nudge_after_minutes: 30
  alert_after_minutes: 60
groups:
  - key: red
    title: {tg: Ном, ru: Имя, en: Red, ko: 이름}
  - key: blue
    title: {tg: Ном, ru: Имя, en: Blue, ko: 이름}
contacts:
  - key: duty
    name: {tg: Ном, ru: Имя, en: Someone, ko: 이름}
    role: {tg: Ном, ru: Имя, en: On duty, ko: 이름}
    phone: "+82 10 0000 0001"
    telegram: on_duty
driver: {language: ko, please_take_me: "여기로 가 주세요:"}
"""

PLACES = """\
places:
  - key: hall
    title: {tg: Ном, ru: Имя, en: Hall, ko: 이름}
    address: {tg: Ном, ru: Имя, en: "1 Street; back, door", ko: 이름}
    local_address: 세종시 한누리대로 1
    latitude: 36.48
    longitude: 127.29
"""

PROGRAMME = """\
days:
  - day: 1
    theme: {tg: Ном, ru: Имя, en: First, ko: 이름}
    sessions:
      - key: opening
        start: 09:00
        end: 10:30
        kind: lecture
        title: {tg: Ном, ru: Имя, en: Opening, ko: 이름}
        speaker: {tg: Ном, ru: Имя, en: A teacher, ko: 이름}
        place: hall
        note: {tg: Ном, ru: Имя, en: Bring a pen, ko: 이름}
      - key: visit
        start: 11:00
        end: 12:00
        kind: school_visit
        groups: [red]
        title: {tg: Ном, ru: Имя, en: Visit, ko: 이름}
      - key: talk
        start: 11:30
        end: 12:30
        kind: workshop
        groups: [blue]
        title: {tg: Ном, ru: Имя, en: Talk, ko: 이름}
  - day: 2
    sessions: []
  - day: 3
    sessions: []
"""

INFO = """\
pages:
  - key: money
    title: {tg: Ном, ru: Имя, en: Money, ko: 이름}
    body: {tg: Ном, ru: Имя, en: The <b>won</b>, ko: 이름}
"""

LESSON = """\
key: words
day: 1
minutes: 5
title: {tg: Ном, ru: Имя, en: Words, ko: 이름}
cards:
  - {tg: Ном, ru: Имя, en: Card one, ko: 이름}
  - tg: Ном
    ru: Имя
    en: |
      First line
      Second <b>line</b>
    ko: 이름
quiz:
  - key: first
    question: {tg: Ном, ru: Имя, en: Which?, ko: 이름}
    options:
      - text: {tg: Ном, ru: Имя, en: This, ko: 이름}
        right: true
        explanation: {tg: Ном, ru: Имя, en: So it is, ko: 이름}
      - text: {tg: Ном, ru: Имя, en: That, ko: 이름}
        explanation: {tg: Ном, ru: Имя, en: It is not, ko: 이름}
sources:
  - title: A page
    address: https://example.org/words
"""

FILES = {
    "seminar.yaml": SEMINAR,
    "places.yaml": PLACES,
    "programme.yaml": PROGRAMME,
    "info.yaml": INFO,
    "lessons/01-words.yaml": LESSON,
}


_BLOCK = LESSON[LESSON.index("  - tg:") : LESSON.index("quiz:")]
_TEXT = re.compile(r"\{tg: Ном, ru: Имя, en: (.*?), ko: 이름\}")
_OTHERS = {"tg": "Ном", "ru": "Имя", "ko": "이름"}


def written_in(*languages: str) -> dict[str, str]:
    """The files of the small seminar in these languages alone, which it names; the first is its fallback."""

    def text(found: re.Match[str]) -> str:
        return "{" + ", ".join(f"{one}: {_OTHERS.get(one, found[1])}" for one in languages) + "}"

    card = "  - {tg: Ном, ru: Имя, en: Card two, ko: 이름}\n"
    files = {name: _TEXT.sub(text, whole.replace(_BLOCK, card)) for name, whole in FILES.items()}
    return {**files, "seminar.yaml": f"{files['seminar.yaml']}languages: [{', '.join(languages)}]\n"}


def bare(*languages: str) -> dict[str, str]:
    """The same without all that a seminar need not have: a second clock, groups, drivers, a contact's number."""
    files = written_in(*languages)
    for name, gone in (
        ("seminar.yaml", r"home_zone: .*\n|groups:\n(  .*\n)+|driver: .*\n|    phone: .*\n|    telegram: .*\n"),
        ("places.yaml", r"    local_address: .*\n"),
        ("programme.yaml", r"        groups: .*\n"),
    ):
        files[name] = re.sub(gone, "", files[name])
    files["programme.yaml"] = files["programme.yaml"].replace("start: 11:30", "start: 12:00")
    return files


def write(folder: Path, **changed: str) -> Path:
    """Write the small seminar into a folder."""
    for name, text in {**FILES, **changed}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
