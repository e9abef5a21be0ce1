"""The rate limiter under its former name, for what was written against it; it goes with the next renaming."""

from bot.rate_limiter import RateLimiter as Pace

__all__ = ["Pace"]
