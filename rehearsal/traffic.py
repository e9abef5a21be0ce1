"""Knowing when the bot waits for nothing but the clock."""

from typing import Any

from bot.transport import ReqwestRequest


class Traffic(ReqwestRequest):
    """The bot's way to Telegram, with a count of what is on it. A waiting poll is no traffic."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way = 0
        self.begun = 0

    async def do_request(self, url: str, method: str, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        """Send one request and count it."""
        if url.endswith("/getUpdates"):
            return await super().do_request(url, method, *arguments, **named)
        self.under_way += 1
        self.begun += 1
        try:
            return await super().do_request(url, method, *arguments, **named)
        finally:
            self.under_way -= 1
