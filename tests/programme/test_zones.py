"""What is said of a time zone that there is not: the one that was meant."""

import pytest

from bot.programme.zones import like_zone


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tbilisi", "Asia/Tbilisi"),
        ("New York", "America/New_York"),
        ("Asia/Dushanbee", "Asia/Dushanbe"),
        ("none", "Asia/Seoul"),
        ("GMT+4", "Asia/Seoul"),  # an example: Etc/GMT+4 is four hours behind Greenwich
        ("Seoul time, please", "Asia/Seoul"),
    ],
)
def test_the_zone_that_was_meant_is_named(written: str, meant: str) -> None:
    assert like_zone(written) == meant
