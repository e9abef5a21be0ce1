"""/invite: a link that lets teachers, an organizer or a coordinator in."""

from bot.access import Action, Role
from bot.buttons import MakeInvite
from bot.context import Context
from bot.i18n import N_
from bot.routing import on_button, on_command
from bot.store import invite as store
from bot.views import invite as view

_ROLES = {role.value: role for role in (Role.TEACHER, Role.ORGANIZER, Role.COORDINATOR)}


async def invite(context: Context, _arguments: str) -> None:
    """Ask whom to invite."""
    await context.reply(view.roles(context.words))


async def make(context: Context, pressed: MakeInvite) -> None:
    """Make the link and a message around it that can be forwarded."""
    role = _ROLES.get(pressed.role)
    if role is None:
        return
    days, now, maker = context.services.settings.invite_days, context.now(), context.user_id
    code = await context.write(lambda connection: store.create(connection, role, days=days, now=now, made_by=maker))
    link = store.make_link(context.bot.username, code)
    await context.show(view.made(context.words, role, days))
    words = context.services.words
    await context.reply(view.to_forward(words.all(), context.words, context.seminar, link))


ROUTES = (
    on_command("invite", invite, Action.INVITE, menu=N_("Invite people")),
    on_button(MakeInvite, make, Action.INVITE),
)
