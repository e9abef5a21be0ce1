"""The phones that a page shows."""

from dataclasses import dataclass

from rehearsal.telegram.account import Account
from rehearsal.telegram.errors import RefusedError
from rehearsal.telegram.model import Json


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

    async def sends_file(self, name: str, content: bytes) -> None:
        """Send a file, as a picture when it is one."""
        try:
            await self.account.sends_photo(content)
        except RefusedError:
            await self.account.sends_document(name, content)
