"""What a seminar answers about its days, moments and groups."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.languages import Localized
from bot.programme import Seminar, load, summary
from tests.programme import pictures, small


@pytest.fixture
def seminar(tmp_path: Path) -> Seminar:
    return load(small.write(tmp_path))


def test_days_are_dates_and_back(seminar: Seminar) -> None:
    assert (seminar.first, seminar.last, seminar.days_count) == (date(2025, 8, 4), date(2025, 8, 6), 3)
    assert seminar.date_of(3) == date(2025, 8, 6)
    assert seminar.day_number_on(date(2025, 8, 6)) == 3
    assert seminar.day_number_on(date(2025, 8, 3)) is None
    assert seminar.day_number_on(date(2025, 8, 7)) is None
    second = seminar.day(seminar.day_number_on(date(2025, 8, 5)) or 0)
    assert second is not None
    assert second.number == 2
    assert seminar.day_number_on(date(2025, 8, 7)) is None
    assert seminar.day(0) is None
    assert seminar.day(4) is None


def test_today_is_the_date_where_the_seminar_is(seminar: Seminar) -> None:
    late = datetime(2025, 8, 4, 14, 59, tzinfo=UTC)
    assert seminar.today(late) == date(2025, 8, 4)
    assert seminar.today(late.replace(hour=15, minute=0)) == date(2025, 8, 5)
    with pytest.raises(ValueError, match="naive"):
        seminar.today(datetime(2025, 8, 4))  # noqa: DTZ001  # naive on purpose


def test_another_first_day_moves_everything(seminar: Seminar, tmp_path: Path) -> None:
    moved = load(tmp_path, starts_on=date(2027, 3, 1))
    assert moved == seminar.moved(date(2027, 3, 1))
    assert moved.moment(1, time(9)) == datetime(2027, 3, 1, 0, 0, tzinfo=UTC)
    assert (moved.first, moved.last) == (date(2027, 3, 1), date(2027, 3, 3))
    assert moved.days == seminar.days


def test_moments_follow_the_clocks_of_a_zone_with_summer_time(seminar: Seminar) -> None:
    berlin = replace(seminar, zone=ZoneInfo("Europe/Berlin")).moved(date(2025, 3, 29))
    assert berlin.moment(1, time(9)) == datetime(2025, 3, 29, 8, 0, tzinfo=UTC)
    assert berlin.moment(2, time(9)) == datetime(2025, 3, 30, 7, 0, tzinfo=UTC)
    # 02:30 does not exist on the night of the change: it is half an hour after what was 02:00
    assert berlin.moment(2, time(2, 30)) == datetime(2025, 3, 30, 1, 30, tzinfo=UTC)
    # 02:30 comes twice in October: the first one counts
    autumn = berlin.moved(date(2025, 10, 26))
    assert autumn.moment(1, time(2, 30)) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_things_are_found_by_key_or_not_at_all(seminar: Seminar) -> None:
    visit, lesson, group, page = (
        seminar.session("visit"),
        seminar.lesson("words"),
        seminar.group("red"),
        seminar.info_page("money"),
    )
    assert visit is not None
    assert visit.title.get("en") == "Visit"
    assert lesson is not None
    assert lesson is seminar.lesson_of_day(1)
    assert group is not None
    assert page is not None
    assert seminar.session("gone") is None
    assert seminar.lesson("gone") is None
    assert seminar.lesson_of_day(2) is None
    assert seminar.group("gone") is None
    assert seminar.info_page("gone") is None
    question = lesson.question("first")
    assert question is not None
    assert question.right == 0
    assert lesson.question("gone") is None


def test_a_group_sees_its_own_sessions_and_everyones(seminar: Seminar) -> None:
    first = seminar.day(1)
    assert first is not None
    assert [session.key for session in first.sessions_for("red")] == ["opening", "visit"]
    assert [session.key for session in first.sessions_for("blue")] == ["opening", "talk"]
    assert [session.key for session in first.sessions_for(None)] == ["opening", "visit", "talk"]


def test_sessions_come_in_order_of_their_start_wherever_they_stand(tmp_path: Path) -> None:
    text = small.PROGRAMME.replace("09:00", "14:00").replace("10:30", "15:00")
    first = load(small.write(tmp_path, **{"programme.yaml": text})).day(1)
    assert first is not None
    assert [session.key for session in first.sessions] == ["visit", "talk", "opening"]


def test_a_cancelled_session_stays_in_the_programme_and_frees_its_time(tmp_path: Path) -> None:
    text = small.PROGRAMME.replace("groups: [red]", "cancelled: true")
    seminar = load(small.write(tmp_path, **{"programme.yaml": text}))
    visit = seminar.session("visit")
    assert visit is not None
    assert visit.cancelled
    assert "Visit (cancelled)" in summary(seminar)


def test_a_departure_says_from_where(tmp_path: Path) -> None:
    text = small.PROGRAMME.replace("groups: [red]", "place: hall\n        departure: true\n        groups: [red]")
    seminar = load(small.write(tmp_path, **{"programme.yaml": text}))
    visit = seminar.session("visit")
    assert visit is not None
    assert visit.departure
    assert "Visit @ Hall [Red] (departure)" in summary(seminar)


def test_attendance_is_taken_where_the_folder_says_so(tmp_path: Path) -> None:
    text = small.PROGRAMME.replace("groups: [red]", "attendance: true\n        groups: [red]")
    seminar = load(small.write(tmp_path, **{"programme.yaml": text}))
    assert [one.key for one in seminar.days[0].sessions if one.attendance] == ["visit"]
    assert "Visit [Red] (attendance)" in summary(seminar)


def test_a_language_that_is_missing_falls_back_to_english() -> None:
    text = Localized({"en": "Hall", "ko": "강당", "tg": ""})
    assert [text.get(language) for language in ("ko", "tg", "xx")] == ["강당", "Hall", "Hall"]


def test_block_texts_keep_their_lines_and_no_end_of_line(seminar: Seminar) -> None:
    lesson = seminar.lesson("words")
    assert lesson is not None
    assert lesson.cards[1].text.get("en") == "First line\nSecond <b>line</b>"


def test_quotes_crlf_and_a_byte_order_mark_change_nothing(seminar: Seminar, tmp_path: Path) -> None:
    for name, text in small.FILES.items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(tmp_path) == seminar
    quoted = small.PROGRAMME.replace("start: 09:00", 'start: "09:00"')
    assert load(small.write(tmp_path, **{"programme.yaml": quoted})) == seminar


def test_a_card_may_have_a_picture_of_the_folder(tmp_path: Path) -> None:
    text = small.LESSON.replace("    ko: 이름\nquiz", "    ko: 이름\n    photo: pictures/one.jpg\nquiz")
    folder = small.write(tmp_path, **{"lessons/01-words.yaml": text})
    (folder / "pictures").mkdir()
    (folder / "pictures/one.jpg").write_bytes(pictures.jpeg(640, 480))
    lesson = load(folder).lesson("words")
    assert lesson is not None
    assert [card.photo for card in lesson.cards] == [None, folder / "pictures/one.jpg"]


def test_the_summary_says_what_was_read(seminar: Seminar) -> None:
    text = summary(seminar)
    assert "Sejong, 2025-08-04 to 2025-08-06, 3 days" in text
    assert "Day 1 · Mon 2025-08-04 · First" in text
    assert "  09:00-10:30  lecture      Opening @ Hall" in text
    assert "  11:00-12:00  school_visit Visit [Red]" in text
    assert "  lesson       Words (5 min, 2 cards, 1 question)" in text
    assert "Day 2 · Tue 2025-08-05\n  free" in text
    assert text.endswith("3 sessions, 1 lesson, 1 place, 1 contact, 1 page of information")
    assert "Имя" in summary(seminar, "ru")
