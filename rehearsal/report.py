"""The report on a rehearsal: numbers and the invariants, for a terminal and as JSON."""

from collections import Counter
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bot.languages import LANGUAGES, Language
from rehearsal.invariants import InvariantResult, check_invariants
from rehearsal.recorder import Recording, lateness
from rehearsal.telegram.model import Json


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What was run: `seconds` are of real time, `calls` those that the stand-in accepted."""

    seminar: str
    teachers: int
    days: int
    seed: int
    seconds: float
    calls: int
    languages: tuple[Language, ...] = LANGUAGES


@dataclass(frozen=True, slots=True)
class Report:
    """The report. Lateness is in seconds of the rehearsal's clock."""

    run: RunInfo
    messages: dict[str, dict[str, int]]  # kind -> language -> how many
    states: dict[str, int]
    late: dict[str, float]  # p50, p99, max
    checkins: dict[str, int]
    lessons: dict[str, int]
    alerts: dict[str, int]
    programme: dict[str, int]
    violations: int
    floods: int
    results: list[InvariantResult]

    @property
    def good(self) -> bool:
        """Whether every invariant held."""
        return all(result.held for result in self.results)

    def as_json(self) -> Json:
        """All of it as plain JSON."""
        run = self.run
        return {
            "good": self.good,
            "seminar": run.seminar,
            "teachers": run.teachers,
            "days": run.days,
            "seed": run.seed,
            "seconds": round(run.seconds, 1),
            "calls": run.calls,
            "messages": self.messages,
            "states": self.states,
            "late_seconds": self.late,
            "checkins": self.checkins,
            "lessons": self.lessons,
            "alerts": self.alerts,
            "programme": self.programme,
            "violations": self.violations,
            "floods": self.floods,
            "invariants": [result.as_json() for result in self.results],
        }


def build(recording: Recording, run: RunInfo) -> Report:
    """The report on a rehearsal that is over."""
    messages: dict[str, dict[str, int]] = {}
    for kind, language, count in sorted(recording.stored.by_language):
        messages.setdefault(kind, {})[language] = count
    late = lateness(recording)
    stored = recording.stored
    return Report(
        run=run,
        messages=messages,
        states=dict(Counter(row.state for row in recording.rows)),
        late={"p50": _quantile(late, 0.5), "p99": _quantile(late, 0.99), "max": _quantile(late, 1.0)},
        checkins={
            "morning": len(stored.mornings),
            "evening": len(stored.moods),
            "late": stored.late,
            "sessions": len(stored.attended),
        },
        lessons=stored.lessons,
        alerts=stored.alert_counts,
        programme=stored.programme,
        violations=len(recording.violations),
        floods=recording.floods,
        results=check_invariants(recording),
    )


def show(report: Report, console: Console) -> None:
    """Print it."""
    run = report.run
    days, teachers = _counted(run.days, "day"), _counted(run.teachers, "teacher")
    console.print(
        f"\n[bold]{run.seminar}[/bold]: {days} with {teachers}, seed {run.seed}, "
        f"in {run.seconds:.1f} s ({run.calls} calls to Telegram)\n"
    )
    console.print(_messages(report))
    late, checkins, lessons, alerts = report.late, report.checkins, report.lessons, report.alerts
    programme = report.programme
    lines = {
        "Punctuality": f"half within {late['p50']:.1f} s, 99% within {late['p99']:.1f} s, "
        f"the last after {late['max']:.1f} s",
        "Check-ins": f"{checkins['morning']} mornings, {checkins['evening']} evenings, "
        f"{checkins['late']} of them late; {checkins['sessions']} at sessions",
        "Lessons": f"{lessons['done']} of {lessons['started']} finished, "
        f"{lessons['score']} of {lessons['questions']} answers right",
        "Alerts": f"{alerts['missing_raised']} about missing people, {alerts['accounted_for']} accounted for; "
        f"{alerts['low_mood_raised']} about hard days; "
        f"{alerts['help_closed']} of {alerts['help_raised']} calls for help settled; "
        f"{alerts['admission_answered']} of {alerts['admission_raised']} requests to be let in answered",
        "Programme": f"{programme['published']} versions published, {programme['brought_back']} of them brought back; "
        f"{programme['told']} notices, {programme['seen']} seen, {programme['reminded']} reminders; "
        f"{programme['decided']} decisions about what was to be sent",
        "Telegram": f"{report.violations} violations, {report.floods} floods",
    }
    figures = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, text in lines.items():
        figures.add_row(f"[bold]{name}[/bold]", text)
    console.print(figures)
    console.print()
    results = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for result in report.results:
        sign = "[green]pass[/green]" if result.held else "[bold red]FAIL[/bold red]"
        results.add_row(sign, result.name, result.detail, style=None if result.held else "red")
    console.print(results)


def _messages(report: Report) -> Table:
    table = Table(title="Messages that the bot started", title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column("kind")
    languages = report.run.languages
    for language in languages:
        table.add_column(language, justify="right")
    table.add_column("all", justify="right", style="bold")
    for kind, counts in report.messages.items():
        table.add_row(kind, *(str(counts.get(one, 0)) for one in languages), str(sum(counts.values())))
    return table


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _quantile(ordered: list[float], share: float) -> float:
    """The value below which this share of an ordered list lies; 0 for an empty one."""
    if not ordered:
        return 0.0
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)
