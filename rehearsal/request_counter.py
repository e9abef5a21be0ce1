"""The bot's transport, which counts requests: so it is known when the bot waits for nothing but the clock."""

from typing import Any

from bot.transport import ReqwestRequest


class RequestCounter(ReqwestRequest):
    """The bot's transport to Telegram, with counts of its requests. Long polling is not counted."""

    def __init__(self) -> None:
        super().__init__()
        self.in_flight = 0
        self.started = 0

    async def do_request(self, url: str, method: str, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        """Send one request and count it."""
        if url.endswith("/getUpdates"):
            return await super().do_request(url, method, *arguments, **named)
        self.in_flight += 1
        self.started += 1
        try:
            return await super().do_request(url, method, *arguments, **named)
        finally:
            self.in_flight -= 1
