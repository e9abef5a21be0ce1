"""Payloads of the buttons for staff: who asks to be let in, invitations, roles, the numbers of today."""

from datetime import date

from bot.payload import Payload


class AdmissionPage(Payload, code="asking1"):
    """Show a page (from 0) of the requests to be let in."""

    page: int


class AdmissionOpen(Payload, code="askedby1"):
    """Show one request alone; `page` (from 0) is where it stood."""

    admission: int
    page: int


class AppointAdmitted(Payload, code="appoint1"):
    """Yes, let this stranger in as `role`, one of the staff."""

    admission: int
    role: str


class TakeRoleBack(Payload, code="takeback1"):
    """Take this role of the staff back? Asks first."""

    grant: int


class TakeAdmittedBack(Payload, code="takeadmitted1"):
    """The same, for whom an organizer let in with this request."""

    admission: int


class EndRole(Payload, code="endrole1"):
    """Take this role back and make the person `to`: `teacher`, or `out`."""

    grant: int
    to: str


class KeepRole(Payload, code="keeprole1"):
    """No role is given or taken back after all."""


class ConfirmStaffInvite(Payload, code="invitestaff1"):
    """Yes, make an invitation for this role of the staff."""

    role: str


class InviteList(Payload, code="invites1"):
    """Show the invitations that work, from page `page` (from 0) on."""

    page: int


class RevokeInvite(Payload, code="revoke1"):
    """Withdraw this invitation? Asks first."""

    invite: int


class ConfirmRevokeInvite(Payload, code="revokeok1"):
    """Yes, withdraw this invitation."""

    invite: int


class StatsToday(Payload, code="statsnow1"):
    """Show the numbers of today."""


class StatsWords(Payload, code="said2"):
    """Show what teachers wrote about a date, newest first, from number `first` (from 0) on."""

    on: date
    first: int
