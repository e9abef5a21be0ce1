"""The whole seminar at full speed: a crowd plays it, a report says how it went.

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
from rehearsal.cast import Cast, languages_of
from rehearsal.clock import RehearsalClock
from rehearsal.crowd import Crowd
from rehearsal.driver import Driver, Stuck, Tell
from rehearsal.ending import run_quickly
from rehearsal.evidence import Witness
from rehearsal.hamroh import Hamroh
from rehearsal.player import Player
from rehearsal.staff import Coordinator, Intruder, Latecomer, Organizer, news
from rehearsal.stage import CannotRehearse, opening, production, read_seminar
from rehearsal.telegram import Fault, Kind, World

_GRID = 240.0  # seconds: people act together every fourth minute, so that fewer moments have to be played
_THROTTLED = 4  # seconds of each 429 that is ordered, to see that the bot keeps still, and only where it is asked to
_THROTTLED_ON = {
    0: ("setMyCommands", "answerCallbackQuery"),
    2: ("sendMessage", "editMessageText", "answerCallbackQuery"),
}
_BROADCAST_AFTER = (1, 5, 10)  # days after the first
_NOON, _NIGHT = time(12, 40), time(22, 10)

Watch = Callable[[World], None]


def run(
    *,
    seminar: Path,
    starts_on: date | None = None,
    teachers: int = 30,
    days: int | None = None,
    seed: int = 7,
    report: Path | None = None,
) -> int:
    """Play a seminar with `teachers` teachers, print the report, and return 0 when every invariant held, else 1.

    `days` is how many days of it, None for all; `report` is a file for the same as JSON. Raises CannotRehearse.
    """
    found = read_seminar(seminar, starts_on)
    days = found.days_count if days is None else min(days, found.days_count)
    console = Console()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=(days + 1) * 24)

        def tell(now: datetime) -> None:
            hours = (now - opening(found)).total_seconds() / 3600
            progress.update(task, completed=hours, description=f"{now.astimezone(found.zone):%d %B %H:%M}")

        try:
            result = run_quickly(play(found, seminar, teachers=teachers, days=days, seed=seed, tell=tell))
        except Stuck as error:
            raise CannotRehearse(str(error)) from error
    reports.show(result, console)
    if report is not None:
        try:
            report.write_bytes(orjson.dumps(result.as_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        except OSError as error:
            raise CannotRehearse(f"the report cannot be written to {report}: {reason(error)}") from error
    return 0 if result.good else 1


async def play(
    seminar: Seminar,
    folder: Path,
    *,
    teachers: int,
    days: int,
    seed: int,
    tell: Tell = lambda _: None,
    watch: Watch = lambda _: None,
) -> reports.Report:
    """Play it and return the report. Raises CannotRehearse and Stuck.

    `watch` is called once with the stand-in Telegram, before anybody acts.
    """
    begun = machine.monotonic()
    clock = RehearsalClock(opening(seminar))
    async with production(seminar, folder, clock, seed=seed) as (world, bot):
        watch(world)
        crowd = Crowd(world, clock, seminar, seed, grid=_GRID)
        witness = Witness(world, bot.db)
        cast = Cast(world, seed, languages_of(seminar))
        await _gather(crowd, bot, cast, seminar, teachers=teachers, days=days, seed=seed)
        driver = Driver(clock, world, bot, crowd, traffic=bot.traffic, tell=tell)
        for day in range(days + 1):
            throttled = _THROTTLED_ON.get(day, ())
            world.faults.script(Fault(Kind.THROTTLED, retry_after=_THROTTLED, method=one) for one in throttled)
            await driver.to(_midnight(seminar, day + 1))
            await witness.look()
        again = await bot.plan_again()
        people = list(crowd.players.values())
        evidence = await witness.sum_up(clock.now(), people, planned_again=again, throttled=_THROTTLED)
    played = reports.Played(
        seminar.key, teachers, days, seed, machine.monotonic() - begun, world.accepted.total(), languages_of(seminar)
    )
    return reports.build(evidence, played)


async def _gather(
    crowd: Crowd, bot: Hamroh, cast: Cast, seminar: Seminar, *, teachers: int, days: int, seed: int
) -> None:
    """Everybody who plays: teachers, two organizers, a coordinator, a latecomer, and one who has no business here."""
    tells = news(languages_of(seminar))
    staff: list[Player] = [
        Organizer(cast.person(cast.working, Role.ORGANIZER), seed, 9_001, on_duty=True, tells=tells),
        Organizer(cast.person(cast.host, Role.ORGANIZER), seed, 9_002, on_duty=False),
        Coordinator(cast.person(cast.host, Role.COORDINATOR), seed, 9_003),
    ]
    roles = (Role.ORGANIZER, Role.ORGANIZER, Role.COORDINATOR)
    for number, (player, role) in enumerate(zip(staff, roles, strict=True)):
        player.arrives_after += number * _GRID  # who was there first hears of the others: a seed decides, not the loop
        crowd.join(player, await bot.invitation(role))
    code = await bot.invitation(Role.TEACHER)
    for _ in range(teachers):
        crowd.add(cast.teacher(), code)
    latecomer = crowd.join(Latecomer(cast.person(cast.some), seed, 9_004, seminar))
    intruder = crowd.join(Intruder(cast.person(cast.working, Role.STRANGER), seed, 9_005))
    crowd.later(latecomer, _at(seminar, 1, _NOON), "/start")
    for day in range(1, days + 1):
        crowd.later(staff[2], _at(seminar, day, _NIGHT), "/stats")
        crowd.later(intruder, _at(seminar, day, _NOON), ("/broadcast", "/start wrong-code", "/stats")[day % 3])
        if day - 1 in _BROADCAST_AFTER:
            crowd.later(staff[0], _at(seminar, day, _NOON), "/broadcast")


def _at(seminar: Seminar, day: int, at: time) -> datetime:
    return datetime.combine(seminar.date_of(day), at, seminar.zone)


def _midnight(seminar: Seminar, day: int) -> datetime:
    return _at(seminar, day, time())
