import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.rehearsal.sessions import open_session
from tests.rehearsal.visitors import Visitor


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    async with open_session() as (session, address), aiohttp.ClientSession() as http:
        visitor = Visitor(http, address, session)
        listening = asyncio.create_task(visitor.listen())
        await visitor.sees(lambda: len(visitor.phones) == 4 and "panel" in visitor.state)
        yield visitor
        listening.cancel()
