"""What is typed about the programme: the time, the speaker or the note of a session, and one session more."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from telegram import Message

from bot.access import Action
from bot.buttons.programme import ProgrammeAdd, ProgrammeType
from bot.context import Context
from bot.languages import Localized
from bot.programme.edits import Added, Edit, EditError, Moved, Noted, Refusal, Retimed, SpeakerSet
from bot.programme.markup import utf16_length
from bot.programme.model import Session, SessionKind
from bot.programme.parts import TITLE
from bot.programme.sessions import NOTE, SPEAKER
from bot.programme.typed import read_span, read_text
from bot.routing import on_answer, on_button, on_unanswered
from bot.screen import Screen
from bot.services import programme_draft as programme_draft_service
from bot.services.programme_draft import Changes
from bot.store.conversation import Conversation, Prompt
from bot.text import clean_words
from bot.views import fallback as fallback_view
from bot.views import programme as programme_view
from bot.views import programme_typed as programme_typed_view


@dataclass(frozen=True, slots=True)
class AboutSession:
    """The `time`, the `speaker` or the `note` of this session is awaited."""

    session: str
    what: str


@dataclass(frozen=True, slots=True)
class NewOn:
    """The title of one more session on this date is awaited."""

    on: date


@dataclass(frozen=True, slots=True)
class NewSession:
    """The time of one more session is awaited: its title as it was typed, and the key that it will have."""

    on: date
    title: str
    key: str


_SESSION: Final = Prompt("programme.session", AboutSession)
_TITLE: Final = Prompt("programme.title", NewOn)
_NEW_TIME: Final = Prompt("programme.new", NewSession)
_ENDS_AFTER: Final = timedelta(hours=1)
_AN_HOUR: Final = 60
_LAST_MINUTE: Final = 24 * 60 - 1


async def ask(context: Context, pressed: ProgrammeType) -> None:
    """Wait for the time, the speaker or the note of a session."""
    changes = await _changes(context)
    one = changes.seminar.session(pressed.session)
    screen = None
    if one is not None:
        _ = context.locale
        match pressed.what:
            case "time":
                screen = programme_typed_view.ask_time(_, one)
            case "speaker":
                screen = programme_typed_view.ask_speaker(_, context.seminar, one)
            case "note":
                screen = programme_typed_view.ask_note(_, context.seminar, one)
    if screen is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    await context.expect(_SESSION, AboutSession(pressed.session, pressed.what), ends_after=_ENDS_AFTER)
    await context.show(screen)


async def answer(context: Context, message: Message) -> None:
    """Keep what was typed about a session in the draft, and show the session."""
    about = _SESSION.of(context.awaits)
    key, what = (about.session, about.what) if about is not None else ("", "")
    changes = await _changes(context)
    one = changes.seminar.session(key)
    if one is None:
        await context.expect_nothing()
        await context.say(programme_view.refused(context.locale, Refusal.GONE))
        return
    edit = await _time_edit(context, one, message) if what == "time" else await _text_edit(context, one, what, message)
    if edit is not None and await _kept(context, edit):
        await _show(context, key)


async def ask_title(context: Context, pressed: ProgrammeAdd) -> None:
    """Wait for the title of one more session."""
    if context.seminar.day_number_on(pressed.on) is None:
        await context.toast(context.locale.plain("That day is not in the programme any more."))
        return
    await context.expect(_TITLE, NewOn(pressed.on), ends_after=_ENDS_AFTER)
    await context.show(programme_typed_view.ask_title(context.locale, context.seminar, pressed.on))


async def title(context: Context, message: Message) -> None:
    """Keep the title of the new session, and wait for its time."""
    about = _TITLE.of(context.awaits)
    if about is None or (texts := await _text(context, message, TITLE)) is None:
        return
    new = NewSession(about.on, clean_words(message.text or ""), f"n{context.member.id}-{message.message_id}")
    await context.expect(_NEW_TIME, new, ends_after=_ENDS_AFTER)
    await context.reply(programme_typed_view.ask_new_time(context.locale, texts.get(context.locale.language), about.on))


async def new_time(context: Context, message: Message) -> None:
    """Add the session to the draft and ask its kind: a workshop if nobody says. The rest is set from there."""
    span = read_span(message.text or "")
    if span is None:
        await context.say(programme_typed_view.no_time(context.locale))
        return
    start, end = span
    about = _NEW_TIME.of(context.awaits)
    number = context.seminar.day_number_on(about.on) if about is not None else None
    if about is None or number is None:
        await context.expect_nothing()
        await context.say(programme_view.refused(context.locale, Refusal.GONE))
        return
    texts = read_text(about.title, context.seminar.languages)
    session = Session(about.key, number, start, end or _plus(start, _AN_HOUR), texts, SessionKind.WORKSHOP)
    if await _kept(context, Added(session)):
        changes = await _changes(context)
        if (one := changes.seminar.session(about.key)) is not None:
            await context.reply(
                programme_view.kinds(context.locale, changes.seminar, one, changed=len(changes.differences))
            )


async def lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after the question about a session: it can be opened again."""
    about = _SESSION.of(awaited)
    one = (await _changes(context)).seminar.session(about.session) if about is not None else None
    return programme_typed_view.lapsed(context.locale, one) if one is not None else None


async def new_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after the question about a new session: it can be asked for again."""
    about = _TITLE.of(awaited) or _NEW_TIME.of(awaited)
    return programme_typed_view.new_lapsed(context.locale, about.on) if about is not None else None


async def _time_edit(context: Context, one: Session, message: Message) -> Edit | None:
    span = read_span(message.text or "")
    if span is None:
        await context.say(programme_typed_view.no_time(context.locale))
        return None
    start, end = span
    return Moved(one.key, _minutes(start) - _minutes(one.start)) if end is None else Retimed(one.key, start, end)


async def _text_edit(context: Context, one: Session, what: str, message: Message) -> Edit | None:
    texts = await _text(context, message, SPEAKER if what == "speaker" else NOTE)
    if texts is None:
        return None
    return SpeakerSet(one.key, texts) if what == "speaker" else Noted(one.key, texts)


async def _text(context: Context, message: Message, limit: int) -> Localized | None:
    """What was typed, in its languages; None after saying why it cannot be."""
    words = clean_words(message.text or "")
    if not any(char.isalnum() for char in words):
        await context.say(programme_typed_view.no_text(context.locale))
        return None
    texts = read_text(words, context.seminar.languages)
    longest = max(utf16_length(text) for text in texts.texts.values())
    if longest > limit:
        await context.say(programme_typed_view.too_long(context.locale, longest, limit))
        return None
    return texts


async def _kept(context: Context, edit: Edit) -> bool:
    """Keep the edit in the draft and wait no longer; say why where it cannot be. What is there already is kept."""
    folder, me = context.runtime.current.folder, context.member
    try:
        await context.write(programme_draft_service.edit, folder, me, edit, now=context.now())
    except EditError as error:
        if error.refusal is not Refusal.KEY_TAKEN:  # which is this very answer, handled before
            await context.say(programme_view.refused(context.locale, error.refusal))
            return False
    await context.expect_nothing()
    return True


async def _show(context: Context, key: str) -> None:
    changes = await _changes(context)
    if (one := changes.seminar.session(key)) is not None:
        await context.reply(
            programme_view.session(
                context.locale,
                changes.seminar,
                one,
                changed=len(changes.differences),
                is_changed=changes.changes(key),
            )
        )


async def _changes(context: Context) -> Changes:
    folder = context.runtime.current.folder
    return await context.read(programme_draft_service.get, folder, context.member)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _plus(at: time, minutes: int) -> time:
    later = min(_minutes(at) + minutes, _LAST_MINUTE)
    return time(later // 60, later % 60)


ROUTES = (
    on_button(ProgrammeType, ask, Action.CHANGE_PROGRAMME),
    on_answer(_SESSION, answer, Action.CHANGE_PROGRAMME),
    on_unanswered(_SESSION, lapsed=lapsed),
    on_button(ProgrammeAdd, ask_title, Action.CHANGE_PROGRAMME),
    on_answer(_TITLE, title, Action.CHANGE_PROGRAMME),
    on_unanswered(_TITLE, lapsed=new_lapsed),
    on_answer(_NEW_TIME, new_time, Action.CHANGE_PROGRAMME),
    on_unanswered(_NEW_TIME, lapsed=new_lapsed),
)
