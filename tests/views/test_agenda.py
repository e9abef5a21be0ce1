"""The agenda as teachers read it."""

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.day_lines import fits_screen
from bot.languages import LANGUAGES, Language
from bot.programme.loading import load
from bot.programme.model import Seminar
from bot.views import agenda as agenda_view
from tests.views.samples import SEMINAR, at, data, labels, session, shown, text, units, with_day, words

FOLDERS = sorted((Path(__file__).parents[2] / "seminars").iterdir())
EN = words()
MORNING = at("2025-08-04 06:00")


def test_a_day_says_each_thing_once() -> None:
    assert shown(agenda_view.day(EN, SEMINAR, 1, group="a", now=MORNING)) == (
        "Monday, 4 August\n"
        "Day 1 of 3 · 🏠 Dushanbe: −4 h\n"
        "First steps\n"
        "\n"
        "📍 City hall <3\n"
        "🎓 09:00–10:30 · next · Opening & welcome\n"
        "\n"
        "🎓 11:00–12:30 Tablets\n"
        "Bring a pen\n"
        "❌ 14:00–15:00 Museum · cancelled\n"
        "09:00 · 👤 Kim Minsu"
    )


def test_sessions_that_follow_each_other_at_a_place_stand_below_its_name() -> None:
    hours = ("09:00-10:00", "10:00-11:00", "11:00-12:00", "12:00-13:00", "13:00-14:00")
    at_places = ("hall", "hall", "garden", None, "hall")
    sessions = tuple(
        session(f"s{n}", 1, on, place=place) for n, (on, place) in enumerate(zip(hours, at_places, strict=True))
    )
    places = {**SEMINAR.places, "garden": replace(SEMINAR.places["hall"], key="garden", title=text("Garden"))}
    several = replace(with_day(sessions), places=places)
    said = shown(agenda_view.morning(EN, several, 1, group="a"))
    assert said.split("\n")[4:] == [
        "📍 City hall <3",
        "🎓 09:00–10:00 s0",
        "🎓 10:00–11:00 s1",
        "📍 Garden",
        "🎓 11:00–12:00 s2",
        "",
        "🎓 12:00–13:00 s3",
        "📍 City hall <3",
        "🎓 13:00–14:00 s4",
    ]


def test_a_long_note_is_folded_and_a_short_one_is_not() -> None:
    long, short = (
        text("Bring the consent form of each pupil, signed by a parent, and your own passport."),
        text("Be early"),
    )
    both = with_day((session("x", 1, "09:00-10:00", note=long), session("y", 1, "10:00-11:00", note=short)))
    said = agenda_view.morning(EN, both, 1, group="a").text
    assert "y\n<i>Be early</i>" in said
    assert said.endswith(f"<blockquote expandable>09:00 · {long.get('en')}</blockquote>")


def test_on_a_full_day_short_notes_are_folded_too_so_that_it_fits_a_screen() -> None:
    full = with_day(tuple(session(f"s{n}", 1, f"{n:02}:00-{n:02}:50", note=text("Be early")) for n in range(9, 19)))
    said = agenda_view.morning(EN, full, 1, group="a").text
    assert "<i>" not in said
    assert said.count("Be early") == 10
    assert fits_screen(said)


def test_what_is_cancelled_is_crossed_out_and_stands_at_no_place() -> None:
    off = session("off", 1, "08:00-08:30", "Walk <3", place="park", cancelled=True)
    screen = agenda_view.morning(EN, with_day((off, session("x", 1, "09:00-10:00", place="hall"))), 1, group="a")
    assert "❌ <s>08:00–08:30 Walk &lt;3</s> · <b>cancelled</b>\n📍 City hall" in screen.text
    assert labels(screen)[0] == "📍 City hall <3"


def test_home_time_is_left_out_where_it_is_the_same() -> None:
    said = shown(agenda_view.day(EN, replace(SEMINAR, home_zone=ZoneInfo("Asia/Tokyo")), 1, group="a", now=MORNING))
    assert "Day 1 of 3\nFirst steps" in said


def test_home_time_counts_minutes_where_clocks_differ_by_them() -> None:
    said = shown(agenda_view.day(EN, replace(SEMINAR, home_zone=ZoneInfo("Asia/Kolkata")), 1, group="a", now=MORNING))
    assert "🏠 Kolkata: −3:30 h" in said


def test_home_time_says_its_date_where_that_differs() -> None:
    said = shown(agenda_view.day(EN, SEMINAR, 3, group="a", now=MORNING))
    assert "🏠 Dushanbe: −4 h" in said
    assert "02:00–03:30 (5 August, 22:00–23:30) Night bus" in said


def test_home_time_stands_beside_each_session_of_a_day_on_which_a_clock_changes() -> None:
    # In Berlin clocks go back at 03:00 on 26 October 2025, which is 10:00 in Seoul.
    first, second = session("x", 1, "08:00-09:00"), session("y", 1, "11:00-12:00")
    changing = replace(with_day((first, second)), starts_on=date(2025, 10, 26), home_zone=ZoneInfo("Europe/Berlin"))
    said = shown(agenda_view.morning(EN, changing, 1, group="a"))
    assert "Times are local; in brackets: Berlin." in said
    assert "11:00–12:00 (03:00–04:00) y" in said
    assert "🏠" not in said


def test_other_groups_are_hidden_until_asked_for() -> None:
    mine = agenda_view.day(EN, SEMINAR, 1, group="a", now=MORNING)
    assert "Tablets" in shown(mine)
    assert "Robots" not in shown(mine)
    assert "Pamir" not in shown(mine)
    assert data(mine, "👥 All groups") == "dayall2:2025-08-04"
    everyone = agenda_view.day(EN, SEMINAR, 1, group="a", now=MORNING, everyone=True)
    assert "Tablets\n👥 Pamir" in shown(everyone)
    assert "Robots\n👥 Vakhsh" in shown(everyone)
    assert data(everyone, "👥 Only my group") == "day2:2025-08-04"


@pytest.mark.parametrize("group", [None, "a-group-that-is-gone"])
def test_someone_without_a_group_sees_every_group(group: str | None) -> None:
    screen = agenda_view.day(EN, SEMINAR, 1, group=group, now=MORNING)
    assert "Tablets\n👥 Pamir" in shown(screen)
    assert "Robots\n👥 Vakhsh" in shown(screen)
    assert not {"👥 All groups", "👥 Only my group"} & set(labels(screen))


def test_what_runs_now_and_what_is_next_are_marked() -> None:
    said = shown(agenda_view.day(EN, SEMINAR, 1, group="a", now=at("2025-08-04 10:29")))
    assert "▶️ 09:00–10:30 · now · Opening" in said
    assert "11:00–12:30 · next · Tablets" in said
    said = shown(agenda_view.day(EN, SEMINAR, 1, group="a", now=at("2025-08-04 10:30")))
    assert "now" not in said
    assert "✓ 09:00–10:30 Opening" in said


def test_sessions_at_the_same_time_are_both_next() -> None:
    said = shown(agenda_view.day(EN, SEMINAR, 1, group=None, now=at("2025-08-04 10:45")))
    assert said.count("· next") == 2


def test_another_day_has_no_marks() -> None:
    assert "next" not in shown(agenda_view.day(EN, SEMINAR, 3, group="a", now=MORNING))


def test_a_cancelled_session_says_so_and_is_never_next() -> None:
    screen = agenda_view.day(EN, SEMINAR, 1, group="a", now=at("2025-08-04 13:00"))
    assert "❌ 14:00–15:00 Museum · cancelled" in shown(screen)
    assert "next" not in shown(screen)


def test_the_evening_says_what_comes_tomorrow() -> None:
    late = agenda_view.day(EN, SEMINAR, 1, group="a", now=at("2025-08-04 12:30"))
    assert "This day is over." in shown(late)
    assert "Next:" not in shown(late)
    off = session("off", 2, "08:00-09:00", cancelled=True)
    walk = session("walk", 2, "09:30-10:00", "A walk")
    busy = replace(SEMINAR, days=(SEMINAR.days[0], replace(SEMINAR.days[1], sessions=(off, walk)), SEMINAR.days[2]))
    late = agenda_view.day(EN, busy, 1, group="a", now=at("2025-08-04 12:30"))
    assert "This day is over. Next: Tuesday, 5 August, 09:30 · A walk" in shown(late)
    last = agenda_view.day(EN, SEMINAR, 3, group="a", now=at("2025-08-06 04:00"))
    assert "This day is over." in shown(last)


def test_a_free_day_and_a_day_that_is_free_for_one_group() -> None:
    assert "A free day: nothing is planned." in shown(agenda_view.day(EN, SEMINAR, 2, group="a", now=MORNING))
    others = with_day((session("x", 1, "09:00-10:00", groups=("b",)),))
    screen = agenda_view.day(EN, others, 1, group="a", now=MORNING)
    assert "Nothing is planned for your group." in shown(screen)
    assert "👥 All groups" in labels(screen)


def test_buttons_lead_to_places_and_to_the_days_around() -> None:
    screen = agenda_view.day(EN, SEMINAR, 1, group="a", now=MORNING)
    assert labels(screen) == ["📍 City hall <3", "👥 All groups", "📅 All days", "5 August ›"]
    assert data(screen, "📍 City hall <3") == "place1:hall"
    middle = agenda_view.day(EN, SEMINAR, 2, group="a", now=MORNING)
    assert labels(middle) == ["‹ 4 August", "📅 All days", "6 August ›"]
    assert labels(agenda_view.day(EN, SEMINAR, 3, group="a", now=MORNING)) == ["‹ 5 August", "📅 All days"]


@pytest.mark.parametrize("number", [0, -1, 4, 10**30])
def test_a_day_outside_the_seminar_is_refused(number: int) -> None:
    with pytest.raises(IndexError, match="no day"):
        agenda_view.day(EN, SEMINAR, number, group=None, now=MORNING)
    with pytest.raises(IndexError, match="no day"):
        agenda_view.morning(EN, SEMINAR, number, group=None)


def test_the_morning_message_has_no_marks_as_it_stays_all_day() -> None:
    said = shown(agenda_view.morning(EN, SEMINAR, 1, group="a"))
    assert said.startswith("☀️ Good morning! Monday, 4 August\nDay 1 of 3")
    assert "next" not in said
    assert "Tablets" in said
    assert "Robots" not in said


def test_a_late_morning_message_says_that_it_is_late() -> None:
    assert shown(agenda_view.morning(EN, SEMINAR, 1, group="a", late=True)).startswith(
        "⏰ This message is late, sorry."
    )


def test_before_and_after_the_seminar() -> None:
    before = agenda_view.today(EN, SEMINAR, group="a", now=at("2025-08-01 10:00"))
    assert shown(before) == "Digital & kind\nIt begins on Monday, 4 August.\n3 days to go."
    assert labels(before) == ["See the first day", "📅 All days"]
    eve = agenda_view.today(EN, SEMINAR, group="a", now=at("2025-08-03 10:00"))
    assert shown(eve).endswith("1 day to go.")
    after = agenda_view.today(EN, SEMINAR, group="a", now=at("2025-08-20 10:00"))
    assert shown(after) == "Digital & kind\nIt ended on Wednesday, 6 August. The agenda stays here for you."
    tomorrow = SEMINAR.date_of(4)
    last = agenda_view.on_date(EN, SEMINAR, tomorrow, group="a", now=at("2025-08-06 10:00"))
    assert shown(last) == "Nothing is planned then: Wednesday, 6 August is the last day."
    assert labels(last) == ["📅 All days"]


def test_today_is_the_day_where_the_seminar_is() -> None:
    # 20:00 on the 3rd in Dushanbe is midnight of the 4th in Sejong.
    midnight = at("2025-08-04 00:00").astimezone(SEMINAR.home_zone)
    assert "Day 1 of 3" in shown(agenda_view.today(EN, SEMINAR, group="a", now=midnight))


def test_all_days_are_listed_and_today_is_marked() -> None:
    screen = agenda_view.days(EN, SEMINAR, now=MORNING)
    assert "1. Monday, 4 August · First steps\n2. Tuesday, 5 August\n" in shown(screen)
    assert labels(screen) == ["• 4 August •", "5 August", "6 August"]
    assert data(screen, "5 August") == "day2:2025-08-05"
    assert "• 4 August •" not in labels(agenda_view.days(EN, SEMINAR, now=at("2025-07-01 10:00")))


def test_sixty_days_with_long_themes_fit_one_message() -> None:
    theme = text("Ҳ" * 100)
    many = replace(SEMINAR, days=tuple(replace(SEMINAR.days[1], number=n, theme=theme) for n in range(1, 61)))
    screen = agenda_view.days(EN, many, now=MORNING)
    assert units(screen) <= 4096
    assert "60. Thursday, 2 October" in shown(screen)
    assert len(labels(screen)) == 60


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", [None, "a"])
@pytest.mark.parametrize("count", [9, 14, 22, 30])
def test_the_fullest_day_fits_one_message_and_names_every_session(language: str, group: str | None, count: int) -> None:
    sessions = tuple(
        session(
            f"s{n}",
            1,
            f"{n // 2:02}:{n % 2 * 30:02}-{n // 2:02}:{n % 2 * 30 + 25:02}",
            f"{n:02}" + "😀<" * 39,
            place=f"place-{n}",
            speaker=text("&" * 100),
            note=text("<" * 300),
            groups=("a", "b"),
        )
        for n in range(count)
    )
    full = with_day(sessions)
    for screen in (
        agenda_view.day(words(language), full, 1, group=group, now=MORNING),
        agenda_view.morning(words(language), full, 1, group=group, late=True),
    ):
        assert units(screen) <= 4096
        assert screen.text.count("</") <= 100
        assert all(f"{one.start:%H:%M}–{one.end:%H:%M}" in shown(screen) for one in sessions)
        assert all(f"{n:02}😀" in shown(screen) for n in range(count))
        assert len(labels(screen)) <= 100


@pytest.mark.parametrize("seminar", [load(folder) for folder in FOLDERS], ids=lambda seminar: seminar.key)
def test_each_day_of_the_samples_fits_one_screen_and_keeps_every_detail(seminar: Seminar) -> None:
    for on, language, group in product(seminar.days, seminar.languages, [None, *(one.key for one in seminar.groups)]):
        screen = agenda_view.morning(words(language), seminar, on.number, group=group)
        assert units(screen) <= 4096
        notes = [one.note.get(language) for one in on.sessions_for(group) if one.note and not one.cancelled]
        assert all(note in shown(screen) for note in notes)
        if group or not seminar.has_groups:
            longer = (seminar.key, on.number, language) == ("sejong-2025", 3, Language.RUSSIAN)  # by a line, the date
            assert fits_screen(screen.text) or longer, (on.number, language)
            assert len(screen.rows) <= 2, (on.number, language)
