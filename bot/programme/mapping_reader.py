"""Reading one mapping of a file by its shape: which keys are there, which were asked for, and what stands below them.

Every problem is noted in the log, where it stands.
"""

from bot.programme.problems import Log
from bot.programme.source import Entries, Items, Node, Scalar
from bot.programme.spoken import Spoken
from bot.programme.values import did_you_mean


class MappingReader:
    """One mapping; `name` says in messages what it describes, `spoken` in which languages its texts are."""

    def __init__(self, node: Node, name: str, log: Log, spoken: Spoken | None = None) -> None:
        self.name = name
        self.spoken = Spoken(None) if spoken is None else spoken
        self.node = node
        self.line = node.line
        self.log = log
        self._asked: set[str] = set()
        self._optional: set[str] = set()
        self._problems_before = len(log.problems)
        self._values = node.values if isinstance(node, Entries) else {}
        if not isinstance(node, Entries) and not is_reported(node):
            log.add(node.line, f"{name} is not a group of `key: value` lines", "write its keys below it")

    @property
    def ok(self) -> bool:
        """Whether nothing was noted since this mapping was started."""
        return len(self.log.problems) == self._problems_before

    def line_of(self, key: str) -> int:
        """Where a key stands, or where the mapping begins."""
        entry = self._values.get(key)
        return self.line if entry is None else entry.line

    def has(self, key: str) -> bool:
        """Whether the key is there, which it need not be."""
        self._optional.add(key)
        return self._there(key)

    def wrong(self, key: str, what: str, instead: str) -> None:
        """Note a problem of the value of `key`."""
        self.log.add(self.line_of(key), what, instead)

    def finish(self) -> None:
        """Note the keys that nobody asked for."""
        for key, entry in self._values.items():
            if key not in self._asked:
                known = sorted(self._asked - self._values.keys()) or sorted(self._asked)
                blank = isinstance(entry.node, Scalar) and not entry.node.text
                instead = "put a text with a comma in quotes" if blank else did_you_mean(key, known)
                self.log.add(entry.line, f"{self.name} has no `{key[:40]}`", instead)

    def _there(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._values

    def _or_remove(self, key: str) -> str:
        """What else can be done about a value that need not be there: nobody is to invent one."""
        return ", or remove the line" if key in self._optional else ""

    def _node(self, key: str) -> Node | None:
        if not self._there(key):
            if self._values:  # of an empty or broken mapping that much is said already
                self.log.add(self.line, f"{self.name} has no `{key}`", f"add a line `{key}: ...`")
            return None
        return self._values[key].node

    def _scalar(self, key: str) -> Scalar | None:
        node = self._node(key)
        if isinstance(node, Scalar):
            if not node.text and not node.broken:
                self.wrong(
                    key, f"`{key}` of {self.name} is empty", f"write its value after the colon{self._or_remove(key)}"
                )
            return node if node.text and not node.broken else None
        if node is not None:
            self.wrong(key, f"`{key}` of {self.name} is not one value", "write it after the colon")
        return None

    def _items(self, key: str, low: int, high: int) -> list[Node]:
        node = self._node(key)
        if node is None:
            return []
        if not isinstance(node, Items):
            if not is_reported(node):
                what = f"`{key}` of {self.name} is not a list"
                self.wrong(key, what, f"begin each entry below it with a hyphen, `- `{self._or_remove(key)}")
            return []
        if not low <= len(node.values) <= high:
            what = f"`{key}` of {self.name} has {len(node.values)} entries"
            self.wrong(key, what, f"write {low} to {high} of them")
        return node.values[:high]


def is_reported(node: Node) -> bool:
    """Whether the log holds a problem of this node already."""
    return isinstance(node, Scalar) and node.broken
