"""A Bot API request as parameters and files, in every encoding that Telegram takes."""

from urllib.parse import parse_qsl

import orjson
from aiohttp import BodyPartReader, web

from rehearsal.telegram.errors import bad_request

ParamsAndFiles = tuple[dict[str, object], dict[str, tuple[str, bytes]]]


async def read_request(request: web.Request) -> ParamsAndFiles:
    """Query string, then JSON, urlencoded or multipart body. Raises RefusedError for one that cannot be read."""
    params: dict[str, object] = dict(request.query)
    if not request.can_read_body:
        return params, {}
    kind = request.content_type
    if kind == "application/json":
        params |= await _from_json(request)
    elif kind == "application/x-www-form-urlencoded":
        body = (await request.read()).decode("utf-8", "replace")  # of a GET too, which some clients send
        params |= dict(parse_qsl(body, keep_blank_values=True))
    elif kind == "multipart/form-data":
        return await _from_multipart(request, params)
    return params, {}


async def _from_json(request: web.Request) -> dict[str, object]:
    body = await request.read()
    try:
        read = orjson.loads(body) if body else {}
    except orjson.JSONDecodeError as error:
        raise bad_request(f"can't parse JSON object: {error}") from None
    if not isinstance(read, dict):
        raise bad_request("object expected")
    return read


async def _from_multipart(request: web.Request, params: dict[str, object]) -> ParamsAndFiles:
    files: dict[str, tuple[str, bytes]] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is not None:
            files[part.name] = (part.filename, content)
        else:
            params[part.name] = content.decode("utf-8", "replace")
    return params, files
