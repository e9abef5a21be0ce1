"""The whole bot in this process beside the stand-in Telegram, and the users who act in it."""

from tests.kit.groups import Group
from tests.kit.request import Direct, judged
from tests.kit.settings import OWNER, ROOT, SEMINAR, TOKEN, settings
from tests.kit.system import System, open_system
from tests.kit.users import User

__all__ = [
    "OWNER", "ROOT", "SEMINAR", "TOKEN", "Direct", "Group", "System", "User", "judged", "open_system", "settings",
]  # fmt: skip
