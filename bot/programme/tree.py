"""Looking into a file's tree without noting problems: whatever is not there, or is something else, is nothing."""

from bot.programme.source import Entries, Entry, Items, Node, Scalar


def child(node: Node | None, key: str) -> Node | None:
    """What stands below a key."""
    entry = _entry(node, key)
    return None if entry is None else entry.node


def items(node: Node | None, key: str) -> list[Node]:
    """The items of the list below a key."""
    below = child(node, key)
    return below.values if isinstance(below, Items) else []


def text(node: Node | None, key: str) -> str:
    """The value of a key, "" where there is none that can be used."""
    below = child(node, key)
    return below.text if isinstance(below, Scalar) and not below.broken else ""


def line(node: Node | None, key: str) -> int:
    """The line of a key, 1 where it is not there."""
    entry = _entry(node, key)
    return 1 if entry is None else entry.line


def _entry(node: Node | None, key: str) -> Entry | None:
    return node.values.get(key) if isinstance(node, Entries) else None
