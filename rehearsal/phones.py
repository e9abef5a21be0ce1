"""The phones that a page shows."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rehearsal.telegram.account import Account
from rehearsal.telegram.errors import RefusedError
from rehearsal.telegram.model import Json

_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif"})


@dataclass(slots=True)
class Phone:
    """One phone: whose it is, and the role and language that the label over it names."""

    account: Account
    role: str
    language: str
    simulated: bool = False
    code: str = ""

    def label(self) -> Json:
        """What the label over the phone says."""
        return {"role": self.role, "language": self.language, "simulated": self.simulated}

    async def sends_file(self, name: str, content: bytes, caption: str = "") -> None:
        """Send a file with its bytes, as a picture when it is called one and is one."""
        if Path(name).suffix.lower() in _PICTURES:
            with suppress(RefusedError):
                await self.account.sends_photo(content, caption)
                return
        await self.account.sends_document(name, content, caption)
