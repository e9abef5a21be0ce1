"""What a message to many says: text, or anything that Telegram copies, once for all or in each language."""

import sqlite3
from dataclasses import replace
from typing import Final, NamedTuple

from telegram import Message

from bot.access import Action
from bot.buttons.broadcast import BroadcastLanguages, BroadcastVersion
from bot.context import Context
from bot.draft_screens import change_card, change_previews, draft_lapsed, draft_left, past, preview, show_card
from bot.inbound import captioned, is_copyable
from bot.routing import on_answer, on_button, on_edit, on_unanswered
from bot.screen import Screen
from bot.services import broadcast as broadcast_service
from bot.services import broadcast_content as broadcast_content_service
from bot.services.broadcast import DraftText
from bot.services.broadcast_content import Content
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import broadcast_draft as broadcast_draft_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_version import ContentKind, Part
from bot.text import units
from bot.views import broadcast as broadcast_view
from bot.views import broadcast_draft as broadcast_draft_view
from bot.views import broadcast_option as broadcast_option_view
from bot.views.broadcast_content import CAPTION_LIMIT, ENTITIES, LIMIT, signature_units

_TEXT: Final = broadcast_service.TEXT


class _Refusal(NamedTuple):
    """Why something cannot be the content: one of these."""

    length: int = 0
    limit: int = 0
    marks: int = 0


async def content(context: Context, message: Message) -> None:
    """Show the content as recipients will get it, and ask whether it shall go. Another one takes its place."""
    about = _TEXT.of(context.awaits) or DraftText(0)
    if context.part is not None:
        await _later_part(context, about, message)
        return
    came = _content(message)
    if came is None:
        await context.reply(broadcast_draft_view.not_copied(context.locale, about.broadcast))
        return
    signed = await context.read(_is_signed, about.broadcast)
    if (why := _refusal(message, came, context.member.name if signed else "")) is not None:
        await context.reply(_refused(context, about.broadcast, why))
        return
    me, chat_id, now = context.member, context.chat_id, context.now()
    draft = await context.write(broadcast_content_service.put, about, me.id, came, chat_id=chat_id, now=now)
    if draft is None:
        await context.expect_nothing()
        await past(context, await context.read(broadcast_store.own, about.broadcast, me.id))
        return
    version = broadcast_content_service.version_in(draft, about.language)
    if version is not None and version.kind is not ContentKind.ALBUM:
        await preview(context, draft, version)
    await show_card(context, draft.id, below=True)


async def edited(context: Context, message: Message) -> bool:
    """An organizer changes the text: the preview follows, so that what is above the button is what goes."""
    me, chat_id = context.member, context.chat_id
    found = await context.read(broadcast_version_store.written_in, me.id, chat_id, message.message_id)
    broadcast = await context.read(broadcast_store.own, found[0], me.id) if found else None
    if found is None or broadcast is None:
        return False
    number, language = found
    came, before = _content(message), broadcast_content_service.version_in(broadcast, language)
    if came is None or (before is not None and _is_same(before.text, before.parts, came)):
        return True
    if broadcast.state is BroadcastState.DROPPED:
        return True
    if broadcast.state is BroadcastState.SCHEDULED:
        await context.reply(broadcast_view.edited_after_scheduling(context.locale, number))
    elif not broadcast.is_draft:
        await context.reply(broadcast_view.edited_too_late(context.locale))
    elif (why := _refusal(message, came, me.name if broadcast.options.signed else "")) is not None:
        await context.write(broadcast_content_service.forget, number, language, me.id)
        await context.reply(_refused(context, number, why))
    else:
        change = broadcast_content_service.change
        draft = await context.write(change, number, language, me.id, content=came, now=context.now())
        if draft is not None:
            await _follow(context, draft, language, came, other_file=before is not None and _files(before.parts, came))
    return True


async def languages(context: Context, pressed: BroadcastLanguages) -> None:
    """Show which languages have a version."""
    await _show_languages(context, pressed.broadcast)


async def version(context: Context, pressed: BroadcastVersion) -> None:
    """Do something about the version of a language, and show what is true after that."""
    me, number, language = context.member, pressed.broadcast, pressed.language
    draft = await context.read(broadcast_store.own_draft, number, me.id)
    if draft is None or draft.audience is None:
        await past(context, await context.read(broadcast_store.own, number, me.id))
        return
    if pressed.act == "preview":
        if (shown := broadcast_content_service.version_in(draft, language)) is not None:
            await preview(context, draft, shown)
    elif pressed.act == "write":
        await _await(context, draft, language)
    elif pressed.act in {"is", "all"}:
        was, to = ("", language) if pressed.act == "is" else (language, "")
        await context.write(broadcast_content_service.name_language, number, me.id, was=was, to=to)
        await _show_languages(context, number)
    else:
        if pressed.act == "accept":
            await context.write(broadcast_service.accept_fallback, number, me.id, language)
        elif pressed.act == "same":
            await context.write(broadcast_service.same_to_all, number, me.id)
        await show_card(context, number)


async def _later_part(context: Context, about: DraftText, message: Message) -> None:
    """One more picture of an album; or the rest of a text that was cut, so that no part of it may go out."""
    assert context.part is not None
    came = _content(message)
    if context.part.album is None:
        await _too_long(context, about, context.part.total)
    elif came is not None:
        draft = await context.write(broadcast_content_service.add_picture, about, context.member.id, came)
        if draft is not None:
            await change_card(context, draft.id)


async def _too_long(context: Context, about: DraftText, length: int) -> None:
    """Said once, with the length so far."""
    me, chat_id = context.member, context.chat_id
    said = await context.write(broadcast_content_service.refuse, about, me.id, chat_id=chat_id)
    screen = broadcast_draft_view.too_long(context.locale, about.broadcast, length, LIMIT)
    if said is not None:
        await context.change(chat_id, said, screen)
        return
    waits = replace(about, said=await context.reply(screen))
    await context.write(broadcast_service.await_text, chat_id, waits, context.now())


async def _await(context: Context, draft: Broadcast, language: str) -> None:
    """Wait for the content in a language."""
    assert draft.audience is not None
    await context.write(
        broadcast_service.await_text, context.chat_id, DraftText(draft.id, language=language), context.now()
    )
    people = await context.read(broadcast_audience_store.with_names, draft.audience)
    screen = broadcast_draft_view.write(context.locale, context.seminar, draft.id, draft.audience, people, language)
    await context.show(screen)


async def _show_languages(context: Context, number: int) -> None:
    card = await context.read(broadcast_draft_store.card, number, context.member.id)
    if card is None:
        await past(context, await context.read(broadcast_store.own, number, context.member.id))
    else:
        await context.show(broadcast_option_view.languages(context.locale, context.seminar, card))


async def _follow(context: Context, draft: Broadcast, language: str, came: Content, *, other_file: bool) -> None:
    """Let the preview and the card follow a change. Another file is a copy again, with a card of its own."""
    changed = broadcast_content_service.version_in(draft, language)
    if other_file and changed is not None and came.kind is not ContentKind.TEXT:
        await preview(context, draft, changed)
        await show_card(context, draft.id, below=True)
        return
    await change_previews(context, draft)
    await change_card(context, draft.id)


def _content(message: Message) -> Content | None:
    """What was sent; None for what cannot be sent to many."""
    text = captioned(message)
    part = Part(message.chat_id, message.message_id, album=message.media_group_id)
    if message.text:
        return Content(ContentKind.TEXT, text, (part,)) if text else None
    if not is_copyable(message):
        return None
    kind = next((one for one in ContentKind if getattr(message, one.value, None)), None)
    if kind is None:
        return None
    attachment = getattr(message, kind.value)
    file = attachment[-1] if isinstance(attachment, (list, tuple)) else attachment
    part = Part(part.chat_id, part.message_id, getattr(file, "file_unique_id", ""), part.album)
    return Content(ContentKind.ALBUM if part.album else kind, text, (part,))


def _is_signed(connection: sqlite3.Connection, number: int) -> bool:
    broadcast = broadcast_store.get(connection, number)
    return broadcast is not None and broadcast.options.signed


def _refusal(message: Message, came: Content, signature: str) -> _Refusal | None:
    """Why this cannot be sent in one message, with a signature where there is one; or None."""
    is_text = came.kind is ContentKind.TEXT
    marks = len(message.entities if is_text else message.caption_entities)
    if marks > ENTITIES:
        return _Refusal(marks=marks)
    limit, length = LIMIT if is_text else CAPTION_LIMIT, units(message.text or message.caption or "")
    if signature and (is_text or came.kind.has_caption):
        limit -= signature_units(signature)
    return _Refusal(length=length, limit=limit) if length > limit else None


def _refused(context: Context, number: int, why: _Refusal) -> Screen:
    if why.marks:
        return broadcast_draft_view.too_colourful(context.locale, number, why.marks, ENTITIES)
    return broadcast_draft_view.too_long(context.locale, number, why.length, why.limit)


def _is_same(text: str, parts: tuple[Part, ...], came: Content) -> bool:
    return text == came.text and not _files(parts, came)


def _files(parts: tuple[Part, ...], came: Content) -> bool:
    """Whether another file stands in a message than before."""
    before = {one.message_id: one.file for one in parts}
    return any(before.get(one.message_id, one.file) != one.file for one in came.parts)


ROUTES = (
    on_answer(_TEXT, content, Action.BROADCAST, text_only=False, parts=True),
    on_unanswered(_TEXT, lapsed=draft_lapsed, left=draft_left),
    on_button(BroadcastLanguages, languages, Action.BROADCAST),
    on_button(BroadcastVersion, version, Action.BROADCAST),
    on_edit(edited, Action.BROADCAST),
)
