"""Who may talk to the servers of a rehearsal: programs of this machine and the servers' own pages, no other site's.

A web site that is open in the same browser can send requests to every port of this machine, without being able to read
the answers; a name of its own that it points at 127.0.0.1 would let it read them too.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_OWN = frozenset({"same-origin", "none"})  # what browsers say of a page's own requests, and of a typed address


def refusal(request: web.Request, *, links: bool = False) -> str | None:
    """Why a request is not answered, in one sentence; None when it is.

    `links` lets other sites' links lead to this server: they change nothing where a GET changes nothing.
    """
    name, colon, port = request.host.lower().rpartition(":")
    if (name if colon and port.isdecimal() else request.host.lower()) not in NAMES:
        return "The rehearsal is for this machine alone: open it as http://localhost."
    own, origin = f"http://{request.host}", request.headers.get("Origin")
    if origin is not None and origin != own:
        return "This came from another page."
    site, referer = request.headers.get("Sec-Fetch-Site"), request.headers.get("Referer")
    foreign = (site is not None and site not in _OWN) or not (referer or f"{own}/").startswith(f"{own}/")
    followed = request.method == "GET" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return "This came from another page." if foreign and not (links and followed) else None


def on_this_machine(url: str) -> bool:
    """Whether an address leads to this machine, whatever stands before an @ in it."""
    try:
        return urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}
    except ValueError:
        return False


def only_local(refuse: Callable[[str], web.StreamResponse], *, links: bool = False) -> Middleware:
    """A middleware that answers other sites with `refuse` of the reason."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        reason = refusal(request, links=links)
        return await handler(request) if reason is None else refuse(reason)

    return guard
