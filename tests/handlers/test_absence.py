"""Organizers hear who is missing, once, on a card that changes by itself, and say who is fine."""

from rehearsal.telegram import GroupChat, Message
from tests.kit import System, User

ALERT = "☀️ Morning check-in · Monday, 4 August"


def alerts(who: User) -> list[Message]:
    found = [message for message in who.chat if "Morning check-in" in message.words]
    return [message for message in found if "Nobody has taken this" not in message.words]


async def test_one_alert_names_who_is_missing_and_who_cannot_be_reached(system: System) -> None:
    organizer = await system.organizer()
    prompt, _silent, blocked = [await system.teacher(name) for name in ("Prompt", "Silent", "Gone")]
    await blocked.blocks()
    await system.at("2025-08-04 08:15")
    await prompt.presses("✅ I am here")
    await system.at("2025-08-04 09:14")
    assert alerts(organizer) == []
    await system.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    assert alert.words == (
        f"{ALERT}\n1 of 3 has not answered.\n🚫 1 blocked the bot and was not asked.\n\n"
        "1. Silent · Pamir\n2. Gone · Pamir 🚫"
    )
    assert alert.labels == ["🙋 I'll take it", "1 ✉️", "1 ✅", "2 ✅", "📝 Excuse …"]
    await system.at("2025-08-04 13:00")
    assert len(alerts(organizer)) == 1


async def test_no_alert_when_everyone_has_answered(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 08:15")
    await teacher.presses("✅ I am here")
    await system.at("2025-08-04 12:00")
    assert alerts(organizer) == []
    assert system.value("SELECT state FROM outbox WHERE kind = 'missing.alert'") == "cancelled"
    assert "✅ The 1 teacher has answered." in (await organizer.asks("/missing")).words


async def test_no_alert_when_nobody_could_be_asked(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher()
    await system.jumps_to("2025-08-04 09:20")
    assert alerts(organizer) == []
    assert system.rows("SELECT * FROM outbox WHERE kind IN ('checkin.ask', 'checkin.nudge')") == []


async def test_where_nobody_was_asked_nobody_is_called_missing(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher("Silent")
    await system.jumps_to("2025-08-04 09:20")
    answer = await organizer.asks("/missing")
    assert answer.words == f"{ALERT}\n📭 Nobody has been asked so far, so it is not known who is missing."
    assert answer.labels == ["📝 Excuse …"]


async def test_a_check_in_that_is_asked_later_has_nobody_missing_until_then(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher("Silent")
    card = await organizer.asks("/upcoming")
    await organizer.presses("2", on=card)
    await organizer.presses("+15 min", on=card)
    await system.at("2025-08-04 08:20")
    missing = await organizer.asks("/missing")
    assert "Nobody has been asked so far" in missing.words
    await system.at("2025-08-04 08:31")
    assert "1 of 1 has not answered." in missing.words


async def test_accounted_for_is_seen_by_all_and_happens_once(system: System) -> None:
    anna, boris = await system.organizer("Anna"), await system.organizer("Boris")
    await system.teacher("Silent")
    await system.at("2025-08-04 09:15")
    [first], [second] = alerts(anna), alerts(boris)
    await anna.presses("1 ✅", on=first)
    for card in (first, second):
        assert "✅ 1 is accounted for.\n\n1. Silent · Pamir ✅ Anna knows" in card.words
        assert card.labels == ["1 ✉️", "1 ↩️", "↩️ Undo: Silent", "📝 Excuse …"]
    await boris.presses_payload("found2:2025-08-04:morning:3:0", second)
    assert boris.toast == ("✅ Silent: Anna knows.", False)
    assert system.rows("SELECT p.name FROM accounted a JOIN person p ON p.id = a.by_id") == [{"name": "Anna"}]


async def test_the_card_changes_by_itself_when_someone_answers(system: System) -> None:
    organizer, late = await system.organizer(), await system.teacher("Late")
    await system.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    await late.presses("✅ I am here")
    assert "✅ The 1 teacher has answered." in alert.words
    assert alert.labels == []
    await organizer.presses_payload("found2:2025-08-04:morning:2:0", alert)
    assert organizer.toast == ("Late has answered already.", False)


async def test_a_card_lives_until_the_next_check_in_opens_and_through_a_restart(system: System) -> None:
    organizer, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    await system.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    async with system.without_bot():
        await ann.presses("✅ I am here")
    assert "1 of 2 has not answered." in alert.words
    await system.at("2025-08-04 20:40")
    assert system.rows("SELECT subject FROM live_card WHERE feature = 'absence'") == []
    await bo.presses("✅ I am here", on=bo.newest_with("✅ I am here"))
    assert "1 of 2 has not answered." in alert.words


async def test_the_last_mark_is_taken_back_by_one_tap_and_stays_known(system: System) -> None:
    anna, boris = await system.organizer("Anna"), await system.organizer("Boris")
    await system.teacher("First")
    await system.teacher("Second")
    await system.at("2025-08-04 09:15")
    [first], [second] = alerts(anna), alerts(boris)
    await anna.presses("1 ✅", on=first)
    [old] = [button.payload for row in second.keyboard for button in row if button.text == "↩️ Undo: First"]
    assert old is not None
    await system.later(seconds=1)
    await anna.presses("2 ✅", on=first)
    await boris.presses_payload(old, second)
    assert boris.toast == ("That was taken back already, or something newer came.", False)
    await boris.presses("↩️ Undo: Second", on=second)
    assert boris.toast == ("↩️ Second: taken back.", False)
    for card in (first, second):
        assert "2. Second · Pamir\n" in f"{card.words}\n"
        assert "↩️ Undo: First" in card.labels
    query = """
        SELECT p.name, o.name AS marked, u.name AS undone FROM accounted_undone a JOIN person p ON p.id = a.person_id
          JOIN person o ON o.id = a.by_id JOIN person u ON u.id = a.undone_by
    """
    assert system.rows(query) == [{"name": "Second", "marked": "Anna", "undone": "Boris"}]


async def test_an_older_mark_is_taken_back_where_it_stands(system: System) -> None:
    anna, boris = await system.organizer("Anna"), await system.organizer("Boris")
    await system.teacher("First")
    await system.teacher("Second")
    await system.at("2025-08-04 09:15")
    [mine], [theirs] = alerts(anna), alerts(boris)
    await anna.presses("1 ✅", on=mine)
    await system.later(seconds=1)
    await boris.presses("2 ✅", on=theirs)
    assert mine.labels[:4] == ["1 ✉️", "2 ✉️", "1 ↩️", "2 ↩️"], "each below the number of whom it is about"
    for _twice in range(2):
        await anna.presses_payload("unfound2:2025-08-04:morning:3:0", mine)
    assert anna.toast == ("That was taken back already, or something newer came.", False)
    for card in (mine, theirs):
        assert "1. First · Pamir\n2. Second · Pamir ✅ Boris knows" in card.words
    assert system.rows("SELECT person_id, by_id, undone_by FROM accounted_undone") == [
        {"person_id": 3, "by_id": 1, "undone_by": 1}
    ]


async def test_taking_back_leaves_the_card_on_its_page(system: System) -> None:
    organizer = await system.organizer()
    for number in range(1, 23):
        await system.teacher(f"Teacher {number:02d}")
    await system.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    await organizer.presses("2 of 3 ›", on=alert)
    await organizer.presses("12 ✅", on=alert)
    await organizer.presses("↩️ Undo: Teacher 12", on=alert)
    assert "12. Teacher 12 · Pamir\n" in alert.words
    await organizer.presses("📝 Excuse …", on=alert)
    await organizer.presses(next(label for label in alert.labels if label.startswith("12")), on=alert)
    await organizer.presses("↩️ Undo: Teacher 12", on=alert)
    assert "Excuse for the day" in alert.words
    await organizer.presses("⬅️ Who is missing", on=alert)
    assert "12. Teacher 12 · Pamir\n" in alert.words


async def test_who_is_accounted_for_is_not_nudged(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Silent")
    await system.at("2025-08-04 08:20")
    await organizer.sends("/missing")
    await organizer.presses("1 ✅")
    await system.at("2025-08-04 12:00")
    assert not teacher.shows("we have not heard from you")
    assert len(alerts(organizer)) == 1


async def test_the_owner_is_alerted_too(system: System) -> None:
    owner = await system.owner()
    await system.teacher("Silent")
    await system.at("2025-08-04 09:15")
    assert len(alerts(owner)) == 1


async def test_a_long_list_is_paged(system: System) -> None:
    organizer = await system.organizer()
    for number in range(1, 23):
        await system.teacher(f"Teacher {number:02d}")
    await system.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    assert "10. Teacher 10" in alert.words
    assert "11." not in alert.words
    await organizer.presses("2 of 3 ›", on=alert)
    assert "11. Teacher 11" in alert.words
    await organizer.presses("12 ✅", on=alert)
    assert "12. Teacher 12 · Pamir ✅ Minji knows" in alert.words
    await organizer.presses("3 of 3 ›", on=alert)
    assert "22. Teacher 22" in alert.words
    await organizer.presses("‹ 2 of 3", on=alert)
    assert "11. Teacher 11" in alert.words


async def test_a_press_on_who_is_no_teacher_any_more_says_so(system: System) -> None:
    organizer, gone = await system.organizer(), await system.teacher("Gone")
    await system.teacher("Silent")
    await system.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    await gone.erases_everything()
    for number in (1, 2, 99):
        await organizer.presses_payload(f"found2:2025-08-04:morning:{number}:0", alert)
        assert organizer.toast == ("This person is no teacher of the seminar any more.", False)


async def test_an_organizer_can_write_to_who_is_missing(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Silent")
    await system.at("2025-08-04 09:15")
    await organizer.presses("1 ✉️")
    await organizer.sends("Are you on the bus?")
    assert "Are you on the bus?" in teacher.chat[-1].words


async def test_missing_before_the_first_check_in_and_on_buttons_that_nobody_made(system: System) -> None:
    organizer = await system.organizer()
    answer = await organizer.asks("/missing")
    assert "No check-in has opened yet" in answer.words
    day = "2025-08-04"
    for payload in (
        *("missing3:2025-07-28:morning:missing:0", f"missing3:{day}:noon:missing:0", f"missing3:{day}:morning:all:0"),
        *(
            f"found2:{day}:noon:1:0",
            f"unfound1:{day}:noon:1:1",
            f"unfound2:{day}:noon:1:0",
            f"unexcuse1:{day}:noon:1:0",
        ),
        *(f"excuse1:{day}:morning:1:late:0", f"excuse1:{day}:noon:1:ill:0", "missing2:2025-08-04:morning:0"),
    ):
        await organizer.presses_payload(payload, answer)
    assert "No check-in has opened yet" in answer.words


async def test_teachers_see_nothing_of_this(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 09:15")
    answer = await teacher.asks("/missing")
    assert "has not answered" not in answer.words


async def test_on_the_evening_of_departure_nobody_is_asked_or_missed(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.jumps_to("2025-08-17 06:45")
    await teacher.presses("✅ I am here")
    shown, alerted = len(teacher.chat), len(organizer.chat)
    await system.at("2025-08-18 12:00")
    [reminder, last, _again] = teacher.chat[shown:]
    assert "And what can you do now?" in last.words
    assert reminder.words.startswith("🔔 Departure at 09:00")
    [also_reminded, offer] = organizer.chat[alerted:]
    assert also_reminded.words == reminder.words
    assert "It leaves soon. Count who is there?" in offer.words
    assert system.rows("SELECT * FROM outbox WHERE event LIKE '%2025-08-17:evening'") == []
    await teacher.sends("/checkin")
    assert "There are no more check-ins." in teacher.chat[-1].words


async def test_a_group_reads_no_names(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Silent")
    group = GroupChat(system.world, "All of us", members=[organizer, teacher])
    await system.at("2025-08-04 09:15")
    await organizer.sends("/missing", chat=group)
    assert group.chat[-1].words == "I speak with each of you in private."
    for payload in ("missing3:2025-08-04:morning:missing:0", "found2:2025-08-04:morning:2:0"):
        await organizer.presses_payload(payload, on=group.chat[-1])
        assert organizer.toast == ("Please do this in our private chat.", True)
    assert "Silent" not in "".join(message.words for message in group.chat)
    assert system.rows("SELECT * FROM accounted") == []
