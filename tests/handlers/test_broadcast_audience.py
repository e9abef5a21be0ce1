"""Whom a message to many is for: roles, groups, languages, what somebody has not done, and people by their names."""

from tests.handlers.test_programme import moves, notices
from tests.kit import System


async def test_choices_narrow_each_other_and_the_number_is_who_gets_it(system: System) -> None:
    organizer = await system.organizer("Minji")
    ann, bo = await system.teacher("Ann", group="pamir"), await system.teacher("Bo", group="pamir", language="tg")
    cy = await system.teacher("Cy", group="vakhsh", language="tg")
    question = await organizer.asks("/broadcast")
    await organizer.presses("👥 Others …", on=question)
    assert "To all 4 people." in question.words
    await organizer.presses("Teachers", on=question)
    await organizer.presses("Тоҷикӣ", on=question)
    assert "📣 To 2 people: Teachers · Тоҷикӣ\n👥 Bo, Cy" in question.words
    await organizer.presses("Pamir", on=question)
    assert "📣 To 1 person: Teachers · Pamir · Тоҷикӣ\n👥 Bo" in question.words
    assert {"☑️ Teachers", "☑️ Pamir", "☑️ Тоҷикӣ"} <= set(question.labels)
    await organizer.presses("☑️ Pamir", on=question)
    await organizer.presses("➡️ Go on", on=question)
    await organizer.sends("Салом")
    await organizer.presses("📣 Send to 2")
    assert [one.shows("Салом") for one in (ann, bo, cy)] == [False, True, True]
    question = await organizer.asks("/broadcast")
    await organizer.presses("↩️ Teachers · Тоҷикӣ (2)", on=question)
    assert "📣 To 2 people: Teachers · Тоҷикӣ" in question.words


async def test_people_are_found_by_a_part_of_their_names(system: System) -> None:
    organizer = await system.organizer("Minji")
    people = [await system.teacher(f"Шариф {n}") for n in range(1, 11)]
    other = await system.teacher("Манижа")
    question = await organizer.asks("/broadcast")
    await organizer.presses("👥 Others …", on=question)
    await organizer.presses("🔎 By name", on=question)
    found = await organizer.asks("шари")
    assert "There are more." in found.words
    assert "Nobody here is called like that." in (await organizer.asks("zzz")).words
    found = await organizer.asks("МАНИ")
    await organizer.presses(found.labels[0], on=found)
    assert "📣 To 1 person: 1 by name\n👥 Манижа" in found.words
    await organizer.presses("☑️ 🔎 By name", on=found)
    again = await organizer.asks("ариф 10")
    await organizer.presses(again.labels[0], on=again)
    await organizer.presses("➡️ Go on", on=again)
    await organizer.sends("You two")
    await organizer.presses("📣 Send to 2")
    assert [one.shows("You two") for one in (*people, other)] == [*[False] * 9, True, True]


async def test_who_is_behind_is_asked_when_it_goes(system: System) -> None:
    organizer, ann, bo = await system.organizer("Minji"), await system.teacher("Ann"), await system.teacher("Bo")
    await system.at("2025-08-04 10:00")
    await bo.presses("✅ I am here", on=bo.newest_with("✅ I am here"))
    question = await organizer.asks("/broadcast")
    await organizer.presses("👥 Others …", on=question)
    await organizer.presses("Not checked in", on=question)
    assert "📣 To 1 person who has not answered: Ann" in question.words
    await organizer.presses("☑️ Not checked in", on=question)
    lesson = next(label for label in question.labels if label.startswith("Not done:"))
    await organizer.presses(lesson, on=question)
    assert "📣 To 2 people: Teachers · lesson not done:" in question.words
    number = system.value("SELECT id FROM person WHERE telegram_id = ?", ann.id)
    key = next(one.key for one in system.seminar.lessons if one.day == 1)
    await system.write(
        lambda db: (
            db.execute(
                "INSERT INTO lesson_progress VALUES (?, ?, ?, 1, 'x', 'x', 0, 0)", (number, system.seminar.key, key)
            )
            and None
        )
    )
    await organizer.presses("➡️ Go on", on=question)
    await organizer.sends("The lesson waits")
    await organizer.presses("📣 Send to 1")
    assert [one.shows("The lesson waits") for one in (ann, bo)] == [False, True]


async def test_old_buttons_say_what_became_of_the_draft(system: System) -> None:
    organizer, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.teacher("Ann")
    question = await organizer.asks("/broadcast")
    await organizer.presses("👥 Others …", on=question)
    for payload in ("whom1:1:group:nobody", "whom1:1:headcount:", "whom1:1:notice:", "whom1:1:weather:x"):
        await organizer.presses_payload(payload, question)
        assert organizer.toast == ("There is none at the moment.", False)
    await bora.sends("/start")
    for payload in ("whompage1:1", "whom1:1:to:all", "draftcard1:1", "drafthour1:1", "draftset1:1:signed:1"):
        await bora.presses_payload(payload, bora.chat[-1])
        assert bora.toast == ("That is no longer here.", False)
    await organizer.presses("✖️ Cancel", on=question)
    for payload in ("whompage1:1", "draftnew1:1", "draftlanguages1:1", "draftin1:1:ru:is"):
        await organizer.presses_payload(payload, question)
        assert "Nothing was sent" in question.words


async def test_who_is_missing_in_a_headcount_or_has_not_seen_the_last_change(system: System) -> None:
    organizer, ann, bo = await system.organizer("Minji"), await system.teacher("Ann"), await system.teacher("Bo")
    await moves(organizer, "17:00 A walk around the lake", "+60")
    await ann.presses("👀 Seen", on=notices(ann)[0])
    await organizer.sends("/headcount")
    await organizer.presses(next(one for one in organizer.chat[-1].labels if one.startswith("▶️ All teachers")))
    await bo.presses("🙋 I am here", on=bo.newest_with("🙋 I am here"))
    question = await organizer.asks("/broadcast")
    await organizer.presses("👥 Others …", on=question)
    await organizer.presses("Has not seen the change", on=question)
    assert "📣 To 1 person: Everyone · has not seen the last change\n👥 Bo" in question.words
    await organizer.presses("Missing in the headcount", on=question)
    assert "📭" not in question.words
    assert "➡️ Go on" not in question.labels, "nobody is both"
    await organizer.presses("☑️ Has not seen the change", on=question)
    assert "📣 To 1 person: Everyone · missing in the headcount\n👥 Ann" in question.words
    await organizer.presses("➡️ Go on", on=question)
    await organizer.sends("Where are you?")
    await organizer.presses("📣 Send to 1")
    assert [one.shows("Where are you?") for one in (ann, bo)] == [True, False]


async def test_names_are_found_in_either_script_and_who_is_paused_is_counted_apart(system: System) -> None:
    organizer = await system.organizer("Minji")
    sharif, ann = await system.teacher("Шарифов Фарҳод"), await system.teacher("Ann")
    question = await organizer.asks("/broadcast")
    await organizer.presses("👥 Others …", on=question)
    await organizer.presses("🔎 By name", on=question)
    assert "Шарифов Фарҳод" in (await organizer.asks("sharifov")).labels[0]
    assert "Nobody here is called like that." in (await organizer.asks("—")).words
    found = await organizer.asks("farhod sharif")
    assert "Шарифов Фарҳод" in found.labels[0]
    await organizer.presses("✖️ Cancel", on=found)
    await system.write(
        lambda db: db.execute("UPDATE person SET paused_at = joined_at WHERE telegram_id = ?", (sharif.id,)) and None
    )
    card = await organizer.drafts_broadcast("Hello", "Teachers (1)")
    assert "📣 To 1 teacher. ⏸ 1 more is paused.\n👥 Ann" in card.words
    async with system.sending_stopped():
        await organizer.presses("📣 Send to 1", on=card)
        await organizer.waits_for(lambda: "On its way" in card.words)
        await system.write(lambda db: db.execute("UPDATE person SET paused_at = joined_at") and None)
    await system.later(minutes=1)
    assert not ann.shows("Hello")
    assert "📣 Sent to nobody" in card.words
    assert "⚠️ 1 failed:\n1 × messages to them are paused" in card.words
    await system.at("2025-08-04 10:00")
    question = await organizer.asks("/broadcast")
    await organizer.presses("👥 Others …", on=question)
    await organizer.presses("Not checked in", on=question)
    assert "📣 To 0 people who have not answered:  ⏸ 2 more are paused." in question.words
