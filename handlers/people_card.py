"""One person's card, and what organizers change about them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from telegram import Message

from bot.access import Action
from bot.buttons.people import (
    PausePerson,
    PeopleShow,
    PersonDo,
    PersonExcuse,
    PersonMove,
    PersonNotes,
    PersonShow,
    RemoveNote,
    ResumeMe,
)
from bot.context import Context
from bot.routing import on_answer, on_button, on_unanswered
from bot.screen import Screen
from bot.services import absence as absence_service
from bot.services import people as people_service
from bot.services import transfer as transfer_service
from bot.services.people import Changed
from bot.store import excuse as excuse_store
from bot.store import person, person_card, person_note
from bot.store.conversation import Conversation, Prompt
from bot.store.excuse import ExcuseReason
from bot.store.person import Person
from bot.text import NAME_LIMIT, clean_name, clean_words
from bot.views import fallback as fallback_view
from bot.views import people_card as people_card_view
from bot.views import people_change as people_change_view
from bot.views import people_told as people_told_view
from bot.views import start as start_view

_ENDS_AFTER: Final = timedelta(hours=1)
_NOTES: Final = person_note.PAGE


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """Words about this person; the card shows where they were found."""

    person: int
    listed: int
    page: int


_NAME = Prompt("people.new_name", AboutPerson)
_NOTE = Prompt("people.note", AboutPerson)

Begin = Callable[[Context, Person, PeopleShow], Awaitable[None]]


async def show(context: Context, pressed: PersonShow) -> None:
    """Show the card."""
    await _show(context, pressed.person, PeopleShow(pressed.listed, pressed.page))


async def begin(context: Context, pressed: PersonDo) -> None:
    """Ask what has to be asked before something is changed."""
    someone = await _someone(context, pressed.person)
    if someone is None:
        return
    what = _BEGINNINGS.get(pressed.what)
    if what is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    await what(context, someone, PeopleShow(pressed.listed, pressed.page))


async def _excuse(context: Context, someone: Person, back: PeopleShow) -> None:
    seminar, today = context.seminar, context.seminar.today(context.now())
    standing = await context.read(excuse_store.get, seminar.key, today, someone.id)
    screen = people_change_view.ask_excuse(context.locale, seminar, someone, back, today, excused=standing is not None)
    await context.show(screen)


async def _move(context: Context, someone: Person, back: PeopleShow) -> None:
    await context.show(people_change_view.ask_group(context.locale, context.seminar, someone, back))


async def _rename(context: Context, someone: Person, back: PeopleShow) -> None:
    await context.expect(_NAME, AboutPerson(someone.id, back.listed, back.page), ends_after=_ENDS_AFTER)
    await context.show(people_change_view.ask_name(context.locale, someone, back))


async def _add_note(context: Context, someone: Person, back: PeopleShow) -> None:
    await context.expect(_NOTE, AboutPerson(someone.id, back.listed, back.page), ends_after=_ENDS_AFTER)
    await context.show(people_change_view.ask_note(context.locale, someone, back))


async def _ask_pause(context: Context, someone: Person, back: PeopleShow) -> None:
    await context.show(people_change_view.confirm_pause(context.locale, someone, back))


async def _resume(context: Context, someone: Person, back: PeopleShow) -> None:
    me, owners, now = context.member, context.runtime.settings.owners, context.now()
    await _changed(
        context, await context.write(people_service.resume, me, someone.id, owners=owners, now=now), someone.id, back
    )


async def _ask_removal(context: Context, someone: Person, back: PeopleShow) -> None:
    if people_service.is_removable(someone, context.runtime.settings.owners):
        await context.show(people_change_view.confirm_removal(context.locale, someone, back))
    else:
        await context.toast(people_change_view.not_removable(context.locale), alert=True)


async def _ask_transfer(context: Context, someone: Person, back: PeopleShow) -> None:
    if transfer_service.is_fixed(someone, context.runtime.settings.owners):
        await context.toast(people_change_view.not_transferable(context.locale), alert=True)
    else:
        await context.show(people_change_view.confirm_transfer(context.locale, someone, back))


_BEGINNINGS: Final[dict[str, Begin]] = {
    "excuse": _excuse,
    "move": _move,
    "rename": _rename,
    "note": _add_note,
    "pause": _ask_pause,
    "resume": _resume,
    "remove": _ask_removal,
    "transfer": _ask_transfer,
}


async def excuse(context: Context, pressed: PersonExcuse) -> None:
    """Excuse somebody for today or tomorrow, or not today after all."""
    me, now, seminar = context.member, context.now(), context.seminar
    today, back = seminar.today(now), PeopleShow(pressed.listed, pressed.page)
    is_reason = pressed.reason in set(ExcuseReason)
    if not (is_reason or pressed.reason == "no") or not today <= pressed.on <= today + timedelta(days=1):
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    if not is_reason:
        ended = await context.write(
            absence_service.end_excuse_for, me, seminar.key, pressed.on, pressed.person, now=now
        )
        await context.toast(
            people_card_view.done(context.locale) if ended else people_card_view.unchanged(context.locale)
        )
    else:
        reason = ExcuseReason(pressed.reason)
        excused = await context.write(
            absence_service.excuse_for, me, seminar.key, pressed.on, pressed.person, reason=reason, now=now
        )
        stands = excused.excuse is not None
        await context.toast(
            people_card_view.done(context.locale) if stands else people_card_view.not_here(context.locale)
        )
    context.runtime.wake()
    await _show(context, pressed.person, back)


async def move(context: Context, pressed: PersonMove) -> None:
    """Put somebody into a group."""
    if context.seminar.group(pressed.group) is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    changed = await context.write(people_service.move, context.member, pressed.person, pressed.group, now=context.now())
    await _changed(context, changed, pressed.person, PeopleShow(pressed.listed, pressed.page))


async def rename(context: Context, message: Message) -> None:
    """The new name."""
    name, about = clean_name(message.text or ""), _NAME.of(context.awaits)
    if about is None or not name:
        await context.reply(start_view.no_name(context.locale))
    elif len(name) > NAME_LIMIT:
        await context.reply(start_view.name_too_long(context.locale))
    else:
        changed = await context.write(
            people_service.rename, context.member, about.person, name, awaits=context.awaits, now=context.now()
        )
        await _changed(context, changed, about.person, PeopleShow(about.listed, about.page))


async def add_note(context: Context, message: Message) -> None:
    """A note."""
    words, about = clean_words(message.text or ""), _NOTE.of(context.awaits)
    if about is None or not words:
        await context.reply(fallback_view.needs_text(context.locale))
    elif len(words) > person_note.WORDS_LIMIT:
        await context.reply(people_change_view.note_too_long(context.locale, person_note.WORDS_LIMIT))
    else:
        changed = await context.write(
            people_service.note,
            context.member,
            about.person,
            words,
            message_id=message.message_id,
            awaits=context.awaits,
            now=context.now(),
        )
        await _changed(context, changed, about.person, PeopleShow(about.listed, about.page))


async def nothing_came(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after they were asked for: they are not taken for a name or a note."""
    about = _NAME.of(awaited) or _NOTE.of(awaited)
    someone = await context.read(person.by_id, about.person) if about is not None else None
    return people_change_view.unanswered(context.locale, someone) if someone is not None else None


async def something_else_came(context: Context, awaited: Conversation, _now: Conversation | None) -> Screen | None:
    """Something else came between."""
    return await nothing_came(context, awaited)


async def notes(context: Context, pressed: PersonNotes) -> None:
    """Show a page of the notes."""
    someone = await _someone(context, pressed.person)
    if someone is None:
        return
    total = await context.read(person_note.count, someone.id)
    page = max(0, min(pressed.notes, -(-total // _NOTES) - 1))
    found = await context.read(person_note.newest, someone.id, page=page)
    shown = PersonNotes(pressed.person, pressed.listed, pressed.page, page)
    screen = people_card_view.notes(context.locale, context.seminar, someone, found, shown, total=total)
    await context.show(screen)


async def remove_note(context: Context, pressed: RemoveNote) -> None:
    """Forget a note."""
    about = await context.write(people_service.remove_note, context.member, pressed.note, now=context.now())
    if about is None:
        await context.toast(people_card_view.unchanged(context.locale))
        return
    context.runtime.wipe()
    await _show(context, about, PeopleShow(pressed.listed, pressed.page))


async def pause(context: Context, pressed: PausePerson) -> None:
    """Pause somebody's messages: what has not left yet does not leave any more."""
    changed = await context.write(people_service.pause, context.member, pressed.person, now=context.now())
    context.runtime.requeue(pressed.person)
    await _changed(context, changed, pressed.person, PeopleShow(pressed.listed, pressed.page))


async def resume_me(context: Context, _pressed: ResumeMe) -> None:
    """Who is paused wants the messages again."""
    me, owners, now = context.member, context.runtime.settings.owners, context.now()
    await context.write(people_service.resume, me, me.id, owners=owners, now=now)
    context.runtime.wake()
    await context.show(people_told_view.resumed(context.locale))


async def _changed(context: Context, changed: Changed, person_id: int, back: PeopleShow) -> None:
    """Say whether it changed something, and show the card as it is now."""
    if changed.someone is not None:
        said = people_card_view.done if changed.is_new else people_card_view.unchanged
        await context.toast(said(context.locale))
    context.runtime.wake()
    await _show(context, person_id, back)


async def _someone(context: Context, person_id: int) -> Person | None:
    """The member of a button, or None after saying that they are not here any more."""
    someone = await context.read(person.by_id, person_id)
    if someone is None or not someone.active:
        await context.toast(people_card_view.not_here(context.locale), alert=True)
        return None
    return someone


async def _show(context: Context, person_id: int, back: PeopleShow) -> None:
    seminar = context.seminar
    today = seminar.today(context.now())
    found = await context.read(person_card.get, person_id, seminar, today)
    if found is None:
        await context.toast(people_card_view.not_here(context.locale), alert=True)
        return
    is_me = found.person.id == context.member.id
    fixed = is_me or transfer_service.is_fixed(found.person, context.runtime.settings.owners)
    await context.show(people_card_view.card(context.locale, seminar, found, back, today, fixed=fixed))


ROUTES = (
    on_button(PersonShow, show, Action.MANAGE_PEOPLE),
    on_button(PersonDo, begin, Action.MANAGE_PEOPLE),
    on_button(PersonExcuse, excuse, Action.MANAGE_PEOPLE),
    on_button(PersonMove, move, Action.MANAGE_PEOPLE),
    on_button(PersonNotes, notes, Action.MANAGE_PEOPLE),
    on_button(RemoveNote, remove_note, Action.MANAGE_PEOPLE),
    on_button(PausePerson, pause, Action.MANAGE_PEOPLE),
    on_button(ResumeMe, resume_me, Action.SET_SELF),
    on_answer(_NAME, rename, Action.MANAGE_PEOPLE),
    on_answer(_NOTE, add_note, Action.MANAGE_PEOPLE),
    on_unanswered(_NAME, lapsed=nothing_came, left=something_else_came),
    on_unanswered(_NOTE, lapsed=nothing_came, left=something_else_came),
)
