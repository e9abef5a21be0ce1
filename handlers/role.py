"""Roles of the staff: a member takes one by a link; any organizer takes one back, but not an owner's or their own."""

from dataclasses import replace

from bot import menu
from bot.access import Action, Role
from bot.buttons.admission import TakeAdmittedBack
from bot.buttons.role import AcceptRole, AppointMember, ChooseRole, EndRole, KeepRole, TakeRoleBack
from bot.context import Context
from bot.messages import role as role_messages
from bot.routing import on_button
from bot.services import role as role_service
from bot.store import person
from bot.store import role as role_store
from bot.store import sent as sent_store
from bot.store.role import Demotion, RoleGrant
from bot.views import role as role_view
from bot.views import start as start_view


async def accept(context: Context, pressed: AcceptRole) -> None:
    """A member takes the role of a staff invitation, or stays what they are."""
    if not pressed.code:
        await context.show(start_view.role_kept(context.locale))
        return
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    invitation = await context.write(role_service.accept, me, pressed.code, owners=owners, now=now)
    if not invitation.good:
        await context.show(start_view.bad_code(context.locale, invitation.status, inside=True))
        return
    context.person = await context.read(person.by_id, me.id)
    await context.show(menu.welcome(context))
    context.runtime.wake()
    await menu.fit(context)


async def ask(context: Context, pressed: TakeRoleBack) -> None:
    """What shall the person be instead? In a message of its own, so that the notice stays."""
    await _ask(context, await context.read(role_store.by_id, pressed.grant))


async def ask_admitted(context: Context, pressed: TakeAdmittedBack) -> None:
    """The same, from the card of requests."""
    await _ask(context, await context.read(role_store.by_admission, pressed.admission))


async def _ask(context: Context, grant: RoleGrant | None) -> None:
    if grant is not None and await _may_end(context, grant):
        await context.reply(role_view.take_back(context.locale, grant))
    elif grant is None:
        await context.toast(role_view.stands_no_more(context.locale))


async def keep_role(context: Context, _pressed: KeepRole) -> None:
    """Nothing changes."""
    await context.show(role_view.kept(context.locale))


async def end(context: Context, pressed: EndRole) -> None:
    """Take the role back; everybody concerned hears of it."""
    grant = await context.read(role_store.by_id, pressed.grant)
    if grant is None or pressed.to not in set(Demotion) or not await _may_end(context, grant):
        return
    to, me, now, owners = Demotion(pressed.to), context.member, context.now(), context.runtime.settings.owners
    someone = await context.write(role_service.take_back, grant.id, to, me, owners=owners, now=now)
    if someone is None:
        await context.toast(role_view.stands_no_more(context.locale))
        return
    context.runtime.requeue(someone.id)
    context.runtime.wake()
    outcome = replace(grant, stands=False, ended_as=to, ender=me.name)
    await context.show(role_view.notice(context.locale, outcome))
    await _update_notices(context, outcome)
    now_is = await context.read(person.by_id, someone.id)
    if to is Demotion.TEACHER and now_is is not None:
        await menu.fit_member(context, now_is)
    else:
        await menu.drop(context, someone.telegram_id)


async def choose(context: Context, pressed: ChooseRole) -> None:
    """Which role should a member have; of one that is chosen, say what it may see. In a message of its own."""
    someone = await context.read(person.by_id, pressed.person)
    if someone is None or not someone.active or someone.owner:
        await context.toast(role_view.cannot_have_it(context.locale))
    elif not pressed.role:
        await context.reply(role_view.choose(context.locale, someone))
    elif pressed.role in role_store.STAFF_ROLES:
        await context.show(role_view.confirm_appointment(context.locale, someone, Role(pressed.role)))


async def appoint(context: Context, pressed: AppointMember) -> None:
    """Give a member a role; the others are told by whom."""
    if pressed.role not in role_store.STAFF_ROLES:
        return
    me, now, owners, role = context.member, context.now(), context.runtime.settings.owners, Role(pressed.role)
    appointed = await context.write(role_service.appoint, pressed.person, role, me, owners=owners, now=now)
    if appointed is None:
        await context.toast(role_view.cannot_have_it(context.locale))
        return
    context.runtime.wake()
    await context.show(role_view.notice(context.locale, appointed.grant))
    await menu.fit_member(context, appointed.someone)


async def _may_end(context: Context, grant: RoleGrant) -> bool:
    """Whether who presses may take this back; why not is said in a toast."""
    if not grant.stands:
        await context.toast(role_view.stands_no_more(context.locale))
    elif grant.owner_now or grant.telegram_id in context.runtime.settings.owners:
        await context.toast(role_view.owner_stays(context.locale), alert=True)
    elif grant.person_id == context.member.id:
        await context.toast(role_view.not_oneself(context.locale), alert=True)
    else:
        return True
    return False


async def _update_notices(context: Context, grant: RoleGrant) -> None:
    """Every organizer's notice shows what became of it."""
    copies = await context.read(sent_store.messages_of, grant.occurrence, role_messages.NOTICE.name)
    for copy in copies:
        await context.change(
            copy.chat_id, copy.message_id, role_view.notice(context.runtime.locales[copy.language], grant)
        )


ROUTES = (
    on_button(AcceptRole, accept, Action.SET_SELF),
    on_button(TakeRoleBack, ask, Action.APPOINT),
    on_button(TakeAdmittedBack, ask_admitted, Action.APPOINT),
    on_button(KeepRole, keep_role, Action.APPOINT),
    on_button(EndRole, end, Action.APPOINT),
    on_button(ChooseRole, choose, Action.APPOINT),
    on_button(AppointMember, appoint, Action.APPOINT),
)
