"""Somebody is excused for a day: who, why and by whom; neither nudged nor missing, and taken back when it was wrong."""

from rehearsal.telegram import Message
from tests.clocks import eventually
from tests.kit import System, User

DAY = "2025-08-04"


def alert_of(who: User) -> Message:
    [found] = [message for message in who.chat if "Morning check-in" in message.words]
    return found


async def test_who_is_excused_is_on_a_list_of_their_own_on_every_phone(system: System) -> None:
    anna, boris = await system.organizer("Anna"), await system.organizer("Boris")
    await system.teacher("Away")
    await system.teacher("Ill")
    await system.at(f"{DAY} 09:15")
    mine, theirs = alert_of(anna), alert_of(boris)
    await anna.presses("📝 Excuse …", on=mine)
    assert "🤒 ill · 👪 with family · ✈️ travelling" in mine.words
    assert mine.labels[:6] == ["1🤒", "1👪", "1✈️", "2🤒", "2👪", "2✈️"]
    await anna.presses("2🤒", on=mine)
    assert anna.toast == ("📝 Ill is excused on 4 August: 🤒 ill", False)
    assert "1 of 2 has not answered.\n📝 1 is excused for the day.\n\n1. Away · Pamir" in theirs.words
    assert "2." not in theirs.words
    await boris.presses("📝 Excused: 1", on=theirs)
    assert "1. Ill · Pamir\n🤒 ill · 09:15 · Anna" in theirs.words


async def test_the_first_excuse_stands_and_a_second_press_changes_nothing(system: System) -> None:
    anna, boris = await system.organizer("Anna"), await system.organizer("Boris")
    await system.teacher("Ill")
    await system.at(f"{DAY} 09:15")
    for who, reason in ((anna, "ill"), (anna, "ill"), (boris, "travelling")):
        await who.presses_payload(f"excuse1:{DAY}:morning:3:{reason}:0", alert_of(who))
    assert boris.toast == ("📝 Ill is excused on 4 August: 🤒 ill", False)
    assert system.rows("SELECT person_id, reason, by_id, ended_at FROM excuse") == [
        {"person_id": 3, "reason": "ill", "by_id": 1, "ended_at": None}
    ]


async def test_who_has_answered_meanwhile_is_not_excused_by_a_late_press(system: System) -> None:
    organizer, quick = await system.organizer(), await system.teacher("Quick")
    await system.at(f"{DAY} 09:15")
    await quick.presses("✅ I am here")
    await organizer.presses_payload(f"excuse1:{DAY}:morning:2:ill:0", alert_of(organizer))
    assert organizer.toast == ("Quick has answered already.", False)
    assert system.rows("SELECT * FROM excuse") == []


async def test_who_says_to_be_here_after_all_is_expected_like_everybody(system: System) -> None:
    organizer, ill = await system.organizer(), await system.teacher("Ill")
    await system.at(f"{DAY} 09:15")
    await organizer.presses_payload(f"excuse1:{DAY}:morning:2:ill:0", alert_of(organizer))
    await ill.presses("✅ I am here")
    assert system.rows("SELECT by_id, ended_by FROM excuse") == [{"by_id": 1, "ended_by": 2}]
    assert "↩️" not in "".join(alert_of(organizer).labels)
    await organizer.sends("/headcount")
    await organizer.presses("All teachers")
    assert "Missing: 1\n1. Ill · Pamir" in organizer.chat[-1].words
    await system.at(f"{DAY} 21:01")
    assert ill.shows("how was your day? One tap, and we know that all is well.")


async def test_an_excuse_is_taken_back_and_stays_in_the_history(system: System) -> None:
    anna, boris = await system.organizer("Anna"), await system.organizer("Boris")
    await system.teacher("Ill")
    await system.at(f"{DAY} 09:15")
    card = alert_of(anna)
    await anna.presses("📝 Excuse …", on=card)
    await anna.presses("1✈️", on=card)
    await boris.presses("↩️ Undo: Ill", on=alert_of(boris))
    await anna.presses("⬅️ Who is missing", on=card)
    assert "1. Ill · Pamir" in card.words
    await anna.presses("📝 Excuse …", on=card)
    await anna.presses("1🤒", on=card)
    await anna.presses("⬅️ Who is missing", on=card)
    await anna.presses("📝 Excused: 1", on=card)
    await anna.presses("1 ↩️", on=card)
    assert anna.toast == ("↩️ Ill: taken back.", False)
    assert "Nobody is excused." in card.words
    assert system.rows("SELECT reason, by_id, ended_by FROM excuse ORDER BY id") == [
        {"reason": "travelling", "by_id": 1, "ended_by": 2},
        {"reason": "ill", "by_id": 1, "ended_by": 1},
    ]


async def test_who_is_excused_is_not_nudged_but_asked_in_the_evening(system: System) -> None:
    organizer, ill, silent = await system.organizer(), await system.teacher("Ill"), await system.teacher("Silent")
    await system.at(f"{DAY} 08:20")
    card = await organizer.asks("/missing")
    await organizer.presses_payload(f"excuse1:{DAY}:morning:2:ill:0", card)
    await system.at(f"{DAY} 09:00")
    assert not ill.shows("we have not heard from you")
    assert silent.shows("we have not heard from you")
    await system.at(f"{DAY} 21:31")
    assert ill.chat[-1].words.startswith("🌙")
    assert "1 of 2 has not answered.\n📝 1 is excused for the day." in organizer.chat[-1].words
    await ill.presses("🙂")
    assert "1 of 2 has not answered.\n\n1. Silent" in organizer.chat[-1].words
    await system.at("2025-08-05 09:16")
    assert "2 of 2 have not answered." in organizer.chat[-1].words, "an excuse is for one day"


async def test_a_press_on_yesterdays_card_says_which_day_it_is_about(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher("Ann")
    await system.at(f"{DAY} 09:15")
    yesterday = organizer.chat[-1]
    await system.at("2025-08-05 09:20")
    await organizer.presses("📝 Excuse …", on=yesterday)
    await organizer.presses("1👪", on=yesterday)
    assert organizer.toast == ("📝 Ann is excused on 4 August: 👪 with family", False)
    assert "1 of 1 has not answered." in organizer.chat[-1].words


async def test_who_calls_unwell_is_excused_from_the_card_of_the_call(system: System) -> None:
    anna, boris = await system.organizer("Anna"), await system.organizer("Boris")
    ill = await system.teacher("Ill")
    await system.teacher("Silent")
    await ill.calls_for_help("I feel unwell")
    assert "🤒 Excuse for today" not in anna.chat[-1].labels, "first somebody takes care of it"
    await anna.presses("I'll take it")
    for who in (anna, boris):
        await who.presses("🤒 Excuse for today", on=who.newest("feels unwell"))
        assert who.toast == ("📝 Ill is excused on 4 August: 🤒 ill", False)
    assert system.rows("SELECT date, reason, by_id FROM excuse") == [{"date": DAY, "reason": "ill", "by_id": 1}]
    await system.at(f"{DAY} 09:16")
    assert not ill.shows("are you here this morning"), "who is in bed is not asked where they are"
    assert "1 of 2 has not answered.\n📝 1 is excused for the day." in alert_of(boris).words
    await system.at("2025-08-05 07:00")
    card = boris.newest("feels unwell")
    await boris.presses_payload(f"excuse2:{DAY}:3", on=card)
    assert system.value("SELECT count(*) FROM excuse") == 1, "yesterday's button"
    await boris.presses("🤒 Excuse for today", on=card)
    assert boris.toast == ("📝 Ill is excused on 5 August: 🤒 ill", False), "the card has today's"


async def test_who_falls_ill_after_answering_is_listed_as_excused_and_taken_back_there(system: System) -> None:
    organizer, ill = await system.organizer(), await system.teacher("Ill")
    await system.at(f"{DAY} 08:20")
    await ill.presses("✅ I am here")
    await ill.calls_for_help("I feel unwell")
    await organizer.presses("I'll take it")
    await organizer.presses("🤒 Excuse for today")
    card = await organizer.asks("/missing")
    assert "✅ The 1 teacher has answered." in card.words
    await organizer.presses("📝 Excused: 1", on=card)
    assert "1. Ill · Pamir\n🤒 ill · 08:20 · Minji" in card.words
    await organizer.presses("1 ↩️", on=card)
    assert "Nobody is excused." in card.words
    assert system.value("SELECT ended_by FROM excuse") == 1


async def test_a_reminder_that_waits_to_be_sent_does_not_come_to_who_is_excused_meanwhile(system: System) -> None:
    minji, ill = await system.organizer(), await system.teacher("Ill")
    await system.at(f"{DAY} 08:44")
    card = await minji.asks("/missing")
    async with system.sending_stopped():
        system.passes(f"{DAY} 08:46")
        await eventually(lambda: system.rows("SELECT * FROM outbox WHERE kind = 'checkin.nudge'"))
        await minji.presses_payload(f"excuse1:{DAY}:morning:2:ill:0", card)
        await eventually(lambda: system.rows("SELECT * FROM excuse"))
    assert not ill.shows("we have not heard from you")
    assert system.rows("SELECT state FROM outbox WHERE kind = 'checkin.nudge'") == [{"state": "cancelled"}]


async def test_no_alert_about_the_excused_alone(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher("Ill")
    await system.at(f"{DAY} 08:20")
    await organizer.presses_payload(f"excuse1:{DAY}:morning:2:family:0", await organizer.asks("/missing"))
    shown = len(organizer.chat)
    await system.at(f"{DAY} 12:00")
    assert len(organizer.chat) == shown
    assert "✅ All others have answered." in (await organizer.asks("/missing")).words


async def test_whoever_erases_their_data_takes_the_excuse_with_them(system: System) -> None:
    organizer, ill = await system.organizer(), await system.teacher("Ill")
    await system.at(f"{DAY} 09:15")
    await organizer.presses_payload(f"excuse1:{DAY}:morning:2:ill:0", alert_of(organizer))
    await ill.erases_everything()
    assert system.rows("SELECT * FROM excuse") == []
    assert "Ill" not in alert_of(organizer).words


async def test_nobody_but_a_teacher_is_excused(system: System) -> None:
    organizer, bora = await system.organizer(), await system.organizer("Bora")
    await system.teacher("Silent")
    await system.at(f"{DAY} 09:15")
    await organizer.presses_payload(f"excuse1:{DAY}:morning:2:ill:0", alert_of(organizer))
    assert organizer.toast == ("This person is no teacher of the seminar any more.", False)
    assert system.rows("SELECT * FROM excuse") == []
    assert bora.shows("Silent")


async def test_a_headcount_of_the_day_does_not_miss_the_excused_until_they_come(system: System) -> None:
    organizer, ill, silent = await system.organizer(), await system.teacher("Ill"), await system.teacher("Silent")
    await system.at(f"{DAY} 09:15")
    await organizer.presses_payload(f"excuse1:{DAY}:morning:2:ill:0", alert_of(organizer))
    await organizer.sends("/headcount")
    await organizer.presses("All teachers")
    card = organizer.chat[-1]
    assert "0 of 2 are here.\n📝 1 is excused for the day.\n\nMissing: 1\n1. Silent · Pamir" in card.words
    asked = len(ill.chat)
    await system.later(seconds=61)
    await organizer.presses("🔔 Remind the missing", on=card)
    assert len(ill.chat) == asked, "who is excused is not reminded"
    assert silent.chat[-1].words.startswith("🔔")
    await silent.presses("🙋 I am here")
    assert "✅ Everybody else is here." in card.words
    await ill.presses("🙋 I am here")
    assert "2 of 2 are here." in card.words
    assert "excused" not in card.words


async def test_a_headcount_follows_an_excuse_that_comes_while_it_runs(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher("Ill")
    await system.at(f"{DAY} 09:15")
    await organizer.sends("/headcount")
    await organizer.presses("All teachers")
    card = organizer.chat[-1]
    assert "Missing: 1" in card.words
    await organizer.presses_payload(f"excuse1:{DAY}:morning:2:travelling:0", alert_of(organizer))
    assert "✅ Everybody else is here." in card.words
    await organizer.presses("📋 Roll call", on=card)
    assert card.labels == ["⬜ Ill", "⬅️ Who is missing"], "they may have come"


async def test_statistics_count_the_excused_apart(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher("Ill")
    await system.at(f"{DAY} 09:15")
    await organizer.presses_payload(f"excuse1:{DAY}:morning:2:ill:0", alert_of(organizer))
    numbers = (await organizer.asks("/stats")).words
    assert numbers.count("not answered, but excused for the day: 1") == 2, "in the morning and in the evening"
