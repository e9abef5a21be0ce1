"""/progress: what I have done so far."""

from bot.access import Action
from bot.context import Context
from bot.i18n import N_
from bot.routing import on_command
from bot.store import progress as progress_store
from bot.store.lesson import Standing
from bot.views import progress as progress_view


async def progress(context: Context, _arguments: str) -> None:
    """Reply with the person's own progress."""
    seminar = context.seminar
    mine = await context.read(progress_store.get, person_id=context.member.id, seminar=seminar)
    lessons = [mine.lessons.get(one.key, Standing()).progress(one) for one in seminar.lessons]
    day = seminar.day_number_on(seminar.today(context.now()))
    counts = progress_view.Counts(mine.mornings, mine.evenings, mine.sessions)
    await context.reply(progress_view.progress(context.locale, lessons, day, counts))


ROUTES = (on_command("progress", progress, Action.LEARN, menu=N_("What I have done so far")),)
