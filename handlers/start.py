"""Arriving: /start, then language, name, group and consent, then today's agenda. /start again resumes."""

import sqlite3
from datetime import timedelta

from telegram import Message

from bot import menu
from bot.access import Action, Role
from bot.buttons.start import ChooseGroup, Consent, KeepName, SetLanguage
from bot.context import Context
from bot.i18n import N_
from bot.messages import departure, promise, receipts, role, welcome
from bot.messages.departure import Left
from bot.routing import on_answer, on_button, on_command
from bot.screen import Screen
from bot.store import admission, conversation, inbox, invite, joining, person
from bot.store.departure import How
from bot.store.joining import Step
from bot.store.person import Person
from bot.text import NAME_LIMIT, clean_name
from bot.views import admission as asked
from bot.views import agenda as agenda_view
from bot.views import me as me_view
from bot.views import start as view

_NAME = "start.name"
_BUTTON = "start.button"  # the question is answered with a button; words bring it up again


# --- arriving -------------------------------------------------------------------------------------------------------


async def start(context: Context, code: str) -> None:
    """Let someone in, resume where they were, or show members their day. Decoding has sealed the code."""
    if context.person is not None and context.person.active:
        await _member(context, code)
    else:
        await _arrive(context, code)


async def _arrive(context: Context, code: str) -> None:
    user, now = context.incoming.effective_user, context.now()
    arrival = await context.write(
        joining.arrive,
        context.user_id,
        code=code,
        owner=context.is_owner,
        username=user.username if user else None,
        language=context.words.language,
        now=now,
    )
    if arrival.someone is not None:
        context.person = arrival.someone
        await _ask(context)
    elif arrival.invitation is not None:
        await _refuse(context, view.bad_code(context.words, arrival.invitation.verdict, inside=False))
    else:
        await _stranger(context)


async def _stranger(context: Context) -> None:
    """The way in; who has gone it before hears how far that is."""
    user_id = context.user_id
    request = await context.read(admission.of, user_id)
    if request is not None and request.state == "asked":
        await receipts.of_request(context, request.id, anew=True)
    elif request is not None and request.state == "refused":
        await context.reply(asked.refused(context.words))
    else:
        await _refuse(context, view.stranger(context.words, context.runtime.words.all()))


async def _refuse(context: Context, refusal: Screen) -> None:
    """Not in. While nobody organizes there is nobody to ask: whoever has set the bot up reads how they come in."""
    owners = context.runtime.settings.owners
    staff = await context.read(person.staff, owners)
    await context.reply(refusal if staff else view.nobody_organizes(context.words, refusal, context.user_id))


async def _member(context: Context, code: str) -> None:
    me = context.member
    if code:
        now = context.now()
        found = await context.read(invite.look, code, me.telegram_id, now)
        if not found.good:
            await context.reply(view.bad_code(context.words, found.verdict, inside=True))
        elif found.role not in {Role.TEACHER, me.role} and not (found.role is Role.OWNER and me.owner):
            ticket = invite.ticket(code, me.telegram_id)
            await context.reply(view.offer_role(context.words, found.role, ticket))
            return
        elif found.role is Role.TEACHER and me.role is not Role.TEACHER:
            await context.reply(view.for_teachers(context.words))
    await menu.fit(context)
    now = context.now()
    await context.reply(agenda_view.today(context.words, context.seminar, group=context.member.group, now=now))
    if me_view.lacks_group(me, context.seminar):
        await context.reply(me_view.new_group(context.words, context.seminar))


# --- the questions --------------------------------------------------------------------------------------------------


async def set_language(context: Context, pressed: SetLanguage) -> None:
    """Speak this language from here on; where the seminar is not in it (any more), ask again."""
    if (me := await _joining(context)) is None:
        return

    def answer(connection: sqlite3.Connection) -> None:
        person.set_language(connection, me.id, pressed.language)
        if joining.step(connection, me.id) is Step.LANGUAGE:
            joining.go_to(connection, me.id, Step.NAME)

    if pressed.language in context.seminar.languages:
        await context.write(answer)
    await _ask(context)


async def keep_name(context: Context, _pressed: KeepName) -> None:
    """The account's name it is."""
    me = await _joining(context)
    name = _account_name(context)
    if me is not None and name:
        await _named(context, me, name)


async def type_name(context: Context, message: Message) -> None:
    """The name as it was typed."""
    me = await _joining(context)
    name = clean_name(message.text or "")
    if me is None:
        return
    if not name:
        await context.reply(view.no_name(context.words))
    elif len(name) > NAME_LIMIT:
        await context.reply(view.name_too_long(context.words))
    else:
        await _named(context, me, name)


async def _named(context: Context, me: Person, name: str) -> None:
    def answer(connection: sqlite3.Connection) -> None:
        if joining.step(connection, me.id) is Step.NAME:
            person.set_name(connection, me.id, name)
            joining.go_to(connection, me.id, Step.GROUP if me.role is Role.TEACHER else Step.CONSENT)

    await context.write(answer)
    await _ask(context)


async def choose_group(context: Context, pressed: ChooseGroup) -> None:
    """The group of the seminar, for teachers."""
    if (me := await _joining(context)) is None:
        return

    def answer(connection: sqlite3.Connection) -> None:
        if joining.step(connection, me.id) is Step.GROUP and context.seminar.group(pressed.group):
            person.set_group(connection, me.id, pressed.group)
            joining.go_to(connection, me.id, Step.CONSENT)

    await context.write(answer)
    await _ask(context)


async def consent(context: Context, pressed: Consent) -> None:
    """Agree, and be in; or not now, and be forgotten."""
    me = await _joining(context)
    if me is None:
        if context.person is not None and context.person.active and pressed.agree:
            await context.show(menu.welcome(context))  # the same tap again; perhaps its answer was lost
        return
    if not pressed.agree:
        await _decline(context, me)
        return

    now, owners = context.now(), context.runtime.settings.owners

    def agree(connection: sqlite3.Connection) -> bool:
        if not joining.finish(connection, me.id, now):
            return False
        conversation.forget(connection, context.chat_id)
        welcome.enqueue(connection, me, context.seminar, now)
        promise.keep(connection, owners, now)
        if (someone := person.by_id(connection, me.id)) is not None:
            role.announce(connection, someone, owners=owners, now=now)
        return True

    if not await context.write(agree):
        await _ask(context)
        return
    await _reload(context)
    await context.show(menu.welcome(context))
    context.runtime.wake()
    await menu.fit(context)


async def _decline(context: Context, me: Person) -> None:
    """Not now. Organizers hear of it where the person has been in before, and would be looked for."""
    now, owners, update_id = context.now(), context.runtime.settings.owners, context.incoming.update_id

    def decline(connection: sqlite3.Connection) -> tuple[bool, Left | None]:
        left = None
        if joining.was_in(connection, me.id):
            left = departure.leave(connection, me, How.DECLINED, named=True, owners=owners, now=now)
        by_link = joining.decline(connection, me, now)
        inbox.forget_sender(connection, update_id, now)
        return by_link, left

    by_link, left = await context.write(decline)
    context.runtime.wipe()
    await context.show(view.declined(context.words, by_link=by_link))
    if left is not None:
        context.runtime.wake()
        await departure.show(context, left)


async def press_a_button(context: Context, message: Message) -> None:
    """Words where a button is asked for: the name of a group is as good as its button, all else brings the buttons."""
    if (me := await _joining(context)) is None:
        return
    step = await context.read(joining.step, me.id) or Step.LANGUAGE
    if step is Step.LANGUAGE or _asked(context, step) is not step:
        await _ask(context)
    elif step is Step.GROUP and (key := view.group_named(context.seminar, message.text or "")):
        await choose_group(context, ChooseGroup(key))
    else:
        await context.reply(view.buttons_alone(context.words, _question(context, step), consent=step is Step.CONSENT))


# --- what these share -----------------------------------------------------------------------------------------------


async def _joining(context: Context) -> Person | None:
    """Who is about to join; anyone else hears in a toast why the button does nothing."""
    me = context.person
    if me is not None and me.state == "joining":
        return me
    toast = view.already_in(context.words) if me is not None and me.active else view.open_link_again(context.words)
    await context.toast(toast)
    return None


async def _ask(context: Context) -> None:
    """Ask what is to be asked now: in the message whose button was pressed, or in a new one."""
    await _reload(context)
    me, now = context.member, context.now()

    def expect(connection: sqlite3.Connection) -> Step:
        step = _asked(context, joining.step(connection, me.id) or Step.LANGUAGE)
        joining.go_to(connection, me.id, step)
        what = _NAME if step is Step.NAME else _BUTTON
        conversation.expect(connection, context.chat_id, what, {}, now, until=now + timedelta(days=1))
        return step

    await context.show(_question(context, await context.write(expect)))


def _asked(context: Context, step: Step) -> Step:
    return joining.asked(step, languages=len(context.seminar.languages) > 1, groups=context.seminar.has_groups)


def _question(context: Context, step: Step) -> Screen:
    match step:
        case Step.LANGUAGE:
            return view.languages(context.runtime.words.all())
        case Step.NAME:
            return view.name(context.words, _account_name(context), context.seminar)
        case Step.GROUP:
            return view.groups(context.words, context.seminar)
        case Step.CONSENT:
            return view.consent(context.words, context.seminar)


def _account_name(context: Context) -> str:
    """What the account is called, if that can be someone's name here."""
    user = context.incoming.effective_user
    name = clean_name(user.full_name) if user else ""
    return name if len(name) <= NAME_LIMIT else ""


async def _reload(context: Context) -> None:
    user_id = context.user_id
    context.person = await context.read(person.by_telegram_id, user_id)


ROUTES = (
    on_command("start", start, Action.START, menu=N_("Begin, or see today")),
    on_button(SetLanguage, set_language, Action.JOIN),
    on_button(KeepName, keep_name, Action.JOIN),
    on_answer(_NAME, type_name, Action.JOIN),
    on_button(ChooseGroup, choose_group, Action.JOIN),
    on_button(Consent, consent, Action.JOIN),
    on_answer(_BUTTON, press_a_button, Action.JOIN, text_only=False),
)
