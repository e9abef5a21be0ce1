"""What the topics of numbers are called, and what their figures count."""

from collections.abc import Mapping
from typing import Final

from bot.i18n import N_
from bot.stats_words import StatsTopic

TITLES: Final[Mapping[StatsTopic, str]] = {
    StatsTopic.OVERVIEW: N_("📊 Overview"),
    StatsTopic.DAYS: N_("📅 By day"),
    StatsTopic.GROUPS: N_("👥 By group"),
    StatsTopic.SESSIONS: N_("📋 Attendance"),
    StatsTopic.LESSONS: N_("📚 Lessons"),
    StatsTopic.QUESTIONS: N_("❓ Questions"),
    StatsTopic.COMPETENCIES: N_("🎓 Competencies"),
    StatsTopic.SCHOOLS: N_("🏫 By school"),
    StatsTopic.DISTRICTS: N_("🗺 By district"),
    StatsTopic.LANGUAGES: N_("🌐 By language"),
    StatsTopic.REACH: N_("📬 Reach"),
    StatsTopic.ALERTS: N_("🔔 Alerts"),
    StatsTopic.PUNCTUALITY: N_("⏱ Punctuality"),
}
_OF_PARTS: Final = N_(
    "👥 members now, by what the roster and they themselves say now. ✅ check-ins answered, 📋 sessions attended, "
    "📚 lessons done: each of all that these people were asked so far."
)
MEANINGS: Final[Mapping[StatsTopic, str]] = {
    StatsTopic.OVERVIEW: N_(
        "Today, the days so far, and what needs attention. “Of” is who was asked: a member at that moment. "
        "Who did it without having been asked, as who joined later, is told after a plus."
    ),
    StatsTopic.DAYS: N_(
        "☀️ 🌙 answers to the check-ins, of who was a member when organizers were told who is silent. "
        "💛 the average mood, 1 to 5. 📋 people at sessions, of those for whom the sessions were. "
        "📘 done with the day's lesson, of the members of now."
    ),
    StatsTopic.GROUPS: _OF_PARTS,
    StatsTopic.SESSIONS: N_(
        "Who came in time or late, of those for whom the session was and who were members when it ended. "
        "Unmarked: nobody said whether they came. After a plus: who came besides."
    ),
    StatsTopic.LESSONS: N_(
        "Who answered the whole quiz of the lesson, opened it, and came to its quiz, of the members of now. "
        "Lessons of days to come are left out."
    ),
    StatsTopic.QUESTIONS: N_(
        "Who was right at the first try, of all who answered, and the wrong answer that most people chose. "
        "Of fewer than five answers it is withheld."
    ),
    StatsTopic.COMPETENCIES: N_(
        "What lessons teach, in the terms of UNESCO's framework: of the members of now, who has done one of the "
        "lessons that teach it, and who has done all of them. Lessons of days to come are left out."
    ),
    StatsTopic.SCHOOLS: _OF_PARTS,
    StatsTopic.DISTRICTS: _OF_PARTS,
    StatsTopic.LANGUAGES: _OF_PARTS,
    StatsTopic.REACH: N_(
        "Of the members of now: to how many a message came, how many answered or opened anything, "
        "how many did neither although a message came, and whom the bot cannot reach."
    ),
    StatsTopic.ALERTS: N_(
        "Calls and other alerts: how many there were, how long until an organizer took them, and until they were "
        "settled."
    ),
    StatsTopic.PUNCTUALITY: N_(
        "How many seconds after its time a message was sent. Missed: refused by Telegram, or too late to be of use."
    ),
}
