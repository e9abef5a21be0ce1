"""Certificates from the rules of the folder to the paper that somebody verifies, told by those who are in it."""

import re
import sqlite3
from io import BytesIO
from zipfile import ZipFile

import pytest
from nacl.exceptions import BadSignatureError
from pypdf import PdfReader

from bot import certificate_file
from bot.documents.certificate import certificate_png
from bot.documents.roster_table import RosterFacts
from bot.people_filter import PeopleFilter
from bot.programme.attendance import SessionOn
from bot.programme.certificate import counted_sessions
from bot.store import mark as mark_store
from bot.store import roster as roster_store
from bot.store import scope as scope_store
from bot.store.mark import MarkMethod, MarkState
from tests import certificates
from tests.kit import System
from tests.kit.users import User


def _id(system: System, name: str) -> int:
    return int(system.value("SELECT id FROM person WHERE name = ?", name))


async def done(system: System, name: str, *, lessons: int = 10, missed: int = 0) -> None:
    """Somebody was at all sessions but so many, and has done so many lessons."""
    seminar, who = system.seminar, _id(system, name)
    group = system.value("SELECT group_key FROM person WHERE id = ?", who)

    def add(connection: sqlite3.Connection) -> None:
        for one in counted_sessions(seminar, group)[missed:]:
            subject = SessionOn(seminar.key, seminar.date_of(one.session.day), one.session.key).subject
            now = system.clock.now()
            mark_store.add(connection, subject, who, MarkState.PRESENT, MarkMethod.ROLL_CALL, by_id=who, now=now)
        for lesson in seminar.lessons[:lessons]:
            connection.execute(
                "INSERT INTO lesson_progress (person_id, seminar, lesson_key, reached, begun_at, done_at)"
                " VALUES (?, ?, ?, 1, '', '2025-08-10')",
                (who, seminar.key, lesson.key),
            )

    await system.write(add)


async def on_the_roster(system: System, name: str, latin: str, district: str) -> None:
    def add(connection: sqlite3.Connection) -> None:
        facts = RosterFacts(name, latin_name=latin, district=district)
        roster_store.add(connection, facts, system.clock.now())
        roster_store.link(connection, roster_store.last_number(connection), _id(system, name))

    await system.write(add)


def _file(user: User) -> bytes:
    document = user.chat[-1].document
    assert document is not None
    return document[1]


def _number(system: System, name: str) -> int:
    return int(system.value("SELECT id FROM certificate WHERE name = ?", name))


async def verifies(system: System, code: str) -> User:
    """Somebody whom the bot does not know points a phone at the code."""
    stranger = system.stranger("Employer")
    await stranger.sends(f"/start v{code}")
    return stranger


async def test_a_fortnight_ends_with_certificates(system: System) -> None:  # noqa: PLR0915 - one story, one set-up
    minji, farhod = await system.organizer("Minji"), await system.coordinator("Farhod")
    zarina = await system.teacher("Зарина Раҳимова", language="tg", group="pamir")
    bek = await system.teacher("Bek", group="pamir")
    await on_the_roster(system, "Зарина Раҳимова", "Zarina RAHIMOVA", "Суғд")
    await system.jumps_to("2025-08-17 09:00")
    await done(system, "Зарина Раҳимова")
    await done(system, "Bek", lessons=5, missed=8)

    # who lacks what: the teacher and the organizers read the same
    await bek.sends("/certificate")
    missing = bek.chat[-1].words
    assert "Lessons: 5 of 7" in missing
    assert "lessons: 2 of those of days" in missing
    await minji.sends("/certificates")
    page = minji.chat[-1]
    assert "Can be issued: 1" in page.words
    await minji.presses("Something is missing: 1", on=page)
    assert re.search(r"1\. Bek: .* h of .* h.*; lessons: 2 of those of days 8", page.words)

    # an exception with a reason
    await minji.presses("1", on=page)
    await minji.presses("📝 Make an exception", on=page)
    await minji.sends("He was ill for three days, with a note of a doctor")
    assert "By way of exception: He was ill" in minji.chat[-1].words
    assert [row["action"] for row in system.rows("SELECT action FROM audit WHERE action LIKE 'certificate%'")] == [
        "certificate.excepted"
    ]
    await bek.sends("/certificate")
    assert "You have done all that it takes" in bek.chat[-1].words

    # a coordinator sees, within the scope, and issues nothing
    await farhod.sends("/certificates")
    assert "Can be issued: 2" in farhod.chat[-1].words
    assert "🎓 Issue: 2" not in farhod.chat[-1].labels
    farhods = _id(system, "Farhod")
    scope = PeopleFilter(districts=("Суғд",))
    await system.write(scope_store.set_scope, farhods, scope, by_id=None, now=system.clock.now())
    await farhod.sends("/certificates")
    assert "Can be issued: 1" in farhod.chat[-1].words
    await farhod.presses_payload(f"cert5:{_id(system, 'Bek')}:ready:0", on=farhod.chat[-1])
    assert farhod.toast == ("There is nothing here any more.", True)

    await farhod.sends("/certificate")
    assert farhod.chat[-1].words == "🎓 The certificates of this seminar are for its teachers."

    # a preview, then all at once; twice does it once
    await minji.sends("/certificates")
    page = minji.chat[-1]
    await minji.presses("🎓 Issue: 2", on=page)
    assert "2 teachers get a certificate" in page.words
    await minji.presses("✅ Issue them", on=page)
    assert "2 certificates are issued" in page.words
    await minji.presses_payload("cert9:2", on=page)
    assert "0 certificates" in page.words
    assert bek.count("Your certificate is ready") == 1
    assert zarina.count("Шаҳодатномаи шумо тайёр аст") == 1
    assert system.value("SELECT count(*) FROM certificate") == 2

    # the paper: both names as typed, and a code that an independent decoder reads
    await zarina.presses("🎓 Гирифтан (PDF)", on=zarina.newest("тайёр аст"))
    paper = _file(zarina)
    text = PdfReader(BytesIO(paper)).pages[0].extract_text()
    assert "Зарина Раҳимова" in text
    assert "Zarina RAHIMOVA" in text
    serial = system.value("SELECT number FROM certificate WHERE name = 'Зарина Раҳимова'")
    assert f"SEJONG-2025-{serial:04}" in text
    code = system.value("SELECT code FROM certificate WHERE name = 'Зарина Раҳимова'")

    assert "Салоҳиятҳо: ТИК дар сиёсати маориф; Барномаи таълим ва баҳогузорӣ; " in " ".join(text.split())
    loaded = await system.app.runtime.db.read(certificate_file.load, _number(system, "Зарина Раҳимова"))
    assert loaded is not None
    personal = certificate_file.personal(loaded, "hamroh_bot")
    picture = certificate_png(loaded.design, personal, loaded.pictures)
    assert certificates.links_in(picture) == [f"https://t.me/hamroh_bot?start=v{code}"]

    # the badge: signed by a key that stands in it, and by nothing else
    await zarina.presses("🏅 Файли нишон", on=zarina.newest("🎓 Шаҳодатнома"))
    badge = _file(zarina).decode()
    credential = certificates.credential_in(badge)
    assert [one["identityHash"] for one in credential["credentialSubject"]["identifier"]] == [
        "Зарина Раҳимова",
        "Zarina RAHIMOVA",
    ]
    assert "Усулҳои таълим" in credential["credentialSubject"]["achievement"]["tag"]
    head, said, signature = badge.split(".")
    forged = said[:40] + ("A" if said[40] != "A" else "B") + said[41:]
    with pytest.raises((BadSignatureError, ValueError)):
        certificates.credential_in(f"{head}.{forged}.{signature}")

    # anybody verifies it, without joining
    stranger = await verifies(system, code)
    assert "This certificate is genuine" in stranger.chat[-1].words
    assert "Зарина Раҳимова · Zarina RAHIMOVA" in stranger.chat[-1].words
    assert "Digitalization of Education" in stranger.chat[-1].words
    stranger = await verifies(system, "A" * 22)
    assert "I know no certificate with this code" in stranger.chat[-1].words

    # a corrected name: the same serial, the older copy replaced, what was printed stays
    await system.write(_rename, _id(system, "Bek"), "Бек Алиев")
    await minji.sends("/certificates")
    page = minji.chat[-1]
    await minji.presses("Name corrected since: 1", on=page)
    await minji.presses("1", on=page)
    await minji.presses("🎓 Issue it again", on=page)
    copies = system.rows("SELECT number, issue, ended_as, name, code FROM certificate WHERE name <> 'Зарина Раҳимова'")
    assert [(row["issue"], row["ended_as"], row["name"]) for row in copies] == [
        (1, "replaced", "Bek"),
        (2, None, "Бек Алиев"),
    ]
    assert len({row["number"] for row in copies}) == 1
    assert "Your corrected certificate is ready" in bek.chat[-1].words
    stranger = await verifies(system, copies[0]["code"])
    assert "was replaced by a newer one" in stranger.chat[-1].words

    await system.write(_set_role, _id(system, "Бек Алиев"), "coordinator")
    assert "Your corrected certificate is ready" in (await bek.asks("/certificate")).words
    await system.write(_set_role, _id(system, "Бек Алиев"), "teacher")

    # all as one file, of whom the coordinator may be told
    await farhod.sends("/certificates")
    await farhod.presses("📦 All as one file", on=farhod.chat[-1])
    with ZipFile(BytesIO(_file(farhod))) as archive:
        assert archive.namelist() == [f"SEJONG-2025-{serial:04} Зарина Раҳимова.pdf"]

    # revoked with a reason that the holder does not read
    await minji.presses("⛔️ Revoke", on=page)
    await minji.sends("A mix-up of two people")
    assert "A mix-up" in minji.chat[-1].words
    assert "was revoked" in bek.chat[-1].words
    stranger = await verifies(system, copies[1]["code"])
    assert "This certificate was revoked" in stranger.chat[-1].words
    assert "mix-up" not in stranger.chat[-1].words

    # erased: whose it is, is known no more; the paper is no forgery for that
    await _erase(system, "Зарина Раҳимова")
    stranger = await verifies(system, code)
    assert "This certificate is genuine" in stranger.chat[-1].words
    assert "Зарина" not in stranger.chat[-1].words
    assert system.value("SELECT count(*) FROM certificate WHERE name LIKE 'Зарина%'") == 0


def _rename(connection: sqlite3.Connection, who: int, name: str) -> None:
    connection.execute("UPDATE person SET name = ? WHERE id = ?", (name, who))


def _set_role(connection: sqlite3.Connection, who: int, role: str) -> None:
    connection.execute("UPDATE person SET role = ? WHERE id = ?", (role, who))


async def _erase(system: System, name: str) -> None:
    from bot.store import me as me_store
    from bot.store import person

    def forget(connection: sqlite3.Connection, who: int) -> None:
        someone = person.by_id(connection, who)
        assert someone is not None
        me_store.forget(connection, someone, system.clock.now())

    await system.write(forget, _id(system, name))
