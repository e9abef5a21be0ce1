"""How a rehearsal went: numbers and verdicts, for a terminal and as JSON."""

from collections import Counter
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bot.languages import LANGUAGES, Language
from rehearsal.evidence import Evidence, lateness
from rehearsal.invariants import Verdict, judge
from rehearsal.telegram.model import Json


@dataclass(frozen=True, slots=True)
class Played:
    """What was played: `seconds` of the machine, `calls` that the stand-in accepted."""

    seminar: str
    teachers: int
    days: int
    seed: int
    seconds: float
    calls: int
    languages: tuple[Language, ...] = LANGUAGES


@dataclass(frozen=True, slots=True)
class Report:
    """The result. Lateness is in seconds of the seminar."""

    played: Played
    messages: dict[str, dict[str, int]]  # kind -> language -> how many
    states: dict[str, int]
    late: dict[str, float]  # p50, p99, max
    checkins: dict[str, int]
    lessons: dict[str, int]
    alerts: dict[str, int]
    violations: int
    floods: int
    verdicts: list[Verdict]

    @property
    def good(self) -> bool:
        """Whether every invariant held."""
        return all(verdict.held for verdict in self.verdicts)

    def as_json(self) -> Json:
        """All of it as plain JSON."""
        played = self.played
        return {
            "good": self.good,
            "seminar": played.seminar,
            "teachers": played.teachers,
            "days": played.days,
            "seed": played.seed,
            "seconds": round(played.seconds, 1),
            "calls": played.calls,
            "messages": self.messages,
            "states": self.states,
            "late_seconds": self.late,
            "checkins": self.checkins,
            "lessons": self.lessons,
            "alerts": self.alerts,
            "violations": self.violations,
            "floods": self.floods,
            "invariants": [verdict.as_json() for verdict in self.verdicts],
        }


def build(evidence: Evidence, played: Played) -> Report:
    """The report on a rehearsal that is over."""
    messages: dict[str, dict[str, int]] = {}
    for kind, language, count in sorted(evidence.kept.by_language):
        messages.setdefault(kind, {})[language] = count
    late = lateness(evidence)
    kept = evidence.kept
    return Report(
        played=played,
        messages=messages,
        states=dict(Counter(row.state for row in evidence.rows)),
        late={"p50": _quantile(late, 0.5), "p99": _quantile(late, 0.99), "max": _quantile(late, 1.0)},
        checkins={"morning": len(kept.mornings), "evening": len(kept.moods), "late": kept.late},
        lessons=kept.lessons,
        alerts=kept.handled,
        violations=len(evidence.mistakes),
        floods=evidence.floods,
        verdicts=judge(evidence),
    )


def show(report: Report, console: Console) -> None:
    """Print it."""
    played = report.played
    days, teachers = _counted(played.days, "day"), _counted(played.teachers, "teacher")
    console.print(
        f"\n[bold]{played.seminar}[/bold]: {days} with {teachers}, seed {played.seed}, "
        f"in {played.seconds:.1f} s ({played.calls} calls to Telegram)\n"
    )
    console.print(_messages(report))
    late, checkins, lessons, alerts = report.late, report.checkins, report.lessons, report.alerts
    lines = {
        "Punctuality": f"half within {late['p50']:.1f} s, 99% within {late['p99']:.1f} s, "
        f"the last after {late['max']:.1f} s",
        "Check-ins": f"{checkins['morning']} mornings, {checkins['evening']} evenings, {checkins['late']} of them late",
        "Lessons": f"{lessons['done']} of {lessons['begun']} finished, "
        f"{lessons['score']} of {lessons['questions']} answers right",
        "Alerts": f"{alerts['missing_raised']} about missing people, {alerts['accounted_for']} accounted for; "
        f"{alerts['low_mood_raised']} about hard days; "
        f"{alerts['help_closed']} of {alerts['help_raised']} calls for help settled; "
        f"{alerts['admission_answered']} of {alerts['admission_raised']} requests to be let in answered",
        "Telegram": f"{report.violations} violations, {report.floods} floods",
    }
    facts = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, text in lines.items():
        facts.add_row(f"[bold]{name}[/bold]", text)
    console.print(facts)
    console.print()
    verdicts = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for verdict in report.verdicts:
        sign = "[green]pass[/green]" if verdict.held else "[bold red]FAIL[/bold red]"
        verdicts.add_row(sign, verdict.name, verdict.detail, style=None if verdict.held else "red")
    console.print(verdicts)


def _messages(report: Report) -> Table:
    table = Table(title="Messages that the bot started", title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column("kind")
    languages = report.played.languages
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
