"""What people and organizers write to each other, as the other side reads it, and what its writer hears."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import escape

from telegram import InlineKeyboardButton

from bot import phones
from bot.buttons.relay import AnswerStaff, NeverMind, OpenAnswers, PassOn, WriteTo
from bot.i18n import Html, Locale
from bot.programme.model import Contact, Seminar
from bot.quoted import (
    before,
    caption,
    first_words,
    fits_caption,
    in_pieces,
    is_caption,
    is_continuation,
    quote,
    shortened,
    written_when,
)
from bot.screen import Screen
from bot.store.relay_copy import Answered, Relayed

Buttons = list[list[InlineKeyboardButton]]

_LEAST_IN_ALBUM = 2  # Telegram's own


def never_mind(_: Locale) -> Screen:
    """Nothing is waited for any more."""
    return Screen(_("All right, nothing was sent."))


def offer(_: Locale, message_id: int, *, instead: Screen | None = None) -> Screen:
    """Nobody asked for these words: shall the organizers read them, or are they for what `instead` says?"""
    yes, no = _.plain("Yes, pass it on"), _.plain("No")
    text = _("Shall I pass this on to the organizers?")
    rows = [[PassOn(message_id, 1).button(yes), PassOn(message_id, 0).button(no)]]
    if instead is None:
        return Screen(text, rows)
    return Screen(f"{instead.text}\n{text}", [*instead.rows, *rows])


def not_passed(_: Locale) -> Screen:
    """The words stay between the person and the bot, which forgot them."""
    return Screen(_("All right, I have not passed it on. For help at any time: /help"))


def forgotten(_: Locale) -> Screen:
    """The words are not kept any more."""
    return Screen(_("I no longer have that message. Please write it again."))


def from_person(_: Locale, seminar: Seminar, relayed: Relayed, part: int, now: datetime) -> Screen:
    """What a person wrote, as organizers read it, in parts when it is long."""
    message = relayed.message
    head = _answers(_, message.author, relayed.answered) or _("✉️ <b>{name}</b> writes:", name=message.author)
    write = WriteTo(message.person_id).button(_.plain("✍️ Write back"))
    return _letter(_, seminar, relayed, part, now, head=head, rows=[[write]])


def from_staff(_: Locale, seminar: Seminar, relayed: Relayed, part: int, now: datetime) -> Screen:
    """What an organizer wrote, as the person reads it."""
    message = relayed.message
    head = _("✉️ <b>{name}</b>, organizer, writes to you:", name=message.author)
    answer = AnswerStaff(message.id).button(_.plain("✍️ Answer"))
    return _letter(_, seminar, relayed, part, now, head=head, rows=[[answer]])


def _letter(
    _: Locale, seminar: Seminar, relayed: Relayed, part: int, now: datetime, *, head: Html, rows: Buttons
) -> Screen:
    message, is_first = relayed.message, part == 0
    lines = [head, *(before(message) if is_first else []), quote(in_pieces(message)[part])]
    lines += written_when(_, seminar, message.written_at, now) if is_first else []
    text = "\n".join(line for line in lines if line)
    return Screen(text, rows, silent=is_continuation(message, part), reply_to=relayed.reply_to if is_first else None)


def _answers(_: Locale, name: str, answered: Answered | None) -> Html | None:
    if answered is None:
        return None
    words = first_words(answered.text) or "…"
    if answered.is_mine:
        return _("↩️ <b>{name}</b> answers your broadcast “{words}”:", name=name, words=words)
    if not answered.by:
        return _("↩️ <b>{name}</b> answers the broadcast “{words}”:", name=name, words=words)
    return _("↩️ <b>{name}</b> answers the broadcast “{words}” of {author}:", name=name, words=words, author=answered.by)


def copy(_: Locale, seminar: Seminar, relayed: Relayed, now: datetime) -> Screen:
    """A photo, a voice, a place: as it was sent, with whose it is in its caption; else that was said before it."""
    message = relayed.message
    place = (message.chat_id, message.message_id)
    if relayed.is_told or not fits_caption(message) or (message.part_of is not None and not message.words):
        return Screen("", copy_of=place, silent=True, reply_to=relayed.reply_to)
    return replace(under(_, seminar, relayed, now), copy_of=place)


def album(_: Locale, seminar: Seminar, relayed: Relayed, now: datetime) -> Screen:
    """Photos or files that came together, as one, with whose they are under the first; a single one is a copy."""
    parts = relayed.parts
    if len(parts) < _LEAST_IN_ALBUM:
        return copy(_, seminar, relayed, now)
    is_signed, captions = fits_caption(relayed.message) and not relayed.is_told, [caption(one) for one in parts]
    if not relayed.is_told:
        captions[0] = album_caption(_, seminar, relayed, now) if is_signed else Html("")
    files = tuple((one.kind, one.file or "", str(text)) for one, text in zip(parts, captions, strict=True))
    return Screen("", album=files, silent=not is_signed, reply_to=relayed.reply_to)


def album_caption(_: Locale, seminar: Seminar, relayed: Relayed, now: datetime) -> Html:
    """Under the first of an album, which can have no buttons."""
    return Html("\n".join([under(_, seminar, relayed, now).text, _("↩️ Swipe this to answer.")]))


def under(_: Locale, seminar: Seminar, relayed: Relayed, now: datetime) -> Screen:
    """Whose it is and what they wrote, as a caption; what a correction replaced is left out where that is too long."""
    message = shortened(relayed.message)
    relayed = replace(relayed, message=message)
    letter = from_person if message.author_id == message.person_id else from_staff
    whole, swipe = letter(_, seminar, relayed, 0, now), _("↩️ Swipe this to answer.")
    if is_caption(f"{whole.text}\n{swipe}"):
        return whole
    return letter(_, seminar, replace(relayed, message=replace(message, earlier=None)), 0, now)


def answers_card(_: Locale, answered: Answered, number: int, questions: int, broadcast: int) -> Screen:
    """The answers to one broadcast that wait; a press brings the next."""
    words = quote(Html(escape(first_words(answered.text) or "…", quote=False)))
    if not number:
        return Screen("\n".join([_("✓ All answers to this broadcast have been shown:"), words]))
    waiting = _.plural(
        "💬 <b>{n} more answer</b> to this broadcast waits here:",
        "💬 <b>{n} more answers</b> to this broadcast wait here:",
        number,
    )
    lines = [waiting, words]
    if questions:
        lines.append(_.plural("❓ {n} of them asks something.", "❓ {n} of them ask something.", questions))
    return Screen("\n".join(lines), [[OpenAnswers(broadcast).button(_.plain("📬 Show the next"))]])


def all_shown(_: Locale) -> str:
    """A toast: no answer waits any more."""
    return _.plain("All answers have been shown.")


def cannot_pass(_: Locale, contacts: Sequence[Contact]) -> Screen:
    """To who wrote it: Telegram copies no such message, so nobody has got it."""
    text = _(
        "⚠️ <b>This was not passed on:</b> Telegram does not let me copy such a message. "
        "Please write it in words, or send a photo of it."
    )
    return Screen(phones.under(_, text, contacts))


def did_not_pass(_: Locale, contacts: Sequence[Contact]) -> Screen:
    """To who wrote it: it was to be passed on, and then Telegram refused it."""
    text = _(
        "⚠️ <b>What you sent did not get through:</b> Telegram has refused it. "
        "Please write it in words, or send an ordinary photo."
    )
    return Screen(phones.under(_, text, contacts))


def no_voice(_: Locale, name: str, contacts: Sequence[Contact]) -> Screen:
    """To who spoke: the reader's settings refuse voice and video messages."""
    text = _("⚠️ <b>{name} accepts no voice or video messages</b>, so yours did not arrive. Please write it.", name=name)
    return Screen(phones.under(_, text, contacts))


def write_to(_: Locale, name: str) -> Screen:
    """Waits for an organizer's words to a person."""
    text = _("✍️ Write to <b>{name}</b>: your next message goes to them, signed with your name.", name=name)
    return Screen(text, _cancel(_))


def answer_to(_: Locale, name: str) -> Screen:
    """Waits for a person's answer to an organizer."""
    return Screen(_("✍️ Write your answer to <b>{name}</b>: your next message goes to them.", name=name), _cancel(_))


def unreachable(_: Locale, name: str) -> Screen:
    """The bot cannot write to this person; `name` is "" when they have erased everything."""
    if not name:
        return Screen(_("This person has left and erased everything, so nothing was sent."))
    return Screen(_("{name} has blocked the bot or left, so nothing was sent. Please call them.", name=name))


def gone(_: Locale) -> str:
    """A toast: what the button is about is not kept any more."""
    return _.plain("That is no longer here.")


def _cancel(_: Locale) -> Buttons:
    return [[NeverMind().button(_.plain("✖️ Cancel"))]]
