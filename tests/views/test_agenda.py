"""The agenda as teachers read it."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.languages import LANGUAGES
from bot.programme.loading import load
from bot.views import agenda as agenda_view
from tests.views.samples import SEMINAR, at, data, labels, session, shown, text, units, with_day, words

FOLDER = Path(__file__).parents[2] / "seminars" / "sejong-2025"
EN = words()
MORNING = at("2025-08-04 06:00")


def test_a_session_shows_local_and_home_time_place_speaker_and_note() -> None:
    said = shown(agenda_view.day(EN, SEMINAR, 1, group="a", now=MORNING))
    assert "Monday, 4 August · day 1 of 3\nFirst steps\nTimes are local; in brackets: Dushanbe." in said
    assert "🎓 09:00–10:30 (05:00–06:30) · next\nOpening & welcome\n📍 City hall <3 · 👤 Kim Minsu\n" in said
    assert "11:00–12:30 (07:00–08:30)\nTablets\nBring a pen" in said


def test_home_time_is_left_out_where_it_is_the_same() -> None:
    said = shown(agenda_view.day(EN, replace(SEMINAR, home_zone=ZoneInfo("Asia/Tokyo")), 1, group="a", now=MORNING))
    assert "09:00–10:30 · next" in said
    assert "brackets" not in said


def test_home_time_says_its_date_where_that_differs() -> None:
    assert "02:00–03:30 (5 August, 22:00–23:30)" in shown(agenda_view.day(EN, SEMINAR, 3, group="a", now=MORNING))


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
    assert "09:00–10:30 (05:00–06:30) · ▶️ now" in said
    assert "11:00–12:30 (07:00–08:30) · next" in said
    said = shown(agenda_view.day(EN, SEMINAR, 1, group="a", now=at("2025-08-04 10:30")))
    assert "now" not in said


def test_sessions_at_the_same_time_are_both_next() -> None:
    said = shown(agenda_view.day(EN, SEMINAR, 1, group=None, now=at("2025-08-04 10:45")))
    assert said.count("· next") == 2


def test_another_day_has_no_marks() -> None:
    assert "next" not in shown(agenda_view.day(EN, SEMINAR, 3, group="a", now=MORNING))


def test_a_cancelled_session_says_so_and_is_never_next() -> None:
    screen = agenda_view.day(EN, SEMINAR, 1, group="a", now=at("2025-08-04 13:00"))
    assert "❌ 14:00–15:00\nMuseum · cancelled" in shown(screen)
    assert "next" not in shown(screen)


def test_the_evening_says_what_comes_tomorrow() -> None:
    late = agenda_view.day(EN, SEMINAR, 1, group="a", now=at("2025-08-04 12:30"))
    assert "That was all for today." in shown(late)
    assert "Tomorrow at" not in shown(late)
    off = session("off", 2, "08:00-09:00", cancelled=True)
    walk = session("walk", 2, "09:30-10:00", "A walk")
    busy = replace(SEMINAR, days=(SEMINAR.days[0], replace(SEMINAR.days[1], sessions=(off, walk)), SEMINAR.days[2]))
    late = agenda_view.day(EN, busy, 1, group="a", now=at("2025-08-04 12:30"))
    assert "That was all for today. Tomorrow at 09:30: A walk." in shown(late)
    last = agenda_view.day(EN, SEMINAR, 3, group="a", now=at("2025-08-06 04:00"))
    assert "That was all for today." in shown(last)


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
    assert said.startswith("☀️ Good morning! Here is today:\n\nMonday, 4 August")
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
    assert "day 1 of 3" in shown(agenda_view.today(EN, SEMINAR, group="a", now=midnight))


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_seminar_keeps_every_detail(language: str) -> None:
    seminar = load(FOLDER)
    _ = words(language)
    for on in seminar.days:
        for group in (None, *(group.key for group in seminar.groups)):
            screen = agenda_view.morning(_, seminar, on.number, group=group)
            assert units(screen) <= 4096
            notes = [one.note.get(language) for one in on.sessions_for(group) if one.note and not one.cancelled]
            assert all(note in shown(screen) for note in notes)
