"""The card of a broadcast that was confirmed: how far it has come, what can be done, and what became of that."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from html import escape
from types import MappingProxyType
from typing import Final

from telegram import InlineKeyboardButton

from bot.broadcast_lines import short
from bot.buttons.broadcast import BroadcastGotIt
from bot.buttons.broadcast_card import (
    BroadcastAct,
    BroadcastCorrect,
    BroadcastShow,
)
from bot.i18n import Html, Locale
from bot.languages import Language
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Rows, Screen, page_row
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_progress import DELETABLE_FOR, BroadcastProgress, ChangeProgress, Unconfirmed

_BAR = 10
_REASONS = 3  # of failures that are named, the most frequent first
_REASON = 200  # characters of each
_NAME: Final = 60
_SOON: Final = timedelta(seconds=10)  # less is not worth a line
_STALLED: Final = timedelta(seconds=30)  # without a message that left nothing is said of the time that is left
_ENDED: Final = frozenset({BroadcastState.TAKEN_BACK, BroadcastState.STOPPED})


def card(
    _: Locale,
    seminar: Seminar,
    broadcast: Broadcast,
    progress: BroadcastProgress,
    now: datetime,
    unserved: Mapping[str, int] = MappingProxyType({}),
) -> Screen:
    """How far it has come, and in the end what became of it.

    `unserved`: how many have got it who read a language without a version.
    """
    done = progress.total - progress.waiting
    lines: list[str] = [_head(_, broadcast, progress), *_about(_, seminar, broadcast, progress)]
    lines.append(_("{bar} {done} of {total}", bar=_bar(done, progress.total), done=done, total=progress.total))
    lines.append(_.plural("✅ {n} sent", "✅ {n} sent", progress.sent))
    lines += _unserved(_, broadcast, unserved)
    if broadcast.options.confirmable:
        lines.append(_("👍 Got it: {n} of {m}", n=progress.confirmed, m=progress.sent))
    blocked = progress.blocked + broadcast.blocked
    if blocked:
        lines.append(_.plural("🚫 {n} person has blocked the bot", "🚫 {n} people have blocked the bot", blocked))
    lines += _failures(_, progress.failed)
    if progress.stopped:
        lines.append(_.plural("⏹ {n} not sent: stopped in time", "⏹ {n} not sent: stopped in time", progress.stopped))
    lines += _left(_, progress, now)
    if progress.correction is not None:
        lines += _correction(_, progress.correction)
    lines += _older(_, broadcast)
    if progress.deletion is not None:
        lines += _deletion(_, progress.deletion)
    return Screen("\n".join(lines), _rows(_, broadcast, progress, now))


def sure(_: Locale, broadcast: Broadcast, progress: BroadcastProgress, now: datetime) -> Screen:
    """Shall it really be taken back?"""
    text = _.plural(
        "🗑 Take it back? The message will disappear from {n} phone. This cannot be undone.",
        "🗑 Take it back? The message will disappear from {n} phones. This cannot be undone.",
        progress.sent,
    )
    lines: list[str] = [text]
    if progress.waiting:
        lines.append(_("What has not left yet will not be sent."))
    if not _is_deletable(broadcast, now):
        lines.append(_("⚠️ Telegram deletes only messages younger than 48 hours: what arrived before that stays."))
    yes = BroadcastAct(broadcast.id, "delete").button(_.plain("🗑 Yes, take it back"))
    return Screen("\n".join(lines), [[yes], [_back(_, broadcast)]])


def versions(_: Locale, broadcast: Broadcast) -> Screen:
    """Which of its versions shall be corrected?"""
    rows = [
        [BroadcastCorrect(broadcast.id, one.language).button(Language(one.language).own_name)]
        for one in broadcast.versions
        if one.language
    ]
    return Screen(_("✏️ Which language should be corrected?"), [*rows, [_back(_, broadcast)]])


def unconfirmed(_: Locale, broadcast: Broadcast, missing: Unconfirmed) -> Screen:
    """Who has got it and has not pressed that they have."""
    head = _.plural(
        "👥 <b>{n} person has not pressed Got it yet</b>",
        "👥 <b>{n} people have not pressed Got it yet</b>",
        missing.total,
    )
    names = [Html(f"• {escape(shortened(one, _NAME) or '—', quote=False)}") for one in missing.names]
    rows = [[BroadcastAct(broadcast.id, "write").button(_.plain("📣 Write to them"))]] if missing.total else []
    turns = page_row(_, missing.page, missing.pages, lambda page: BroadcastShow(broadcast.id, "unconfirmed", page))
    if turns:
        rows.append(turns)
    return Screen("\n".join([head, *names]), [*rows, [_back(_, broadcast)]])


def done_by_other(_: Locale, broadcast: Broadcast, act: str, name: str) -> Screen:
    """What another organizer has done to a broadcast of the reader's."""
    said = {
        "paused": _("⏸ {name} has paused your message to many.", name=name),
        "resumed": _("▶️ {name} lets your message to many go on.", name=name),
        "stopped": _("⏹ {name} has stopped your message to many.", name=name),
        "corrected": _("✏️ {name} has corrected your message to many.", name=name),
        "taken_back": _("🗑 {name} has taken your message to many back.", name=name),
        "missed": _(
            "⌛ Your scheduled message to many was not sent: the bot was not running when it should have gone, nor "
            "within a day after that."
        ),
        "dropped": _("🗑 {name} has dropped your scheduled message to many. Nothing was sent.", name=name),
    }
    if act == "dropped":
        return Screen(said[act])
    rows = [[BroadcastShow(broadcast.id, "card", 0).button(_.plain("📣 Its card"))]]
    return Screen(said.get(act, said["corrected"]), rows)


def confirmed_button(_: Locale, number: int) -> Rows:
    """What stands under the message of a reader who has got it."""
    return [[BroadcastGotIt(number).button("✅")]]


def thanks(_: Locale) -> str:
    """The toast for who has pressed that they have got it."""
    return _.plain("Thank you. The organizers see it.")


def all_confirmed(_: Locale) -> str:
    """The toast where there is nobody to write to who has not confirmed."""
    return _.plain("All whom I can reach have pressed it by now.")


def taken_back_meanwhile(_: Locale) -> str:
    """The toast under a message that was taken back."""
    return _.plain("This message was taken back.")


def too_late(_: Locale) -> str:
    """The toast where something else has happened to it meanwhile."""
    return _.plain("That is not possible any more. The card shows how it stands.")


def _head(_: Locale, broadcast: Broadcast, progress: BroadcastProgress) -> str:
    if broadcast.state is BroadcastState.TAKEN_BACK:
        is_over = progress.deletion is None or not progress.deletion.waiting
        return _("📣 <b>Taken back</b>") if is_over else _("📣 <b>Being taken back …</b>")
    if progress.waiting and broadcast.state is not BroadcastState.STOPPED:
        return _("📣 <b>Paused</b>") if broadcast.paused_at else _("📣 <b>On its way …</b>")
    if broadcast.state is BroadcastState.STOPPED:
        return _("📣 <b>Stopping …</b>") if progress.waiting else _("📣 <b>Stopped</b>")
    return _("📣 <b>Sent</b>") if progress.sent or progress.deletion else _("📣 <b>Sent to nobody</b>")


def _about(_: Locale, seminar: Seminar, broadcast: Broadcast, progress: BroadcastProgress) -> list[str]:
    said: list[str] = []
    if broadcast.audience is not None:
        said.append(short(_, seminar, broadcast.audience))
    if progress.author:
        said.append(shortened(progress.author, _NAME))
    return [Html(escape(" · ".join(said), quote=False))] if said else []


def _left(_: Locale, progress: BroadcastProgress, now: datetime) -> list[str]:
    if progress.left is None or progress.last_sent is None or now - progress.last_sent > _STALLED:
        return []
    if progress.left < _SOON:
        return []
    minutes = round(progress.left.total_seconds() / 60)
    if minutes < 1:
        return [_("⏳ Less than a minute left")]
    return [_.plural("⏳ About {n} minute left", "⏳ About {n} minutes left", minutes)]


def _correction(_: Locale, change: ChangeProgress) -> list[str]:
    if change.waiting:
        return [_("✏️ Being corrected: {n} changed so far", n=change.done)]
    lines: list[str] = [_.plural("✏️ Corrected on {n} phone", "✏️ Corrected on {n} phones", change.done)]
    return lines + _reasons(_, change.failed)


def _deletion(_: Locale, change: ChangeProgress) -> list[str]:
    lines: list[str] = [_.plural("🗑 Deleted on {n} phone", "🗑 Deleted on {n} phones", change.done)]
    lost = sum(change.failed.values())
    if lost:
        lines.append(_.plural("⚠️ {n} could not be deleted:", "⚠️ {n} could not be deleted:", lost))
    return lines + _reasons(_, change.failed)


def _older(_: Locale, broadcast: Broadcast) -> list[str]:
    newest = max((one.edition for one in broadcast.versions), default=0)
    older = [one.language for one in broadcast.versions if one.language and one.edition < newest]
    if not older or broadcast.taken_back_at is not None:
        return []
    names = ", ".join(Language(one).own_name for one in older)
    return [_("🕰 Older than the last change: {languages}", languages=names)]


def _unserved(_: Locale, broadcast: Broadcast, unserved: Mapping[str, int]) -> list[str]:
    """Whose language had no version, with what they have got instead: also who came after it was scheduled."""
    lines: list[str] = []
    for language, n in unserved.items():
        version = broadcast.version_for(language)
        if version is not None and version.language not in {"", language}:
            own, other = Language(language).own_name, Language(version.language).own_name
            got = _.plural(
                "↪️ {language}: {n} person got {other}.",
                "↪️ {language}: {n} people got {other}.",
                n,
                language=own,
                other=other,
            )
            lines.append(got)
    return lines


def _failures(_: Locale, failed: Mapping[str, int]) -> list[str]:
    if not failed:
        return []
    lines: list[str] = [_.plural("⚠️ {n} failed:", "⚠️ {n} failed:", sum(failed.values()))]
    return lines + _reasons(_, failed)


def _reasons(_: Locale, failed: Mapping[str, int]) -> list[str]:
    """The most frequent reasons in words, those that are said alike together."""
    said: dict[str, int] = {}
    for reason, count in failed.items():
        words = _reason(_, reason)
        said[words] = said.get(words, 0) + count
    most = sorted(said.items(), key=lambda item: -item[1])[:_REASONS]
    return [_("{n} × {reason}", n=count, reason=words) for words, count in most]


def _reason(_: Locale, error: str) -> str:
    known = {
        "expired": _.plain("it took longer than a day"),
        "unreachable": _.plain("has blocked the bot"),
        "message to copy not found": _.plain("the message that was to be copied has been deleted"),
        "paused": _.plain("messages to them are paused"),
        "left": _.plain("has left"),
        "not a member": _.plain("has left"),
        "no message to change": _.plain("it had not arrived"),
        "unknown": _.plain("nobody knows whether it arrived"),
        "message to edit not found": _.plain("deleted by its reader"),
        "can't be deleted": _.plain("older than 48 hours"),
        "can't be edited": _.plain("Telegram does not change it any more"),
        "voice_messages_forbidden": _.plain("takes no voice messages"),
        "not found": _.plain("the account is gone"),
        "deactivated": _.plain("the account is gone"),
    }
    lowered = error.lower()
    return next((words for part, words in known.items() if part in lowered), error[:_REASON])


def _rows(_: Locale, broadcast: Broadcast, progress: BroadcastProgress, now: datetime) -> Rows:
    number, rows = broadcast.id, []
    if broadcast.state is BroadcastState.SENDING and progress.waiting:
        go_on = (
            BroadcastAct(number, "resume").button(_.plain("▶️ Go on"))
            if broadcast.paused_at
            else BroadcastAct(number, "pause").button(_.plain("⏸ Pause"))
        )
        rows.append([go_on, BroadcastAct(number, "stop").button(_.plain("⏹ Stop"))])
    changes: list[InlineKeyboardButton] = []
    if broadcast.versions and broadcast.state is not BroadcastState.TAKEN_BACK:
        changes.append(BroadcastShow(number, "correct", 0).button(_.plain("✏️ Correct")))
        if _is_deletable(broadcast, now):
            changes.append(BroadcastShow(number, "sure", 0).button(_.plain("🗑 Take back")))
        rows.append(changes)
    last = [BroadcastAct(number, "words").button(_.plain("👁 What it says"))] if broadcast.versions else []
    if broadcast.options.confirmable and not broadcast.taken_back_at and progress.sent > progress.confirmed:
        last.append(BroadcastShow(number, "unconfirmed", 0).button(_.plain("👥 Who has not")))
    if last:
        rows.append(last)
    return rows


def _is_deletable(broadcast: Broadcast, now: datetime) -> bool:
    began = broadcast.options.due_at or broadcast.confirmed_at
    return began is not None and now < began + DELETABLE_FOR


def _back(_: Locale, broadcast: Broadcast) -> InlineKeyboardButton:
    return BroadcastShow(broadcast.id, "card", 0).button(_.plain("⬅️ Back"))


def _bar(done: int, total: int) -> str:
    filled = _BAR if not total else _BAR * done // total
    return "▓" * filled + "░" * (_BAR - filled)
