"""A stranger asks to be let in; an organizer answers; the stranger hears of it either way."""

import sqlite3
from datetime import datetime

from bot.access import Action, Role
from bot.buttons.admission import AdmissionOpen, AdmissionPage, AnswerAdmission, AppointAdmitted, AskAdmission
from bot.clock import to_text
from bot.context import Context
from bot.messages import admission as delivery
from bot.messages import receipts
from bot.messages import role as roles
from bot.routing import on_button
from bot.screen import Screen
from bot.store import admission as store
from bot.store import admission_card as cards
from bot.store import joining, person, sent
from bot.store.admission import Admission
from bot.store.person import Person
from bot.store.role import STAFF_ROLES, Grant
from bot.text import NAME_LIMIT, clean_name
from bot.views import admission as view
from bot.views import role as role_view

_ANSWERS = {"no": None, **{role.value: role for role in store.ROLES}}


async def ask(context: Context, _pressed: AskAdmission) -> None:
    """Ask the organizers. Asking twice does not alert them twice."""
    user, language, now = context.incoming.effective_user, context.words.language, context.now()
    if user is None or (context.person is not None and context.person.state != "left"):
        await context.toast(context.words.plain("Press /start to go on."))
        return
    name = clean_name(user.full_name)[:NAME_LIMIT] or "?"
    owners = context.runtime.settings.owners

    def keep(connection: sqlite3.Connection) -> Admission:
        found, _new = store.ask(connection, user.id, name=name, username=user.username, language=language, now=now)
        delivery.tell_staff(connection, person.staff(connection, owners), now)
        return found

    found = await context.write(keep)
    context.runtime.wake()
    if found.state == "refused":
        await context.show(view.refused(context.words))
    else:
        await receipts.of_request(context, found.id)


# --- organizers -----------------------------------------------------------------------------------------------------


async def page(context: Context, pressed: AdmissionPage) -> None:
    """Show a page of the requests."""
    await _turn(context, pressed.page, None)


async def open_one(context: Context, pressed: AdmissionOpen) -> None:
    """Show one request with the answers to it."""
    found = await context.read(store.by_id, pressed.admission)
    if found is None:
        await context.toast(view.gone(context.words))
    await _turn(context, pressed.page, pressed.admission if found is not None else None)


async def answer(context: Context, pressed: AnswerAdmission) -> None:
    """Let the stranger in, or not. The first organizer's answer counts; a refusal can be taken back."""
    if pressed.role not in _ANSWERS:
        return
    role = _ANSWERS[pressed.role]
    if role in STAFF_ROLES:
        await _ask_again(context, pressed.admission, role)
        return
    found, _grant = await _decide(context, pressed.admission, role)
    if found is not None:
        await _show_answered(context, found)
        await _update_others(context, found)


async def appoint(context: Context, pressed: AppointAdmitted) -> None:
    """Let the stranger in as one of the staff: what that role may see has been read."""
    role = _ANSWERS.get(pressed.role)
    if role not in STAFF_ROLES:
        return
    found, grant = await _decide(context, pressed.admission, role)
    if found is None:
        return
    await context.show(role_view.notice(context.words, grant) if grant else view.alert(context.words, found))
    await _update_others(context, found, everywhere=True)


async def _ask_again(context: Context, number: int, role: Role) -> None:
    """Say what the role may see; in a message of its own, so that the card stays what it is."""
    found = await context.read(store.by_id, number)
    if found is None:
        await context.toast(view.gone(context.words))
    elif found.state == "admitted":
        await context.toast(context.words.plain("{name} has answered already.", name=found.answered_by or "–"))
    else:
        await context.reply(role_view.confirm_admission(context.words, found, role))


async def _decide(context: Context, number: int, role: Role | None) -> tuple[Admission | None, Grant | None]:
    """Keep the answer and tell everybody concerned; None when the request is gone."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners

    def decide(connection: sqlite3.Connection) -> tuple[Admission | None, bool, Grant | None]:
        changed = store.answer(connection, number, role, me.id, now)
        found, grant = store.by_id(connection, number), None
        if changed and found is not None:
            someone = _tell(connection, found, role, now)
            if someone is not None:
                grant = roles.announce(connection, someone, owners=owners, now=now, by_id=me.id)
        return found, changed, grant

    found, changed, grant = await context.write(decide)
    if found is None:
        await context.toast(view.gone(context.words))
    elif not changed:
        await context.toast(context.words.plain("{name} has answered already.", name=found.answered_by or "–"))
    context.runtime.wake()
    return found, grant


def _tell(connection: sqlite3.Connection, found: Admission, role: Role | None, now: datetime) -> Person | None:
    """Tell the stranger; return who begins to join."""
    someone = None
    if role is not None:
        someone = joining.begin(
            connection, found.telegram_id, username=found.username, language=found.language, role=role, now=now
        )
    delivery.tell_stranger(connection, found, now)
    return someone


# --- the card, and the messages of before there was one ---------------------------------------------------------------


async def _turn(context: Context, number: int, opened: int | None) -> None:
    """Turn the card whose button was pressed to a page, or to one request."""
    shows = await context.write(_turned, context, number, opened)
    if shows is None:  # a card that is not known as one (yet)
        since = to_text(context.now())
        shows = await context.read(cards.content, page=number, opened=opened, since=since)
    await context.show(view.card(context.words, shows))


def _turned(
    connection: sqlite3.Connection, context: Context, number: int | None, opened: int | None
) -> cards.Content | None:
    """What the pressed card says once it is turned (None: to the page where it is); None when it is no card."""
    pressed, card = context.message, cards.of(connection, context.member.id)
    if card is None or pressed is None or (card.chat_id, card.message_id) != (context.chat_id, pressed.message_id):
        return None
    return cards.turn(connection, card, page=card.page if number is None else number, opened=opened)


async def _show_answered(context: Context, found: Admission) -> None:
    """The card goes on with those who wait; a message about one request says what became of it."""
    shows = await context.write(_turned, context, None, None)
    screen: Screen = view.card(context.words, shows) if shows is not None else view.alert(context.words, found)
    await context.show(screen)


async def _update_others(context: Context, found: Admission, *, everywhere: bool = False) -> None:
    """Every organizer's own message about this request shows what became of it; the cards follow by themselves.

    `everywhere`: also the message in this chat.
    """
    copies = await context.read(sent.copies, delivery.alert_occurrence(found), delivery.ALERT.name)
    for copy in copies:
        if everywhere or copy.chat_id != context.chat_id:
            screen = view.alert(context.runtime.words[copy.language], found)
            await context.change(copy.chat_id, copy.message_id, screen)


ROUTES = (
    on_button(AskAdmission, ask, Action.START),
    on_button(AdmissionPage, page, Action.ADMIT),
    on_button(AdmissionOpen, open_one, Action.ADMIT),
    on_button(AnswerAdmission, answer, Action.ADMIT),
    on_button(AppointAdmitted, appoint, Action.APPOINT),
)
