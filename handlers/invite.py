"""/invite: a link that lets teachers, an organizer or a coordinator in; and the links that work, to be withdrawn."""

from bot.access import Action, Role
from bot.buttons.invite import ConfirmRevokeInvite, ConfirmStaffInvite, InviteList, MakeInvite, RevokeInvite
from bot.context import Context
from bot.i18n import N_
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.services import invite as invite_service
from bot.store import invite as invite_store
from bot.views import invite as invite_view
from bot.views import role as role_view

_STAFF = {role.value: role for role in (Role.ORGANIZER, Role.COORDINATOR)}


async def invite(context: Context, _arguments: str) -> None:
    """Ask whom to invite, and show the links that work."""
    await context.reply(await _roles(context))


async def links(context: Context, pressed: InviteList) -> None:
    """Show a page of the links that work."""
    await context.show(await _roles(context, pressed.page))


async def make(context: Context, pressed: MakeInvite) -> None:
    """Make a link for teachers; for the staff, say first what the role may see."""
    if pressed.role == Role.TEACHER:
        await _make(context, Role.TEACHER)
    elif pressed.role in _STAFF:
        await context.show(role_view.confirm_link(context.locale, _STAFF[pressed.role]))


async def make_for_staff(context: Context, pressed: ConfirmStaffInvite) -> None:
    """Make a link for one person of the staff."""
    if pressed.role in _STAFF:
        await _make(context, _STAFF[pressed.role])


async def revoke(context: Context, pressed: RevokeInvite) -> None:
    """Ask whether to withdraw a link."""
    now = context.now()
    working = await context.read(invite_store.working, now=now)
    link = next((one for one in working if one.id == pressed.invite), None)
    if link is not None:
        await context.show(invite_view.confirm_revocation(context.locale, context.seminar, link))
    else:
        await context.toast(invite_view.works_no_more(context.locale))
        await context.show(await _roles(context))


async def revoke_now(context: Context, pressed: ConfirmRevokeInvite) -> None:
    """Withdraw a link. The button may be older than the owner who came in by the link, and who stays one."""
    done = await context.write(invite_service.withdraw, pressed.invite, context.now(), by_id=context.member.id)
    await context.toast(invite_view.revoked(context.locale) if done else invite_view.works_no_more(context.locale))
    await context.show(await _roles(context))


async def _make(context: Context, role: Role) -> None:
    """Make the link and a message around it that can be forwarded."""
    days, me, now = context.runtime.settings.invite_days, context.member, context.now()
    code = await context.write(invite_service.make, role, me, days=days, now=now)
    link = invite_store.make_link(context.bot.username, code)
    await context.show(invite_view.made(context.locale, role, days))
    locales = context.runtime.locales
    await context.reply(invite_view.to_forward(locales.all(), context.locale, context.seminar, link))


async def _roles(context: Context, page: int = 0) -> Screen:
    working = await context.read(invite_store.working, now=context.now())
    return invite_view.roles(context.locale, context.seminar, working, page)


ROUTES = (
    on_command("invite", invite, Action.INVITE, menu=N_("Invite people")),
    on_button(MakeInvite, make, Action.INVITE),
    on_button(ConfirmStaffInvite, make_for_staff, Action.INVITE),
    on_button(InviteList, links, Action.INVITE),
    on_button(RevokeInvite, revoke, Action.INVITE),
    on_button(ConfirmRevokeInvite, revoke_now, Action.INVITE),
)
