"""Judges of certificates that share no code with what makes them: a decoder of QR codes, and verifiers of badges."""

import base64
import io
import json
from typing import Any

import zxingcpp
from nacl.signing import VerifyKey
from PIL import Image

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def links_in(picture: bytes) -> list[str]:
    """What the QR codes of a page say, as a phone reads it."""
    with Image.open(io.BytesIO(picture)) as image:
        return [found.text for found in zxingcpp.read_barcodes(image.convert("L"))]


def credential_in(badge: str) -> dict[str, Any]:
    """What a badge says. Raises BadSignatureError where its issuer, a `did:key`, has not signed that."""
    head, said, signature = badge.split(".")
    credential: dict[str, Any] = json.loads(_decoded(said))
    key = _from_base58(str(credential["issuer"]["id"]).removeprefix("did:key:z"))
    assert key[:2] == b"\xed\x01", "no key of Ed25519"
    assert json.loads(_decoded(head))["kid"].startswith(credential["issuer"]["id"])
    VerifyKey(key[2:]).verify(f"{head}.{said}".encode(), _decoded(signature))
    return credential


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _from_base58(text: str) -> bytes:
    number = 0
    for digit in text:
        number = number * 58 + _DIGITS.index(digit)
    return number.to_bytes((number.bit_length() + 7) // 8)
