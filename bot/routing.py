"""What handlers register: a command, a button, an answer, an edit or a reaction, with its action in the line.

`handlers/__init__.py` is one written list of routes; `bot.router` finds the one that an update is for.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from telegram import Message, MessageReactionUpdated

from bot.access import Action
from bot.context import Context
from bot.payload import Payload
from bot.screen import Screen
from bot.store.conversation import Conversation, Prompt

P = TypeVar("P", bound=Payload)

OnCommand = Callable[[Context, str], Awaitable[None]]
OnButton = Callable[[Context, Any], Awaitable[None]]
OnAnswer = Callable[[Context, Message], Awaitable[None]]
OnEdit = Callable[[Context, Message], Awaitable[bool]]
OnReaction = Callable[[Context, MessageReactionUpdated], Awaitable[None]]
OnOther = Callable[[Context], Awaitable[None]]
OnLapsed = Callable[[Context, Conversation], Awaitable[Screen | None]]
OnLeft = Callable[[Context, Conversation, Conversation | None], Awaitable[Screen | None]]
Fits = Callable[[Message, Conversation], bool]
OnFreeText = Callable[[Context, Screen | None], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class CommandRoute:
    """`/name`, and what the menu says of it (an English source string; "" keeps it out of the menu)."""

    name: str
    handle: OnCommand
    action: Action
    menu: str


@dataclass(frozen=True, slots=True)
class ButtonRoute:
    """A press of a button with this payload."""

    payload: type[Payload]
    handle: OnButton
    action: Action


@dataclass(frozen=True, slots=True)
class AnswerRoute:
    """A message that a chat was waiting for.

    `text_only` ones are not called for pictures, voices and the like; `fits` says which messages can be an answer at
    all.
    `parts`: it is called for each message of an album or a cut text (`context.is_later_part`), not for the first alone.
    """

    waits_for: str
    handle: OnAnswer
    action: Action
    text_only: bool
    parts: bool
    fits: Fits


@dataclass(frozen=True, slots=True)
class UnansweredRoute:
    """What to say of an answer that comes after its end (`lapsed`), or never because something else came (`left`)."""

    waits_for: str
    lapsed: OnLapsed | None
    left: OnLeft | None


@dataclass(frozen=True, slots=True)
class EditRoute:
    """Somebody changed a message of theirs. The first route whose `handle` returns True has taken it."""

    handle: OnEdit
    action: Action


@dataclass(frozen=True, slots=True)
class ReactionRoute:
    """Somebody reacted on a message with an emoji, or took a reaction back."""

    handle: OnReaction
    action: Action


@dataclass(frozen=True, slots=True)
class GroupRoute:
    """Whatever is written in the staff group, but commands."""

    handle: OnAnswer
    action: Action


@dataclass(frozen=True, slots=True)
class SharedRoute:
    """Somebody picked a chat, as the button with this request's number asked for."""

    request: int
    handle: OnAnswer
    action: Action


Route = (
    CommandRoute | ButtonRoute | AnswerRoute | UnansweredRoute | EditRoute | ReactionRoute | GroupRoute | SharedRoute
)


def on_command(name: str, handle: OnCommand, action: Action, *, menu: str = "") -> CommandRoute:
    """Route `/name arguments` to `handle(context, arguments)`."""
    return CommandRoute(name, handle, action, menu)


def on_button(payload: type[P], handle: Callable[[Context, P], Awaitable[None]], action: Action) -> ButtonRoute:
    """Route presses of buttons that carry `payload` to `handle(context, payload)`."""
    return ButtonRoute(payload, handle, action)


def on_answer(
    prompt: Prompt[Any],
    handle: OnAnswer,
    action: Action,
    *,
    text_only: bool = True,
    parts: bool = False,
    fits: Fits = lambda _message, _awaited: True,
) -> AnswerRoute:
    """Route the next message of a chat that `context.expect(prompt, ...)` to `handle(context, message)`."""
    return AnswerRoute(prompt.name, handle, action, text_only, parts, fits)


def on_unanswered(
    prompt: Prompt[Any], *, lapsed: OnLapsed | None = None, left: OnLeft | None = None
) -> UnansweredRoute:
    """Say what becomes of `prompt` where its answer does not come in time; both may return None, to say nothing.

    `lapsed(context, awaited)` returns what a message after the end is offered for; `left(context, awaited, now)` what
    to say when the chat waits for something else `now`, or for nothing.
    """
    return UnansweredRoute(prompt.name, lapsed, left)


def on_edit(handle: OnEdit, action: Action) -> EditRoute:
    """Offer each changed message of a private chat to `handle(context, message)`."""
    return EditRoute(handle, action)


def on_reaction(handle: OnReaction, action: Action) -> ReactionRoute:
    """Tell `handle(context, change)` of each reaction on a message of a private chat."""
    return ReactionRoute(handle, action)


def on_group_message(handle: OnAnswer, action: Action) -> GroupRoute:
    """Tell `handle(context, message)` of each message in the staff group that is no command."""
    return GroupRoute(handle, action)


def on_chat_shared(request: int, handle: OnAnswer, action: Action) -> SharedRoute:
    """Route the chat that is picked for a request of this number to `handle(context, message)`."""
    return SharedRoute(request, handle, action)


@dataclass(frozen=True, slots=True)
class Fallbacks:
    """What happens to everything that no route is for. Each says one clear sentence."""

    not_allowed: OnOther
    unknown_command: OnOther
    old_button: OnOther
    needs_text: OnOther
    free_text: OnFreeText  # with what it is offered for, where it comes too late
    membership: OnOther  # the bot was blocked, unblocked, added to a group or removed
    group: OnOther  # somebody came to the staff group, left it, or wrote there who is no organizer
