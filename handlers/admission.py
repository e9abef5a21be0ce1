"""A stranger asks to be let in; an organizer answers; the stranger hears of it either way."""

import sqlite3

from bot.access import Action, Role
from bot.buttons.admission import AdmissionOpen, AdmissionPage, AnswerAdmission, AppointAdmitted, AskAdmission
from bot.clock import to_text
from bot.context import Context
from bot.messages import admission as admission_messages
from bot.messages import receipt as receipt_messages
from bot.routing import on_button
from bot.screen import Screen
from bot.services import admission as admission_service
from bot.services.admission import Decision
from bot.store import admission as admission_store
from bot.store import admission_card as admission_card_store
from bot.store import sent as sent_store
from bot.store.admission import Admission
from bot.store.role import STAFF_ROLES
from bot.text import NAME_LIMIT, clean_name
from bot.views import admission as admission_view
from bot.views import role as role_view

_ANSWERS = {"no": None, **{role.value: role for role in admission_store.ROLES}}


async def ask(context: Context, _pressed: AskAdmission) -> None:
    """Ask the organizers. Asking twice does not alert them twice."""
    user = context.incoming.effective_user
    if user is None or (context.person is not None and context.person.state != "left"):
        await context.toast(context.locale.plain("Press /start to go on."))
        return
    request = await context.write(
        admission_service.ask,
        user.id,
        name=clean_name(user.full_name)[:NAME_LIMIT] or "?",
        username=user.username,
        language=context.locale.language,
        owners=context.runtime.settings.owners,
        now=context.now(),
    )
    context.runtime.wake()
    if request.state == "refused":
        await context.show(admission_view.refused(context.locale))
    else:
        await receipt_messages.show_for_request(context, request.id)


# --- organizers -----------------------------------------------------------------------------------------------------


async def page(context: Context, pressed: AdmissionPage) -> None:
    """Show a page of the requests."""
    await _turn(context, pressed.page, None)


async def open_one(context: Context, pressed: AdmissionOpen) -> None:
    """Show one request with the answers to it."""
    request = await context.read(admission_store.by_id, pressed.admission)
    if request is None:
        await context.toast(admission_view.gone(context.locale))
    await _turn(context, pressed.page, pressed.admission if request is not None else None)


async def answer(context: Context, pressed: AnswerAdmission) -> None:
    """Let the stranger in, or not. The first organizer's answer counts; a refusal can be taken back."""
    if pressed.role not in _ANSWERS:
        return
    role = _ANSWERS[pressed.role]
    if role in STAFF_ROLES:
        await _ask_again(context, pressed.admission, role)
        return
    decision = await _decide(context, pressed.admission, role)
    if decision.admission is not None:
        await _show_answered(context, decision.admission)
        await _update_others(context, decision.admission)


async def appoint(context: Context, pressed: AppointAdmitted) -> None:
    """Let the stranger in as one of the staff: what that role may see has been read."""
    role = _ANSWERS.get(pressed.role)
    if role not in STAFF_ROLES:
        return
    decision = await _decide(context, pressed.admission, role)
    request, grant = decision.admission, decision.grant
    if request is None:
        return
    screen = role_view.notice(context.locale, grant) if grant else admission_view.alert(context.locale, request)
    await context.show(screen)
    await _update_others(context, request, everywhere=True)


async def _ask_again(context: Context, number: int, role: Role) -> None:
    """Say what the role may see; in a message of its own, so that the card stays what it is."""
    request = await context.read(admission_store.by_id, number)
    if request is None:
        await context.toast(admission_view.gone(context.locale))
    elif request.state == "admitted":
        await context.toast(context.locale.plain("{name} has answered already.", name=request.answered_by or "–"))
    else:
        await context.reply(role_view.confirm_admission(context.locale, request, role))


async def _decide(context: Context, number: int, role: Role | None) -> Decision:
    """Keep the answer and tell everybody concerned."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    decision = await context.write(admission_service.decide, number, role, me, owners=owners, now=now)
    request = decision.admission
    if request is None:
        await context.toast(admission_view.gone(context.locale))
    elif not decision.changed:
        await context.toast(context.locale.plain("{name} has answered already.", name=request.answered_by or "–"))
    context.runtime.wake()
    return decision


# --- the card, and the messages of before there was one ---------------------------------------------------------------


async def _turn(context: Context, number: int, opened: int | None) -> None:
    """Turn the card whose button was pressed to a page, or to one request."""
    shows = await context.write(_turned, context, number, opened)
    if shows is None:  # a card that is not known as one (yet)
        since = to_text(context.now())
        shows = await context.read(admission_card_store.content, page=number, opened=opened, since=since)
    await context.show(admission_view.card(context.locale, shows))


def _turned(
    connection: sqlite3.Connection, context: Context, number: int | None, opened: int | None
) -> admission_card_store.RequestCardContent | None:
    """What the pressed card says once it is turned (None: to the page where it is); None when it is no card."""
    pressed, card = context.message, admission_card_store.get(connection, context.member.id)
    if card is None or pressed is None or (card.chat_id, card.message_id) != (context.chat_id, pressed.message_id):
        return None
    return admission_card_store.turn(connection, card, page=card.page if number is None else number, opened=opened)


async def _show_answered(context: Context, request: Admission) -> None:
    """The card goes on with those who wait; a message about one request says what became of it."""
    shows = await context.write(_turned, context, None, None)
    screen: Screen = (
        admission_view.card(context.locale, shows)
        if shows is not None
        else admission_view.alert(context.locale, request)
    )
    await context.show(screen)


async def _update_others(context: Context, request: Admission, *, everywhere: bool = False) -> None:
    """Every organizer's own message about this request shows what became of it; the cards follow by themselves.

    `everywhere`: also the message in this chat.
    """
    copies = await context.read(
        sent_store.messages_of, admission_messages.alert_occurrence(request), admission_messages.ALERT.name
    )
    for copy in copies:
        if everywhere or copy.chat_id != context.chat_id:
            screen = admission_view.alert(context.runtime.locales[copy.language], request)
            await context.change(copy.chat_id, copy.message_id, screen)


ROUTES = (
    on_button(AskAdmission, ask, Action.START),
    on_button(AdmissionPage, page, Action.ADMIT),
    on_button(AdmissionOpen, open_one, Action.ADMIT),
    on_button(AnswerAdmission, answer, Action.ADMIT),
    on_button(AppointAdmitted, appoint, Action.APPOINT),
)
