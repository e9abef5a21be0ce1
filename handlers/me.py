"""/me: what is stored about me; change it, export it, erase it."""

import json
from datetime import timedelta
from typing import Final

from telegram import InputFile, Message

from bot import menu
from bot.access import Action, Role
from bot.arguments import NoArguments
from bot.buttons.me import ChangeMe, EraseAndTell, EraseMe, MoveGroup
from bot.buttons.reminder import RemindMe
from bot.context import Context
from bot.i18n import N_
from bot.messages import departure as departure_messages
from bot.programme.reminders import CHOICES
from bot.routing import on_answer, on_button, on_command, on_unanswered
from bot.screen import Screen
from bot.services import me as me_service
from bot.store import me as me_store
from bot.store import person
from bot.store import roster as roster_store
from bot.store.conversation import Conversation, Prompt
from bot.text import NAME_LIMIT, clean_name
from bot.views import me as me_view
from bot.views import start as start_view

_NAME = Prompt("me.name", NoArguments)
_ENDS_AFTER: Final = timedelta(hours=1)


async def me(context: Context, _arguments: str) -> None:
    """Reply with what is stored about who asks."""
    await context.reply(await _page(context))


async def change(context: Context, pressed: ChangeMe) -> None:
    """Change a part of it, take all of it along, or begin to erase it."""
    if pressed.what != "name":
        await _not_awaiting_a_name(context)
    match pressed.what:
        case "name":
            await context.expect(_NAME, NoArguments(), ends_after=_ENDS_AFTER)
            await context.show(me_view.new_name(context.locale))
        case "group" if context.member.role is Role.TEACHER and context.seminar.has_groups:
            await context.show(me_view.new_group(context.locale, context.seminar))
        case "language" if len(context.seminar.languages) > 1:
            await context.show(me_view.languages(context.runtime.locales.all(), context.locale.language))
        case "export":
            await _export(context)
        case "erase":
            await context.show(me_view.confirm_erasure(context.locale, last=await _is_last(context)))
        case _:
            await context.show(await _page(context))


async def rename(context: Context, message: Message) -> None:
    """The new name."""
    name = clean_name(message.text or "")
    if not name:
        await context.reply(start_view.no_name(context.locale))
    elif len(name) > NAME_LIMIT:
        await context.reply(start_view.name_too_long(context.locale))
    else:
        my_id, chat_id, awaits = context.member.id, context.chat_id, context.awaits
        await context.write(me_service.rename, my_id, name, chat_id=chat_id, awaits=awaits)
        await _show_page_again(context)


async def name_lapsed(context: Context, _awaited: Conversation) -> Screen | None:
    """Words long after "Name": they are not taken for one."""
    return me_view.name_lapsed(context.locale, context.member.name)


async def name_left(context: Context, _awaited: Conversation, _now: Conversation | None) -> Screen | None:
    """Something else came between: the name stays."""
    return me_view.name_stays(context.locale, context.member.name)


async def move_group(context: Context, pressed: MoveGroup) -> None:
    """The new group."""
    me_now = context.member
    if me_now.role is not Role.TEACHER or context.seminar.group(pressed.group) is None:
        await context.toast(me_view.no_such_group(context.locale))
        return
    await context.write(me_service.set_group, me_now, pressed.group, context.now())
    context.runtime.wake()
    await _show_page_again(context)


async def remind(context: Context, pressed: RemindMe) -> None:
    """How long before each session to be reminded, or not at all."""
    if pressed.minutes and pressed.minutes not in CHOICES:
        await context.toast(me_view.no_such_reminder(context.locale))
        return
    my_id = context.member.id
    await context.write(person.set_reminder, my_id, pressed.minutes or None)
    context.runtime.requeue(my_id)  # a reminder that is not wanted any more does not leave
    await _show_page_again(context)


async def erase(context: Context, _pressed: EraseMe) -> None:
    """Erase everything; organizers hear that someone has left."""
    await _erase(context, named=False)


async def erase_and_tell(context: Context, _pressed: EraseAndTell) -> None:
    """Erase everything; organizers hear who has left."""
    await _erase(context, named=True)


async def _erase(context: Context, *, named: bool) -> None:
    """Erase everything about who asks, and what was about to be sent to them."""
    me_now, locale, update_id, now = context.member, context.locale, context.incoming.update_id, context.now()
    owners = context.runtime.settings.owners
    result = await context.write(me_service.erase, me_now, update_id=update_id, named=named, owners=owners, now=now)
    context.runtime.requeue(me_now.id)
    context.runtime.wipe()
    context.runtime.wake()
    await context.show(me_view.erased(locale, told=result.told, named=named))
    await menu.drop(context)
    await departure_messages.show(context, result)


async def _is_last(context: Context) -> bool:
    """Whether who asks is the only one whom alerts and calls for help reach."""
    owners = context.runtime.settings.owners
    staff = await context.read(person.staff, owners)
    return [one.id for one in staff] == [context.member.id]


async def _export(context: Context) -> None:
    me_now = context.member
    data = await context.read(me_store.export, me_now)
    document = InputFile(json.dumps(data, ensure_ascii=False, indent=2).encode(), filename="hamroh.json")
    await context.send("sendDocument", {"document": document, "caption": me_view.caption(context.locale)})


async def _show_page_again(context: Context) -> None:
    user_id = context.user_id
    context.person = await context.read(person.by_telegram_id, user_id)
    await context.show(await _page(context))


async def _not_awaiting_a_name(context: Context) -> None:
    """Whoever presses another button has thought better of typing a name."""
    if context.awaits is not None and context.awaits.waits_for == _NAME.name:
        await context.expect_nothing()


async def _page(context: Context) -> Screen:
    my_id = context.member.id
    listed = await context.read(roster_store.for_person, my_id) is not None
    return me_view.page(context.locale, context.member, context.seminar, listed=listed)


ROUTES = (
    on_command("me", me, Action.SET_SELF, menu=N_("My data")),
    on_button(ChangeMe, change, Action.SET_SELF),
    on_answer(_NAME, rename, Action.SET_SELF),
    on_unanswered(_NAME, lapsed=name_lapsed, left=name_left),
    on_button(MoveGroup, move_group, Action.SET_SELF),
    on_button(RemindMe, remind, Action.SET_SELF),
    on_button(EraseMe, erase, Action.SET_SELF),
    on_button(EraseAndTell, erase_and_tell, Action.SET_SELF),
)
