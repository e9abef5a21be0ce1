"""Payloads of buttons: taking, giving and ending a role."""

from bot.payload import Payload


class AcceptRole(Payload, code="accept1"):
    """A member takes the role of the invitation of this ticket (in old buttons: of this code); "": as before."""

    code: str


class TakeRoleBack(Payload, code="takeback1"):
    """Take this role of the staff back? Asks first."""

    grant: int


class EndRole(Payload, code="endrole1"):
    """Take this role back and make the person `to`: `teacher`, or `out`."""

    grant: int
    to: str


class KeepRole(Payload, code="keeprole1"):
    """No role is given or taken back after all."""


class ChooseRole(Payload, code="role1"):
    """Give this member a role: which (""), or this one. Asks first."""

    person: int
    role: str


class AppointMember(Payload, code="role2"):
    """Give this member the role: what it may see has been read."""

    person: int
    role: str
