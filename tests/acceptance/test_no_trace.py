"""Who was erased, declined or was never let in is in no byte of the files, and gone without being asked for again."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import Role
from bot.clock import to_text
from bot.store import invite, joining, person
from rehearsal.telegram import Account
from tests.handlers.arriving import link, opens, presses, says
from tests.kit import House, open_house

WORDS = "my-very-own-words"


def traces(house: House, who: Account, *more: str) -> set[str]:
    """What of the person stands in any byte of the database, its companions and the attempt log."""
    number = who.id
    wanted = {
        **{text: text.encode() for text in (who.name, WORDS, str(number), *more) if text},
        "number": number.to_bytes(6, "big"),
        "number in the attempt log": number.to_bytes(8, "little"),
    }
    path: Path = house.app.services.db.path
    return {
        f"{what} in {file.name}"
        for file in path.parent.glob(f"{path.name}*")
        for what, piece in wanted.items()
        if piece in file.read_bytes()
    }


async def lives(house: House, who: Account) -> None:
    """Everything that leaves traces: calls, words, check-ins, swipes, presses, a place, a name that is changed."""
    await says(house, who, "/help")
    await presses(house, who, "I feel unwell")
    await says(house, who, WORDS)
    await says(house, who, f"{WORDS} nobody asked for")
    await says(house, who, "/help")
    await says(house, who, "/today")
    await says(house, who, "/me")
    await presses(house, who, "✍️ Name")
    await says(house, who, f"{who.name} Two")
    await house.at("2025-08-04 20:00")


async def erases(house: House, who: Account, label: str) -> None:
    await says(house, who, "/me")
    await presses(house, who, "Erase my data")
    await presses(house, who, label)


@pytest.mark.parametrize("seed", range(3))
async def test_an_erased_teacher_is_in_no_byte(tmp_path: Path, seed: int) -> None:
    async with open_house(tmp_path) as house:
        minji, owner = await house.organizer(), await house.owner()
        others = [await house.teacher(f"Teacher {number}" * (seed + 1)) for number in range(4)]
        code = await link(house)
        zebulon = house.stranger("Zebulon", username="zebra_77")
        await opens(house, zebulon, code)
        for label in ("English", "Zebulon", house.seminar.groups[0].title.get("en"), "I agree"):
            await presses(house, zebulon, label)
        await lives(house, zebulon)
        for other in others:
            await says(house, other, "other words " * 30 * (seed + 1))
        await presses(house, minji, "I'll take it")
        await presses(house, minji, "Write back")
        await says(house, minji, "a letter to them")
        assert traces(house, zebulon, "zebra_77")
        await erases(house, zebulon, "🗑 Erase without my name")
        assert zebulon.shows("Everything about you is erased.")
        assert traces(house, zebulon, "zebra_77", "a letter to them", code) == set()
        await erases(house, minji, "🗑 Erase without my name")
        await erases(house, owner, "👋 Erase, and say that I left")
        assert traces(house, minji) | traces(house, owner) == set()


async def test_a_reader_delays_it_and_a_restart_does_not_forget_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.retention._TRIES", 3)  # before it is left for half a minute; for a second else
    teacher = await house.teacher("Zebulon")
    await says(house, teacher, WORDS)
    path = house.app.services.db.path
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        await erases(house, teacher, "🗑 Erase without my name")
        assert traces(house, teacher)
        async with house.without_bot():
            assert traces(house, teacher)
        await house.wait_idle()
        assert traces(house, teacher)
        reader.execute("COMMIT")
    await house.later(minutes=2)
    assert traces(house, teacher) == set()


async def test_who_declines_stops_halfway_or_is_refused_is_forgotten(house: House) -> None:
    minji = await house.organizer()
    code = await link(house)
    gone = {name: house.stranger(name, username=f"{name}_77") for name in ("Declines", "Halfway", "Refused", "Waits")}
    for name in ("Declines", "Halfway"):
        await opens(house, gone[name], code)
        await presses(house, gone[name], "English")
        await says(house, gone[name], f"{name} typed")
    assert gone["Halfway"].shows("If you stop before the end, I will forget your answers after 14 days.")
    await presses(house, gone["Declines"], house.seminar.groups[0].title.get("en"))
    assert gone["Declines"].shows("If you press neither button, I will forget it all after 14 days.")
    await presses(house, gone["Declines"], "Not now")
    assert gone["Declines"].shows("I have kept nothing about you")
    assert traces(house, gone["Declines"], "Declines_77") == set()

    for name in ("Refused", "Waits"):
        await opens(house, gone[name])
        await presses(house, gone[name], "Ask an organizer")
    assert gone["Waits"].shows("Without an answer I will forget your request after 30 days.")
    await minji.presses_payload("admit1:1:no", on=minji.chat[-1])
    await house.wait_idle()
    assert gone["Refused"].shows("I will forget your request after 7 days.")
    assert all(traces(house, gone[name]) for name in ("Halfway", "Refused", "Waits"))

    for days, name in ((8, "Refused"), (7, "Halfway"), (16, "Waits")):
        house.clock.jump_to(house.clock.now() + timedelta(days=days))
        await house.wait_idle()
        assert traces(house, gone[name], f"{name}_77") == set(), name
    assert house.rows("SELECT * FROM admission") == []
    assert [row["telegram_id"] for row in house.rows("SELECT * FROM person")] == [minji.id]
    # The card of requests is two days old by then: it is changed instead, after Telegram has said so.
    house.world.violations[:] = [one for one in house.world.violations if one.method != "deleteMessage"]


async def test_who_was_put_out_is_forgotten_after_two_weeks(house: House) -> None:
    zebulon, now = await house.teacher("Zebulon"), house.clock.now()
    me = await house.app.services.db.read(lambda connection: person.by_telegram_id(connection, zebulon.id))
    assert me is not None
    await house.app.services.db.write(lambda connection: joining.put_out(connection, me, now))
    role = "INSERT INTO role_grant (person_id, role, how, given_at, ended_at) VALUES (?, 'organizer', 'link', ?, ?)"
    await house.app.services.db.write(
        lambda connection: connection.execute(role, (me.id, to_text(now), to_text(now))).rowcount
    )
    for days, left in ((13, False), (2, True)):
        house.clock.jump_to(house.clock.now() + timedelta(days=days))
        await house.wait_idle()
        assert (traces(house, zebulon) == set()) is left


async def test_who_goes_on_in_time_is_not_forgotten(house: House) -> None:
    someone = house.stranger("Halfway")
    await opens(house, someone, await link(house, days=60))
    for days in (10, 10):
        house.clock.jump_to(house.clock.now() + timedelta(days=days))
        await house.wait_idle()
        await opens(house, someone)
    assert house.value("SELECT state FROM person") == "joining"


async def test_a_single_use_link_can_be_used_again_when_who_came_with_it_stopped(house: House) -> None:
    code = await link(house, Role.ORGANIZER)
    await opens(house, house.stranger("Halfway"), code)
    house.clock.jump_to(house.clock.now() + timedelta(days=15))
    await house.wait_idle()
    assert house.value("SELECT uses_left FROM invite") == 1


async def test_a_stranger_leaves_nothing(house: House) -> None:
    stranger = house.stranger("Zebulon", username="zebra_77")
    await opens(house, stranger)
    await says(house, stranger, WORDS)
    assert house.rows("SELECT 1 FROM inbox WHERE sender_id <> 0 OR raw <> x'7B7D'") == []
    await house.later(days=1, minutes=11)
    assert traces(house, stranger, "zebra_77") == set()


async def test_words_that_nobody_passed_on_are_forgotten_by_themselves(house: House) -> None:
    teacher = await house.teacher("Ann")
    await says(house, teacher, WORDS)
    await house.later(days=2, minutes=20)
    assert house.rows("SELECT * FROM help_message") == []


async def test_a_code_that_works_is_in_no_byte_and_its_hash_lets_nobody_in(house: House) -> None:
    code, staff = await link(house), await link(house, Role.ORGANIZER)
    teacher = await house.teacher("Ann")
    someone = house.stranger("Bob")
    await opens(house, someone, code)
    await opens(house, teacher, staff)
    path = house.app.services.db.path
    bytes_kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert code.encode() not in bytes_kept
    assert staff.encode() not in bytes_kept
    thief = house.stranger("Thief")
    for row in house.rows("SELECT code_hash FROM invite"):
        for guess in (row["code_hash"], f"#{row['code_hash']}"):
            await says(house, thief, f"/start {guess}")
    assert house.rows("SELECT 1 FROM person WHERE telegram_id = ?", thief.id) == []
    await presses(house, teacher, "Accept")
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", teacher.id) == "organizer"


async def test_a_ticket_is_no_use_to_somebody_else(house: House) -> None:
    ann, bob = await house.teacher("Ann"), await house.teacher("Bob")
    code = await link(house, Role.ORGANIZER)
    await opens(house, ann, code)
    await says(house, bob, "/today")
    await bob.presses_payload(f"accept1:{invite.ticket(code, ann.id)}", on=bob.chat[-1])
    await house.wait_idle()
    assert house.rows("SELECT 1 FROM person WHERE role = 'organizer'") == []


async def test_a_large_file_is_overwritten_while_the_seminar_sleeps(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.retention._SMALL", 0)
    teacher = await house.teacher("Парвиз")
    await erases(house, teacher, "without my name")
    assert house.rows("SELECT part FROM wipe") == [{"part": "file"}]
    await house.at("2025-08-05 02:30")
    assert house.rows("SELECT part FROM wipe") == []
    assert traces(house, teacher) == set()
