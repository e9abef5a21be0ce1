"""Pages of a draft to many: in which languages, when it goes, and until when it is offered to who joins later."""

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardButton

from bot.broadcast_lines import moment
from bot.buttons.broadcast import BroadcastCard, BroadcastOption, BroadcastVersion
from bot.i18n import Locale
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows
from bot.store.broadcast_draft import DraftCard

HOUR_FORMAT = "%Y%m%dT%H%M"  # in a button, where the seminar is


def languages(_: Locale, seminar: Seminar, card: DraftCard) -> Screen:
    """One message for all, or one in each language."""
    number = card.draft.id

    def version(language: str, act: str, label: str) -> InlineKeyboardButton:
        return BroadcastVersion(number, language, act).button(label)

    if not card.is_split:
        text = _(
            "🌐 All get the same message. For a message in each language, say first in which language this one is."
        )
        return Screen(
            text,
            [*in_rows([version(one.value, "is", one.own_name) for one in seminar.languages], 2), [_back(_, number)]],
        )
    known = {one.language: one for one in card.draft.versions}
    lines: list[str] = [_("🌐 <b>A message in each language</b>")]
    for language in seminar.languages:
        n = card.readers.get(language.value, 0)
        mark = "🕰" if language.value in card.older else "✅" if language.value in known else "⚠️" if n else "▫️"
        lines.append(
            _.plural(
                "{mark} {language}: {n} person",
                "{mark} {language}: {n} people",
                n,
                mark=mark,
                language=language.own_name,
            )
        )
    lines.append(_("Press a language to write in it."))
    rows = in_rows([version(one.value, "write", f"✍️ {one.own_name}") for one in seminar.languages], 2)
    if len(known) == 1:
        rows.append([version(next(iter(known)), "all", _.plain("🌐 One message for all"))])
    return Screen("\n".join(lines), [*rows, [_back(_, number)]])


def hour(_: Locale, seminar: Seminar, number: int, offered: Sequence[datetime], chosen: datetime | None) -> Screen:
    """When shall it go? `offered` are the usual hours that come next."""
    example = _example(seminar, offered)
    lines: list[str] = [_("🕘 When should it go? Or write a date and a time: <code>{example}</code>", example=example)]
    if chosen is not None:
        lines.insert(0, _("🕘 It goes: {moment}", moment=moment(_, seminar, chosen)))
    buttons = []
    for one in offered:
        here = one.astimezone(seminar.zone)
        label = f"{_.short_day(here.date())}, {_.time(one, seminar.zone)}"
        buttons.append(BroadcastOption(number, "due", here.strftime(HOUR_FORMAT)).button(label))
    now = BroadcastOption(number, "due", "now").button(_.plain("⚡️ Now"))
    return Screen("\n".join(lines), [[now], *in_rows(buttons, 2), [_back(_, number)]])


def not_an_hour(_: Locale, seminar: Seminar, number: int, offered: Sequence[datetime]) -> Screen:
    """What was written is no moment."""
    text = _(
        "I read a time only like this: <code>{example}</code> (year, month, day, and the hour at the seminar).",
        example=_example(seminar, offered),
    )
    return Screen(text, [[_back(_, number)]])


def past_hour(_: Locale, seminar: Seminar, number: int, at: datetime) -> Screen:
    """What was written has been."""
    text = _("That has passed already: {moment}. Please write a later time.", moment=moment(_, seminar, at))
    return Screen(text, [[_back(_, number)]])


def validity(_: Locale, seminar: Seminar, number: int, until: datetime | None) -> Screen:
    """Until when does it still hold for who joins later?"""
    lines: list[str] = [_("🆕 Who joins later can get it too, as long as it holds. Until when does it?")]
    if until is not None:
        lines.append(_("Now: {moment}", moment=moment(_, seminar, until)))

    def choice(value: str, label: str) -> InlineKeyboardButton:
        return BroadcastOption(number, "valid", value).button(label)

    rows = [
        [choice("today", _.plain("Today")), choice("tomorrow", _.plain("Tomorrow"))],
        [choice("end", _.plain("Seminar’s end")), choice("none", _.plain("Not for them"))],
    ]
    return Screen("\n".join(lines), [*rows, [_back(_, number)]])


def _example(seminar: Seminar, offered: Sequence[datetime]) -> str:
    at = offered[0] if offered else seminar.moment(1, seminar.hours.agenda)
    return at.astimezone(seminar.zone).strftime("%Y-%m-%d %H:%M")


def _back(_: Locale, number: int) -> InlineKeyboardButton:
    return BroadcastCard(number).button(_.plain("‹ Back"))
