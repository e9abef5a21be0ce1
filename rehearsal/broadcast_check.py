"""Whether phones show what organizers decided of broadcasts: the corrected words, and none that was taken back."""

from rehearsal.recorder import Recording
from rehearsal.staff import Organizer

_KIND = "broadcast"


def check(recording: Recording) -> tuple[list[str], str]:
    """Every message of a corrected broadcast says its new words, none of one that was taken back is there.

    Who has blocked the bot keeps what they have; *Got it* is kept of who has pressed it alone.
    """
    organizers = [user for user in recording.users if isinstance(user, Organizer)]
    corrected = {f"{_KIND}:{number}": one.broadcasts.words for one in organizers for number in one.broadcasts.corrected}
    gone = {f"{_KIND}:{number}" for one in organizers for number in one.broadcasts.taken_back}
    blocked = {user.account.id for user in recording.users if user.account.blocked}
    shown = {(one.chat_id, one.message_id): one.text for one in recording.programme.shown}
    broken, messages = [], 0
    for row in recording.rows:
        if row.kind != _KIND or row.state != "sent" or row.message_id is None or row.chat_id in blocked:
            continue
        place = (row.chat_id, row.message_id)
        messages += 1
        if row.event in gone and place in recording.on_phones:
            broken.append(f"{row.key} was taken back and is there")
        elif row.event in corrected and corrected[row.event] not in shown.get(place, ""):
            broken.append(f"{row.key} says what was corrected")
    pressed = {(one.account.id, number) for one in recording.teachers for number in one.got_it}
    unpressed = recording.stored.confirmed - pressed
    broken += [f"Got it of {person} about {number} that nobody pressed" for person, number in unpressed]
    confirmed = len(recording.stored.confirmed)
    return broken, f"{messages} messages; {len(corrected)} corrected, {len(gone)} taken back, {confirmed} confirmed"
