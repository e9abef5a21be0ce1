"""In which line of a file something stands, for what is noticed only after the file was read."""

from pathlib import Path

from bot.programme import tree
from bot.programme.problems import Log
from bot.programme.source import Entries, Items, Node, read


def line_of(path: Path, *steps: str | int) -> int:
    """The line of what the steps lead to, or of the last one that is there: a key, a list's place or an item's `key`.

    A file that cannot be read has everything in line 1.
    """
    node, line = read(path, Log(str(path))), 1
    for step in steps:
        node, line_below = _below(node, step)
        line = line_below or line
    return line


def _below(node: Node | None, step: str | int) -> tuple[Node | None, int]:
    if isinstance(node, Entries) and isinstance(step, str):
        entry = node.values.get(step)
        return (None, 0) if entry is None else (entry.node, entry.line)
    if isinstance(node, Items):
        item = next((one for number, one in enumerate(node.values) if step in {number, tree.text(one, "key")}), None)
        return (None, 0) if item is None else (item, item.line)
    return None, 0
