"""Payloads of buttons: invitations."""

from bot.payload import Payload


class MakeInvite(Payload, code="invite1"):
    """Make an invitation for this role."""

    role: str


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
