"""The page without a browser: what it serves, the changes that it sends, its commands, and whom it answers."""

from functools import partial

import aiohttp

from tests.rehearsal.sessions import open_session
from tests.rehearsal.visitors import Visitor


async def test_the_first_visit_finds_the_first_phones(visitor: Visitor) -> None:
    roles = sorted(str(phone["role"]) for phone in visitor.phones.values())
    assert roles == ["coordinator", "organizer", "teacher", "teacher"]
    assert {phone["language"] for phone in visitor.phones.values()} == {"tg", "ru", "en", "ko"}
    arriving = next(number for number, phone in visitor.phones.items() if phone["language"] == "ru")
    await visitor.sees(lambda: "buttons" in visitor.newest(arriving))
    assert len([button for row in visitor.newest(arriving)["buttons"] for button in row]) == 4, "four languages"
    assert all(phone["menu"] for phone in visitor.phones.values())


async def test_an_agenda_that_an_alert_follows_is_not_shown_as_an_alert(visitor: Visitor) -> None:
    await visitor.sees(lambda: [one["kind"] for one in visitor.state["panel"]["alerts"]] == ["role.notice"])


async def test_the_next_event_is_the_first_morning_and_reaches_every_phone(visitor: Visitor) -> None:
    assert await visitor.does(do="next-event") == {"moved": True}
    organizer = visitor.of("organizer")
    await visitor.sees(lambda: "Good morning" in visitor.texts(organizer))
    assert f"{visitor.now():%Y-%m-%d %H:%M}" == "2025-08-04 07:00"
    kept = await visitor.outbox()
    assert set(kept) == {"sent"}
    await visitor.sees(lambda: visitor.state["panel"]["outbox"] == kept)
    assert visitor.state["panel"]["violations"] == visitor.state["panel"]["floods"] == 0


async def test_the_next_day_ends_before_its_agenda(visitor: Visitor) -> None:
    await visitor.does(do="next-day")
    await visitor.does(do="next-day")
    assert f"{visitor.now():%Y-%m-%d %H:%M}" == "2025-08-05 06:30"


async def test_a_tap_changes_the_message_and_only_that_travels(visitor: Visitor) -> None:
    organizer = visitor.of("organizer")
    await visitor.does(do="text", phone=organizer, text="/agenda")
    await visitor.sees(lambda: visitor.newest(organizer)["text"].startswith("📅"))
    days = visitor.newest(organizer)
    await visitor.does(do="press", phone=organizer, message=days["id"], row=0, column=1)
    await visitor.sees(lambda: visitor.bubbles[organizer][days["id"]].get("edited"))
    assert "Tuesday, 5 August" in visitor.bubbles[organizer][days["id"]]["text"]
    told = [event for event in visitor.told if event["phone"] == organizer]
    assert told[-1]["bubbles"] == [visitor.bubbles[organizer][days["id"]]]


async def test_a_new_phone_holds_a_real_invitation(visitor: Visitor) -> None:
    phone = (await visitor.does(do="add", role="teacher", language="ko"))["phone"]
    await visitor.sees(lambda: phone in visitor.phones)
    await visitor.does(do="start", phone=phone)
    await visitor.sees(lambda: visitor.bubbles.get(phone) and visitor.phones[phone]["started"])
    await visitor.sees(lambda: any("buttons" in one for one in visitor.bubbles[phone].values()))
    members = await visitor.members()
    assert members[phone][0] == "teacher"


async def test_a_stranger_without_a_code_is_not_let_in(visitor: Visitor) -> None:
    phone = (await visitor.does(do="add", role="stranger", language="en"))["phone"]
    await visitor.does(do="start", phone=phone)
    await visitor.sees(lambda: len(visitor.bubbles.get(phone, {})) == 2)
    assert phone not in await visitor.members()


async def test_a_phone_can_block_come_back_send_anything_and_be_put_away(visitor: Visitor) -> None:
    phone = visitor.of("teacher")
    await visitor.does(do="block", phone=phone)
    await visitor.sees(lambda: visitor.phones[phone]["blocked"] is True)
    await visitor.sees(lambda: visitor.state["panel"]["unreachable"] == 1)
    await visitor.does(do="block", phone=phone)
    await visitor.sees(lambda: visitor.state["panel"]["unreachable"] == 0)
    for what in ("voice", "sticker", "location"):
        await visitor.does(do="send", phone=phone, what=what)
        await visitor.sees(partial(visitor.shows_media, phone, what))
    await visitor.does(do="again", phone=phone)
    await visitor.does(do="close", phone=phone)
    await visitor.sees(lambda: phone not in visitor.phones)


async def test_time_can_be_paused_and_played(visitor: Visitor) -> None:
    await visitor.does(do="speed", speed=0)
    await visitor.sees(lambda: visitor.state["clock"]["speed"] == 0)
    await visitor.does(do="speed", speed=60)
    await visitor.sees(lambda: visitor.state["clock"]["speed"] == 60)


async def test_simulated_teachers_join_and_their_phones_can_be_shown(visitor: Visitor) -> None:
    await visitor.does(do="simulate", on=True, teachers=3)
    await visitor.does(do="next-event")
    await visitor.sees(lambda: visitor.state["users"]["count"] == 3)
    someone = visitor.state["users"]["people"][0]["id"]
    await visitor.does(do="show", phone=someone)
    await visitor.sees(lambda: someone in visitor.phones)
    assert (await visitor.members())[someone][0] == "teacher"
    await visitor.does(do="simulate", on=False, teachers=3)
    await visitor.sees(lambda: visitor.state["users"]["on"] is False)


WRONG: tuple[object, ...] = (
    {},
    {"do": "nothing"},
    {"do": "text", "phone": 5, "text": "x"},
    {"do": "add", "role": "king", "language": "tg"},
    {"do": "add", "role": "teacher", "language": "fr"},
    {"do": "simulate", "on": True, "teachers": 100_000},
    {"do": "speed", "speed": "fast"},
    {"do": "speed", "speed": -1},
    {"do": "speed", "speed": 10**15},
    {"do": "start", "phone": 7_100_000_001, "code": "x" * 65},
    {"do": "add", "role": "stranger", "language": "tg", "code": "x" * 65},
    {"do": "send", "phone": 7_100_000_001, "what": "a system"},
    {"do": "show", "phone": 1},
    [],
)


async def test_wrong_commands_are_refused_and_change_nothing() -> None:
    async with open_session(phones=False) as (session, address), aiohttp.ClientSession() as http:
        await session.add_phone("teacher", "tg")
        for command in WRONG:
            async with http.post(f"{address}/do", json=command) as answer:
                assert answer.status == 400, command
                assert "error" in await answer.json(), command
            assert len(session.phones) == 1, command


async def test_only_this_machine_and_only_this_page_are_answered() -> None:
    async with open_session(phones=False) as (session, address), aiohttp.ClientSession() as http:
        phone = (await session.add_phone("teacher", "tg")).account.id
        async with http.get(address, headers={"Host": "evil.example:80"}) as answer:
            assert answer.status == 403
        evil = {"Origin": "http://evil.example"}
        async with http.post(f"{address}/do", json={"do": "next-day"}, headers=evil) as answer:
            assert answer.status == 403
        hidden = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        async with http.post(f"{address}/do", json={"do": "next-day"}, headers=hidden) as answer:
            assert (answer.status, await answer.text()) == (403, "This came from another page.")
        async with http.get(address, headers=hidden) as answer:
            assert answer.status == 200, "a link may lead here"
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        for path in (
            "/static/nothing.js", "/static/..%2Fserver.py", "/static/" + "a" * 5000, "/static/%00", "/static/.",
            "/labels/fr", "/file/1/1", "/file/x/y", "/file/--1/1", "/file/1/--5", "/file/1/" + "9" * 5000,
            "/file/1/%D9%A1",
        ):  # fmt: skip
            async with http.get(address + path) as answer:
                assert answer.status == 404, path
        for path, status in {"/upload/--1": 404, f"/upload/{phone}?name={'a' * 256}": 400}.items():
            async with http.post(address + path, data=b"x") as answer:
                assert answer.status == status, path


async def test_the_page_speaks_four_languages() -> None:
    async with open_session(phones=False) as (session, address), aiohttp.ClientSession() as http:
        assert session.seminar is not None
        for language in ("tg", "ru", "en", "ko"):
            async with http.get(f"{address}/labels/{language}") as answer:
                content = await answer.json()
            assert content["title"] == session.seminar.title.get(language)
            assert content["labels"]["days"]["2025-08-04"] == session.locales[language].day(session.seminar.first)
