"""The longest certificates, and the longest lists of what people lack."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.buttons.certificate import CertificatePeople
from bot.programme.certificate import Part, Standing
from bot.programme.certificate_rules import ISSUER, NAME, POST
from bot.programme.parts import NAME as PLACE
from bot.programme.parts import TITLE
from bot.store.certificate import Certificate, Ending
from bot.store.certificate_exception import REASON_LIMIT, CertificateException
from bot.store.certificate_standing import PAGE, Candidate, CertificateList, Overview
from tests.views.longest_seminar import LONGEST, plain

_FULL = 10_000_000
_NOON = datetime(2025, 8, 27, 3, tzinfo=UTC)
_HOURS = Part(59_999, 999 * 60, 59_999)
_STANDING = Standing(59_999, _HOURS, _HOURS, 0, 60, LONGEST.lessons)


def by_type(group: str, name: str) -> Mapping[object, Sequence[object]]:
    """For each type of a parameter the values to try, of people who are called so."""
    texts = {"en": plain(60)}
    certificate = Certificate(
        _FULL, _FULL, LONGEST.key, _FULL, 99, "x" * 22, "en", name, name, 59_999, 60, (texts,) * 6, "d", _NOON, None,
        None, plain(REASON_LIMIT),
    )  # fmt: skip
    revoked = replace(certificate, ended_as=Ending.REVOKED, ended_at=_NOON)
    replaced = replace(certificate, ended_as=Ending.REPLACED, ended_at=_NOON)
    candidate = Candidate(
        2**40,
        2**52,
        name,
        name,
        "en",
        group,
        _STANDING,
        excepted=True,
        certificate=_FULL,
        listed=CertificateList.LACKING,
    )
    candidates = tuple(
        replace(candidate, listed=one, excepted=excepted) for one in CertificateList for excepted in (True, False)
    )
    lists = dict.fromkeys(CertificateList, _FULL)
    facts = {"title": TITLE, "place": PLACE, "issuer": ISSUER, "signatory": NAME, "post": POST}
    design = {
        "facts": {
            **{fact: {"en": plain(length)} for fact, length in facts.items()},
            "first": "2025-08-04",
            "last": "2025-08-17",
        }
    }
    return {
        Standing: (_STANDING, replace(_STANDING, attendance=None, practice=None, lessons_wanted=0)),
        Certificate: (certificate, revoked, replaced, replace(revoked, name="", latin_name="", person_id=None)),
        Candidate: candidates,
        CertificateException: (CertificateException(_FULL, plain(REASON_LIMIT), name, _NOON),),
        CertificatePeople: (CertificatePeople(CertificateList.CORRECTED, _FULL),),
        Overview: (Overview(lists, 5, (candidate,) * PAGE), Overview(dict.fromkeys(CertificateList, 0))),
        dict[str, Any]: (design,),
    }
