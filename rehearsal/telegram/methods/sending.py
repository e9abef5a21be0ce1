"""Texts, places, contacts, "typing", and the answers to taps."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.entities import utf16
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.methods.posting import as_answer, post
from rehearsal.telegram.model import Json
from rehearsal.telegram.texts import message_text
from rehearsal.telegram.world import World

MAX_TOAST = 200
FOR_EVER = 0x7FFF_FFFF  # a live period
ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def send_message(world: World, call: ApiCall) -> Json:
    """sendMessage."""
    text, html, entities = message_text(call)
    return as_answer(world, post(world, call, text=text, html=html, entities=entities))


def send_venue(world: World, call: ApiCall) -> Json:
    """sendVenue."""
    place = location(call)
    if not call.text("title").strip():
        raise bad_request("venue title must be non-empty")
    if not call.text("address").strip():
        raise bad_request("venue address must be non-empty")
    venue: Json = {"location": place, "title": call.text("title"), "address": call.text("address")}
    return as_answer(world, post(world, call, content={"venue": venue, "location": place}))


def send_location(world: World, call: ApiCall) -> Json:
    """sendLocation, also of one that moves for a while."""
    place = location(call)
    if (period := call.number("live_period")) is not None:
        if not (60 <= period <= 86_400 or period == FOR_EVER):
            raise bad_request("LIVE_PERIOD_INVALID")
        place["live_period"] = period
    return as_answer(world, post(world, call, content={"location": place}))


def send_contact(world: World, call: ApiCall) -> Json:
    """sendContact."""
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact: Json = {name: call.text(name) for name in names if call.text(name)}
    if not call.text("phone_number"):
        raise bad_request("phone number is empty")
    if not call.text("first_name"):
        raise bad_request("first name is empty")
    return as_answer(world, post(world, call, content={"contact": contact}))


def send_chat_action(world: World, call: ApiCall) -> bool:
    """sendChatAction: seen as `Chat.action` until the next message."""
    chat = world.chat_of(call)
    if call.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.check_writable()
    if (thread := call.number("message_thread_id")) is not None:
        chat.check_thread(thread)
    chat.actions.append(call.text("action"))
    return True


def answer_callback_query(world: World, call: ApiCall) -> bool:
    """answerCallbackQuery: stops the progress bar; words become a toast or an alert."""
    text = call.text("text")
    if utf16(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.text("url")
    if url and not url.startswith(world.profile.start_link):
        raise bad_request("URL_INVALID")
    query = world.queries.answer(call.text("callback_query_id"))
    if text:
        query.account.toasts.append((text, call.flag("show_alert")))
    if url:
        query.account.opened.append(url)
    return True


def location(call: ApiCall) -> Json:
    """The place that a call names. Raises a 400."""
    latitude, longitude = call.params["latitude"], call.params["longitude"]
    assert isinstance(latitude, float)
    assert isinstance(longitude, float)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong latitude or longitude specified")
    return {"latitude": latitude, "longitude": longitude}
