"""A message to many: whom it is for, how it will look, how far it has come."""

from collections.abc import Mapping

from telegram import InlineKeyboardButton

from bot.buttons.broadcast import BroadcastAudience, BroadcastDrop, BroadcastResume, BroadcastSend
from bot.i18n import Html, Locale
from bot.programme.model import Group, Seminar
from bot.screen import Screen
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience, Reach
from bot.store.broadcast_progress import BroadcastProgress

_BAR = 10
_REASONS = 3  # of failures that are named, the most frequent first
_REASON = 200  # characters of each


def audiences(
    _: Locale, seminar: Seminar, number: int, reached: Mapping[Audience, Reach], *, nobody: bool = False
) -> Screen:
    """Who shall get it? `nobody` would get it as it was chosen before."""
    rows = [
        [BroadcastAudience(number, audience.to, audience.group).button(_button(_, seminar, audience, people))]
        for audience, people in reached.items()
    ]
    text = (
        _("📭 Nobody would get it there right now. Who else should get it?")
        if nobody
        else _("📣 <b>A message to many</b>\nWho should get it?")
    )
    return Screen(text, [*rows, [_drop(_, number)]])


def write(_: Locale, seminar: Seminar, number: int, audience: Audience, people: Reach) -> Screen:
    """What shall it say?"""
    whom = _whom(_, seminar, audience, people)
    text = _("Write it here as you want it to look: bold, italic and links stay. I will show it to you before it goes.")
    return Screen(f"{whom}\n{text}", [[_drop(_, number)]])


def message(text: str) -> Screen:
    """The message itself, as recipients see it."""
    return Screen(Html(text))


def confirm(_: Locale, seminar: Seminar, broadcast: Broadcast, audience: Audience, people: Reach) -> Screen:
    """Under the preview: with how many people it goes to, and what can be done."""
    whom = _whom(_, seminar, audience, people)
    text = _("⬆️ They will see exactly the message above. To change it, just write it again.")
    send = BroadcastSend(broadcast.id, broadcast.shown)
    label = _.plain("📣 Send to {n}", n=people.recipients)
    return Screen(f"{whom}\n{text}", [[send.button(label)], [_drop(_, broadcast.id)]])


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


def dropped(_: Locale) -> Screen:
    """A draft that was discarded."""
    return Screen(_("🗑 Discarded. Nothing was sent."))


def gone_already(_: Locale) -> Screen:
    """The "Cancel" of an old question, when the message was sent meanwhile."""
    return Screen(_("That message was sent in the meantime. Its card, with the numbers, is the one to look at."))


def lapsed(_: Locale, number: int) -> Screen:
    """Words came long after the last ones about a draft: they are not taken for its text."""
    text = _("⌛ You began a message to many, but that was a while ago, so I have not taken this as its text.")
    return Screen(text, [[_resume(_, number)], [_drop(_, number)]])


def left(_: Locale, number: int) -> Screen:
    """Something else came into the middle of a draft."""
    return Screen(_("📣 The draft of your message to many is still there."), [[_resume(_, number)], [_drop(_, number)]])


def not_text(_: Locale, number: int) -> Screen:
    """Something else than text came."""
    return Screen(
        _("A message to many can only be text, without a picture or a file. Please write it as text."),
        [[_drop(_, number)]],
    )


def too_long(_: Locale, number: int, length: int, limit: int) -> Screen:
    """The text does not fit into one message."""
    return Screen(
        _(
            "That is {length} characters, and one message holds {limit}. Please write it shorter.",
            length=length,
            limit=limit,
        ),
        [[_drop(_, number)]],
    )


def too_colourful(_: Locale, number: int, count: int, limit: int) -> Screen:
    """More marked pieces than Telegram keeps in one message."""
    text = _(
        "That has {count} marked pieces (bold, links ...), and one message keeps {limit}.", count=count, limit=limit
    )
    return Screen(text, [[_drop(_, number)]])


def edited_too_late(_: Locale) -> Screen:
    """The text was changed after it had gone."""
    return Screen(_("⚠️ It has been sent already, so nobody sees this change. To correct it, write again: /broadcast"))


def newer_preview(_: Locale) -> str:
    """The toast for a preview that another one has replaced, perhaps with another text."""
    return _.plain("There is a newer preview further down. Please use the buttons under that one.")


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


def _whom(_: Locale, seminar: Seminar, audience: Audience, people: Reach) -> str:
    n, names = people.recipients, _names(_, people)
    group = seminar.group(audience.group)
    if group is not None:
        title = group.title.get(_.language)
        line = _.plural("📣 To <b>{n} person</b> of {group}.", "📣 To <b>{n} people</b> of {group}.", n, group=title)
    elif audience.silence is not None:
        line = _.plural(
            "📣 To <b>{n} person</b> who has not answered: {names}",
            "📣 To <b>{n} people</b> who have not answered: {names}",
            n,
            names=names,
        )
    elif audience.to == "teachers":
        line = _.plural("📣 To <b>{n} teacher</b>.", "📣 To <b>all {n} teachers</b>.", n)
    else:
        line = _.plural("📣 To <b>{n} person</b>.", "📣 To <b>all {n} people</b>.", n)
    if people.blocked:
        lost = _.plural("🚫 {n} more has blocked the bot.", "🚫 {n} more have blocked the bot.", people.blocked)
        return f"{line} {lost}"
    return line


def _names(_: Locale, people: Reach) -> str:
    named, rest = ", ".join(people.names), people.recipients - len(people.names)
    return _.plain("{names} and {n} more", names=named, n=rest) if rest > 0 else named


def _button(_: Locale, seminar: Seminar, audience: Audience, people: Reach) -> str:
    group = seminar.group(audience.group)
    if group is not None:
        return _.plain("{group} ({n})", group=_short(group, _), n=people.recipients)
    if audience.to == "teachers":
        return _.plain("Teachers ({n})", n=people.recipients)
    return _.plain("Everyone ({n})", n=people.recipients)


def _short(group: Group, _: Locale) -> str:
    return group.title.get(_.language)[:30]


def _drop(_: Locale, number: int) -> InlineKeyboardButton:
    return BroadcastDrop(number).button(_.plain("✖️ Cancel"))


def _resume(_: Locale, number: int) -> InlineKeyboardButton:
    return BroadcastResume(number).button(_.plain("📣 Go on with the draft"))


def _bar(done: int, total: int) -> str:
    filled = _BAR if not total else _BAR * done // total
    return "▓" * filled + "░" * (_BAR - filled)
