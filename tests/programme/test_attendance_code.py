"""The codes of a session: others in each half minute and each session, from its secret alone."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.code_image import code_png, no_code_png
from bot.documents.qr_codes import qr_modules
from bot.phrases import code
from bot.programme import attendance_code

SECRET, OTHER = b"a" * attendance_code.SECRET_BYTES, b"b" * attendance_code.SECRET_BYTES
NOON = datetime(2025, 8, 4, 12, tzinfo=UTC)
NOW = attendance_code.window(NOON)


def test_a_window_is_half_a_minute() -> None:
    seconds = [attendance_code.window(NOON + timedelta(seconds=second)) - NOW for second in (-1, 0, 29, 30, 60)]
    assert seconds == [-1, 0, 0, 1, 2]


def test_each_window_and_each_session_has_codes_of_its_own() -> None:
    tokens = {attendance_code.token(secret, NOW + n) for secret in (SECRET, OTHER) for n in range(500)}
    assert len(tokens) == 1_000
    assert {len(token) for token in tokens} == {22}
    digits = [attendance_code.digits(SECRET, NOW + n) for n in range(500)]
    assert len(set(digits)) > 400
    assert digits != [attendance_code.digits(OTHER, NOW + n) for n in range(500)]
    assert all(len(one) == 4 and one.isdecimal() for one in digits)


def test_the_code_of_now_and_the_one_before_count() -> None:
    assert [off for off in range(-5, 6) if attendance_code.is_accepted(off)] == [0, 1]
    assert next(iter(attendance_code.nearest())) == 0


@given(st.integers(0, 9999), st.sampled_from(["", " ", "-", "\n"]), st.sampled_from([0x30, 0x660, 0x6F0, 0xFF10]))
def test_four_digits_are_read_as_people_write_them(number: int, between: str, zero: int) -> None:
    plain = f"{number:04}"
    written = between.join(chr(zero + int(digit)) for digit in plain)
    assert code(f" {written} ") == plain


def test_what_is_not_four_digits_is_no_code() -> None:
    for text in ("", "481", "48155", "4815!", "room 4815", "４８", "½481", "four"):
        assert code(text) is None


def test_the_picture_holds_the_digits_and_a_qr_code_with_its_border() -> None:
    link = "https://t.me/hamroh_seminar_bot?start=" + "a" * 22
    modules = qr_modules(link)
    assert len(modules) == 33
    assert [row[:7] for row in modules[:7]] == [
        [1, 1, 1, 1, 1, 1, 1],
        [1, 0, 0, 0, 0, 0, 1],
        [1, 0, 1, 1, 1, 0, 1],
        [1, 0, 1, 1, 1, 0, 1],
        [1, 0, 1, 1, 1, 0, 1],
        [1, 0, 0, 0, 0, 0, 1],
        [1, 1, 1, 1, 1, 1, 1],
    ]
    assert code_png("4815", link) != code_png("4816", link)
    assert code_png("4815", link).startswith(b"\x89PNG")
    assert len(code_png("4815", link)) < 20_000
    assert no_code_png().startswith(b"\x89PNG")
