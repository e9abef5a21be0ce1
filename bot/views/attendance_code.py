"""The code of a session on an organizer's phone: what is under the picture, and what is said where there is none."""

from collections.abc import Sequence

from bot.buttons.attendance import CodeOpen, CodePage, CodeStop
from bot.i18n import Locale
from bot.mark_lines import session_hours, session_title
from bot.programme.attendance import Taken
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.attendance import Attendance

_LABEL = 30


def code(_: Locale, row: Attendance, taken: Taken, digits: str) -> Screen:
    """Under the picture: the digits once more, and what people do with them."""
    text = _(
        "🔢 <b>{digits}</b> · {hours} {title}\nPeople write these four digits to the bot, or scan the picture. "
        "There are others every half minute.",
        digits=" ".join(digits),
        hours=session_hours(taken.session),
        title=session_title(_, taken.session),
    )
    rows = [
        [CodePage(row.id).button(_.plain("🖥 A page for a projector"))],
        [CodeStop(row.id).button(_.plain("⏹ Show no code any more"))],
    ]
    return Screen(text, rows)


def ended(_: Locale) -> Screen:
    """Under the picture once no code is shown any more."""
    return Screen(_("⏹ No code is shown here any more. /code shows one while a session runs."))


def choices(_: Locale, taken: Sequence[Taken]) -> Screen:
    """Several sessions run at once: whose code?"""
    rows = [
        [
            CodeOpen(one.on.date, one.on.session).button(
                shortened(f"🔢 {one.session.start:%H:%M} {one.session.title.get(_.language)}", _LABEL)
            )
        ]
        for one in taken
    ]
    return Screen(_("🔢 Several sessions run now. The code of which one?"), rows)


def no_session(_: Locale, seminar: Seminar, coming: Taken | None) -> Screen:
    """No session that takes attendance runs; `coming` is the next one of the day."""
    if coming is None:
        return Screen(_("🔢 No session that takes attendance runs now, and none comes today. They are in /attendance."))
    return Screen(
        _(
            "🔢 The code of “{title}” can be shown from {time} on.",
            title=session_title(_, coming.session),
            time=_.time(coming.opens, seminar.zone),
        )
    )


def page_caption(_: Locale, taken: Taken) -> Screen:
    """Under the file for a projector."""
    text = _(
        "🖥 <b>{title}</b>: the codes of this session alone. Open the file on the projector's computer; it needs no "
        "network. Compare its clock with your phone: where it differs, set it on the page. Give the file to nobody.",
        title=session_title(_, taken.session),
    )
    return Screen(text)


def page_failed(_: Locale) -> Screen:
    """In place of the page, where its process was stopped."""
    return Screen(_("I could not make the page just now. Please press again in a minute; the code is above meanwhile."))


def page_is_made(_: Locale) -> str:
    """The toast while the page is made."""
    return _.plain("The page comes in a few seconds.")
