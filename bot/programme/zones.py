"""Time zones as people write them."""

from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

_EXAMPLE = "Asia/Seoul"
# Files beside the zones: the clock of whatever computer this is, rules for old programs, a clock that nobody has set,
# and all zones once more under two folders, one of which counts leap seconds.
_NO_ZONES = ("localtime", "posixrules", "Factory", "posix/", "right/")


def read_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, the same on every computer; None where there is none."""
    if name.startswith(_NO_ZONES):
        return None
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return None


def like_zone(name: str) -> str:
    """The name that was meant, of which the city alone may have been written; else an example."""
    zones = sorted(one for one in available_timezones() if "/" in one and not one.startswith("Etc/"))
    cities = {one.rpartition("/")[2].lower(): one for one in zones}
    wanted = name.lower().replace(" ", "_")
    for known, cutoff in (({one.lower(): one for one in zones}, 0.75), (cities, 0.85)):
        if close := get_close_matches(wanted, known, n=1, cutoff=cutoff):
            return known[close[0]]
    return _EXAMPLE
