"""The badge of a certificate: an Open Badges 3.0 credential as a signed JSON Web Token, that needs no bot.

The issuer is a `did:key`: the public key itself. Who verifies it needs nothing of this bot, now or later.
"""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from bot.clock import to_text
from bot.store.certificate import Certificate

_CONTEXT: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_ED25519: Final = b"\xed\x01"  # what the multicodec table calls a public key of Ed25519
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_NAMESPACE: Final = uuid.UUID("6f1f7a52-6a0e-5c5e-9a44-3a4a3f4b7c11")


def did_key(public: bytes) -> str:
    """The identifier that is this public key: `did:key:z6Mk...`."""
    return f"did:key:z{_base58(_ED25519 + public)}"


def signed(certificate: Certificate, design: Mapping[str, Any], seed: bytes, link: str) -> str:
    """The badge as text; the same each time. `seed` is the private key, `link` where it is verified in Telegram."""
    import jwt
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key()
    issuer = did_key(public.public_bytes_raw())
    credential = _credential(certificate, design, issuer, link)
    claims = {
        "iss": issuer,
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": int(certificate.issued_at.timestamp()),
    }
    jwk = jwt.algorithms.OKPAlgorithm.to_jwk(public, as_dict=True)
    headers = {"kid": f"{issuer}#{issuer.removeprefix('did:key:')}", "jwk": jwk, "typ": "JWT"}
    return jwt.encode({**credential, **claims}, key, algorithm="EdDSA", headers=headers)


def _credential(certificate: Certificate, design: Mapping[str, Any], issuer: str, link: str) -> dict[str, Any]:
    facts, language = design["facts"], certificate.language

    def said(name: str) -> str:
        texts = facts[name]
        return str(texts.get(language) or next(iter(texts.values())))

    named = [one.get(language) or next(iter(one.values()), "") for one in certificate.competencies]
    profile = {"id": issuer, "type": ["Profile"], "name": said("issuer")}
    if facts["website"]:
        profile["url"] = facts["website"]
    words = design["words"]
    done = f"{words['hours']}: {certificate.minutes / 60:g}. {words['lessons']}: {certificate.lessons}."
    achievement = {
        "id": _urn(f"achievement {certificate.seminar} {language}"),
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "inLanguage": language,
        "name": said("title"),
        "description": f"{said('title')}. {said('place')}, {facts['first']} – {facts['last']}.",
        "criteria": {"narrative": f"{words['took_part']}. {done}"},
        "creator": profile,
        **({"tag": named} if named else {}),
    }
    # One name a badge: the Latin one is what systems elsewhere compare.
    names = [name for name in (certificate.name, certificate.latin_name) if name]
    return {
        "@context": list(_CONTEXT),
        "id": _urn(f"certificate {certificate.serial} {certificate.issue} {certificate.code}"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": said("title"),
        "issuer": profile,
        "validFrom": to_text(certificate.issued_at),
        "credentialSubject": {
            "id": _urn(f"holder {certificate.serial} {certificate.code}"),
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}
                for name in dict.fromkeys(names)
            ],
            "licenseNumber": certificate.serial,
            "activityStartDate": f"{facts['first']}T00:00:00Z",
            "activityEndDate": f"{facts['last']}T00:00:00Z",
            "achievement": achievement,
        },
        "evidence": [{"id": link, "type": ["Evidence"], "name": certificate.serial}],
    }


def _urn(of: str) -> str:
    return uuid.uuid5(_NAMESPACE, of).urn


def _base58(data: bytes) -> str:
    """The digits of base 58, which a `did:key` is written in."""
    number, digits = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        digits = _BASE58[rest] + digits
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits
