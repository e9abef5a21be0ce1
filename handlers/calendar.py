"""/calendar: the programme as a file for the calendar of a phone."""

from functools import partial

from bot.access import Action
from bot.context import Context
from bot.i18n import N_
from bot.programme import calendar as programme_calendar
from bot.routing import on_command
from bot.screen import SharedFile
from bot.views import calendar as calendar_view


async def calendar(context: Context, _arguments: str) -> None:
    """Send the file: the sessions of the reader's group, in the reader's language."""
    seminar, language, sequence = context.seminar, context.locale.language, context.runtime.current.version
    group = seminar.group(context.member.group)
    key = None if group is None else group.key
    now = context.now()
    file = SharedFile(
        name=f"calendar:{seminar.key}:{language}:{key or ''}",
        edition=programme_calendar.edition(seminar, language=language, group=key, sequence=sequence),
        filename=f"{seminar.key}.ics",
        make=partial(
            programme_calendar.calendar_file, seminar, language=language, group=key, sequence=sequence, now=now
        ),
    )
    await context.send_file(file, calendar_view.caption(context.locale))


ROUTES = (on_command("calendar", calendar, Action.SEE_PROGRAMME, menu=N_("The programme for your calendar")),)
