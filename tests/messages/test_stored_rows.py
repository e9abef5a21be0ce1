"""Rows outlive a release: what an earlier one has written is read, and what is written stays as it was."""

import json

import pytest

from bot import arguments as codec
from bot.messages.registry import MESSAGE_TYPES

CHECKIN = '"seminar":"sejong-2025","date":"2025-08-04","slot":"evening"'
DEPARTURE = '"seminar":"sejong-2025","session":"bus","start":"2025-08-05T23:45:00.000Z","others":["vakhsh"]'
CHANGE = (
    '{"seminar":"sejong-2025","version":3,"was":1,"author":17,"others":["vakhsh"],"told":["programme:3"],"later":[],'
    '"unread":["ko"]}'
)
SILENCE = f'{CHECKIN},"opens":"2025-08-04T09:00:00+00:00"'
# As the release before the arguments had types wrote it, byte for byte.
STORED = {
    "agenda": '{"seminar":"sejong-2025","date":"2025-08-04"}',
    "reminder.departure": f"{{{DEPARTURE}}}",
    "reminder.session": f'{{{DEPARTURE},"minutes":10}}',
    "newcomer.agenda": "{}",
    "newcomer.first_day": "{}",
    "lesson": '{"seminar":"sejong-2025","date":"2025-08-04","lesson":"passwords"}',
    "checkin.ask": f"{{{CHECKIN}}}",
    "checkin.nudge": f"{{{SILENCE}}}",
    "checkin.mood": f'{{{CHECKIN},"person":17,"mood":1,"owners":[7,9]}}',
    "checkin.words": f'{{{CHECKIN},"person":17}}',
    "checkin.corrected": f'{{{CHECKIN},"person":17,"message":5}}',
    "missing.alert": f'{{{SILENCE},"asked":"checkin:2025-08-04:evening","owners":[7,9]}}',
    "help.alert": '{"call":3}',
    "help.taken": '{"call":3}',
    "help.closed": '{"call":3}',
    "alert.card": '{"alert":3}',
    "alert.again": '{"alert":3,"round":1,"level":2,"minutes":6}',
    "alert.handed": '{"alert":3,"by":17,"to":18}',
    "alert.unanswered": '{"alert":3,"told":true}',
    "help.words": '{"message":5,"part":1}',
    "help.written": '{"message":5,"part":1}',
    "help.corrected": '{"message":5,"part":1}',
    "help.copy": '{"message":5}',
    "help.album": '{"message":5}',
    "relay.answers": '{"broadcast":2,"first":5}',
    "help.pin": '{"message":5}',
    "help.not_copied": '{"message":5}',
    "help.not_passed": '{"message":5,"reader":17}',
    "admission.card": '{"newest":4}',
    "admission.alert": '{"admission":4}',
    "admission.answer": '{"admission":4,"language":"tg"}',
    "self_rating": '{"seminar":"sejong-2025","starts_on":"2025-08-04","occasion":"first","again":false}',
    "certificate.ready": '{"certificate":3}',
    "certificate.revoked": '{"certificate":3}',
    "departure.notice": '{"departure":2}',
    "duty.begins": '{"seminar":"sejong-2025","date":"2025-08-04","shift":"night"}',
    "duty.nobody": '{"seminar":"sejong-2025","date":"2025-08-04","shift":"night"}',
    "duty.set": '{"seminar":"sejong-2025","date":"2025-08-04","shift":"night","by":17,"on":true}',
    "duty.request": '{"request":3}',
    "duty.answered": '{"request":3}',
    "duty.left": '{"person":17,"seminar":"sejong-2025","shifts":["2025-08-04 night"]}',
    "group.notice": '{"problem":"strangers","stranger":7}',
    "group.words": '{"person":17,"first":5,"language":"tg"}',
    "group.media": '{"message":5,"language":"tg"}',
    "group.album": '{"message":5,"language":"tg"}',
    "group.pin": '{"message":5,"language":"tg"}',
    "group.opened": '{"person":17,"language":"tg"}',
    "group.forget": '{"thread":12}',
    "group.alert": '{"alert":3,"language":"tg"}',
    "sos.ended": '{"message":5}',
    "sos.own_ended": '{"message":5}',
    "headcount.ask": '{"headcount":7,"groups":["pamir"],"reminder":0}',
    "headcount.told": '{"headcount":7}',
    "headcount.offer": '{"seminar":"sejong-2025","date":"2025-08-06","session":"bus-schools","owners":[7,9]}',
    "attendance.ask": (
        '{"seminar":"sejong-2025","date":"2025-08-04","session":"korea-story",'
        '"subject":"attendance:sejong-2025:2025-08-04:korea-story","start":"2025-08-04T02:15:00.000Z","groups":["pamir"]}'
    ),
    "attendance.over": (
        '{"seminar":"sejong-2025","date":"2025-08-04","session":"korea-story",'
        '"end":"2025-08-04T03:15:00.000Z","groups":["pamir"],"owners":[7,9]}'
    ),
    "programme.change": CHANGE,
    "programme.reminder": CHANGE,
    "role.notice": '{"grant":6}',
    "role.ended": '{"grant":6}',
    "role.lost": '{"to":"teacher","language":"tg"}',
    "role.given": '{"grant":6}',
    "people.told": '{"what":"paused"}',
    "people.news": '{"what":"removed","person":17,"by":3}',
    "people.removed": '{"language":"tg"}',
    "people.signed_off": '{"language":"tg"}',
    "scope.told": '{"person":17}',
    "broadcast": '{"broadcast":8,"group":"pamir"}',
    "broadcast.noted": '{"broadcast":8,"group":"pamir"}',
    "broadcast.edit": '{"broadcast":8,"language":"ru","media":"","file_id":""}',
    "broadcast.deletion": '{"broadcast":8,"note":false}',
    "broadcast.done": '{"broadcast":8,"act":"paused","by":4}',
    "broadcast.note": '{"broadcast":8,"group":""}',
    "undelivered": '{"about":"agenda:2025-08-04"}',
    "unhandled": '{"about":"2025-08-04T09:00:00.000Z"}',
    "contested": '{"about":"2025-08-04T09:12:03.456Z"}',
}
# Has a test of its own, for the forms that it has had: tests/messages/test_catch_up.py
ELSEWHERE = {"missed"}


@pytest.mark.parametrize("name", sorted(STORED))
def test_what_an_earlier_release_wrote_is_read_and_written_alike(name: str) -> None:
    stored = STORED[name]
    assert codec.write(codec.read(MESSAGE_TYPES[name].arguments, stored)) == stored


@pytest.mark.parametrize("name", sorted(STORED))
def test_what_a_later_release_adds_is_ignored(name: str) -> None:
    arguments = MESSAGE_TYPES[name].arguments
    added = json.dumps({**json.loads(STORED[name]), "added": True})
    assert codec.read(arguments, added) == codec.read(arguments, STORED[name])


def test_every_type_of_message_is_here() -> None:
    assert set(STORED) | ELSEWHERE == set(MESSAGE_TYPES)
