"""A draft of the programme: what it changes, whom that is told, publishing it, and the versions before."""

from collections.abc import Mapping, Sequence

from telegram import InlineKeyboardButton

from bot.buttons.programme import (
    ProgrammeBringBack,
    ProgrammeConfirm,
    ProgrammeDays,
    ProgrammeDraft,
    ProgrammeDrop,
    ProgrammeHistory,
    ProgrammeLeaveOffer,
    ProgrammePublish,
    ProgrammeRebase,
    ProgrammeTakeOffer,
    ProgrammeVersion,
)
from bot.buttons.programme_change import ChangeUnseen
from bot.change_lines import change_text
from bot.i18n import Locale
from bot.languages import Localized
from bot.programme.differences import Difference
from bot.programme.draft_warnings import DraftWarnings
from bot.programme.markup import shortened
from bot.programme.model import Seminar, Session
from bot.screen import Screen
from bot.session_lines import clock
from bot.store.programme import Source, Version
from bot.store.programme_notice import Reach

_REASON, _SHORT, _DOUBTS = 300, 60, 4

Row = list[InlineKeyboardButton]


def nothing(_: Locale) -> Screen:
    """There is no draft."""
    return Screen(_("Nothing is changed and unpublished."), [[_to_days(_)]])


def draft(_: Locale, seminar: Seminar, differences: Sequence[Difference], mark: str) -> Screen:
    """What an organizer has changed in `seminar`, and not published."""
    text = change_text(_, seminar, differences, head=[_("📝 <b>Your draft</b>"), _unseen(_)], groups=True)
    publish = ProgrammeConfirm().button(_.plain("📣 Publish …"))
    return Screen(text, [[publish], [_drop(_, mark)], [_to_days(_)]])


def stale(
    _: Locale, seminar: Seminar, published: Sequence[Difference], mark: str, newest: Version, *, changed: int
) -> Screen:
    """Somebody has published since the draft was started: what that changed in `seminar`, and what can be done."""
    who = newest.author or _.plain("Somebody")
    head = [
        _("⚠️ <b>{name} has published since you began</b>", name=who),
        _("Your draft is kept, and nothing of theirs is overwritten. This is new:"),
    ]
    ask = _.plural("Put your {n} change on top of it?", "Put your {n} changes on top of it?", changed)
    text = change_text(_, seminar, published, head=head, tail=[ask], groups=True)
    on_top = ProgrammeRebase(mark, newest.number).button(_.plain("⤴️ Put mine on top"))
    return Screen(text, [[on_top], [_drop(_, mark)], [_to_days(_)]])


def confirm(
    _: Locale,
    seminar: Seminar,
    differences: Sequence[Difference],
    mark: str,
    base: int,
    *,
    doubts: DraftWarnings,
    reach: Reach,
    reason: Mapping[str, str],
) -> Screen:
    """What publishing does, what is doubtful of it, whom it is told, and the question why."""
    tail: list[str] = [*_doubts(_, doubts), _whom(_, reach)]
    if why := _why(_, reason):
        tail += [_("💬 {reason}", reason=why), _("Another reason? Write it. Otherwise publish.")]
    else:
        tail.append(_("Why? Write a few words, and people read them in the notice. Or publish without."))
        if len(seminar.languages) > 1:
            codes = " ".join(f"{code.value}: …" for code in seminar.languages)
            tail.append(_("<i>In one language, or a line for each: {lines}</i>", lines=codes))
    text = change_text(_, seminar, differences, head=[_("📣 <b>Publish this?</b>")], tail=tail, groups=True)
    publish = ProgrammePublish(mark, base).button(_.plain("✅ Publish"))
    return Screen(text, [[publish], [ProgrammeDraft().button(_.plain("‹ Back to the draft"))]])


def published(_: Locale, seminar: Seminar, differences: Sequence[Difference], version: Version, reach: Reach) -> Screen:
    """It is the running version now."""
    head = [_("✅ <b>Version {n} is published</b>", n=version.number)]
    tail = [_whom(_, reach)]
    if why := _why(_, version.reason):
        tail.append(_("💬 {reason}", reason=why))
    text = change_text(_, seminar, differences, head=head, tail=tail, groups=True)
    return Screen(text, [*_unseen_row(_, version, reach), [_to_days(_)]])


def history(_: Locale, lines: Sequence[str], versions: Sequence[Version], *, more: bool) -> Screen:
    """The versions, the newest first; `lines` say when each was published and by whom."""
    text: list[str] = [_("🕘 <b>Versions of the programme</b>")]
    for line, version in zip(lines, versions, strict=True):
        why = _why(_, version.reason)
        text += ["", line, *([_("💬 {reason}", reason=shortened(why, _SHORT))] if why else [])]
        if version.restores is not None:
            text.append(_("↩️ brings back version {n}", n=version.restores))
    buttons = [ProgrammeVersion(one.number).button(f"{one.number}") for one in versions]
    rows = [buttons[first : first + 5] for first in range(0, len(buttons), 5)]
    if more:
        rows.append([ProgrammeHistory(versions[-1].number).button(_.plain("Older ones ›"))])
    return Screen("\n".join(text), [*rows, [_to_days(_)]])


def version(
    _: Locale,
    seminar: Seminar,
    line: str,
    one: Version,
    changed: Sequence[Difference],
    *,
    back: Sequence[Difference] | None,
) -> Screen:
    """What a version changed, and (unless it runs) how much bringing it back would change: `back`."""
    head = [f"🕘 {line}"]
    if why := _why(_, one.reason):
        head.append(_("💬 {reason}", reason=why))
    if not changed:
        head.append(_("It is where the programme begins."))
    tail: list[str] = []
    rows: list[Row] = []
    if back is None:
        tail.append(_("▶️ It is the one that runs."))
    elif not back:
        tail.append(_("The programme is the same as then."))
    else:
        tail.append(
            _.plural(
                "Bringing it back changes {n} thing. You see it before you publish.",
                "Bringing it back changes {n} things. You see them before you publish.",
                len(back),
            )
        )
        rows.append([ProgrammeBringBack(one.number).button(_.plain("↩️ Bring it back"))])
    if one.source is not Source.FOLDER or one.author:
        rows.append([ChangeUnseen(one.number, 0).button(_.plain("👀 Who has seen it"))])
    text = change_text(_, seminar, changed, head=head, tail=tail, groups=True)
    older = ProgrammeHistory(one.number + 6).button(_.plain("🕘 Versions"))
    return Screen(text, [*rows, [older, _to_days(_)]])


def offer(_: Locale, seminar: Seminar, differences: Sequence[Difference], mark: str) -> Screen:
    """What the folder holds that does not run."""
    head = [
        _("📁 <b>The seminar's folder was changed on the computer</b>"),
        _("What was published here still runs. Taking it makes a draft, which you see before you publish."),
    ]
    text = change_text(_, seminar, differences, head=head, groups=True)
    take = ProgrammeTakeOffer(mark).button(_.plain("📝 Make it a draft"))
    leave = ProgrammeLeaveOffer(mark).button(_.plain("Leave it"))
    return Screen(text, [[take], [leave], [_to_days(_)]])


def no_offer(_: Locale) -> str:
    """The toast of a button about what the folder does not offer any more."""
    return _.plain("The folder offers nothing else any more.")


def draft_first(_: Locale) -> str:
    """The toast: there is a draft already."""
    return _.plain("You have a draft. Publish it or throw it away first.")


def draft_changed(_: Locale) -> str:
    """The toast of a button under a draft from before."""
    return _.plain("Your draft is another by now. Here it is.")


def dropped(_: Locale) -> str:
    """The toast after throwing a draft away."""
    return _.plain("Your draft is thrown away. Nobody has seen it.")


def lapsed(_: Locale) -> Screen:
    """Words that came too late for the question why."""
    text = _("Was that the reason for your changes? They are not published yet. Open the draft, and write it again.")
    return Screen(text, [[ProgrammeDraft().button(_.plain("📝 Open the draft"))]])


def _doubts(_: Locale, doubts: DraftWarnings) -> list[str]:
    """What is probably not meant, the most of it in so many lines as can be read."""
    lines: list[str] = [
        _("⚠️ At the same time: {one} and {other}.", one=_called(_, one), other=_called(_, other))
        for one, other in doubts.overlaps
    ]
    lines += [_("⚠️ Over already: {session}.", session=_called(_, one)) for one in doubts.past]
    lines += [
        _("⚠️ Before it is known who is missing: {session}. Change the hours of that day?", session=_called(_, one))
        for one in doubts.early
    ]
    more = len(lines) - _DOUBTS
    return [
        *lines[:_DOUBTS],
        *([_.plural("⚠️ … and {n} doubt more.", "⚠️ … and {n} doubts more.", more)] if more > 0 else []),
    ]


def _called(_: Locale, one: Session) -> str:
    return f"{clock(one.start)}–{clock(one.end)} {shortened(one.title.get(_.language), _SHORT)}"


def _whom(_: Locale, reach: Reach) -> str:
    """How many people are told."""
    if not reach.recipients and not reach.blocked:
        return _("👥 Nobody has to be told: it changes nobody's day from now on.")
    if not reach.recipients:
        only: str = _.plural(
            "🚫 Nobody can be told now: {n} person whose day it changes has blocked the bot.",
            "🚫 Nobody can be told now: {n} people whose day it changes have blocked the bot.",
            reach.blocked,
        )
        return only
    said: str = _.plural(
        "👥 {n} person is told: what is, what was, and why.",
        "👥 {n} people are told: what is, what was, and why.",
        reach.recipients,
    )
    if not reach.blocked:
        return said
    blocked = _.plural("🚫 {n} more has blocked the bot.", "🚫 {n} more have blocked the bot.", reach.blocked)
    return f"{said}\n{blocked}"


def _unseen(_: Locale) -> str:
    return _("Nobody sees it before you publish.")


def _unseen_row(_: Locale, version: Version, reach: Reach) -> list[Row]:
    if not reach.recipients and not reach.blocked:
        return []
    return [[ChangeUnseen(version.number, 0).button(_.plain("👀 Who has seen it"))]]


def _drop(_: Locale, mark: str) -> InlineKeyboardButton:
    return ProgrammeDrop(mark).button(_.plain("🗑 Throw mine away"))


def _to_days(_: Locale) -> InlineKeyboardButton:
    return ProgrammeDays().button(_.plain("🛠 The programme"))


def _why(_: Locale, reason: Mapping[str, str]) -> str:
    return shortened(Localized(reason).get(_.language), _REASON) if reason else ""
