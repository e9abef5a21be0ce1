"""The lines in the middle of a chat that nobody wrote: what was pinned, who came, which topic was made."""

from typing import Final

from rehearsal.telegram.model import Json, Message

# The label of the page that says it, by the part of the Message that tells it.
SAID: Final = {
    "pinned_message": "has_pinned",
    "new_chat_members": "has_joined",
    "left_chat_member": "has_left",
    "forum_topic_created": "has_opened_topic",
    "forum_topic_edited": "has_renamed_topic",
    "forum_topic_closed": "has_closed_topic",
    "forum_topic_reopened": "has_reopened_topic",
    "migrate_to_chat_id": "has_moved",
    "migrate_from_chat_id": "has_moved",
    "chat_shared": "has_shared_chat",
}


def service(shown: Message) -> Json | None:
    """What a line says, as a label with its `who` and `what`; None for a message that somebody wrote.

    `who` is None for the bot, which the page has its own name for. `pinned` is the message to go to.
    """
    kind = next((kind for kind in SAID if kind in shown.content), None)
    if kind is None:
        return None
    about = shown.content[kind]
    who = None if shown.from_bot else (shown.sender or {}).get("first_name") or ""
    said: Json = {"says": SAID[kind], "who": who, "what": ""}
    if kind in {"new_chat_members", "left_chat_member"}:
        people = [one for one in (about if isinstance(about, list) else [about]) if isinstance(one, dict)]
        said["who"] = ", ".join(str(one["first_name"]) for one in people)
    elif isinstance(about, dict):
        said["what"] = str(about.get("name") or about.get("title") or "✓")
    if kind == "pinned_message" and isinstance(about, dict):
        said |= {"what": line(str(about.get("text") or about.get("caption") or "")), "pinned": about["message_id"]}
    return said


def line(words: str) -> str:
    """The first line that says something."""
    return next((one.strip() for one in words.splitlines() if one.strip()), "…")[:100]
