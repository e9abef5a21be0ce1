"""Someone leaves: organizers hear of it, so that nobody is looked for, and nobody is forgotten."""

from bot.services import departure as departure_service
from bot.store import joining as joining_store
from bot.store import person
from bot.store.departure import DepartureReason, forget_told
from tests.kit import System


async def test_organizers_hear_who_has_left_and_the_name_is_kept_no_longer(system: System) -> None:
    teacher, minji, bora = await system.teacher("Zebulon"), await system.organizer(), await system.organizer("Bora")
    coordinator = await system.coordinator()
    await teacher.erases_everything("Erase, and say that I left")
    assert teacher.shows("The organizers will hear that you have left")
    for organizer in (minji, bora):
        assert organizer.chat[-1].words == (
            "👋 Zebulon (Pamir) has left.\nEverything about them here is erased.\n"
            "They are on none of your lists any more, so nobody has to look for them."
        )
    assert coordinator.chat == []
    await system.later(minutes=2)
    assert system.value("SELECT name FROM departure") == ""


async def test_a_name_is_kept_while_it_is_on_its_way_and_no_longer(system: System) -> None:
    teacher, _minji = await system.teacher("Zebulon"), await system.organizer()
    db = system.app.runtime.db
    left = await db.write(
        lambda c: departure_service.leave(
            c, person.staff(c, [])[0], DepartureReason.ERASED, named=True, owners=[teacher.id], now=system.clock.now()
        )
    )
    assert left.told
    await db.write(forget_told)
    assert system.value("SELECT name FROM departure") == "Minji"
    await system.app.wait_idle()
    await db.write(forget_told)
    assert system.value("SELECT name FROM departure") == ""


async def test_a_name_that_reaches_nobody_is_forgotten_too(system: System) -> None:
    teacher, minji = await system.teacher("Zebulon"), await system.organizer()
    minji.blocked = True  # Telegram has not said so yet
    await teacher.erases_everything("Erase, and say that I left")
    await system.later(minutes=2)
    assert system.value("SELECT name FROM departure") == ""
    assert system.value("SELECT state FROM outbox WHERE kind = 'departure.notice'") == "cancelled"


async def test_who_does_not_want_to_be_named_is_not(system: System) -> None:
    teacher, minji = await system.teacher("Zebulon"), await system.organizer()
    await teacher.sends("/me")
    await teacher.presses("Erase my data")
    assert teacher.shows("May the organizers hear that you have left, so that nobody looks for you?")
    await teacher.presses("Erase without my name")
    assert teacher.shows("without your name")
    assert minji.chat[-1].words.startswith("👋 A teacher has left. They asked me not to tell their name.")
    assert "Zebulon" not in str(system.rows("SELECT * FROM departure") + system.rows("SELECT * FROM outbox"))


async def test_where_nobody_can_be_told_nothing_is_said_to_be_told(system: System) -> None:
    teacher = await system.teacher("Zebulon")
    await teacher.erases_everything("Erase, and say that I left")
    assert not teacher.shows("The organizers will hear")
    assert teacher.shows("No organizer can be reached here, so nobody hears that you have left.")
    assert system.rows("SELECT * FROM outbox WHERE kind = 'departure.notice'") == []


async def test_their_calls_are_closed_on_every_phone(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer(), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await teacher.erases_everything("Erase, and say that I left")
    for organizer in (minji, bora):
        call, notice = organizer.chat[-2:]
        assert (call.words, call.labels) == ("👋 This call for help is closed: the person has left.", [])
        assert notice.words == (
            "👋 Ann (Pamir) has left.\nEverything about them here is erased.\n"
            "They are on none of your lists any more.\n"
            "🆘 They had called for help, and that was still open: please make sure that all is well."
        )
    assert system.rows("SELECT * FROM help") == []


async def test_who_called_for_help_and_leaves_without_a_name_is_asked_after_and_who_had_a_question_is_not(
    system: System,
) -> None:
    teacher, other, minji = await system.teacher("Ann"), await system.teacher("Bob"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await teacher.erases_everything("Erase without my name")
    assert "if you know who it was, please make sure that all is well." in minji.chat[-1].words
    assert not minji.shows("nobody has to look for them")
    await other.calls_for_help("I have a question")
    await other.sends("When is dinner?")
    await other.erases_everything("Erase, and say that I left")
    assert minji.chat[-1].words.endswith("so nobody has to look for them.")


async def test_the_list_of_who_is_missing_does_not_show_them_any_more(system: System) -> None:
    gone, minji = await system.teacher("Gone"), await system.organizer()
    await system.teacher("Silent")
    await system.at("2025-08-04 09:15")
    [alert] = [message for message in minji.chat if "Morning check-in" in message.words]
    assert "Gone" in alert.words
    await gone.erases_everything("Erase, and say that I left")
    assert "Gone" not in alert.words
    assert "1 of 1 has not answered." in alert.words
    assert alert.labels == ["🙋 I'll take it", "1 ✉️", "1 ✅", "📝 Excuse …"]


async def test_a_call_that_an_organizer_had_taken_is_open_again_when_they_leave(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer(), await system.organizer("Bora")
    await teacher.calls_for_help("I feel unwell")
    await minji.presses("I'll take it")
    await minji.erases_everything("Erase, and say that I left")
    before, call, notice = bora.chat[-3:]
    assert "🙋 I'll take it" in before.labels
    assert "🙋 I'll take it" in call.labels
    assert not teacher.shows("🙋 Minji is on it.")
    assert teacher.shows("🤒 The organizers know that you feel unwell.")
    assert notice.words.startswith("👋 Minji, organizer, has left.")
    assert "🆘 1 call that they had taken is open again: please take it." in notice.words
    await bora.presses("I'll take it")
    assert "🙋 Bora is on it." in call.words
    assert "🙋 Bora is on it." in before.words
    assert teacher.shows("🙋 Bora is on it.")
    assert teacher.chat[-1].words == "🙋 Bora is taking care of it."


async def test_who_was_in_and_does_not_agree_any_more_is_told_of_and_missed_by_nobody(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    person_id = system.value("SELECT id FROM person WHERE telegram_id = ?", teacher.id)
    await system.write(lambda c: c.execute("UPDATE person SET state = 'joining' WHERE id = ?", (person_id,)))
    await system.write(joining_store.set_step, person_id, joining_store.JoiningStep.CONSENT)
    await teacher.starts()
    await teacher.presses("Not now")
    assert minji.chat[-1].words.startswith("👋 Ann (Pamir) has left.\nThey are on none of your lists any more.\n🆘")
    assert minji.chat[-2].labels == []
    assert system.rows("SELECT * FROM help") == []
    assert system.value("SELECT name FROM person WHERE id = ?", person_id) == ""


async def test_who_was_never_in_is_not_told_of(system: System) -> None:
    someone, minji = system.stranger("Halfway"), await system.organizer()
    await someone.starts(await system.invitation())
    await someone.presses("English")
    await someone.presses("Halfway")
    await someone.presses(system.seminar.groups[0].title.get("en"))
    await someone.presses("Not now")
    assert minji.chat == []
