"""/help: a call for help at one tap, words to and from the organizers, and what becomes of a call."""

import sqlite3
from datetime import timedelta
from functools import partial
from typing import Final

from telegram import Message

from bot.access import Action, allowed
from bot.buttons.help import AnswerStaff, AskHelp, CloseHelp, NeverMind, PassOn, TakeHelp, WriteTo
from bot.context import Context
from bot.i18n import N_
from bot.inbound import incoming_message
from bot.messages import help as delivery
from bot.messages import receipts, relay
from bot.phrases import mood, says_here
from bot.routing import on_answer, on_button, on_command
from bot.store import conversation, person, sent
from bot.store import help as store
from bot.store.conversation import Conversation
from bot.store.help import Call, Trouble
from bot.views import help as view

_TO_SOMEONE = {delivery.WRITE, delivery.ANSWER, delivery.QUESTION, delivery.WORDS}
# So long what is written next is what was asked for. Somebody who wrote to one person in the morning may mean anybody
# in the evening; a question and an answer, which go to organizers, may take their time.
_ENDS_AFTER: Final = timedelta(hours=1)
_ASKED_FOR: Final = timedelta(hours=2)


# --- who needs help -------------------------------------------------------------------------------------------------


async def help_me(context: Context, _arguments: str) -> None:
    """Ask what is the matter."""
    await context.reply(view.menu(context.words, context.seminar.contacts))


async def ask(context: Context, pressed: AskHelp) -> None:
    """Unwell and lost go to the organizers at this tap; a question waits for its words."""
    if pressed.kind not in set(Trouble):
        return
    kind, asked_in = Trouble(pressed.kind), context.message_id
    if not kind.urgent:
        await context.expect(delivery.QUESTION, {"kind": kind, "prompt": asked_in}, ends_after=_ASKED_FOR)
        await context.show(view.ask(context.words, kind))
        return
    me, now, owners = context.member, context.now(), context.runtime.settings.owners

    def call(connection: sqlite3.Connection) -> int:
        found, _new = store.call(connection, me.id, kind, asked_in, now)
        if found.state != "closed":
            relay.listen(connection, found, now)
            delivery.tell_staff(connection, found, person.staff(connection, owners), now)
        return found.id

    number = await context.write(call)
    # The check-in stays what it is; the menu of /help has done its work.
    await receipts.of_call(context, number, anew=kind is Trouble.HELP)


async def words(context: Context, message: Message) -> None:
    """The words of a call: everything goes on to the organizers until the call is settled, or nothing comes for long.

    What answers an organizer's own words by a swipe goes to that organizer.
    """
    if (what := incoming_message(message, context.part)) is None or context.awaits is None:
        return
    if not what.copyable:
        await context.reply(view.cannot_pass(context.words, context.seminar.contacts))
        return
    awaits, me, now, owners = context.awaits, context.member, context.now(), context.runtime.settings.owners
    kind, call = Trouble(awaits.data.get("kind", Trouble.OTHER)), awaits.data.get("call")
    cares = allowed(Action.CARE, context.role, context.chat_kind)

    def pass_to_whom_it_is_for(connection: sqlite3.Connection) -> str:
        name = relay.reply(connection, me, what, cares=cares, owners=owners, now=now)
        if name is None:
            if not context.goes_on:
                conversation.end(connection, context.chat_id, awaits)
            relay.to_staff(connection, me, what, kind=kind, call_id=call, owners=owners, now=now)
        return name or ""

    await context.write(pass_to_whom_it_is_for)
    await _passed(context, message)


async def pass_on(context: Context, pressed: PassOn) -> None:
    """Words that nobody had asked for: pass them on, or forget them."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    if not pressed.yes:
        await context.write(store.drop, context.chat_id, pressed.message)
        await context.show(view.not_passed(context.words))
        return

    there = await context.write(relay.pass_kept, me, context.chat_id, pressed.message, owners=owners, now=now)
    if there:
        await receipts.of_words(context, pressed.message, anew=False)
    else:
        await context.show(view.forgotten(context.words))


async def never_mind(context: Context, _pressed: NeverMind) -> None:
    """Nobody waits for the words any more, unless they are those of a call, or of another question than this one."""
    awaits = context.awaits
    asked = awaits is not None and awaits.waits_for in _TO_SOMEONE and "call" not in awaits.data
    if awaits is None or not asked or awaits.data.get("prompt", context.message_id) != context.message_id:
        await context.toast(view.gone(context.words))
        return
    me, now = context.member, context.now()

    def stop(connection: sqlite3.Connection) -> None:
        conversation.end(connection, context.chat_id, awaits)
        relay.listen_again(connection, me, now)

    await context.write(stop)
    await context.show(view.never_mind(context.words))


async def answer(context: Context, pressed: AnswerStaff) -> None:
    """Wait for the answer to what an organizer wrote."""
    found = await context.read(store.message, pressed.message)
    if found is None or found.person_id != context.member.id:
        await context.toast(view.gone(context.words))
        return
    prompt = await context.reply(view.answer_to(context.words, found.author))
    await context.expect(delivery.ANSWER, {"message": found.id, "prompt": prompt}, ends_after=_ASKED_FOR)


async def answered(context: Context, message: Message) -> None:
    """The answer goes to the organizer who wrote, or to all when that one is gone."""
    if (what := incoming_message(message, context.part)) is None or context.awaits is None:
        return
    if not what.copyable:
        await context.reply(view.cannot_pass(context.words, context.seminar.contacts))
        return
    awaits, me, now, owners = context.awaits, context.member, context.now(), context.runtime.settings.owners

    def send(connection: sqlite3.Connection) -> str:
        if not context.gone_on:
            conversation.end(connection, context.chat_id, awaits)
        name = relay.answer(connection, me, what, int(awaits.data["message"]), owners=owners, now=now)
        relay.listen_again(connection, me, now)
        return name

    await context.write(send)
    await _passed(context, message)


# --- organizers -----------------------------------------------------------------------------------------------------


async def take(context: Context, pressed: TakeHelp) -> None:
    """An organizer takes the call; the others see it, and who called hears of it."""
    await _settle(context, pressed.call, partial(store.take, call_id=pressed.call))


async def close(context: Context, pressed: CloseHelp) -> None:
    """The call is settled; nobody waits for words about it any more."""
    await _settle(context, pressed.call, partial(store.close, call_id=pressed.call))


async def write_to(context: Context, pressed: WriteTo) -> None:
    """Wait for an organizer's words to a person."""
    found = await context.read(person.by_id, pressed.person)
    if found is None or not found.active or not found.reachable:
        await context.reply(view.unreachable(context.words, found.name if found else ""))
        return
    prompt = await context.reply(view.write_to(context.words, found.name))
    await context.expect(delivery.WRITE, {"person": found.id, "prompt": prompt}, ends_after=_ENDS_AFTER)


async def written(context: Context, message: Message) -> None:
    """The organizer's words go to the person, unless they answer someone else's by a swipe."""
    if (what := incoming_message(message, context.part)) is None or context.awaits is None:
        return
    if not what.copyable:
        await context.reply(view.cannot_pass(context.words, context.seminar.contacts))
        return
    awaits, me, now, owners = context.awaits, context.member, context.now(), context.runtime.settings.owners

    asked_for = int(awaits.data["person"])

    def send(connection: sqlite3.Connection) -> tuple[str | None, int]:
        name = relay.reply(connection, me, what, cares=True, owners=owners, now=now)
        reader = relay.replied_to(connection, what) or asked_for
        if name is None and reader == asked_for:
            if not context.gone_on:
                conversation.end(connection, context.chat_id, awaits)
            name = relay.to_person(connection, me, what, asked_for, now)
        return name, reader

    name, reader = await context.write(send)
    if name is None:
        await _not_sent(context, reader)
    else:
        await _passed(context, message)


# --- what these share -----------------------------------------------------------------------------------------------


def _belongs(message: Message, awaited: Conversation) -> bool:
    """Whether a message is taken for words of a call: after a mere question, what looks like a check-in is not."""
    text = message.text or ""
    return not (awaited.optional and (says_here(text) or mood(text) is not None))


async def _passed(context: Context, message: Message) -> None:
    context.runtime.wake()
    if not context.goes_on:
        await receipts.of_words(context, message.message_id)


async def _not_sent(context: Context, person_id: int) -> None:
    if not context.goes_on:
        reader = await context.read(person.by_id, person_id)
        await context.reply(view.unreachable(context.words, reader.name if reader else ""))


async def _settle(context: Context, number: int, change: partial[bool]) -> None:
    me, now = context.member, context.now()

    def settle(connection: sqlite3.Connection) -> tuple[Call | None, bool]:
        changed = change(connection, person_id=me.id, now=now)
        call = store.by_id(connection, number)
        caller = person.by_id(connection, call.person_id) if call else None
        if changed and call is not None and caller is not None:
            if call.state == "closed":
                delivery.tell_closed(connection, call, caller, now)
                _stop_waiting(connection, call)
            else:
                delivery.tell_taken(connection, call, caller, now)
        return call, changed

    call, changed = await context.write(settle)
    if call is None:
        await context.toast(view.gone(context.words))
        return
    if not changed and me.id != (call.closer_id if call.state == "closed" else call.taker_id):
        await context.toast(view.too_late(context.words, call))
    context.runtime.wake()
    first = await context.read(store.first_words, call.id)
    await context.show(view.alert(context.words, call, context.seminar, first, context.now()))
    await _update_others(context, call, first)


def _stop_waiting(connection: sqlite3.Connection, call: Call) -> None:
    waits = conversation.of(connection, call.telegram_id)
    if waits is not None and waits.is_about(delivery.WORDS, call=call.id):
        conversation.end(connection, call.telegram_id, waits)


async def _update_others(context: Context, call: Call, first: store.HelpMessage | None) -> None:
    """Every organizer's alert shows what became of the call."""
    copies = await context.read(sent.copies, delivery.event(call), delivery.ALERT.name)
    for copy in copies:
        if (copy.chat_id, copy.message_id) != (context.chat_id, context.message_id):
            screen = view.alert(context.runtime.words[copy.language], call, context.seminar, first, context.now())
            await context.change(copy.chat_id, copy.message_id, screen)


ROUTES = (
    on_command("help", help_me, Action.ASK, menu=N_("Call for help, ask")),
    on_button(AskHelp, ask, Action.ASK),
    on_answer(delivery.QUESTION, words, Action.ASK, text_only=False, parts=True),
    on_answer(delivery.WORDS, words, Action.ASK, text_only=False, parts=True, fits=_belongs),
    on_button(PassOn, pass_on, Action.ASK),
    on_button(NeverMind, never_mind, Action.ASK),
    on_button(AnswerStaff, answer, Action.ASK),
    on_answer(delivery.ANSWER, answered, Action.ASK, text_only=False, parts=True),
    on_button(TakeHelp, take, Action.CARE),
    on_button(CloseHelp, close, Action.CARE),
    on_button(WriteTo, write_to, Action.CARE),
    on_answer(delivery.WRITE, written, Action.CARE, text_only=False, parts=True),
)
