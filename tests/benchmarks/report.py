"""From what was measured to a table on the terminal, and to the section "Speed" of docs/figures.md."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.goals import lines, spread

_BEGIN: Final = "<!-- Speed: written by `python -m tests.benchmarks report`, do not edit -->"
_END: Final = "<!-- end of Speed -->"
_TITLE: Final = "# Figures\n\nWhat was measured, with the commands that measure it again.\n"
_SIMULATED: Final = """\
Telegram is simulated: one process on the other core, which answers in constant time with prepared bytes, after 50
ms where the table says so. There is no TLS and no network but loopback. Everybody runs on uvloop, sends the same
text of 600 Cyrillic letters with four buttons, and has connections open before the clock starts. CPU is that of
the client's process with its threads. Only Hamroh keeps what it sends: a row for each message, on the disk
(`synchronous=FULL`) before its request starts and after it ended. Rounds are interleaved; ratios are of one round;
`a (b..c)` is the median of the rounds with the least and the most. A press is a check-in: the person is read, the
row written, the message changed, the spinner stopped; where the pace is measured every fiftieth is a /today, whose
answer is a new message. The flood limit counts new messages in any one second."""


def table(parts: Mapping[str, Any]) -> str:
    """Goals, for the terminal."""
    rows = [("", "what", "goal", "measured")]
    rows += [("ok" if line.reached else "MISSED", line.what, line.goal, line.measured) for line in lines(parts)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def write(figures: Mapping[str, Any], page: Path) -> None:
    """Put the section into the page; what others wrote there stays."""
    section = f"{_BEGIN}\n{section_of(figures)}\n{_END}\n"
    old = page.read_text() if page.exists() else _TITLE
    before, has_section, rest = old.partition(_BEGIN)
    after = rest.partition(f"{_END}\n")[2] if has_section else ""
    page.write_text(f"{before.rstrip()}\n\n{section}{after}")


def section_of(figures: Mapping[str, Any]) -> str:
    """The section as Markdown."""
    return "\n".join(_section(figures))


def _section(figures: Mapping[str, Any]) -> Iterator[str]:
    parts, on = figures["parts"], figures["machine"]
    packages = ", ".join(f"{name} {number}" for name, number in on["packages"].items())
    yield "## Speed\n"
    yield f"Taken on {on['day']}: {on['cores']} cores of {on['cpu']}, {on['system']}, CPython {on['python']},"
    yield f"{packages}."
    yield "Again: `make bench`, or one part with `make bench PART=send`; `FULL=1` sends 10,000 at 30/s (6 minutes).\n"
    yield f"{_SIMULATED}\n"
    yield "| what | goal | measured | |\n| --- | --- | --- | --- |"
    for line in lines(parts):
        yield f"| {line.what} | {line.goal} | {line.measured} | {'reached' if line.reached else '**missed**'} |"
    yield ""
    if "send" in parts:
        yield f"The stand-in's own ceiling: {parts['send']['ceiling_per_second']:,.0f} messages/s.\n"
        yield from _contenders("Sending, no latency", "messages", parts["send"]["near"])
        yield from _contenders("Sending, 50 ms to the server", "messages", parts["send"]["far"])
    if "receive" in parts:
        yield from _contenders("Handling presses, no latency", "presses", parts["receive"]["near"])
        yield from _contenders("Handling presses, 50 ms to the server", "presses", parts["receive"]["far"])
        served = ", ".join(f"{name} {count}" for name, count in parts["receive"]["side_by_side"].items())
        yield f"Requests open at once when {parts['receive']['people']} people press together: {served}.\n"
    yield (
        "When each part was taken, and the machine's load before it: "
        + ", ".join(f"{name} {part['taken']} ({_beside(part, on)})" for name, part in parts.items())
        + "."
    )


def _beside(part: Mapping[str, Any], on: Mapping[str, Any]) -> str:
    """The load before a part was taken, and its processor where that is another than the page's."""
    cpu = part.get("cpu", on["cpu"])
    return f"{part['load']:.2f}" if cpu == on["cpu"] else f"{part['load']:.2f}, on {cpu}"


def _contenders(title: str, pieces: str, measured: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {title}\n"
    yield f"| who | {pieces}/s | CPU ms each | CPU beside Hamroh's | rounds × {pieces} |"
    yield "| --- | --- | --- | --- | --- |"
    for name, one in measured.items():
        speed, cpu = spread(one["per_second"], 0), spread(one["cpu_ms"], 3)
        yield f"| {name} | {speed} | {cpu} | {spread(one['cpu_ratio'])} × | {one['rounds']} × {one['count']:,} |"
    yield ""
