"""How a person votes in a poll."""

from rehearsal.telegram.account_messages import AccountMessages
from rehearsal.telegram.model import Message
from rehearsal.telegram.world import World


def vote(world: World, account: AccountMessages, message: Message, choices: list[int]) -> None:
    """A person votes: counts change. Of its own polls the bot hears poll, and poll_answer where they show who votes."""
    poll = message.poll
    if poll is None or poll["is_closed"]:
        raise LookupError("there is no open poll in this message")
    options = poll["options"]
    assert isinstance(options, list)
    before = world.votes_cast.get((str(poll["id"]), account.id), [])
    for number in before:
        options[number]["voter_count"] -= 1
    for number in choices:
        options[number]["voter_count"] += 1
    world.votes_cast[str(poll["id"]), account.id] = choices
    poll["total_voter_count"] = sum(
        bool(cast) for (poll_id, _), cast in world.votes_cast.items() if poll_id == poll["id"]
    )
    world.changed.notify()
    if not message.from_bot:
        return
    if not poll["is_anonymous"]:
        picked = [options[number]["persistent_id"] for number in choices]
        answer = {"poll_id": poll["id"], "user": account.user, "option_ids": choices, "option_persistent_ids": picked}
        account.last = world.push("poll_answer", answer)
    world.push("poll", {**poll, "options": [dict(option) for option in options]})
