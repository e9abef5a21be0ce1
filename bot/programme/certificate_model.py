"""How an office's files look, and what its seminar's certificate takes and says."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bot.languages import Localized

DEFAULT_COLOR: Final = "#1F6FEB"


@dataclass(frozen=True, slots=True)
class Look:
    """What files are made to look like: `logo` is a picture of the seminar's folder, `color` is `#` and six digits."""

    logo: Path | None = None
    color: str = DEFAULT_COLOR


PLAIN: Final = Look()


@dataclass(frozen=True, slots=True)
class Share:
    """So much of some hours: a part of them in percent, or minutes. One of the two is 0."""

    percent: int = 0
    minutes: int = 0

    def of(self, total: int) -> int:
        """How many minutes of this total that is; minutes are what they are, also where there are not so many."""
        return self.minutes or -(-total * self.percent // 100)


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, with the pictures of the seminar's folder that stand in for ink; without them there is a line."""

    name: Localized
    post: Localized
    signature: Path | None = None
    stamp: Path | None = None


@dataclass(frozen=True, slots=True)
class CertificateRules:
    """What somebody must have done for a certificate, and what stands on it besides.

    `attendance` is of the hours of sessions whose attendance is taken, `practice` of the workshops among them; None
    where it is not asked for. `lessons`: how many must be done. `website` is the issuer's, or empty.
    """

    issuer: Localized
    signatory: Signatory
    attendance: Share | None = None
    practice: Share | None = None
    lessons: int | Literal["all"] = 0
    text: Localized | None = None
    website: str = ""

    def lessons_of(self, total: int) -> int:
        """How many lessons of this total must be done."""
        return total if self.lessons == "all" else self.lessons
