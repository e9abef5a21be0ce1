"""How an entry of the audit trail is written: each action in words, and what is known of it beside that."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.access import Role
from bot.i18n import Locale
from bot.mark_lines import excuse_reason, mark_states
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.store.audit import AuditEntry, Details
from bot.store.excuse import ExcuseReason
from bot.store.mark import MarkState

_GROUP: Final = 40
_AS_THEY_ARE: Final = frozenset({"serial", "certificates"})  # the number of a certificate, and how many

Words = Callable[[Locale], str]

# What each feature's actions are called together, in the order in which they are offered.
FEATURES: Final[Mapping[str, Words]] = {
    "absence": lambda _: _.plain("Absence"),
    "admission": lambda _: _.plain("Requests to be let in"),
    "alert": lambda _: _.plain("Alerts"),
    "attendance": lambda _: _.plain("Attendance"),
    "broadcast": lambda _: _.plain("Broadcasts"),
    "certificate": lambda _: _.plain("Certificates"),
    "duty": lambda _: _.plain("Duty"),
    "care": lambda _: _.plain("Care sheets"),
    "excuse": lambda _: _.plain("Excuses"),
    "export": lambda _: _.plain("Files with data"),
    "group": lambda _: _.plain("The staff group"),
    "headcount": lambda _: _.plain("Headcounts"),
    "invite": lambda _: _.plain("Invitations"),
    "note": lambda _: _.plain("Notes"),
    "person": lambda _: _.plain("People"),
    "programme": lambda _: _.plain("Programme"),
    "relay": lambda _: _.plain("Words passed back and forth"),
    "role": lambda _: _.plain("Roles"),
    "roster": lambda _: _.plain("Roster"),
    "sheet": lambda _: _.plain("Attendance sheets"),
    "scope": lambda _: _.plain("Whose numbers a coordinator sees"),
    "upcoming": lambda _: _.plain("Messages by the bot itself"),
}
# What was done, by the name that it is recorded under. tests/contracts/test_audit.py looks for all that are recorded.
ACTIONS: Final[Mapping[str, Words]] = {
    "alert.handed_over": lambda _: _.plain("Alert given to a colleague"),
    "alert.released": lambda _: _.plain("Alert let go"),
    "alert.reopened": lambda _: _.plain("Alert opened again"),
    "alert.settled": lambda _: _.plain("Alert settled"),
    "alert.taken": lambda _: _.plain("Alert taken"),
    "alert.withdrawn": lambda _: _.plain("Call withdrawn by who called"),
    "absence.accounted": lambda _: _.plain("Accounted for"),
    "absence.accounted_ended": lambda _: _.plain("Accounted for: taken back"),
    "admission.admitted": lambda _: _.plain("Let in"),
    "admission.refused": lambda _: _.plain("Not let in"),
    "alert.escalated": lambda _: _.plain("Nobody had taken an alert: sent again"),
    "attendance.corrected": lambda _: _.plain("Attendance corrected"),
    "duty.assigned": lambda _: _.plain("On duty"),
    "duty.released": lambda _: _.plain("Off duty"),
    "duty.swapped": lambda _: _.plain("Shifts exchanged"),
    "broadcast.corrected": lambda _: _.plain("Message to many corrected"),
    "broadcast.dropped": lambda _: _.plain("Scheduled message thrown away"),
    "broadcast.paused": lambda _: _.plain("Message to many paused"),
    "broadcast.resumed": lambda _: _.plain("Message to many goes on"),
    "broadcast.scheduled": lambda _: _.plain("Message to many scheduled"),
    "broadcast.sent": lambda _: _.plain("Message to many sent"),
    "broadcast.stopped": lambda _: _.plain("Message to many stopped"),
    "broadcast.taken_back": lambda _: _.plain("Message to many taken back"),
    "certificate.excepted": lambda _: _.plain("Certificate by way of exception"),
    "certificate.exception_ended": lambda _: _.plain("Exception for a certificate taken back"),
    "sheet.made": lambda _: _.plain("Attendance sheet made"),
    "certificate.issued": lambda _: _.plain("Certificate issued"),
    "certificate.issued_to_many": lambda _: _.plain("Certificates issued to many"),
    "certificate.replaced": lambda _: _.plain("Corrected certificate issued"),
    "certificate.revoked": lambda _: _.plain("Certificate revoked"),
    "care.opened": lambda _: _.plain("Care sheet opened"),
    "excuse.ended": lambda _: _.plain("Excuse taken back"),
    "excuse.given": lambda _: _.plain("Excused for a day"),
    "export.asked": lambda _: _.plain("File with data asked for"),
    "group.connected": lambda _: _.plain("Staff group connected"),
    "group.disconnected": lambda _: _.plain("Staff group disconnected"),
    "headcount.closed": lambda _: _.plain("Headcount closed"),
    "headcount.reopened": lambda _: _.plain("Headcount opened again"),
    "headcount.started": lambda _: _.plain("Headcount started"),
    "invite.made": lambda _: _.plain("Invitation link made"),
    "invite.revoked": lambda _: _.plain("Invitation link withdrawn"),
    "note.added": lambda _: _.plain("Note added"),
    "note.removed": lambda _: _.plain("Note removed"),
    "person.moved": lambda _: _.plain("Moved to another group"),
    "person.paused": lambda _: _.plain("Messages paused"),
    "person.removed": lambda _: _.plain("Removed from the bot"),
    "person.renamed": lambda _: _.plain("Name changed"),
    "person.resumed": lambda _: _.plain("Messages resumed"),
    "person.transfer_offered": lambda _: _.plain("Link for a new phone made"),
    "person.transferred": lambda _: _.plain("Moved to a new phone"),
    "programme.draft_dropped": lambda _: _.plain("Draft of the programme thrown away"),
    "programme.published": lambda _: _.plain("Programme published"),
    "relay.written": lambda _: _.plain("Wrote to a person"),
    "role.given": lambda _: _.plain("Role given"),
    "role.taken": lambda _: _.plain("Role accepted by a link"),
    "role.taken_back": lambda _: _.plain("Role taken back"),
    "roster.entry_removed": lambda _: _.plain("Taken off the roster"),
    "roster.imported": lambda _: _.plain("Roster changed by a file"),
    "roster.link_revoked": lambda _: _.plain("Personal link withdrawn"),
    "roster.links_made": lambda _: _.plain("Personal links made"),
    "roster.matched": lambda _: _.plain("Found on the roster"),
    "roster.unmatched": lambda _: _.plain("Found on the roster: taken back"),
    "scope.changed": lambda _: _.plain("Decided whose numbers a coordinator sees"),
    "upcoming.decided": lambda _: _.plain("Decided about a message"),
}
_ROLES: Final[Mapping[str, Words]] = {
    Role.TEACHER: lambda _: _.plain("teacher"),
    Role.ORGANIZER: lambda _: _.plain("organizer"),
    Role.COORDINATOR: lambda _: _.plain("coordinator"),
    Role.OWNER: lambda _: _.plain("owner"),
}
_DECISIONS: Final[Mapping[str, Words]] = {
    "skip": lambda _: _.plain("not sent"),
    "now": lambda _: _.plain("sent at once"),
    "postpone": lambda _: _.plain("at another time"),
    "keep": lambda _: _.plain("as planned after all"),
}


def feature_words(_: Locale, feature: str) -> str:
    """What the feature's actions are called together; one that has no words yet goes by its own name."""
    words = FEATURES.get(feature)
    return words(_) if words is not None else feature


def action_words(_: Locale, action: str) -> str:
    """What was done."""
    words = ACTIONS.get(action)
    return words(_) if words is not None else action


def role_word(_: Locale, role: str) -> str:
    """What a role is called."""
    words = _ROLES.get(role)
    return words(_) if words is not None else role


def details_words(_: Locale, seminar: Seminar, entry: AuditEntry) -> str:
    """What is known beside that, as far as it has words: a role, a reason, a group, a decision; or nothing."""
    said = [
        str(value) if name in _AS_THEY_ARE else _detail(_, seminar, name, str(value))
        for name, value in entry.details.items()
        if value is not None
    ]
    return ", ".join(one for one in said if one)


def author_words(_: Locale, by_id: int | None, name: str) -> str:
    """Who did it: an organizer who has erased their data has no name any more."""
    if by_id is None:
        return _.plain("the bot's computer")
    return name or _.plain("an organizer")


def raw_details(details: Details) -> str:
    """The details by their keys, for a file."""
    return "; ".join(f"{name}={value}" for name, value in details.items() if value is not None)


def _detail(_: Locale, seminar: Seminar, name: str, value: str) -> str:
    match name:
        case "role":
            return role_word(_, value)
        case "reason" if value in set(ExcuseReason):
            return excuse_reason(_, ExcuseReason(value))
        case "state" if value in set(MarkState):
            return mark_states(_)[MarkState(value)]
        case "decision" if value in _DECISIONS:
            return _DECISIONS[value](_)
        case "group":
            group = seminar.group(value)
            return shortened(group.title.get(_.language), _GROUP) if group is not None else value
    return ""
