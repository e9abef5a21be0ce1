"""What the buttons of a message do."""

from rehearsal.telegram import Message


def payload_names(message: Message) -> list[str]:
    """The codes of the buttons' payloads without their versions, in order."""
    return [(button.payload or "").split(":")[0].rstrip("0123456789") for row in message.keyboard for button in row]
