"""A teacher's first day, from the invitation to the evening, in each language, over real HTTP."""

import pytest

from bot.i18n import Locales
from tests.kit import System, User

LOCALES = Locales.load()
NAMES = {"tg": "Тоҷикӣ", "ru": "Русский", "en": "English", "ko": "한국어"}
NAME = "Ситора <3 Раҳимова"
# What stands on the phone in the morning and in the evening, letter by letter.
MORNING = {
    "tg": f"{NAME}, имрӯз субҳ бо мо ҳастед?",
    "ru": f"{NAME}, вы сегодня утром с нами?",
    "en": f"{NAME}, are you here this morning?",
    "ko": f"{NAME} 님, 오늘 아침 함께하십니까?",
}
EVENING = {
    "tg": f"{NAME}, рӯзатон чӣ гуна гузашт?",
    "ru": f"{NAME}, как прошёл ваш день?",
    "en": f"How was your day, {NAME}?",
    "ko": f"{NAME} 님, 오늘 하루 어떠셨습니까?",
}


async def invitation_for_teachers(system: System) -> str:
    """The organizer asks the bot for a link, as organizers do; returns the code in it."""
    organizer = await system.organizer()
    await organizer.sends("/invite")
    await organizer.presses("Teachers")
    link = next(word for message in reversed(organizer.chat) for word in message.text.split() if "?start=" in word)
    return link.split("?start=")[1]


async def joins(teacher: User, system: System, code: str, language: str) -> None:
    say = LOCALES[language].plain
    await teacher.starts(code)
    await teacher.waits_for("In which language shall we speak?")
    await teacher.presses(NAMES[language])
    await teacher.sends(NAME)
    await teacher.presses(system.seminar.groups[1].title.get(language))
    await teacher.presses(say("✅ I agree"))


@pytest.mark.parametrize("language", list(NAMES))
async def test_a_teachers_first_day(http_system: System, language: str) -> None:
    code = await invitation_for_teachers(http_system)
    teacher = http_system.stranger("Sitora", language=language)
    say = LOCALES[language].plain
    first = http_system.seminar.days[0]

    await joins(teacher, http_system, code, language)
    assert teacher.shows(first.sessions[0].title.get(language)), "the agenda is there at once"
    assert http_system.rows(
        "SELECT name, language, role, group_key, state FROM person WHERE telegram_id = ?", teacher.id
    ) == [
        {
            "name": NAME,
            "language": language,
            "role": "teacher",
            "group_key": http_system.seminar.groups[1].key,
            "state": "active",
        }
    ]
    assert ("today", say("Today's agenda")) in [tuple(command) for command in teacher.commands]

    await http_system.at("2025-08-04 07:05")
    assert teacher.shows(LOCALES[language].day(http_system.seminar.first))
    assert http_system.value("SELECT state FROM outbox WHERE key LIKE 'agenda:2025-08-04:person-2'") == "sent"

    await http_system.at("2025-08-04 08:16")
    assert MORNING[language] in teacher.chat[-1].text
    await teacher.presses(say("✅ I am here"))
    assert http_system.value("SELECT count(*) FROM checkin WHERE slot = 'morning'") == 1

    await http_system.at("2025-08-04 18:31")
    await takes_the_lesson(teacher, http_system, language)

    await http_system.at("2025-08-04 20:31")
    assert EVENING[language] in teacher.chat[-1].text
    await teacher.presses("😄")
    assert http_system.value("SELECT mood FROM checkin WHERE slot = 'evening'") == 5
    await http_system.at("2025-08-04 23:00")
    assert http_system.rows("SELECT key FROM outbox WHERE kind = 'checkin.nudge'") == [], "who answered is not nudged"


async def takes_the_lesson(teacher: User, system: System, language: str) -> None:
    say = LOCALES[language].plain
    lesson = system.seminar.lesson_of_day(1)
    assert lesson is not None
    await teacher.presses(say("▶️ Begin"))
    for number in range(1, len(lesson.cards)):
        assert f"{number} " in teacher.chat[-1].text
        await teacher.presses(say("Next ›"))
    cards = {message.id for message in teacher.chat}
    await teacher.presses(say("To the questions ›"))
    for number, question in enumerate(lesson.quiz, 1):
        option = question.options[question.right]
        await teacher.presses(str(question.right + 1))
        assert teacher.shows(option.explanation.get(language))
        await teacher.presses(say("See the result ›") if number == len(lesson.quiz) else say("Next question ›"))
    assert {message.id for message in teacher.chat} == cards, "the lesson stayed in its one message"
    assert system.value("SELECT count(*) FROM lesson_progress WHERE done_at IS NOT NULL") == 1
