"""Roles, actions, and the one table of who may do what.

No handler runs without an action from this page: `bot.router` asks `allowed` before it calls one.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person is to the seminar. Stored as its value.

    `OWNER` is stored as an organizer who is marked: whoever opened an owner's link. The settings may name others.
    """

    STRANGER = "stranger"
    TEACHER = "teacher"
    ORGANIZER = "organizer"
    COORDINATOR = "coordinator"
    OWNER = "owner"


class ChatKind(StrEnum):
    """The kind of chat that something is said in."""

    PRIVATE = "private"
    GROUP = "group"
    STAFF_GROUP = "staff group"  # the one that an organizer has connected


class Action(StrEnum):
    """What a handler is about to do, as the table below names it."""

    START = "start"  # arrive, choose a language, ask for admission
    JOIN = "join"  # the steps between an invitation and being a member
    ASK = "ask"  # call for help, ask a question
    SET_SELF = "set self"  # one's own language, name, group, data
    SEE_PROGRAMME = "see programme"
    LEARN = "learn"
    CHECK_IN = "check in"
    RATE_SELF = "rate self"  # say what one can do, before and after
    BE_COUNTED = "be counted"  # say that one is here, or that a buddy is
    COUNT = "count"  # start a headcount, call the roll, close it
    SHARE_DUTY = "share duty"  # who is on duty when, and to take a shift
    TAKE_ATTENDANCE = "take attendance"  # call the roll of a session, correct it, show its code
    CARE = "care"  # see who is missing, message them, mark them accounted for
    OWN_ALERTS = "own alerts"  # take an alert, hand it over, settle it; answer in a topic of the staff group
    ADMIT = "admit"  # answer a stranger's request
    CONNECT_GROUP = "connect group"  # the group of the staff
    APPOINT = "appoint"  # give a role of the staff, and take it back
    INVITE = "invite"
    BROADCAST = "broadcast"
    CHANGE_PROGRAMME = "change programme"
    DECIDE = "decide"  # what of the bot's own messages is sent, and when
    SEE_NUMBERS = "see numbers"
    SEE_SHEETS = "see sheets"  # attendance sheets, with names
    SEE_CERTIFICATES = "see certificates"  # who has one, who lacks what; the files
    ISSUE_CERTIFICATES = "issue certificates"  # also exceptions, corrected copies, and to revoke one
    MANAGE_PEOPLE = "manage people"  # find anybody, and change what is kept of them
    AUDIT = "audit"  # read what the staff did


EVERYONE = frozenset(Role)
MEMBERS = EVERYONE - {Role.STRANGER}
STAFF = MEMBERS - {Role.TEACHER}
ORGANIZERS = frozenset({Role.ORGANIZER, Role.OWNER})

# A group may hold anybody: but for the staff group, nothing is done or said outside private chats.
_PRIVATE = frozenset({ChatKind.PRIVATE})
_AMONG_STAFF = frozenset({ChatKind.PRIVATE, ChatKind.STAFF_GROUP})

WHO_MAY: dict[Action, tuple[frozenset[Role], frozenset[ChatKind]]] = {
    Action.START: (EVERYONE, _PRIVATE),
    Action.JOIN: (EVERYONE, _PRIVATE),
    Action.ASK: (MEMBERS, _PRIVATE),
    Action.SET_SELF: (MEMBERS, _PRIVATE),
    Action.SEE_PROGRAMME: (MEMBERS, _PRIVATE),
    Action.LEARN: (MEMBERS, _PRIVATE),
    Action.CHECK_IN: (frozenset({Role.TEACHER}), _PRIVATE),
    Action.RATE_SELF: (frozenset({Role.TEACHER}), _PRIVATE),
    Action.BE_COUNTED: (frozenset({Role.TEACHER}), _PRIVATE),
    Action.COUNT: (ORGANIZERS, _PRIVATE),
    Action.SHARE_DUTY: (ORGANIZERS, _PRIVATE),
    Action.TAKE_ATTENDANCE: (ORGANIZERS, _PRIVATE),
    Action.CARE: (ORGANIZERS, _PRIVATE),
    Action.OWN_ALERTS: (ORGANIZERS, _AMONG_STAFF),
    Action.ADMIT: (ORGANIZERS, _PRIVATE),
    Action.CONNECT_GROUP: (ORGANIZERS, _PRIVATE),
    Action.APPOINT: (ORGANIZERS, _PRIVATE),
    Action.INVITE: (ORGANIZERS, _PRIVATE),
    Action.BROADCAST: (ORGANIZERS, _PRIVATE),
    Action.CHANGE_PROGRAMME: (ORGANIZERS, _PRIVATE),
    Action.DECIDE: (ORGANIZERS, _PRIVATE),
    Action.SEE_NUMBERS: (STAFF, _PRIVATE),
    Action.SEE_SHEETS: (STAFF, _PRIVATE),
    Action.SEE_CERTIFICATES: (STAFF, _PRIVATE),
    Action.ISSUE_CERTIFICATES: (ORGANIZERS, _PRIVATE),
    Action.MANAGE_PEOPLE: (ORGANIZERS, _PRIVATE),
    Action.AUDIT: (ORGANIZERS, _PRIVATE),
}


def allowed(action: Action, role: Role, chat_kind: ChatKind) -> bool:
    """Whether someone of this role may do this in this kind of chat."""
    roles, chat_kinds = WHO_MAY[action]
    return role in roles and chat_kind in chat_kinds
