"""A message to many while it is written: what it is to say, and the card that asks whether it shall go."""

from telegram import InlineKeyboardButton

from bot.broadcast_lines import moment, whom
from bot.buttons.broadcast import (
    BroadcastCard,
    BroadcastDrop,
    BroadcastHour,
    BroadcastLanguages,
    BroadcastOption,
    BroadcastResume,
    BroadcastSend,
    BroadcastSendAgain,
    BroadcastUnschedule,
    BroadcastValidity,
    BroadcastVersion,
    BroadcastWhom,
)
from bot.buttons.broadcast_card import BroadcastAct
from bot.i18n import Html, Locale
from bot.languages import Language
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows
from bot.store.broadcast import Broadcast
from bot.store.broadcast_audience import Audience, Reach
from bot.store.broadcast_draft import DraftCard
from bot.store.broadcast_version import ContentKind


def write(_: Locale, seminar: Seminar, number: int, audience: Audience, people: Reach, language: str = "") -> Screen:
    """What shall it say, in this language where there is not one message for all?"""
    if language:
        text = _("Write or send it in {language} here.", language=Language(language).own_name)
        back = BroadcastLanguages(number).button(_.plain("‹ Back"))
        return Screen(f"{whom(_, seminar, audience, people)}\n{text}", [[back, _drop(_, number)]])
    text = _(
        "Write it here as you want it to look: bold, italic and links stay. Or send a photo, an album, a file, a voice "
        "message or a place. I will show it to you before it goes."
    )
    rows = [[BroadcastWhom(number).button(_.plain("👥 Whom else")), _drop(_, number)]]
    return Screen(f"{whom(_, seminar, audience, people)}\n{text}", rows)


def confirm(_: Locale, seminar: Seminar, card: DraftCard) -> Screen:
    """Under the preview: with how many people it goes to, how, and what can be done."""
    about = whom(_, seminar, card.audience, card.people, named=not card.is_split)
    lines = [about, *_content(_, card), *_languages(_, card)]
    options = card.draft.options
    if options.due_at is not None:
        lines.append(_("🕘 It goes: {moment}", moment=moment(_, seminar, options.due_at)))
    if options.valid_until is not None:
        until = moment(_, seminar, options.valid_until).split(" · ")[0]
        lines.append(_("🆕 Who joins until then gets it too: {moment}", moment=until))
    if not card.is_split:
        lines.append(_("⬆️ They will see exactly the message above. To change it, just write it again."))
    if card.missing:  # nothing else is asked before every language has its message
        return Screen("\n".join(lines), [*_to_send(_, card), *_last(_, card)])
    return Screen("\n".join(lines), [*_to_send(_, card), *_previews(_, card), *_options(_, card), *_last(_, card)])


def again(_: Locale, card: DraftCard, minutes: int, name: str) -> Screen:
    """The same has just been sent: shall it really go once more? `name` is whose that was, "" where that is gone."""
    said = _.plural(
        "⚠️ The same was sent {n} minute ago ({name}). Really again?",
        "⚠️ The same was sent {n} minutes ago ({name}). Really again?",
        minutes,
        name=name or "—",
    )
    number = card.draft.id
    send = BroadcastSendAgain(number, card.draft.revision)
    label = _.plain("📣 Yes, send to {n}", n=card.people.recipients)
    back = BroadcastCard(number).button(_.plain("‹ Back"))
    return Screen(said, [[send.button(label)], [back, _drop(_, number)]])


def scheduled(_: Locale, seminar: Seminar, broadcast: Broadcast, people: Reach, *, is_own: bool = True) -> Screen:
    """What waits for its hour, and can still be changed by whoever wrote it, and dropped by anybody."""
    lines: list[str] = [_("🕘 <b>Scheduled</b>")]
    if broadcast.options.due_at is not None:
        lines.append(Html(moment(_, seminar, broadcast.options.due_at)))
    if broadcast.audience is not None:
        lines.append(whom(_, seminar, broadcast.audience, people))
    lines.append(_("Who gets it is looked at again when it goes."))
    words = [BroadcastAct(broadcast.id, "words").button(_.plain("👁 What it says"))]
    change = [BroadcastUnschedule(broadcast.id).button(_.plain("✏️ Change it"))] if is_own else []
    return Screen("\n".join(lines), [words, [*change, _drop(_, broadcast.id)]])


def dropped(_: Locale) -> Screen:
    """A draft that was discarded."""
    return Screen(_("🗑 Discarded. Nothing was sent."))


def lapsed(_: Locale, number: int) -> Screen:
    """Words came long after the last ones about a draft: they are not taken for its text."""
    text = _("⌛ You began a message to many, but that was a while ago, so I have not taken this as its text.")
    return Screen(text, [[_resume(_, number)], [_drop(_, number)]])


def left(_: Locale, number: int) -> Screen:
    """Something else came into the middle of a draft."""
    return Screen(_("📣 The draft of your message to many is still there."), [[_resume(_, number)], [_drop(_, number)]])


def not_copied(_: Locale, number: int) -> Screen:
    """Something came that Telegram does not copy, or that makes no sense as a copy."""
    text = _(
        "This cannot be sent to many: Telegram does not pass on polls, quizzes, dice and paid media as they are. "
        "Please send text, a photo, an album, a file, a video, a voice message or a place."
    )
    return Screen(text, [[_drop(_, number)]])


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


def no_room_to_sign(_: Locale) -> str:
    """The toast where a signature does not fit any more."""
    return _.plain("The text is too long to be signed.")


def newer_preview(_: Locale) -> str:
    """The toast for a preview that another one has replaced, perhaps with another text."""
    return _.plain("There is a newer preview further down. Please use the buttons under that one.")


def hour_has_passed(_: Locale) -> str:
    """The toast where the hour that was chosen is over."""
    return _.plain("That hour has passed. Please choose another one, or now.")


def on_its_way(_: Locale) -> str:
    """The toast where it is too late to change what was scheduled."""
    return _.plain("It is on its way already.")


def only_a_preview(_: Locale) -> str:
    """The toast for the button in a preview."""
    return _.plain("This is how your readers see it. Their presses are counted when it was sent.")


def _content(_: Locale, card: DraftCard) -> list[str]:
    albums = [one for one in card.draft.versions if one.kind is ContentKind.ALBUM]
    return [_.plural("🖼 An album of {n}", "🖼 An album of {n}", len(one.parts)) for one in albums]


def _languages(_: Locale, card: DraftCard) -> list[str]:
    lines: list[str] = []
    for language in card.unserved:
        n, own, other = card.readers[language], Language(language).own_name, _own_name(card.instead(language))
        if language in card.missing:
            lines.append(
                _.plural(
                    "⚠️ {language}: {n} person has no version yet.",
                    "⚠️ {language}: {n} people have no version yet.",
                    n,
                    language=own,
                )
            )
            continue
        lines.append(
            _.plural(
                "↪️ {language}: {n} person will get {other}.",
                "↪️ {language}: {n} people will get {other}.",
                n,
                language=own,
                other=other,
            )
        )
    if card.older:
        older = ", ".join(_own_name(one) for one in card.older)
        lines.append(_("🕰 Older than the last change: {languages}", languages=older))
    return lines


def _to_send(_: Locale, card: DraftCard) -> list[list[InlineKeyboardButton]]:
    """What sends it, or what is missing before it can go."""
    number, n = card.draft.id, card.people.recipients
    rows = []
    if card.older:
        rows.append([BroadcastVersion(number, "", "same").button(_.plain("🟰 They all say the same"))])
    if card.missing:
        for language in card.missing:
            own, other = Language(language).own_name, _own_name(card.instead(language))
            accept = BroadcastVersion(number, language, "accept").button(f"{own} ← {other}")
            rows.append([BroadcastVersion(number, language, "write").button(f"✍️ {own}"), accept])
        return rows
    label = _.plain("🕘 Schedule for {n}", n=n) if card.draft.options.due_at else _.plain("📣 Send to {n}", n=n)
    return [*rows, [BroadcastSend(number, card.draft.revision).button(label)]]


def _previews(_: Locale, card: DraftCard) -> list[list[InlineKeyboardButton]]:
    """What each language gets, one press each. One message for all stands above, unless it is an album."""
    shown = [one for one in card.draft.versions if one.language or one.kind is ContentKind.ALBUM]
    buttons = [
        BroadcastVersion(card.draft.id, one.language, "preview").button(
            f"👁 {_own_name(one.language)}" if one.language else _.plain("👁 Preview")
        )
        for one in shown
    ]
    return in_rows(buttons, 2)


def _options(_: Locale, card: DraftCard) -> list[list[InlineKeyboardButton]]:
    number, options = card.draft.id, card.draft.options

    def toggle(option: str, label: str, *, on: bool) -> InlineKeyboardButton:
        return BroadcastOption(number, option, "0" if on else "1").button(f"{'☑️' if on else '⬜'} {label}")

    return [
        [
            toggle("signed", _.plain("Signed"), on=options.signed),
            toggle("silent", _.plain("Without sound"), on=options.silent),
        ],
        [
            toggle("confirmable", _.plain("“Got it” button"), on=options.confirmable),
            BroadcastValidity(number).button(_.plain("🆕 Late joiners")),
        ],
    ]


def _last(_: Locale, card: DraftCard) -> list[list[InlineKeyboardButton]]:
    number = card.draft.id
    return [
        [
            BroadcastHour(number).button(_.plain("🕘 When")),
            BroadcastLanguages(number).button(_.plain("🌐 Languages")),
        ],
        [BroadcastWhom(number).button(_.plain("👥 Whom")), _drop(_, number)],
    ]


def _own_name(language: str) -> str:
    return Language(language).own_name if language else "🌐"


def _drop(_: Locale, number: int) -> InlineKeyboardButton:
    return BroadcastDrop(number).button(_.plain("✖️ Cancel"))


def _resume(_: Locale, number: int) -> InlineKeyboardButton:
    return BroadcastResume(number).button(_.plain("📣 Go on with the draft"))
