"""Arriving: /start, then language, name, group and consent, then today's agenda. /start again resumes."""

from telegram import Message

from bot import menu
from bot.access import Action, Role
from bot.buttons.start import ChooseGroup, Consent, KeepName, SetLanguage
from bot.context import Context
from bot.i18n import N_
from bot.inbound import sent_at
from bot.messages import certificate as certificate_messages
from bot.messages import departure as departure_messages
from bot.messages import receipt as receipt_messages
from bot.routing import on_answer, on_button, on_command
from bot.screen import Screen
from bot.services import attendance as attendance_service
from bot.services import joining as joining_service
from bot.services import roster_link as roster_link_service
from bot.services.attendance import SentCode
from bot.store import admission as admission_store
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from bot.store import person
from bot.store import roster_link as roster_link_store
from bot.store import transfer as transfer_store
from bot.store.joining import JoiningStep
from bot.store.person import Person
from bot.text import NAME_LIMIT, clean_name
from bot.views import admission as admission_view
from bot.views import agenda as agenda_view
from bot.views import attendance_answer as attendance_answer_view
from bot.views import me as me_view
from bot.views import start as start_view
from bot.views import transfer as transfer_view

# --- arriving -------------------------------------------------------------------------------------------------------


async def start(context: Context, code: str) -> None:
    """Let someone in, resume where they were, or show members their day. Decoding has sealed the code."""
    if await certificate_messages.verify(context, code):
        return
    is_scanned = await context.read(attendance_service.is_code, context.seminar, code, context.now())
    if is_scanned:
        await _attend(context, code)
    elif await context.read(transfer_store.by_code, code, context.now()) is not None:
        await _offer_transfer(context, code)
    elif context.person is not None and context.person.active:
        await _member(context, code)
    else:
        await _arrive(context, code)


async def _attend(context: Context, sealed: str) -> None:
    """The link on the screen of a session: a member is there, whoever is none learns what it is."""
    if context.person is None or not context.person.active:
        await context.say(attendance_answer_view.for_members(context.locale))
        return
    now, seminar, message = context.now(), context.seminar, context.incoming.message
    sent = SentCode("", sealed, context.message_id, sent_at(message, now))
    said = await context.write(attendance_service.send_code, context.person, seminar, sent, now=now)
    if said is not None and said.taken is not None:
        screen = attendance_answer_view.of_code(context.locale, seminar, said.outcome, said.taken, said.mark)
        await context.reply(screen)


async def _offer_transfer(context: Context, code: str) -> None:
    """The link for a new phone: is it theirs?"""
    ticket = invite_store.ticket(code, context.user_id)
    is_member = context.person is not None and context.person.active
    await context.reply(transfer_view.confirm(context.locale, ticket, anew=is_member))


async def _arrive(context: Context, code: str) -> None:
    user, now = context.incoming.effective_user, context.now()
    arrival = await context.write(
        joining_service.arrive,
        context.user_id,
        code=code,
        owner=context.is_owner,
        username=user.username if user else None,
        language=context.locale.language,
        now=now,
    )
    if arrival.someone is not None:
        context.person = arrival.someone
        await _ask(context)
    elif arrival.invitation is not None:
        await _refuse(context, start_view.bad_code(context.locale, arrival.invitation.status, inside=False))
    else:
        await _stranger(context)


async def _stranger(context: Context) -> None:
    """The way in; who has gone it before hears how far that is."""
    user_id = context.user_id
    request = await context.read(admission_store.get, user_id)
    if request is not None and request.state == "asked":
        await receipt_messages.show_for_request(context, request.id, new_message=True)
    elif request is not None and request.state == "refused":
        await context.reply(admission_view.refused(context.locale))
    else:
        await _refuse(context, start_view.stranger(context.locale, context.runtime.locales.all()))


async def _refuse(context: Context, refusal: Screen) -> None:
    """Not in. While nobody organizes there is nobody to ask: whoever has set the bot up reads how they come in."""
    owners = context.runtime.settings.owners
    staff = await context.read(person.staff, owners)
    await context.reply(refusal if staff else start_view.nobody_organizes(context.locale, refusal, context.user_id))


async def _member(context: Context, code: str) -> None:
    me = context.member
    is_claimed = bool(code) and await context.write(roster_link_service.claim, me, code, context.now())
    if code and not is_claimed:
        invitation = await context.read(invite_store.check, code, me.telegram_id, context.now())
        role = invitation.role
        if not invitation.good:
            await context.reply(start_view.bad_code(context.locale, invitation.status, inside=True))
        elif role not in {Role.TEACHER, me.role} and not (role is Role.OWNER and me.owner):
            ticket = invite_store.ticket(code, me.telegram_id)
            await context.reply(start_view.offer_role(context.locale, role, ticket))
            return
        elif role is Role.TEACHER and me.role is not Role.TEACHER:
            await context.reply(start_view.for_teachers(context.locale))
    await menu.fit(context)
    now = context.now()
    await context.reply(agenda_view.today(context.locale, context.seminar, group=context.member.group, now=now))
    if me_view.lacks_group(me, context.seminar):
        await context.reply(me_view.new_group(context.locale, context.seminar))


# --- the questions --------------------------------------------------------------------------------------------------


async def set_language(context: Context, pressed: SetLanguage) -> None:
    """Speak this language from here on; where the seminar is not in it (any more), ask again."""
    if (me := await _joining(context)) is None:
        return
    if pressed.language in context.seminar.languages:
        await context.write(joining_service.set_language, me, pressed.language)
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
        await context.reply(start_view.no_name(context.locale))
    elif len(name) > NAME_LIMIT:
        await context.reply(start_view.name_too_long(context.locale))
    else:
        await _named(context, me, name)


async def _named(context: Context, me: Person, name: str) -> None:
    await context.write(joining_service.set_name, me, name)
    await _ask(context)


async def choose_group(context: Context, pressed: ChooseGroup) -> None:
    """The group of the seminar, for teachers."""
    if (me := await _joining(context)) is None:
        return
    await context.write(joining_service.set_group, me, pressed.group, context.seminar)
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

    agreed = await context.write(
        joining_service.agree,
        me,
        context.chat_id,
        context.seminar,
        owners=context.runtime.settings.owners,
        now=context.now(),
    )
    if not agreed:
        await _ask(context)
        return
    await _reload(context)
    await context.show(menu.welcome(context))
    context.runtime.wake()
    await menu.fit(context)


async def _decline(context: Context, me: Person) -> None:
    """Not now. Organizers hear of it where the person has been in before, and would be looked for."""
    owners, update_id = context.runtime.settings.owners, context.incoming.update_id
    declined = await context.write(joining_service.decline, me, update_id=update_id, owners=owners, now=context.now())
    context.runtime.wipe()
    await context.show(start_view.declined(context.locale, by_link=declined.by_link))
    if declined.departure is not None:
        context.runtime.wake()
        await departure_messages.show(context, declined.departure)


async def press_a_button(context: Context, message: Message) -> None:
    """Words where a button is asked for: the name of a group is as good as its button, all else brings the buttons."""
    if (me := await _joining(context)) is None:
        return
    step = await context.read(joining_store.step, me.id) or JoiningStep.LANGUAGE
    if step is JoiningStep.LANGUAGE or joining_service.asked(step, context.seminar) is not step:
        await _ask(context)
    elif step is JoiningStep.GROUP and (key := start_view.group_named(context.seminar, message.text or "")):
        await choose_group(context, ChooseGroup(key))
    else:
        await context.reply(
            start_view.buttons_alone(
                context.locale, await _question(context, step), consent=step is JoiningStep.CONSENT
            )
        )


# --- what these share -----------------------------------------------------------------------------------------------


async def _joining(context: Context) -> Person | None:
    """Who is about to join; anyone else hears in a toast why the button does nothing."""
    me = context.person
    if me is not None and me.state == "joining":
        return me
    toast = (
        start_view.already_in(context.locale)
        if me is not None and me.active
        else start_view.open_link_again(context.locale)
    )
    await context.toast(toast)
    return None


async def _ask(context: Context) -> None:
    """Ask what is to be asked now: in the message whose button was pressed, or in a new one."""
    await _reload(context)
    step = await context.write(joining_service.ask, context.member, context.chat_id, context.seminar, context.now())
    await _reload(context)  # the roster may have answered a question, and say another language
    await context.show(await _question(context, step))


async def _question(context: Context, step: JoiningStep) -> Screen:
    match step:
        case JoiningStep.LANGUAGE:
            return start_view.languages(context.runtime.locales.all())
        case JoiningStep.NAME:
            return start_view.name(context.locale, _account_name(context), context.seminar)
        case JoiningStep.GROUP:
            return start_view.groups(context.locale, context.seminar)
        case JoiningStep.CONSENT:
            user_id = context.user_id
            if await context.read(roster_link_store.came_by, user_id) is None:
                return start_view.consent(context.locale, context.seminar)
            everyone = context.runtime.locales.all()
            return start_view.consent_of_listed(context.locale, context.seminar, context.member, everyone)


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
    on_answer(joining_service.NAME, type_name, Action.JOIN),
    on_button(ChooseGroup, choose_group, Action.JOIN),
    on_button(Consent, consent, Action.JOIN),
    on_answer(joining_service.BUTTON, press_a_button, Action.JOIN, text_only=False),
)
