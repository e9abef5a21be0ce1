"""The least that a seminar's folder may hold: one language, one day, no group, no clock at home, nobody's number."""

from pathlib import Path

FILES = {
    "seminar.yaml": """\
key: least
languages: [ru]
title: {ru: День школьных библиотек}
about: {ru: Один день в библиотеке.}
place: {ru: Рига}
zone: Europe/Riga
starts_on: 2027-03-08
days: 1
hours:
  agenda: 07:00
  morning: 08:00
  lesson: 18:00
  evening: 20:00
  nudge_after_minutes: 20
  alert_after_minutes: 40
contacts:
  - key: duty
    name: {ru: Дежурный}
    role: {ru: У входа}
""",
    "places.yaml": """\
places:
  - key: hall
    title: {ru: Зал}
    address: {ru: "ул. Бривибас, 1"}
    latitude: 56.95
    longitude: 24.11
""",
    "programme.yaml": """\
days:
  - day: 1
    sessions:
      - key: opening
        start: 10:00
        end: 11:00
        kind: lecture
        title: {ru: Открытие}
        place: hall
""",
    "info.yaml": """\
pages:
  - key: food
    title: {ru: Еда}
    body: {ru: Обед в полдень.}
""",
}


def write(folder: Path) -> Path:
    """Write it into a folder, which may hold nothing."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "lessons").mkdir()
    return folder
