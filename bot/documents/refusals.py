"""Why a file as a whole is not read."""

from enum import StrEnum


class FileRefusal(StrEnum):
    """What a file is that is not read."""

    TOO_LARGE = "too_large"  # in bytes, before anything else is known of it
    GONE = "gone"  # Telegram does not give it any more
    UNFINISHED = "unfinished"  # Telegram did not answer
    OLD_EXCEL = "old_excel"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    CSV = "csv"
    OTHER_FORMAT = "other_format"
    DAMAGED = "damaged"
    TOO_BIG_INSIDE = "too_big_inside"  # unpacked
    TOO_MANY_ROWS = "too_many_rows"
    NO_TABLE = "no_table"  # no sheet has the headings
    NO_SESSIONS = "no_sessions"
    NO_NAMES = "no_names"  # a roster without a column of names
    NO_PEOPLE = "no_people"
    ENCODING = "encoding"  # the letters of a CSV file are not known for certain
    OTHER_PROGRAMME = "other_programme"  # made from a seminar or a version that is not here
    TOO_SLOW = "too_slow"
    STOPPED = "stopped"  # by the machine, which is no mistake of the file


class FileRefusedError(Exception):
    """A file is not read; `refusal` says why."""

    def __init__(self, refusal: FileRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
