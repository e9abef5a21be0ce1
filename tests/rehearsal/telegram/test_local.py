"""Whom the servers of a rehearsal answer: this machine's programs and their own pages, and no other web site."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from rehearsal.telegram import Account, BotApi, TelegramServer, World
from rehearsal.telegram.local import on_this_machine, refusal

ANOTHER = "This came from another page."


def refused(method: str = "POST", *, links: bool = False, **headers: str) -> str | None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return refusal(make_mocked_request(method, "/", {"Host": "127.0.0.1:8765", **named}), links=links)


@pytest.mark.parametrize("host", ["localhost:8765", "LocalHost", "127.0.0.1", "[::1]:8765", "[::1]"])
def test_this_machine_by_every_name(host: str) -> None:
    assert refused(Host=host) is None
    assert refused(Host=host, Origin=f"http://{host}") is None


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "evil.example:8765", "localhost.evil.example", "evil-localhost:1", "localhost@evil:1",
     "0.0.0.0:8765", "127.0.0.1.evil.example", ":8765", "localhost:80:evil"],
)  # fmt: skip
def test_a_name_that_somebody_else_points_at_this_machine(host: str) -> None:
    assert refused(Host=host) == "The rehearsal is for this machine alone: open it as http://localhost."


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "http://127.0.0.1:1", "https://127.0.0.1:8765", "http://localhost:8765"],
)
def test_another_page(origin: str) -> None:
    assert refused(Origin=origin) == ANOTHER


def test_a_browser_that_sends_no_origin_says_where_it_comes_from() -> None:
    assert refused(Sec_Fetch_Site="cross-site") == ANOTHER
    assert refused("GET", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors") == ANOTHER
    assert refused("GET", Sec_Fetch_Site="same-site", Sec_Fetch_Mode="navigate") == ANOTHER, "another port's page"
    assert refused(Sec_Fetch_Site="same-origin") is None
    assert refused("GET", Sec_Fetch_Site="none") is None, "an address that was typed"
    assert refused(Sec_Fetch_Mode="cors") is None, "a program, not a browser"


def test_an_old_browser_names_the_page_it_comes_from() -> None:
    assert refused("GET", Referer="http://evil.example/x") == ANOTHER
    assert refused("GET", Referer="http://127.0.0.1:8765.evil.example/") == ANOTHER
    assert refused("GET", Referer="http://evil.example/x", links=True) is None
    assert refused("POST", Referer="http://evil.example/x", links=True) == ANOTHER
    assert refused("POST", Referer="http://127.0.0.1:8765/") is None


def test_a_link_may_lead_to_the_page_but_does_nothing_there() -> None:
    followed = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    assert refused("GET", links=True, **followed) is None
    assert refused("POST", links=True, **followed) == ANOTHER


@pytest.fixture
async def http(world: World) -> AsyncIterator[aiohttp.ClientSession]:
    async with TelegramServer(BotApi(world)) as server, aiohttp.ClientSession(server.url) as session:
        yield session


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/control/account"),
        ("GET", "/control/counters"),
        ("POST", "/bot1:rehearsal/getMe"),
        ("GET", "/bot1:rehearsal/setWebhook?url=http://127.0.0.1:1/x"),
        ("GET", "/file/bot1:rehearsal/documents/file_1.txt"),
        ("GET", "/nothing"),
    ],
)
async def test_no_site_reaches_the_stand_in(method: str, path: str, http: aiohttp.ClientSession, world: World) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        async with http.request(method, path, headers=headers) as answer:
            assert answer.status == 403, headers
            assert (await answer.json())["description"].startswith("Forbidden: Th")
    assert not world.accounts
    assert not world.updates.webhook


WRONG: tuple[tuple[str, object, str], ...] = (
    ("account", {"first_name": "x" * 65}, "first_name has at most 64 letters"),
    ("account", {}, ""),
    ("group", {"title": "x" * 129}, "title has at most 128 letters"),
    ("start", {"person": 7_100_000_001, "code": "x" * 65}, "code has at most 64 letters"),
    ("start", {"person": 1}, "1 is missing, or there is nothing of that name or number"),
    ("start", {}, "'person' is missing, or there is nothing of that name or number"),
    ("start", [], "an object is expected"),
    ("faults", {"latency": [0, 10**9]}, "1000000000 must be a number from 0 to 86400"),
    ("faults", {"latency": ["a", "b"]}, "'a' must be a number from 0 to 86400"),
    ("faults", {"chances": {"closed": {}}}, "{} must be a number from 0 to 1"),
    ("faults", {"script": [5]}, "a fault is an object"),
    ("faults", {"script": [{"retry_after": []}]}, "[] must be a number from 0 to 86400"),
)


async def test_wrong_control_requests_get_one_sentence(http: aiohttp.ClientSession, world: World) -> None:
    Account(world, "Ситора")
    for name, body, sentence in WRONG:
        async with http.post(f"/control/{name}", json=body) as answer:
            assert answer.status == 400, body
            assert sentence in (await answer.json())["error"], body
    for path, status in {"x": 404, "--1": 404, "9" * 400: 404, "7100000001?last=x": 400}.items():
        async with http.get(f"/control/chat/{path}") as answer:
            assert answer.status == status, path


def test_a_webhook_on_this_machine() -> None:
    for here in ("http://localhost:8080/hook", "http://127.0.0.1/x", "https://[::1]:1/"):
        assert on_this_machine(here)
    for elsewhere in (
        "https://a.tj/x",
        "http://localhost:1@evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://[",
        "",
    ):
        assert not on_this_machine(elsewhere)


async def test_nothing_is_delivered_to_another_machine(http: aiohttp.ClientSession, world: World) -> None:
    await Account(world, "Ситора").sends("салом")
    for url in ("http://localhost:1@evil.example/", "http://192.168.0.1/admin"):
        async with http.post("/bot1:rehearsal/setWebhook", json={"url": url}) as answer:
            assert "HTTPS URL must be provided" in (await answer.json())["description"]
    async with http.post("/bot1:rehearsal/setWebhook", json={"url": "https://a.tj/x"}) as answer:
        assert answer.status == 200
    async with http.post("/bot1:rehearsal/getWebhookInfo") as answer:
        info = (await answer.json())["result"]
    assert (info["pending_update_count"], info["last_error_message"]) == (
        1,
        "A rehearsal delivers to this machine alone",
    )
