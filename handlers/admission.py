"""A stranger asks to be let in; an organizer answers; the stranger hears of it either way."""

import sqlite3
from datetime import datetime

from bot.access import Action, Role
from bot.buttons import AnswerAdmission, AskAdmission
from bot.context import Context
from bot.delivery import admission as delivery
from bot.names import NAME_LIMIT, clean_name
from bot.routing import on_button
from bot.store import admission as store
from bot.store import joining, person, sent
from bot.store.admission import Admission
from bot.views import admission as view
from bot.views import start as door

_ANSWERS = {"no": None, **{role.value: role for role in store.ROLES}}


async def ask(context: Context, _pressed: AskAdmission) -> None:
    """Ask the organizers. Asking twice does not alert them twice."""
    user, language, now = context.incoming.effective_user, context.words.language, context.now()
    if context.person is not None or user is None:
        await context.toast(context.words.plain("Press /start to go on."))
        return
    name = clean_name(user.full_name)[:NAME_LIMIT] or "?"
    owners = context.services.settings.owners

    def keep(connection: sqlite3.Connection) -> Admission:
        found, _new = store.ask(connection, user.id, name=name, username=user.username, language=language, now=now)
        if found.state == "asked":
            delivery.tell_staff(connection, found, person.staff(connection, owners), now)
        return found

    found = await context.write(keep)
    context.services.wake()
    await context.show(view.refused(context.words) if found.state == "refused" else door.asked(context.words))


async def answer(context: Context, pressed: AnswerAdmission) -> None:
    """Let the stranger in, or not. The first organizer's answer counts; a refusal can be taken back."""
    if pressed.role not in _ANSWERS:
        return
    role, me, now = _ANSWERS[pressed.role], context.member, context.now()

    def decide(connection: sqlite3.Connection) -> tuple[Admission | None, bool]:
        changed = store.answer(connection, pressed.admission, role, me.id, now)
        found = store.by_id(connection, pressed.admission)
        if changed and found is not None:
            _tell(connection, found, role, now)
        return found, changed

    found, changed = await context.write(decide)
    if found is None:
        await context.toast(context.words.plain("This request is gone."))
        return
    if not changed:
        await context.toast(context.words.plain("{name} has answered already.", name=found.answered_by or "–"))
    context.services.wake()
    await context.show(view.alert(context.words, found))
    await _update_others(context, found)


def _tell(connection: sqlite3.Connection, found: Admission, role: Role | None, now: datetime) -> None:
    if role is not None:
        joining.begin(
            connection, found.telegram_id, username=found.username, language=found.language, role=role, now=now
        )
    delivery.tell_stranger(connection, found, now)


async def _update_others(context: Context, found: Admission) -> None:
    """Every organizer's alert shows what became of it."""
    event = delivery.event(found)
    copies = await context.read(lambda connection: sent.copies(connection, event, "admission.alert"))
    for copy in copies:
        if copy.chat_id != context.chat_id:
            screen = view.alert(context.services.words[copy.language], found)
            await context.change(copy.chat_id, copy.message_id, screen)


ROUTES = (
    on_button(AskAdmission, ask, Action.START),
    on_button(AnswerAdmission, answer, Action.ADMIT),
)
