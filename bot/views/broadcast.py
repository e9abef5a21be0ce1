"""A message to many that has been sent: how far it has come."""

from collections.abc import Mapping

from bot.buttons.broadcast import BroadcastDrop
from bot.i18n import Locale
from bot.screen import Screen
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_progress import BroadcastProgress

_BAR = 10
_REASONS = 3  # of failures that are named, the most frequent first
_REASON = 200  # characters of each


def card(_: Locale, broadcast: Broadcast, progress: BroadcastProgress) -> Screen:
    """How far it has come, and in the end what became of it."""
    done = progress.total - progress.waiting
    bar = _bar(done, progress.total)
    lines: list[str] = [
        _head(_, broadcast, progress),
        _("{bar} {done} of {total}", bar=bar, done=done, total=progress.total),
    ]
    lines.append(_.plural("✅ {n} sent", "✅ {n} sent", progress.sent))
    blocked = progress.blocked + broadcast.blocked
    if blocked:
        lines.append(_.plural("🚫 {n} person has blocked the bot", "🚫 {n} people have blocked the bot", blocked))
    lines += _failures(_, progress.failed)
    if progress.stopped:
        lines.append(_.plural("⏹ {n} not sent: stopped in time", "⏹ {n} not sent: stopped in time", progress.stopped))
    rows = (
        [[BroadcastDrop(broadcast.id).button(_.plain("⏹ Stop"))]]
        if broadcast.state is BroadcastState.SENDING and progress.waiting
        else []
    )
    return Screen("\n".join(lines), rows)


def gone(_: Locale) -> str:
    """No broadcast of the reader's has that number."""
    return _.plain("That is no longer here.")


def nobody_missing(_: Locale) -> str:
    """The toast when all have answered whom one wanted to write to."""
    return _.plain("All whom I can reach have answered by now.")


def gone_already(_: Locale) -> Screen:
    """The "Cancel" of an old question, when the message was sent meanwhile."""
    return Screen(_("That message was sent in the meantime. Its card, with the numbers, is the one to look at."))


def edited_too_late(_: Locale) -> Screen:
    """The text was changed after it had gone."""
    return Screen(_("⚠️ It has been sent already, so nobody sees this change. To correct it, write again: /broadcast"))


def _head(_: Locale, broadcast: Broadcast, progress: BroadcastProgress) -> str:
    if progress.waiting:
        return _("📣 <b>Stopping …</b>") if broadcast.state is BroadcastState.STOPPED else _("📣 <b>On its way …</b>")
    if broadcast.state is BroadcastState.STOPPED:
        return _("📣 <b>Stopped</b>")
    return _("📣 <b>Sent</b>")


def _failures(_: Locale, failed: Mapping[str, int]) -> list[str]:
    if not failed:
        return []
    lines: list[str] = [_.plural("⚠️ {n} failed:", "⚠️ {n} failed:", sum(failed.values()))]
    for reason, count in sorted(failed.items(), key=lambda item: -item[1])[:_REASONS]:
        said = _.plain("it took longer than a day") if reason == "expired" else reason[:_REASON]
        lines.append(_("{n} × {reason}", n=count, reason=said))
    return lines


def _bar(done: int, total: int) -> str:
    filled = _BAR if not total else _BAR * done // total
    return "▓" * filled + "░" * (_BAR - filled)
