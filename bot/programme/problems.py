"""What is wrong with a seminar's files: all of it at once, each with its place and the way out."""

from collections.abc import Iterable
from dataclasses import dataclass, field


def listed(parts: Iterable[str], last: str = "and") -> str:
    """One or more things in a sentence: `a`, `a and b`, `a, b and c`; `last` is the word before the last of them."""
    *others, end = parts
    return f"{', '.join(others)} {last} {end}" if others else end


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to correct. `line` counts from 1."""

    file: str
    line: int
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}, {self.instead}"


class SeminarError(Exception):
    """A seminar that cannot be used. `problems` is never empty and in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Log:
    """Where the reader of one file writes down what it stumbles over; files share the list."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, what: str, instead: str) -> None:
        """Remember one problem of this file."""
        # a quoted text may hold line breaks; a message is one line
        self.problems.append(Problem(self.file, line, " ".join(what.split()), " ".join(instead.split())))

    def of(self, file: str) -> "Log":
        """The same list for another file."""
        return Log(file, self.problems)
