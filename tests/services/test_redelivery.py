"""What was said to be passed on reaches somebody, whoever comes back, joins or is made an organizer, once."""

import sqlite3
from datetime import timedelta
from operator import methodcaller

from bot.access import Role
from bot.priority import Priority
from bot.services import redelivery as redelivery_service
from bot.store import person
from tests.kit import OWNER, System


async def test_a_call_while_the_only_organizer_is_away_waits_for_their_return(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await minji.blocks()
    await teacher.calls_for_help("I feel unwell")
    await teacher.sends("Room 12")
    assert teacher.count("No organizer can be reached here right now") == 1
    assert teacher.count(system.seminar.contacts[0].phone) == 1
    assert teacher.shows("⏳ Kept: this goes on as soon as somebody can be reached here.")
    assert not teacher.shows("✓ Passed on")
    await minji.unblocks()
    assert [minji.count("Ann"), minji.count("Room 12")] == [2, 1]
    assert teacher.shows("The organizers know that you feel unwell.")
    assert teacher.shows("✓ Passed on to the organizers.")
    await minji.blocks()
    await minji.unblocks()
    await minji.starts()
    assert [minji.count("feels unwell"), minji.count("Room 12")] == [1, 1]


async def test_a_question_of_before_there_was_an_organizer_waits_for_the_first(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.calls_for_help("I have a question")
    await teacher.sends("When is dinner? " + "жук " * 1_200)
    assert teacher.shows("Your words are kept and go to them as soon as that changes.")
    minji = system.stranger("Minji")
    await minji.joins(await system.invitation(Role.ORGANIZER), group=False)
    assert minji.count("When is dinner?") == 1
    assert sum(one.words.count("ж") for one in minji.chat) == 1_200
    assert teacher.shows("✓ Passed on to the organizers.")


async def test_a_teacher_who_is_made_an_organizer_and_an_owner_get_what_is_open(system: System) -> None:
    ann, bob = await system.teacher("Ann"), await system.teacher("Bob")
    await ann.calls_for_help("I am lost")
    await bob.starts(await system.invitation(Role.ORGANIZER))
    await bob.presses("Accept")
    assert bob.shows("is lost.")
    owner = system.owner_account
    await owner.joins(group=False)
    assert owner.shows("is lost.")
    assert [bob.count("is lost."), owner.count("is lost.")] == [1, 1]


async def test_a_stranger_who_asks_while_nobody_is_there_reads_the_truth_and_is_heard_later(system: System) -> None:
    someone = system.stranger("Karim")
    await someone.asks_to_be_let_in()
    assert someone.shows("Your request is kept and goes to them as soon as that changes.")
    assert someone.shows(system.seminar.contacts[0].phone)
    minji = system.stranger("Minji")
    await minji.joins(await system.invitation(Role.ORGANIZER), group=False)
    assert minji.count("Karim (–) asks to be let in.") == 1
    assert someone.shows("✓ I have asked the organizers.")


async def test_an_answer_to_an_organizer_who_is_gone_goes_to_the_others(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    await minji.sends("Where are you?")
    await teacher.presses("Answer")
    async with system.sending_stopped():
        await teacher.sends("At the gate")
        await teacher.waits_for("Minji cannot be reached here right now")
        await minji.blocks()
        await system.app.worker.wait_idle()
    assert bora.count("At the gate") == 1
    assert teacher.shows("✓ Passed on to the organizers.")
    await minji.unblocks()
    assert bora.count("At the gate") == 1
    assert system.value("SELECT count(*) FROM help") == 2


async def test_what_an_organizer_wrote_waits_for_who_has_blocked_the_bot(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    async with system.sending_stopped():
        await minji.sends("Stay there")
        await minji.waits_for("Ann cannot be reached here right now.")
        await teacher.blocks()
        await system.app.worker.wait_idle()
    assert not minji.shows("✓ Passed on to Ann.")
    await teacher.unblocks()
    assert teacher.count("Stay there") == 1
    assert minji.shows("✓ Passed on to Ann.")


async def test_who_comes_late_is_not_flooded_with_what_a_colleague_has(system: System) -> None:
    minji, teachers = await system.organizer("Minji"), [await system.teacher(f"T{number}") for number in range(4)]
    for teacher in teachers[:2]:
        await teacher.calls_for_help("I have a question")
        await teacher.sends(f"Where is the bus of {teacher.name}?")
        await teacher.sends(f"And the hall of {teacher.name}?")
    await teachers[2].calls_for_help("I am lost")
    await system.jumps_to("2025-08-06 06:00")
    await teachers[3].calls_for_help("I have a question")
    await teachers[3].sends("Where is lunch?")
    bora = system.stranger("Bora")
    await bora.joins(await system.invitation(Role.ORGANIZER), group=False)
    said = [one.words for one in bora.chat if one.words[0] in "🆘❓✉"]
    assert said == ["🆘 T2 (Pamir) is lost.\n🕓 4 August, 06:00", "❓ T3 (Pamir) asks:\nWhere is lunch?"]
    await minji.blocks()
    await system.later(minutes=1)
    assert bora.shows("Where is the bus of T0?"), "the only one who has it cannot be reached any more"
    assert bora.shows("And the hall of T1?")


async def test_what_comes_late_says_of_when_it_is(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await minji.blocks()
    await teacher.calls_for_help("I am lost")
    await system.at("2025-08-04 06:30")
    await teacher.sends("Exit 3")
    await minji.unblocks()
    alert, relayed = minji.chat[-2:]
    assert alert.words == "🆘 Ann (Pamir) is lost.\n🕓 06:00"
    assert relayed.words == "✉️ Ann writes:\nExit 3", "this is of now"
    await system.jumps_to("2025-08-05 06:50")
    await minji.presses("I'll take it")
    assert alert.words == "🆘 Ann (Pamir) is lost.\n🕓 4 August, 06:00\n🙋 Minji is on it."


async def test_a_row_that_expired_is_made_again_while_its_call_is_open_and_one_that_was_refused_is_not(
    system: System,
) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    assert minji.count("is lost.") == 1
    states = []
    for state in ("expired", "dead", "unknown", "sent"):
        change = "UPDATE outbox SET state = ? WHERE kind = 'help.alert'"
        await system.write(methodcaller("execute", change, (state,)))
        await system.wait_idle()
        states.append(system.value("SELECT count(*) FROM outbox WHERE kind = 'help.alert'"))
    assert states == [2, 2, 2, 2]
    assert system.rows("SELECT key FROM outbox WHERE kind = 'help.alert' ORDER BY id")[1]["key"].endswith(":again-1")


async def test_the_list_of_who_is_missing_comes_to_who_returns_in_its_time(system: System) -> None:
    await system.teacher("Ann")
    minji = await system.organizer()
    await system.at("2025-08-04 09:00")
    await minji.blocks()
    await system.at("2025-08-04 09:30")
    assert not minji.shows("has not answered")
    await minji.unblocks()
    assert minji.count("1 of 1 has not answered") == 1
    await minji.blocks()
    await minji.unblocks()
    assert minji.count("1 of 1 has not answered") == 1


async def test_who_writes_can_be_reached_whatever_was_thought(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.write(
        person.set_reachable,
        minji.id,
        reachable=False,
    )
    await teacher.calls_for_help("I am lost")
    assert not minji.shows("is lost.")
    await minji.sends("Hello?")
    assert minji.shows("is lost.")


async def test_calls_of_somebody_in_trouble_go_before_everything_else(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await teacher.sends("a bridge")
    await minji.presses("I'll take it")
    await minji.presses("Write back")
    await minji.sends("Stay")
    kinds = {row["kind"]: row["priority"] for row in system.rows("SELECT kind, priority FROM outbox")}
    assert kinds == dict.fromkeys(("help.alert", "help.words", "help.taken", "help.written"), Priority.SOS)
    await minji.presses("Settled")
    other = await system.teacher("Bob")
    await other.sends("When is dinner?")
    await other.presses("Yes, pass it on")
    assert (
        system.value("SELECT priority FROM outbox WHERE kind = 'help.alert' ORDER BY id DESC LIMIT 1") == Priority.ALERT
    )


async def test_keeping_twice_adds_nothing(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I have a question")
    await teacher.sends("When?")
    await minji.presses("Write back")
    await minji.sends("At seven")
    before = system.rows("SELECT id, key, state FROM outbox")

    def keep(connection: sqlite3.Connection) -> int:
        return redelivery_service.redeliver(connection, {OWNER}, system.clock.now() + timedelta(days=1))

    assert await system.write(keep) == 0
    assert system.rows("SELECT id, key, state FROM outbox") == before


async def test_a_hard_day_comes_to_who_returns(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 20:31")
    await minji.blocks()
    await teacher.presses("😞")
    assert teacher.shows("No organizer can be reached here right now; they read it as soon as that changes.")
    await teacher.sends("Everything hurts")
    await minji.unblocks()
    assert minji.count("Ann had a hard day") == 1
    assert minji.count("Everything hurts") == 1


async def test_an_answer_that_has_not_left_for_an_organizer_who_leaves_goes_to_the_others(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    await minji.sends("Where are you?")
    await teacher.presses("Answer")
    await minji.sends("/me")
    async with system.sending_stopped():
        await teacher.sends("At the gate")
        await teacher.waits_for("Minji cannot be reached here right now")
        await minji.presses_payload("erase1", on=minji.chat[-1])
        await system.app.worker.wait_idle()
    assert bora.count("At the gate") == 1
