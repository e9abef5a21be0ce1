"""What the files of a seminar hold besides the programme, and how long their texts may be."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.languages import DEFAULT_LANGUAGES, LANGUAGES, Language, Localized
from bot.programme.certificate_model import CertificateRules, Look
from bot.programme.certificate_rules import read_certificate, read_look
from bot.programme.fields import Fields
from bot.programme.keys import Keys
from bot.programme.maps import read_maps
from bot.programme.model import Contact, DriverRequest, DutyShift, Group, Hours, InfoPage, MapProvider
from bot.programme.shifts import read_shifts
from bot.programme.spoken import Spoken
from bot.programme.values import is_language

# UTF-16 units, as Telegram counts; a button on a phone shows about 30.
TITLE, NAME, BUTTON, ADDRESS, ABOUT, PAGE = 120, 60, 30, 200, 600, 3000

_PHONE = re.compile(r"\+?[0-9][0-9 -]{1,20}")
_TELEGRAM = re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What `seminar.yaml` holds: everything that is there once."""

    key: str
    title: Localized
    about: Localized
    place: Localized
    zone: ZoneInfo
    home_zone: ZoneInfo | None
    starts_on: date
    days_count: int
    hours: Hours
    groups: tuple[Group, ...]
    contacts: tuple[Contact, ...]
    languages: tuple[Language, ...]
    driver: DriverRequest | None
    maps: tuple[MapProvider, ...]
    duty: tuple[DutyShift, ...]
    look: Look
    certificate: CertificateRules | None


def read_frame(fields: Fields, folder: Path) -> Frame:
    """Read `seminar.yaml`; the pictures that it names are in `folder`."""
    frame = Frame(
        key=fields.key(),
        title=fields.localized("title", TITLE),
        about=fields.localized("about", ABOUT),
        place=fields.localized("place", NAME),
        zone=fields.zone("zone"),
        home_zone=fields.zone("home_zone") if fields.has("home_zone") else None,
        starts_on=fields.date("starts_on"),
        days_count=(days_count := fields.number("days", 1, 60)),
        hours=_read_hours(fields.child("hours")),
        groups=_read_groups(fields),
        contacts=_read_contacts(fields),
        languages=fields.spoken.understood,
        driver=_read_driver(fields.child("driver")) if fields.has("driver") else None,
        maps=read_maps(fields),
        duty=read_shifts(fields, days_count),
        look=read_look(fields, folder),
        certificate=read_certificate(fields, folder),
    )
    fields.finish()
    return frame


def read_spoken(fields: Fields) -> Spoken:
    """Read `languages` of seminar.yaml, which every text depends on, also those of the file itself."""
    if not fields.has("languages"):
        return Spoken(DEFAULT_LANGUAGES)
    named = fields.all_known("languages", "language", [*LANGUAGES])
    return Spoken(tuple(map(Language, named)), named=True) if named and fields.ok else Spoken(None)


def _read_driver(fields: Fields | None) -> DriverRequest | None:
    if fields is None:
        return None
    driver = DriverRequest(fields.text("language", 20), fields.text("please_take_me", TITLE))
    if driver.language and not is_language(driver.language):
        what = f"there is no language `{driver.language}`"
        fields.wrong("language", what, "write its ISO 639 code, like ka for Georgian or ko for Korean")
    fields.finish()
    return driver


def _read_hours(fields: Fields | None) -> Hours:
    if fields is None:
        return Hours(time(), time(), time(), time(), timedelta(), timedelta())
    hours = Hours(
        agenda=fields.time("agenda"),
        lesson=fields.time("lesson"),
        morning=fields.time("morning"),
        evening=fields.time("evening"),
        nudge_after=timedelta(minutes=fields.number("nudge_after_minutes", 1, 600)),
        alert_after=timedelta(minutes=fields.number("alert_after_minutes", 1, 600)),
    )
    _check_hours(fields, hours)
    fields.finish()
    return hours


def read_hours_of_day(fields: Fields, usual: Hours) -> Hours:
    """Read the `hours` of one day: those that differ from the usual ones."""
    times = {name: fields.time(name) for name in ("agenda", "lesson", "morning", "evening") if fields.has(name)}
    delays = {
        name: timedelta(minutes=fields.number(f"{name}_minutes", 1, 600))
        for name in ("nudge_after", "alert_after")
        if fields.has(f"{name}_minutes")
    }
    hours = Hours(
        agenda=times.get("agenda", usual.agenda),
        lesson=times.get("lesson", usual.lesson),
        morning=times.get("morning", usual.morning),
        evening=times.get("evening", usual.evening),
        nudge_after=delays.get("nudge_after", usual.nudge_after),
        alert_after=delays.get("alert_after", usual.alert_after),
    )
    _check_hours(fields, hours)
    fields.finish()
    return hours


def _check_hours(fields: Fields, hours: Hours) -> None:
    if fields.ok and hours.alert_after <= hours.nudge_after:
        what = "organizers are alerted before the person is asked again"
        fields.wrong("alert_after_minutes", what, "write more minutes than in `nudge_after_minutes`")
    if fields.ok and hours.evening <= hours.morning:
        fields.wrong("evening", "the evening check-in is before the morning one", "write a later time")


def _read_groups(fields: Fields) -> tuple[Group, ...]:
    groups, keys = [], Keys()
    if not fields.has("groups"):
        return ()
    for item in fields.children("groups", "group", 0, 20):
        groups.append(Group(keys.take(item), item.localized("title", BUTTON)))
        item.finish()
    return tuple(groups)


def _read_contacts(fields: Fields) -> tuple[Contact, ...]:
    contacts, keys = [], Keys()
    for item in fields.children("contacts", "contact", 1, 20):
        contact = Contact(
            key=keys.take(item),
            name=item.localized("name", NAME),
            role=item.localized("role", TITLE),
            phone=item.optional_text("phone", 30) or "",
            telegram=item.optional_text("telegram", 40),
        )
        if contact.phone and not _PHONE.fullmatch(contact.phone):
            what = f"`phone: {contact.phone}` is not a phone number"
            item.wrong("phone", what, 'write it like "+82 44 123 4567", or remove the line')
        if contact.telegram and not _TELEGRAM.fullmatch(contact.telegram):
            what = f"`telegram: {contact.telegram}` is not a user name"
            item.wrong("telegram", what, "write 5 to 32 letters, digits and _ without @, or remove the line")
        item.finish()
        contacts.append(contact)
    return tuple(contacts)


def read_info(fields: Fields) -> tuple[InfoPage, ...]:
    """Read `info.yaml`."""
    pages, keys = [], Keys()
    for item in fields.children("pages", "page", 1, 30):
        key = keys.take(item)
        title = item.localized("title", BUTTON)
        pages.append(InfoPage(key, title, item.localized("body", PAGE, markup=True)))
        item.finish()
    fields.finish()
    return tuple(pages)
