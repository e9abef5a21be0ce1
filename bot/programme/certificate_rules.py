"""`look` and `certificate` of seminar.yaml."""

import re
from pathlib import Path
from typing import Final, Literal

from bot.programme.certificate_model import CertificateRules, Look, Share, Signatory
from bot.programme.fields import NO_TEXT, Fields
from bot.programme.picture_fields import read_picture
from bot.programme.values import is_public_page

# UTF-16 units, as all texts of the folder are measured; the lines of a certificate hold them.
ISSUER, NAME, POST, TEXT = 120, 80, 160, 300
_WEBSITE: Final = 200
_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_SHARE: Final = re.compile(r"([0-9]{1,3}) ?(%|h)")
_MOST_HOURS: Final = 999


def read_look(fields: Fields, folder: Path) -> Look:
    """Read `look`; without it files are plain."""
    if not fields.has("look") or (look := fields.child("look")) is None:
        return Look()
    logo = read_picture(look, "logo", folder)
    color = look.optional_text("color", 20)
    if color and not _COLOR.fullmatch(color):
        look.wrong("color", f"`color: {color}` is not a colour", 'write # and six digits 0-9 and A-F, like "#1F6FEB"')
    look.finish()
    return Look(logo, color.upper()) if color else Look(logo)


def read_certificate(fields: Fields, folder: Path) -> CertificateRules | None:
    """Read `certificate`; None where the key is missing: nobody gets one."""
    if not fields.has("certificate") or (told := fields.child("certificate")) is None:
        return None
    rules = CertificateRules(
        issuer=told.localized("issuer", ISSUER),
        signatory=_read_signatory(told, folder),
        attendance=_read_share(told, "attendance"),
        practice=_read_share(told, "practice"),
        lessons=_read_lessons(told),
        text=told.optional_localized("text", TEXT),
        website=told.optional_text("website", _WEBSITE) or "",
    )
    if rules.website and not is_public_page(rules.website):
        what = f"`website: {rules.website[:60]}` is not the address of a public page"
        told.wrong("website", what, "write it like https://www.sje.go.kr, or remove the line")
    if told.ok and not (rules.attendance or rules.practice or rules.lessons):
        what = "`certificate` says nothing that must be done for one"
        fields.wrong("certificate", what, "add `attendance`, `practice` or `lessons` below it")
    told.finish()
    return rules


def _read_signatory(fields: Fields, folder: Path) -> Signatory:
    there = fields.child("signatory")
    if there is None:
        return Signatory(NO_TEXT, NO_TEXT)
    signatory = Signatory(
        name=there.localized("name", NAME),
        post=there.localized("post", POST),
        signature=read_picture(there, "signature", folder),
        stamp=read_picture(there, "stamp", folder),
    )
    there.finish()
    return signatory


def _read_share(fields: Fields, key: str) -> Share | None:
    written = fields.optional_word(key)
    if written is None:
        return None
    found = _SHARE.fullmatch(written)
    number = int(found[1]) if found else 0
    if found is None or not 1 <= number <= (100 if found[2] == "%" else _MOST_HOURS):
        if written:
            instead = "write it like 80% or 40 h, or remove the line"
            fields.wrong(key, f"`{key}: {written}` is no share of hours", instead)
        return None
    return Share(percent=number) if found[2] == "%" else Share(minutes=number * 60)


def _read_lessons(fields: Fields) -> int | Literal["all"]:
    written = fields.optional_word("lessons")
    if not written:
        return 0
    if written == "all":
        return "all"
    if not re.fullmatch("[0-9]{1,2}", written):
        fields.wrong("lessons", f"`lessons: {written}` is no number of lessons", "write a number, or `all`")
        return 0
    return int(written)
