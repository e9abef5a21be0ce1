"""Putting a new message of the bot into a chat: what all the send methods have in common."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.entities import Entity, utf16
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.markup import Keyboard, check_requests, inline_keyboard, reply_keyboard
from rehearsal.telegram.model import File, Json, Message
from rehearsal.telegram.texts import formatted
from rehearsal.telegram.world import World


def post(
    world: World,
    call: ApiCall,
    *,
    text: str = "",
    html: str = "",
    entities: list[Entity] | None = None,
    caption: str = "",
    content: Json | None = None,
    files: list[File] | None = None,
    counted: bool = False,
) -> Message:
    """Validate where and how the message goes, and put it there. Raises RefusedError (400, 403, 429).

    `admitted` says that flood control has counted it already.
    """
    markup = call.part("reply_markup")
    keyboard, shown = parse_inline_keyboard(markup)
    chat = world.chat_of(call)
    chat.check_writable()
    extra = _reply_and_topic(call, chat)
    chat.check_content(content or {})
    if markup and "keyboard" in markup and chat.id < 0:
        check_requests(markup)
    if not counted:
        check_flood_limits(world, call, chat)
    message = Message(
        id=chat.next_id(),
        chat_id=chat.id,
        date=world.now(),
        from_bot=True,
        sender=world.me,
        text=text,
        html=html,
        entities=resolve_mentions(world, entities) if entities else [],
        keyboard=keyboard,
        markup=shown,
        caption=caption,
        content=content or {},
        files=files or [],
        extra=extra,
        silent=call.flag("disable_notification"),
        protected=call.flag("protect_content"),
        preview=call.part("link_preview_options"),
    )
    chat.messages[message.id] = message
    if chat.actions:
        chat.actions.clear()
    if markup and shown is None:
        message.uneditable = True
        _update_reply_keyboard(chat, markup)
    return message


def as_answer(world: World, message: Message) -> Json:
    """The Message that a send method returns."""
    return message.to_api(world.chats[message.chat_id].to_api())


def check_flood_limits(world: World, call: ApiCall, chat: Chat, count: int = 1) -> None:
    """Let new messages through flood control. Raises a 429."""
    if world.flood is not None:
        paid = call.flag("allow_paid_broadcast")
        world.flood.check_message(chat.id, world.clock.monotonic(), count=count, paid=paid)


def parse_inline_keyboard(markup: Json | None) -> tuple[Keyboard, Json | None]:
    """The inline keyboard of a markup of any kind; the other kinds are only validated."""
    if not markup:
        return [], None
    if "inline_keyboard" in markup:
        return inline_keyboard(markup)
    if "keyboard" in markup:
        reply_keyboard(markup)
    return [], None


def resolve_mentions(world: World, entities: list[Entity]) -> list[Entity]:
    """Mentions by user id with the whole User; Telegram drops those of people whom the bot has never met."""
    kept = []
    for entity in entities:
        user = entity.get("user")
        if isinstance(user, dict):
            account = world.accounts.get(user.get("id", 0))
            if account is None:
                continue
            kept.append({**entity, "user": account.user})
        else:
            kept.append(entity)
    return kept


def _reply_and_topic(call: ApiCall, chat: Chat) -> Json:
    """The parts of the Message that say what it answers and in which topic it stands."""
    extra: Json = {}
    thread_id = call.number("message_thread_id")
    if thread_id is None:
        chat.check_general()
    else:
        chat.check_thread(thread_id)
        extra |= {"message_thread_id": thread_id, "is_topic_message": True}
        if (opened := chat.messages.get(thread_id)) is not None:
            extra["reply_to_message"] = opened.quoted(chat.to_api())
    reply = call.part("reply_parameters")
    if reply is not None:
        number = reply["message_id"]
        target = chat.messages.get(number) if isinstance(number, int) else None
        if target is not None:
            extra["reply_to_message"] = target.quoted(chat.to_api())
            if "quote" in reply:
                extra["quote"] = _quote(call.within(reply), target)
        elif not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
    return extra


def _quote(reply: ApiCall, target: Message) -> Json:
    """The TextQuote of an answer. Raises a 400 for words that are not in what is answered."""
    quote, _, _ = formatted(reply, "quote", "quote_entities", "quote_parse_mode")
    words = target.text or target.caption
    at = words.find(quote)
    if at < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": quote, "position": utf16(words[:at]), "is_manual": True}


def _update_reply_keyboard(chat: Chat, markup: Json) -> None:
    if "keyboard" in markup:
        chat.reply_keyboard = markup
    elif markup.get("remove_keyboard"):
        chat.reply_keyboard = None
