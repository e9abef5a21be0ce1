"""Simulates the whole seminar at full speed without a page, and prints a report.

Two runs with one seed make the same decisions, send the same messages to the same people and end in the same
database, but for what the machine's speed decides: milliseconds in moments, the order of messages to different chats
within a second, and with it the numbers of messages.
"""

import time as machine
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import orjson
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from bot.access import Role
from bot.programme.model import Seminar
from bot.reasons import reason
from rehearsal import report as reports
from rehearsal.bot_under_test import BotUnderTest
from rehearsal.clock import RehearsalClock
from rehearsal.harness import CannotRehearse, open_harness, read_seminar, start_of
from rehearsal.personas import PersonaFactory, languages_of
from rehearsal.programme_changes import change_beside, changes_on_duty
from rehearsal.recorder import Recorder
from rehearsal.shutdown import run_until_stopped
from rehearsal.simulated_users import SimulatedUsers
from rehearsal.simulation import OnProgress, Simulation, Stalled
from rehearsal.staff import Coordinator, Organizer, programme_change
from rehearsal.telegram import Fault, FaultKind, World
from rehearsal.uninvited import Intruder, Latecomer
from rehearsal.upcoming_decisions import visits
from rehearsal.user import SimulatedUser

_GRID_SECONDS = 240.0  # people act together every fourth minute, so that there are fewer moments to simulate
_PAUSE_SECONDS = 4  # of each injected 429, to check that the bot is silent, and only where it is asked to be
_THROTTLED_METHODS = {  # by day
    0: ("setMyCommands", "answerCallbackQuery"),
    2: ("sendMessage", "editMessageText", "answerCallbackQuery"),
}
_BROADCAST_AFTER = (1, 5, 10)  # days after the first
_NOON, _NIGHT = time(12, 40), time(22, 10)

OnStart = Callable[[World], None]


def run(
    *,
    seminar: Path,
    starts_on: date | None = None,
    teachers: int = 30,
    days: int | None = None,
    seed: int = 7,
    report: Path | None = None,
) -> int:
    """Simulate a seminar with `teachers` teachers, print the report, and return 0 when every invariant held, else 1.

    `days` is how many days of it, None for all; `report` is a file for the same as JSON. Raises CannotRehearse.
    """
    loaded = read_seminar(seminar, starts_on)
    days = loaded.days_count if days is None else min(days, loaded.days_count)
    console = Console()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=(days + 1) * 24)

        def show_progress(now: datetime) -> None:
            hours = (now - start_of(loaded)).total_seconds() / 3600
            progress.update(task, completed=hours, description=f"{now.astimezone(loaded.zone):%d %B %H:%M}")

        simulated = simulate(loaded, seminar, teachers=teachers, days=days, seed=seed, on_progress=show_progress)
        try:
            result = run_until_stopped(simulated)
        except Stalled as error:
            raise CannotRehearse(str(error)) from error
    reports.show(result, console)
    if report is not None:
        try:
            report.write_bytes(orjson.dumps(result.as_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        except OSError as error:
            raise CannotRehearse(f"the report cannot be written to {report}: {reason(error)}") from error
    return 0 if result.good else 1


async def simulate(
    seminar: Seminar,
    folder: Path,
    *,
    teachers: int,
    days: int,
    seed: int,
    on_progress: OnProgress = lambda _: None,
    on_start: OnStart = lambda _: None,
) -> reports.Report:
    """Simulate it and return the report. Raises CannotRehearse and Stalled.

    `on_start` is called once with the stand-in Telegram, before anybody acts.
    """
    started = machine.monotonic()
    clock = RehearsalClock(start_of(seminar))
    async with open_harness(seminar, folder, clock, seed=seed) as (world, bot):
        on_start(world)
        users = SimulatedUsers(world, clock, seminar, seed, grid=_GRID_SECONDS)
        recorder = Recorder(world, bot.db, seminar)
        personas = PersonaFactory(world, seed, languages_of(seminar))
        await _add_users(users, bot, personas, seminar, teachers=teachers, days=days, seed=seed)
        simulation = Simulation(clock, world, bot, users, requests=bot.requests, on_progress=on_progress)
        for day in range(days + 1):
            throttled = _THROTTLED_METHODS.get(day, ())
            world.faults.script(Fault(FaultKind.THROTTLED, retry_after=_PAUSE_SECONDS, method=one) for one in throttled)
            await simulation.advance_to(_midnight(seminar, day + 1))
            await recorder.check_final_states()
        added = await bot.plan_again()
        recording = await recorder.finish(
            clock.now(), list(users.by_id.values()), rows_planned_again=added, pause_seconds=_PAUSE_SECONDS
        )
    run_info = reports.RunInfo(
        seminar.key, teachers, days, seed, machine.monotonic() - started, world.accepted.total(), languages_of(seminar)
    )
    return reports.build(recording, run_info)


async def _add_users(
    users: SimulatedUsers,
    bot: BotUnderTest,
    personas: PersonaFactory,
    seminar: Seminar,
    *,
    teachers: int,
    days: int,
    seed: int,
) -> None:
    """Add teachers, two organizers, a coordinator, a latecomer and an intruder, with what they write when."""
    staff = _staff(personas, seminar, days=days, seed=seed)
    roles = (Role.ORGANIZER, Role.ORGANIZER, Role.COORDINATOR)
    for number, (user, role) in enumerate(zip(staff, roles, strict=True)):
        # Who has joined first hears of the others: the seed decides who that is, not the event loop.
        user.joins_after += number * _GRID_SECONDS
        users.add(user, await bot.create_invitation(role))
    code = await bot.create_invitation(Role.TEACHER)
    for _ in range(teachers):
        users.add_teacher(personas.create_teacher(), code)
    latecomer = users.add(Latecomer(personas.create(personas.second_language), seed, 9_004, seminar))
    intruder = users.add(Intruder(personas.create(personas.staff_language, Role.STRANGER), seed, 9_005))
    users.write_at(latecomer, _at(seminar, 1, _NOON), "/start")
    for day in range(1, days + 1):
        users.write_at(staff[2], _at(seminar, day, _NIGHT), "/stats")
        users.write_at(intruder, _at(seminar, day, _NOON), ("/broadcast", "/start wrong-code", "/stats")[day % 3])
        if day - 1 in _BROADCAST_AFTER:
            users.write_at(staff[0], _at(seminar, day, _NOON), "/broadcast")
    for organizer in (one for one in staff if isinstance(one, Organizer)):
        for one in organizer.programme.changes:
            users.write_at(organizer, _at(seminar, one.day, one.at), "/programme")
        for visit in organizer.upcoming.visits:
            users.write_at(organizer, _at(seminar, visit.day, visit.at), "/upcoming")


def _staff(personas: PersonaFactory, seminar: Seminar, *, days: int, seed: int) -> list[SimulatedUser]:
    """The organizer on duty, another one, and a coordinator."""
    host = personas.host_language
    return [
        Organizer(
            personas.create(personas.staff_language, Role.ORGANIZER),
            seed,
            9_001,
            seminar,
            on_duty=True,
            announcement=programme_change(languages_of(seminar)),
            changes=changes_on_duty(days),
            visits=visits(seminar, days),
        ),
        Organizer(personas.create(host, Role.ORGANIZER), seed, 9_002, seminar, on_duty=False, changes=change_beside()),
        Coordinator(personas.create(host, Role.COORDINATOR), seed, 9_003),
    ]


def _at(seminar: Seminar, day: int, at: time) -> datetime:
    return datetime.combine(seminar.date_of(day), at, seminar.zone)


def _midnight(seminar: Seminar, day: int) -> datetime:
    return _at(seminar, day, time())
