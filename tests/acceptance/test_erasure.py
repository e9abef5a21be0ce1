"""Who was erased, declined or was never let in is in no byte of the files, and gone without being asked for again."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import Role
from bot.clock import to_text
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from bot.store import person
from tests.kit import System, User, open_system

WORDS = "my-very-own-words"


def traces(system: System, who: User, *more: str) -> set[str]:
    """What of the person stands in any byte of the database, its companions and the attempt log."""
    number = who.id
    wanted = {
        **{text: text.encode() for text in (who.name, WORDS, str(number), *more) if text},
        "number": number.to_bytes(6, "big"),
        "number in the attempt log": number.to_bytes(8, "little"),
    }
    path: Path = system.app.runtime.db.path
    return {
        f"{what} in {file.name}"
        for file in path.parent.glob(f"{path.name}*")
        for what, piece in wanted.items()
        if piece in file.read_bytes()
    }


async def leaves_traces(system: System, who: User) -> None:
    """Everything that leaves traces: calls, words, check-ins, replies, presses, a place, a name that is changed."""
    await who.calls_for_help("I feel unwell")
    await who.sends(WORDS)
    await who.sends(f"{WORDS} nobody asked for")
    await who.sends("/help")
    await who.sends("/today")
    await who.sends("/me")
    await who.presses("✍️ Name")
    await who.sends(f"{who.name} Two")
    await system.at("2025-08-04 20:00")


@pytest.mark.parametrize("seed", range(3))
async def test_an_erased_teacher_is_in_no_byte(tmp_path: Path, seed: int) -> None:
    async with open_system(tmp_path) as system:
        minji, owner = await system.organizer(), await system.owner()
        others = [await system.teacher(f"Teacher {number}" * (seed + 1)) for number in range(4)]
        code = await system.invitation()
        zebulon = system.stranger("Zebulon", username="zebra_77")
        await zebulon.starts(code)
        for label in ("English", "Zebulon", system.seminar.groups[0].title.get("en"), "I agree"):
            await zebulon.presses(label)
        await leaves_traces(system, zebulon)
        for other in others:
            await other.sends("other words " * 30 * (seed + 1))
        await minji.presses("I'll take it")
        await minji.presses("Write back")
        await minji.sends("a message to them")
        assert traces(system, zebulon, "zebra_77")
        await zebulon.erases_everything("🗑 Erase without my name")
        assert zebulon.shows("Everything about you is erased.")
        assert traces(system, zebulon, "zebra_77", "a message to them", code) == set()
        await minji.erases_everything("🗑 Erase without my name")
        await owner.erases_everything("👋 Erase, and say that I left")
        assert traces(system, minji) | traces(system, owner) == set()


async def test_a_reader_delays_it_and_a_restart_does_not_forget_it(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.retention._TRIES", 3)  # before it is left for half a minute; for a second else
    teacher = await system.teacher("Zebulon")
    await teacher.sends(WORDS)
    path = system.app.runtime.db.path
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        await teacher.erases_everything("🗑 Erase without my name")
        assert traces(system, teacher)
        async with system.without_bot():
            assert traces(system, teacher)
        assert traces(system, teacher)
        reader.execute("COMMIT")
    await system.later(minutes=2)
    assert traces(system, teacher) == set()


async def test_who_declines_stops_halfway_or_is_refused_is_forgotten(system: System) -> None:
    minji = await system.organizer()
    code = await system.invitation()
    gone = {name: system.stranger(name, username=f"{name}_77") for name in ("Declines", "Halfway", "Refused", "Waits")}
    for name in ("Declines", "Halfway"):
        await gone[name].starts(code)
        await gone[name].presses("English")
        await gone[name].sends(f"{name} typed")
    assert gone["Halfway"].shows("If you stop before the end, I will forget your answers after 14 days.")
    await gone["Declines"].presses(system.seminar.groups[0].title.get("en"))
    assert gone["Declines"].shows("If you press neither button, I will forget it all after 14 days.")
    await gone["Declines"].presses("Not now")
    assert gone["Declines"].shows("I have kept nothing about you")
    assert traces(system, gone["Declines"], "Declines_77") == set()

    for name in ("Refused", "Waits"):
        await gone[name].asks_to_be_let_in()
    assert gone["Waits"].shows("Without an answer I will forget your request after 30 days.")
    await minji.presses_payload("admit1:1:no", on=minji.chat[-1])
    assert gone["Refused"].shows("I will forget your request after 7 days.")
    assert all(traces(system, gone[name]) for name in ("Halfway", "Refused", "Waits"))

    for days, name in ((8, "Refused"), (7, "Halfway"), (16, "Waits")):
        system.clock.jump_to(system.clock.now() + timedelta(days=days))
        await system.wait_idle()
        assert traces(system, gone[name], f"{name}_77") == set(), name
    assert system.rows("SELECT * FROM admission") == []
    assert [row["telegram_id"] for row in system.rows("SELECT * FROM person")] == [minji.id]
    # The card of requests is two days old by then: it is changed instead, after Telegram has said so.
    system.world.violations[:] = [one for one in system.world.violations if one.method != "deleteMessage"]


async def test_who_was_put_out_is_forgotten_after_two_weeks(system: System) -> None:
    zebulon, now = await system.teacher("Zebulon"), system.clock.now()
    me = await system.app.runtime.db.read(person.by_telegram_id, zebulon.id)
    assert me is not None
    await system.write(joining_store.put_out, me, now)
    role = "INSERT INTO role_grant (person_id, role, how, given_at, ended_at) VALUES (?, 'organizer', 'link', ?, ?)"
    await system.write(lambda connection: connection.execute(role, (me.id, to_text(now), to_text(now))).rowcount)
    for days, left in ((13, False), (2, True)):
        system.clock.jump_to(system.clock.now() + timedelta(days=days))
        await system.wait_idle()
        assert (traces(system, zebulon) == set()) is left


async def test_who_goes_on_in_time_is_not_forgotten(system: System) -> None:
    someone = system.stranger("Halfway")
    await someone.starts(await system.invitation(days=60))
    for days in (10, 10):
        system.clock.jump_to(system.clock.now() + timedelta(days=days))
        await system.wait_idle()
        await someone.starts()
    assert system.value("SELECT state FROM person") == "joining"


async def test_a_single_use_link_can_be_used_again_when_who_came_with_it_stopped(system: System) -> None:
    code = await system.invitation(Role.ORGANIZER)
    await system.stranger("Halfway").starts(code)
    system.clock.jump_to(system.clock.now() + timedelta(days=15))
    await system.wait_idle()
    assert system.value("SELECT uses_left FROM invite") == 1


async def test_a_stranger_leaves_nothing(system: System) -> None:
    stranger = system.stranger("Zebulon", username="zebra_77")
    await stranger.starts()
    await stranger.sends(WORDS)
    assert system.rows("SELECT 1 FROM inbox WHERE sender_id <> 0 OR raw <> x'7B7D'") == []
    await system.later(days=1, minutes=11)
    assert traces(system, stranger, "zebra_77") == set()


async def test_words_that_nobody_passed_on_are_forgotten_by_themselves(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.sends(WORDS)
    await system.later(days=2, minutes=20)
    assert system.rows("SELECT * FROM help_message") == []


async def test_a_code_that_works_is_in_no_byte_and_its_hash_lets_nobody_in(system: System) -> None:
    code, staff = await system.invitation(), await system.invitation(Role.ORGANIZER)
    teacher = await system.teacher("Ann")
    someone = system.stranger("Bob")
    await someone.starts(code)
    await teacher.starts(staff)
    path = system.app.runtime.db.path
    bytes_kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert code.encode() not in bytes_kept
    assert staff.encode() not in bytes_kept
    thief = system.stranger("Thief")
    for row in system.rows("SELECT code_hash FROM invite"):
        for guess in (row["code_hash"], f"#{row['code_hash']}"):
            await thief.sends(f"/start {guess}")
    assert system.rows("SELECT 1 FROM person WHERE telegram_id = ?", thief.id) == []
    await teacher.presses("Accept")
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", teacher.id) == "organizer"


async def test_a_ticket_is_no_use_to_somebody_else(system: System) -> None:
    ann, bob = await system.teacher("Ann"), await system.teacher("Bob")
    code = await system.invitation(Role.ORGANIZER)
    await ann.starts(code)
    await bob.sends("/today")
    await bob.presses_payload(f"accept1:{invite_store.ticket(code, ann.id)}", on=bob.chat[-1])
    assert system.rows("SELECT 1 FROM person WHERE role = 'organizer'") == []


async def test_a_large_file_is_overwritten_while_the_seminar_sleeps(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.retention._SMALL", 0)
    teacher = await system.teacher("Парвиз")
    await teacher.erases_everything("without my name")
    assert system.rows("SELECT part FROM wipe") == [{"part": "file"}]
    await system.at("2025-08-05 02:30")
    assert system.rows("SELECT part FROM wipe") == []
    assert traces(system, teacher) == set()
