"""The phones that a page shows."""

from dataclasses import dataclass

from rehearsal.telegram.account import Account
from rehearsal.telegram.errors import RefusedError
from rehearsal.telegram.model import Json


@dataclass(slots=True)
class Phone:
    """One phone on the page: whose it is, and the role and language that the label over it names."""

    account: Account
    role: str
    language: str
    crowd: bool = False
    code: str = ""

    def about(self) -> Json:
        """What the label says."""
        return {"role": self.role, "language": self.language, "crowd": self.crowd}

    async def sends_file(self, name: str, content: bytes) -> None:
        """Send a file, as a picture when it is one."""
        try:
            await self.account.sends_photo(content)
        except RefusedError:
            await self.account.sends_document(name, content)
