"""The seminar that runs: the folder's, with the days of the newest published version. Every part reads it here."""

from collections.abc import Callable

from bot.programme.model import Seminar


class CurrentSeminar:
    """Holds the seminar as it is at the moment; never keep what `seminar` gives beyond one piece of work.

    `folder` is what the files hold, `version` the number of what runs, 0 for the folder as it is. `listeners` are
    called after each change, in the loop.
    """

    def __init__(self, folder: Seminar) -> None:
        self.folder = folder
        self.seminar = folder
        self.version = 0
        self.listeners: list[Callable[[], None]] = []

    def follow(self, version: int, seminar: Seminar) -> bool:
        """Let this version run, unless it or a newer one does; return whether it is new.

        `seminar` is the folder's with the days of the version.
        """
        if version <= self.version:
            return False
        self.seminar = seminar
        self.version = version
        for listener in self.listeners:
            listener()
        return True
