"""No bot library at all: aiohttp and orjson, posting the same bytes. And how fast the stand-in itself is."""

import socket
from time import perf_counter
from typing import Any

import aiohttp
import orjson

from tests.benchmarks.clients.broadcast_loop import measured
from tests.benchmarks.measure import Meter
from tests.benchmarks.message import FIRST_CHAT, TOKEN, params


async def run(*, url: str, count: int, at_once: int) -> dict[str, float]:
    """Post to each, and read the answer."""
    address = f"{url}/bot{TOKEN}/sendMessage"
    message = params()
    headers = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=256)) as session:

        async def send(chat_id: int) -> Any:
            body = orjson.dumps({"chat_id": chat_id, **message})
            async with session.post(address, data=body, headers=headers) as response:
                return orjson.loads(await response.read())["result"]

        return await measured(send, count=count, at_once=at_once)


async def ceiling(*, url: str, count: int, at_once: int) -> dict[str, float]:
    """The stand-in's own ceiling: the same bytes through plain sockets, by the hand of nobody."""
    port = int(url.rsplit(":", 1)[1])
    body = orjson.dumps({"chat_id": FIRST_CHAT, **params()})
    head = f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
    request = head.encode() + body
    sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(at_once)]
    meter, started, done = Meter(), perf_counter(), 0
    while done < count:
        for connection in sockets:
            connection.sendall(request)
        for connection in sockets:
            _read_answer(connection)
        done += at_once
    wall = perf_counter() - started
    for connection in sockets:
        connection.close()
    return {"cpu": meter.read()["cpu"] * count / done, "wall": wall * count / done}


def _read_answer(connection: socket.socket) -> None:
    answer = b""
    while True:
        answer += connection.recv(65_536)
        head, _, body = answer.partition(b"\r\n\r\n")
        if body and len(body) >= int(head.rsplit(b" ", 1)[1]):
            return
