"""The figures to reach, and what was measured. A part that was not measured has no lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.parts import receive, send

_BOUNDED = 32.0  # MB; the updates as bytes are 53


@dataclass(frozen=True)
class Line:
    """One goal: `measured` as words, and whether that reaches it."""

    part: str
    what: str
    goal: str
    measured: str
    reached: bool


def lines(parts: Mapping[str, Any]) -> Iterator[Line]:
    """Every goal whose part was measured."""
    checks = {
        "send": _send,
        "pace": _pace,
        "receive": _receive,
        "memory": _memory,
        "stats": _stats,
        "export": _export,
        "jobs": _jobs,
        "plan": _plan,
        "publish": _publish,
        "flood": _flood,
        "start": _start,
    }
    for part, check in checks.items():
        if part in parts:
            for what, goal, measured, reached in check(parts[part]):
                yield Line(part, what, goal, measured, reached)


Results = Iterator[tuple[str, str, str, bool]]


def spread(value: Mapping[str, float], digits: int = 2) -> str:
    """A median with its least and most."""
    return f"{value['median']:.{digits}f} ({value['min']:.{digits}f}..{value['max']:.{digits}f})"


def _send(measured: Mapping[str, Any]) -> Results:
    near = measured["near"]
    count = near[send.HAMROH]["count"]
    for name, least in ((send.PTB, 6.0), (send.AIOGRAM, 2.0), (send.TELEBOT, 1.3)):
        ratio = near[name]["cpu_ratio"]
        what = f"durable broadcast to {count:,}, CPU a message: {name}"
        yield what, f"≥ {least:g} × Hamroh's", f"{spread(ratio)} ×", ratio["median"] >= least
    ratio = near[send.BARE]["speed_ratio"]
    yield "the same, beside the speed of bare aiohttp", "≥ 0.6", spread(ratio), ratio["median"] >= 0.6


def _pace(measured: Mapping[str, Any]) -> Results:
    paid, usual, busy, idle = measured["paid"], measured["usual"], measured["busy"], measured["idle"]
    rate, share = paid["per_second"], paid["share"]
    yield "broadcast paced at 1,000/s, 50 ms to the server", "≥ 990/s", f"{spread(rate, 0)}/s", rate["median"] >= 990
    yield "the same: share of one core", "≤ 70%", f"{spread(_percent(share), 0)}%", share["median"] <= 0.70
    took = usual["wall"] / (usual["count"] / 30)
    what = f"broadcast of {usual['count']:,} at Telegram's 30/s, presses coming in"
    yield what, "≤ 1.08 × N/30", f"{took:.3f} × N/30", took <= 1.08
    most = usual["busiest_second"]
    held = not usual["refused"] and most <= 29
    yield "the same: 429s, and the most in a strict second", "0, ≤ 29", f"{usual['refused']}, {most}", held
    rest = idle["taps"]["p99_ms"]
    for name, one, most_times in (("that runs", usual, 1.5), ("1,000/s run", busy, 2.0)):
        taps = one["taps"]
        said = f"{taps['p99_ms'] / rest:.2f} × ({taps['p99_ms']:.1f} ms, idle {rest:.1f}; {taps['count']} presses)"
        reached = taps["p99_ms"] <= most_times * rest and not one["unanswered"]
        yield f"press → answer p99 while {name}", f"≤ {most_times:g} × idle", said, reached


def _receive(measured: Mapping[str, Any]) -> Results:
    for name, least in ((receive.PTB, 2.5), (receive.AIOGRAM, 1.3)):
        ratio = measured["near"][name]["cpu_ratio"]
        yield (
            f"updates handled, CPU an update: {name}",
            f"≥ {least:g} × Hamroh's",
            f"{spread(ratio)} ×",
            ratio["median"] >= least,
        )
    people, served = measured["people"], measured["side_by_side"][receive.HAMROH]
    yield f"{people} people side by side", f"{people} at once", f"{served} requests open at once", served >= people


def _memory(measured: Mapping[str, Any]) -> Results:
    what = f"memory that a broadcast to {measured['count']:,} adds"
    yield what, "≤ 5 MB", f"{measured['added']:.1f} MB", measured["added"] <= 5
    if (backlog := measured.get("backlog")) is not None:
        what = (
            f"memory that a backlog of {backlog['count']:,} updates adds, up to {backlog['waited']:,} waiting at once"
        )
        yield what, f"≤ {_BOUNDED:g} MB", f"{backlog['added']:.1f} MB", backlog["added"] <= _BOUNDED


def _stats(measured: Mapping[str, Any]) -> Results:
    idle, busy, numbers = (measured[name]["p99_ms"] for name in ("idle", "busy", "stats"))
    what = f"a read while /stats runs over {measured['checkins']:,} check-ins, p99"
    ratio = measured["ratio"]
    yield what, "≤ 6 × idle", f"{spread(ratio)} × ({busy:.2f} ms, idle {idle:.2f})", ratio["median"] <= 6
    yield "/stats itself, p99", "≤ 50 ms", f"{numbers:.1f} ms", numbers <= 50
    if (figures := measured.get("figures")) is not None:
        for name, whose, most in (("everybody", "all", 60), ("group", "one group of 50", 15)):
            told, longest = figures[name], max(figures[name].values())
            said = ", ".join(f"{kind} {seconds:.1f} s" for kind, seconds in told.items())
            what = f"{figures['people']:,} people over a fortnight: each figure of {whose}, as a job"
            yield what, f"≤ {most} s", said, longest <= most


def _export(measured: Mapping[str, Any]) -> Results:
    for one in measured["files"]:
        what = f"{measured['people']:,} people, /export as {one['form']}: {one['what']} of {_days(one['days'])}"
        if not one["made"]:
            yield what, "refused in 30 s", f"in {one['seconds']:.1f} s", one["seconds"] <= 30
            continue
        said = f"{one['rows']:,} rows, {one['megabytes']:.1f} MB: {one['seconds']:.0f} s, {one['memory']:.0f} MB"
        yield what, "≤ 60 s, ≤ 300 MB", said, one["seconds"] <= 60 and one["memory"] <= 300


def _days(count: int) -> str:
    return "one day" if count == 1 else f"{count} days"


def _jobs(measured: Mapping[str, Any]) -> Results:
    added, child = measured["bot_beside"] - measured["bot"], measured["child"]
    what = f"{measured['people']:,} people: what the process for pictures and files adds to the bot's memory"
    yield what, "≤ 5 MB", f"{added:.1f} MB (the bot {measured['bot']:.0f} MB)", added <= 5
    yield "the same: the process itself, ended after 2 minutes of rest", "≤ 250 MB", f"{child:.0f} MB", child <= 250
    first = measured["first"]
    yield "the first picture, with the start of the process", "≤ 3 s", f"{first:.1f} s", first <= 3
    for people, name, most in ((30, "few", 2), (measured["people"], "many", 30)):
        told, longest = measured[name], max(measured[name].values())
        said = ", ".join(f"{kind} {seconds:.1f} s" for kind, seconds in told.items())
        yield f"a picture of {people:,} people", f"≤ {most} s", said, longest <= most
    idle, busy = measured["idle"], measured["busy"]
    said = f"{busy['p99_ms'] / idle['p99_ms']:.2f} × ({busy['p99_ms']:.1f} ms, idle {idle['p99_ms']:.1f})"
    reached = busy["p99_ms"] <= 2 * idle["p99_ms"] and not busy["unanswered"]
    yield "press → answer p99 while pictures and workbooks are made", "≤ 2 × idle", said, reached


def _plan(measured: Mapping[str, Any]) -> Results:
    largest = measured["sizes"][-1]
    block, memory = max(one["block_ms"] for one in measured["sizes"]), largest["rss"]
    what = f"{largest['people']:,} people, a day planned: longest block of the loop"
    yield what, "≤ 50 ms", f"{block:.1f} ms", block <= 50
    yield "the same: memory", "≤ 150 MB", f"{memory:.0f} MB", memory <= 150
    said = ", ".join(f"{one['people']:,}: {one['seconds']:.2f} s" for one in measured["sizes"])
    each = [one["seconds"] / one["people"] for one in measured["sizes"]]
    yield "the same: time", "linear", said, each[-1] <= 1.5 * each[-2]


def _publish(measured: Mapping[str, Any]) -> Results:
    largest = measured["sizes"][-1]
    what = f"a version published to {largest['people']:,} people: longest block of the loop"
    yield what, "≤ 50 ms", f"{largest['block_ms']:.1f} ms", largest["block_ms"] <= 50
    idle, busy = largest["idle"], largest["busy"]
    said = f"{busy['p99_ms'] / idle['p99_ms']:.2f} × ({busy['p99_ms']:.1f} ms, idle {idle['p99_ms']:.1f})"
    reached = busy["p99_ms"] <= 2 * idle["p99_ms"] and not busy["unanswered"]
    yield "the same: press → answer p99 meanwhile", "≤ 2 × idle", said, reached
    commits = ", ".join(f"{one['people']:,}: {one['commit_ms']:.0f} ms" for one in measured["sizes"])
    yield "the same: the transaction that publishes", "≤ 50 ms", commits, largest["commit_ms"] <= 50
    spread_over = ", ".join(f"{one['people']:,}: {one['fan_out']:.1f} s" for one in measured["sizes"])
    yield "the same: until every notice is in the outbox", "told", spread_over, True


def _flood(measured: Mapping[str, Any]) -> Results:
    count = measured["beside"]["count"]
    what = f"a call for help while {count:,} messages of a stranger are handled: with an organizer after"
    longest = max(measured["beside"]["seconds"])
    yield what, "≤ 2 s", f"at most {longest:.2f} s", longest <= 2
    longest = max(measured["behind"]["seconds"])
    yield "the same, delivered by Telegram after them, no latency", "≤ 2 s", f"at most {longest:.2f} s", longest <= 2
    requests = count // 100 + 1
    what = f"the same, with {measured['latency'] * 1_000:.0f} ms to the server ({requests} requests for updates)"
    least, longest = requests * measured["latency"], max(measured["far"]["seconds"])
    yield what, "told", f"at most {longest:.2f} s, of which {least:.2f} are those requests", True


def _start(measured: Mapping[str, Any]) -> Results:
    ratio, memory, alone = measured["ratio"], measured["memory_ratio"], measured["alone"]
    seconds = f"{spread(ratio)} × ({measured['hamroh']['ready']['median']:.2f} s); {_beside(alone, 'ratio')}"
    yield "ready to poll", "≤ 2 × import telegram.ext", seconds, ratio["median"] <= 2
    megabytes = (
        f"{spread(memory)} × ({measured['hamroh']['memory']['median']:.0f} MB); {_beside(alone, 'memory_ratio')}"
    )
    yield "idle memory", "≤ 1.5 × a bare PTB bot", megabytes, memory["median"] <= 1.5


def _beside(alone: Mapping[str, Any], what: str) -> str:
    return f"where no click is installed {alone[what]['median']:.2f} ×"


def _percent(share: Mapping[str, float]) -> dict[str, float]:
    return {name: value * 100 for name, value in share.items()}
