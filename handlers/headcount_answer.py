"""What teachers say in a headcount: I am here, somebody is with me, that is not so."""

from bot.access import Action
from bot.buttons.headcount import HeadcountBuddies, HeadcountDeny, HeadcountHere, HeadcountVouch
from bot.context import Context
from bot.routing import on_button
from bot.services import headcount as headcount_service
from bot.services.headcount import Answered, Outcome
from bot.store import headcount as headcount_store
from bot.store import mark as mark_store
from bot.store.headcount import Headcount
from bot.views import fallback as fallback_view
from bot.views import headcount_answer as headcount_answer_view


async def here(context: Context, pressed: HeadcountHere) -> None:
    """One tap: the message says so from then on."""
    said = await context.write(headcount_service.answer, context.member, pressed.headcount, now=context.now())
    if said.headcount is not None and said.mark is not None:
        await context.show(headcount_answer_view.counted(context.locale, context.seminar, said.headcount, said.mark))
    else:
        await _not_counted(context, said)


async def buddies(context: Context, pressed: HeadcountBuddies) -> None:
    """Show whom the teacher may name."""
    me, now = context.member, context.now()
    outcome, people, more = await context.read(
        headcount_service.buddies, me, pressed.headcount, pressed.page, context.seminar, now=now
    )
    match outcome:
        case Outcome.DONE:
            page = max(0, pressed.page)
            await context.show(
                headcount_answer_view.buddies(context.locale, pressed.headcount, people, page, more=more)
            )
        case Outcome.ALREADY:
            await context.toast(headcount_answer_view.nobody_to_name(context.locale))
            await _show_counted(context, pressed.headcount)
        case Outcome.TOO_SOON:
            await context.toast(headcount_answer_view.not_counted_yet(context.locale), alert=True)
        case _:
            await context.show(headcount_answer_view.over(context.locale))


async def vouch(context: Context, pressed: HeadcountVouch) -> None:
    """Somebody is with the teacher, who reads that."""
    me, now, locale = context.member, context.now(), context.locale
    said = await context.write(headcount_service.vouch, me, pressed.headcount, pressed.person, context.seminar, now=now)
    match said.outcome:
        case Outcome.DONE:
            await context.toast(headcount_answer_view.vouched_for(locale, said.name))
            context.runtime.wake()
        case Outcome.ALREADY:
            await context.toast(headcount_answer_view.counted_already(locale, said.name))
        case Outcome.REFUSED:
            await context.toast(headcount_answer_view.asks_themselves(locale, said.name), alert=True)
        case Outcome.TOO_SOON:
            await context.toast(headcount_answer_view.not_counted_yet(locale), alert=True)
            return
        case _:
            await _not_counted(context, said)
            return
    await _show_counted(context, pressed.headcount)


async def deny(context: Context, pressed: HeadcountDeny) -> None:
    """The teacher is not with who has said so."""
    said = await context.write(headcount_service.deny, context.member, pressed.headcount, now=context.now())
    match said.outcome:
        case Outcome.DONE | Outcome.ALREADY:
            await context.show(headcount_answer_view.denied(context.locale, pressed.headcount))
        case Outcome.REFUSED:
            await context.toast(headcount_answer_view.nothing_said(context.locale))
            await _show_counted(context, pressed.headcount)
        case _:
            await _not_counted(context, said)


async def _show_counted(context: Context, number: int) -> None:
    """Show what is known of the teacher, where something is."""
    headcount = await context.read(headcount_store.get, number)
    if headcount is None:
        return
    mark = await context.read(mark_store.newest, headcount.subject, context.member.id)
    if mark is not None and mark.state is mark_store.MarkState.PRESENT:
        await context.show(headcount_answer_view.counted(context.locale, context.seminar, headcount, mark))


async def _not_counted(context: Context, said: Answered) -> None:
    headcount: Headcount | None = said.headcount
    if headcount is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
    elif said.outcome is Outcome.OVER:
        await context.show(headcount_answer_view.over(context.locale))
    else:
        # The button stays: whoever comes back to that group needs it, and is not asked twice.
        await context.toast(headcount_answer_view.of_others(context.locale), alert=True)


ROUTES = (
    on_button(HeadcountHere, here, Action.BE_COUNTED),
    on_button(HeadcountBuddies, buddies, Action.BE_COUNTED),
    on_button(HeadcountVouch, vouch, Action.BE_COUNTED),
    on_button(HeadcountDeny, deny, Action.BE_COUNTED),
)
