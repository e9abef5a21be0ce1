"""From the reports of `make soak` and `make fuzz` to the section "Proof under kills" of docs/figures.md.

`python -m tests.soak.figures SOAK.json [FUZZ.json]`; both are written with REPORT=FILE.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from tests.soak.process_run import ROOT

_BEGIN: Final = "<!-- Proof under kills: written by `python -m tests.soak.figures`, do not edit -->"
_END: Final = "<!-- end of Proof under kills -->"
_TITLE: Final = "# Figures\n\nWhat was measured, with the commands that measure it again.\n"
_SIMULATED: Final = """\
The bot is the real process (`python -m bot run`; most runs are forked from a process that has imported its modules
already) and is killed with SIGKILL. Telegram is simulated by another process on loopback that writes a journal to the
disk before it answers. A kill at a crash point falls right after an acceptance, right before or after the commit of a
claim, a completion, a fan-out, a stored update or an effect, or inside a migration; the others come at a random moment
of a process run of up to 1.5 s, one in twenty of 5 to 12 s. Of the answers 2% are lost, 1% are a 502 after acceptance,
2% are a 429. A message is told by its content, as the Bot API carries no key. A 429 whose answer a kill kept from the
bot is not counted as a pause."""


def main() -> int:
    """Write the section."""
    soak = orjson.loads(Path(sys.argv[1]).read_bytes())
    fuzz = orjson.loads(Path(sys.argv[2]).read_bytes()) if len(sys.argv) > 2 else None
    write(soak, fuzz, ROOT / "docs" / "figures.md")
    return 0


def write(soak: Mapping[str, Any], fuzz: Mapping[str, Any] | None, page: Path) -> None:
    """Put the section into the page; what others wrote there stays."""
    old = page.read_text("utf-8") if page.exists() else _TITLE
    before, has_section, rest = old.partition(_BEGIN)
    after = rest.partition(f"{_END}\n")[2] if has_section else ""
    section = "\n".join(_section(soak, fuzz))
    page.write_text(f"{before.rstrip()}\n\n{_BEGIN}\n{section}\n{_END}\n{after}", "utf-8")


def _section(soak: Mapping[str, Any], fuzz: Mapping[str, Any] | None) -> Iterator[str]:
    parts = soak["parts"]
    yield "## Proof under kills\n"
    yield f"Taken on {soak['day']}: {soak['machine']}. Again: `{soak['command']}`; `KILLS=1000` is all of it.\n"
    yield f"{_SIMULATED}\n"
    yield "| what | goal | measured | |\n| --- | --- | --- | --- |"
    for part in parts.values():
        if "figures" in part and "updates" not in part:
            yield from _outbound(part)
    if "updates" in (inbound := parts.get("inbound", {})):
        broken = sum(result["broken"] for result in inbound["results"].values())
        what = f"{inbound['updates']:,} updates in, {inbound['kills']} kills"
        again = f"{inbound['resent_under_another_id']:,} came twice under another number"
        yield _line(f"{what} ({again}): lost, doubled or wrong", "0", broken, broken == 0)
    if "examples_each" in (properties := parts.get("properties", {})):
        what = f"state machines and properties, {properties['examples_each']:,} examples each"
        yield _line(what, "all hold", properties["summary"], properties["held"])
    if "busiest_second" in (flood := parts.get("flood", {})):
        yield from _flood(flood)
    if fuzz:
        what = f"{fuzz['updates']:,} malformed and hostile updates (`{fuzz['command']}`, {fuzz['seconds']:.0f} s)"
        yield _line(f"{what}: crashes, stalls, exceptions", "0", fuzz["findings"], not fuzz["findings"])
        good = fuzz["good_updates_answered"]
        yield _line("good updates in between that were answered", "all", f"{good:,}", bool(good))
    yield ""
    for name, part in parts.items():
        for invariant, found in part.get("results", {}).items():
            if not found["held"]:
                yield f"Broken in {name}: {invariant} ({found['broken']}), for example {found['examples'][0]}.\n"
    yield "Seconds: " + ", ".join(f"{name} {part.get('seconds', 0):,.0f}" for name, part in parts.items()) + "."


def _outbound(part: Mapping[str, Any]) -> Iterator[str]:
    figures, results = part["figures"], part["results"]
    kills = part["aimed_kills"] + part["random_kills"]
    of = f"{figures['deliveries']:,} deliveries, " + (
        f"{part['aimed_kills']} kills at crash points and {part['random_kills']} at random"
        if kills
        else "faults, no kills"
    )
    yield _line(f"{of}: lost", "0", figures["lost"], results["1 nothing that is due is lost"]["held"])
    allowed = f"≤ {figures['copies_allowed']:,} (in flight at kills + unclear answers)"
    yield _line("… copies", allowed, figures["copies"], results["2 every copy has its cause"]["held"])
    yield _line("… most of one key", "≤ 3", figures["most_of_one_key"], figures["most_of_one_key"] <= 3)
    for what, name in (
        (f"… reminders said twice, of {figures['reminders']:,}", "3 a reminder is never said twice"),
        ("… out of order in a chat", "4 in order within a chat"),
        ("… before their time", "5 nothing before its time"),
        ("… after their expiry", "5 nothing after its expiry"),
        ("… after a cancel or a goodbye", "5 nothing after a cancel or a goodbye"),
        (f"… sent inside one of {figures['pauses']:,} pauses", "8 silence during a 429 pause"),
    ):
        yield _line(what, "0", results[name]["broken"], results[name]["held"])


def _flood(part: Mapping[str, Any]) -> Iterator[str]:
    """A flood of strangers, a group, a backlog and chatty members at 28 messages a second, with kills in it."""
    results = part["results"]
    what = f"flood: {part['messages']:,} messages, {part['kills']} kills; {part['calls']} calls for help, the longest"
    held = results["a call for help is there within 2 s"]["held"]
    yield _line(what, "≤ 2 s", f"{part['longest_call_seconds']:.1f} s", held)
    held = results["any other alert within 10 s"]["held"]
    yield _line(
        f"… {part['questions']} questions, the longest", "≤ 10 s", f"{part['longest_question_seconds']:.1f} s", held
    )
    held = results["no second holds more than 29 messages"]["held"]
    yield _line("… most messages in any second", "≤ 29", part["busiest_second"], held)
    for name in ("nothing is said to be known before somebody has it", "nothing is left of who erased everything"):
        yield _line(f"… {name}: broken", "0", results[name]["broken"], results[name]["held"])


def _line(what: str, goal: str, measured: object, reached: bool) -> str:
    shown = f"{measured:,}" if isinstance(measured, int) else measured
    return f"| {what} | {goal} | {shown} | {'reached' if reached else '**missed**'} |"


if __name__ == "__main__":
    sys.exit(main())
