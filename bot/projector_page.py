"""The page for a projector: one file that shows the code of now without a network, for one session alone.

It holds the digits and QR codes of every window of the session, ready made. Which is the one of now it knows from the
computer's clock, which it shows as large as it can; where that is wrong it is set on the page, for the page alone:
school computers let nobody change their clock.
"""

from collections.abc import Mapping
from datetime import date
from html import escape
from importlib import resources

import orjson

from bot.i18n import Locale
from bot.programme import attendance_code
from bot.programme.attendance import Taken
from bot.programme.model import Seminar


def links(taken: Taken, secret: bytes, username: str) -> list[str]:
    """The address of each window of a session, for `projector_page`."""
    windows = attendance_code.windows(taken.opens, taken.ends)
    return [link(username, attendance_code.token(secret, number)) for number in windows]


def projector_page(
    _: Locale, seminar: Seminar, taken: Taken, secret: bytes, *, username: str, codes: Mapping[str, object]
) -> bytes:
    """The page as UTF-8. `codes` are those of `links`, as `bot.documents.qr_codes` packs them."""
    windows = attendance_code.windows(taken.opens, taken.ends)
    data = {
        "first": windows.start,
        "seconds": attendance_code.WINDOW_SECONDS,
        "digits": [attendance_code.digits(secret, number) for number in windows],
        **codes,
        "opens": int(taken.opens.timestamp()),
        "ends": int(taken.ends.timestamp()),
        "openClock": _.time(taken.opens, seminar.zone),
        "zone": seminar.zone.key,
        "days": {day.isoformat(): _.short_day(day) for day in _days(seminar, taken)},
        "words": {
            "early": _.plain("The first code comes at {time}.", time=_.time(taken.opens, seminar.zone)),
            "over": _.plain("This session is over."),
        },
    }
    title = escape(taken.session.title.get(_.language))
    put = {
        "LANGUAGE": _.language,
        "TITLE": title,
        "HOURS": f"{taken.session.start:%H:%M}–{taken.session.end:%H:%M}",
        "WRITE": escape(_.plain("Write these digits to @{name}, or scan:", name=username)),
        "COMPARE": escape(_.plain("Compare with your phone:")),
        "WRONG": escape(_.plain("The clock is wrong")),
        "ASK": escape(_.plain("Type what your phone shows, and press the button when its minute changes:")),
        "NOW": escape(_.plain("The minute is now")),
        # Nothing in the data ends the script that holds it.
        "DATA": orjson.dumps(data).decode().replace("<", "\\u003c"),
    }
    page = resources.files("bot").joinpath("projector_page.html").read_text("utf-8")
    for name, text in put.items():
        page = page.replace(f"[[{name}]]", text)
    return page.encode()


def _days(seminar: Seminar, taken: Taken) -> set[date]:
    """The dates of a session: two where it goes on over midnight."""
    return {moment.astimezone(seminar.zone).date() for moment in (taken.opens, taken.ends)}


def link(username: str, token: str) -> str:
    """The address behind a QR code."""
    return f"https://t.me/{username}?start={token}"
