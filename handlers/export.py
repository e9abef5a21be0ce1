"""/export: a file with data, of everything or of what filters say, as Excel, CSV or JSON."""

from dataclasses import replace

from telegram import InputFile

from bot.access import ORGANIZERS, Action
from bot.buttons.export import (
    ExportDay,
    ExportDays,
    ExportGroup,
    ExportGroups,
    ExportMake,
    ExportOf,
    ExportTable,
    ExportTables,
)
from bot.context import Context
from bot.documents.export_table import ExportForm
from bot.export_columns import LABELS
from bot.export_words import about, chosen_words, tables
from bot.i18n import N_
from bot.jobs.job import JobFailedError
from bot.messages import job as job_messages
from bot.messages.registry import MESSAGE_TYPES
from bot.people_filter import FigureFilter
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.services import export as export_service
from bot.services.export import ExportFile, ExportJob, ExportTooLarge
from bot.store import figure_filter as figure_filter_store
from bot.store import scope as scope_store
from bot.views import export as export_view
from bot.views import fallback as fallback_view
from bot.views.export import ExportChoice


async def begin(context: Context, _arguments: str) -> None:
    """Ask which file is wanted."""
    await context.reply(await _home(context, ExportChoice(0, FigureFilter())))


async def show(context: Context, pressed: ExportOf) -> None:
    """Ask which file of what a filter lets through is wanted."""
    if (choice := await _choice(context, pressed.filter, "")) is not None:
        await context.show(await _home(context, choice))


async def show_table(context: Context, pressed: ExportTable) -> None:
    """The same, for one table."""
    if (choice := await _choice(context, pressed.filter, pressed.table)) is not None:
        await context.show(await _home(context, choice))


async def choose_table(context: Context, pressed: ExportTables) -> None:
    """Show the tables."""
    if (choice := await _choice(context, pressed.filter, "")) is not None:
        await context.show(export_view.choose_table(context.locale, choice))


async def choose_day(context: Context, pressed: ExportDays) -> None:
    """Show the days."""
    if (choice := await _choice(context, pressed.filter, pressed.table)) is not None:
        await context.show(export_view.choose_day(context.locale, context.seminar, choice, pressed.page))


async def choose_group(context: Context, pressed: ExportGroups) -> None:
    """Show the groups."""
    if (choice := await _choice(context, pressed.filter, pressed.table)) is not None:
        await context.show(export_view.choose_group(context.locale, context.seminar, choice, pressed.page))


async def set_day(context: Context, pressed: ExportDay) -> None:
    """Let the file be about one day, or about all."""
    choice = await _choice(context, pressed.filter, pressed.table)
    if choice is None:
        return
    if pressed.day and context.seminar.day(pressed.day) is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    day = pressed.day or None
    await _narrow(context, choice, replace(choice.chosen, first_day=day, last_day=day))


async def set_group(context: Context, pressed: ExportGroup) -> None:
    """Let the file be about one group, or about all."""
    choice = await _choice(context, pressed.filter, pressed.table)
    if choice is None:
        return
    if pressed.group and context.seminar.group(pressed.group) is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    people = replace(choice.chosen.people, groups=(pressed.group,) if pressed.group else ())
    await _narrow(context, choice, replace(choice.chosen, people=people))


async def make(context: Context, pressed: ExportMake) -> None:
    """Make the file, and send it."""
    choice = await _choice(context, pressed.filter, pressed.table)
    if choice is None:
        return
    if pressed.form not in set(ExportForm):
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    form, my_id, update_id, now = ExportForm(pressed.form), context.member.id, context.incoming.update_id, context.now()
    is_new = await context.write(
        export_service.begin,
        my_id,
        form=form,
        filter_id=pressed.filter,
        table=pressed.table,
        message_id=context.message_id,
        update_id=update_id,
        now=now,
    )
    if not is_new:
        await context.toast(export_view.asked_already(context.locale))
        return
    await context.toast()
    await context.show_buttons([])  # while it is being made nobody asks for it again
    rows = export_view.rows(context.locale, context.seminar, choice)
    job = _job(context, choice, form)

    async def made() -> ExportFile | ExportTooLarge:
        try:
            return await context.runtime.jobs.run(job, seconds=export_service.JOB_SECONDS)
        except JobFailedError:
            await context.show_buttons(rows)
            raise

    async def deliver(file: ExportFile | ExportTooLarge) -> None:
        if isinstance(file, ExportTooLarge):
            await context.show(export_view.too_large(context.locale, context.seminar, choice, file.table))
            return
        caption = export_view.caption(context.locale, context.seminar, choice, file.rows)
        document = InputFile(file.content, filename=_name(context, choice, form))
        try:
            await context.send("sendDocument", {"document": document, "caption": caption})
        finally:
            await context.show_buttons(rows)

    await job_messages.give(context, made, deliver)


def _job(context: Context, choice: ExportChoice, form: ExportForm) -> ExportJob:
    locale, seminar, role, now = context.locale, context.seminar, context.role, context.now()
    names = (choice.table,) if choice.table else tuple(LABELS)
    kinds = {name: kind.title(locale) for name, kind in MESSAGE_TYPES.items()}
    chosen = chosen_words(locale, seminar, choice.chosen)
    return ExportJob(
        form,
        tables(locale, seminar, names, role, kinds),
        about(locale, seminar, names, role, chosen=chosen, now=now),
        seminar.zone,
        export_service.asked(seminar, choice.chosen, reader_id=context.member.id, role=role, now=now),
    )


def _name(context: Context, choice: ExportChoice, form: ExportForm) -> str:
    today = context.seminar.today(context.now())
    return f"{'-'.join(filter(None, (context.seminar.key, today.isoformat(), choice.table)))}.{form.suffix}"


async def _choice(context: Context, number: int, table: str) -> ExportChoice | None:
    """What a button is about; None, once that is said, where it is not there any more."""
    chosen = await context.read(figure_filter_store.get, number) if number else FigureFilter()
    if chosen is None or (table and table not in LABELS):
        await context.toast(export_view.no_such_filter(context.locale), alert=True)
        return None
    return ExportChoice(number, chosen, table)


async def _narrow(context: Context, choice: ExportChoice, chosen: FigureFilter) -> None:
    number = 0 if chosen == FigureFilter() else await context.write(figure_filter_store.intern, chosen)
    await context.show(await _home(context, ExportChoice(number, chosen, choice.table)))


async def _home(context: Context, choice: ExportChoice) -> Screen:
    scope = await context.read(scope_store.get, context.member.id)
    named = context.role in ORGANIZERS
    return export_view.home(context.locale, context.seminar, choice, named=named, scope=scope)


ROUTES = (
    on_command("export", begin, Action.SEE_NUMBERS, menu=N_("A file with data")),
    on_button(ExportOf, show, Action.SEE_NUMBERS),
    on_button(ExportTable, show_table, Action.SEE_NUMBERS),
    on_button(ExportTables, choose_table, Action.SEE_NUMBERS),
    on_button(ExportDays, choose_day, Action.SEE_NUMBERS),
    on_button(ExportGroups, choose_group, Action.SEE_NUMBERS),
    on_button(ExportDay, set_day, Action.SEE_NUMBERS),
    on_button(ExportGroup, set_group, Action.SEE_NUMBERS),
    on_button(ExportMake, make, Action.SEE_NUMBERS),
)
