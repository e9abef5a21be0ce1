"""The engine without the bot around it, for what its messages are about."""

from tests.delivery.conftest import harness

__all__ = ["harness"]
