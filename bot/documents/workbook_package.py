"""Checks the package of a workbook before anything parses it: what it is, how large it is inside, what it holds.

What passes is written anew, with the parts alone that hold cells: whoever reads it unpacks nothing that was not
counted here.
"""

import io
import zipfile
import zlib
from typing import Final

from bot.documents.refusals import FileRefusal, FileRefusedError

MAX_BYTES: Final = 2 * 1024 * 1024  # of a file; the programme of 60 full days in four languages has 0.3 MB
MAX_UNPACKED: Final = 48 * 1024 * 1024
_MAX_PARTS: Final = 500
_PIECE: Final = 64 * 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and the envelope of encrypted files
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_PARTS: Final = (
    "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
    "xl/styles.xml",
)  # fmt: skip
_NAMED: Final = {name.lower(): name for name in _PARTS}
_SHEETS: Final = "xl/worksheets/"


def checked(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook that hold cells, unpacked, by their names. Raises FileRefusedError."""
    if data.startswith(_OLE):
        raise FileRefusedError(FileRefusal.ENCRYPTED if _ENCRYPTED in data else FileRefusal.OLD_EXCEL)
    if not data.startswith(b"PK\x03\x04"):
        raise FileRefusedError(FileRefusal.OTHER_FORMAT)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(archive)
    except _BROKEN:
        raise FileRefusedError(FileRefusal.DAMAGED) from None


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a package, not compressed."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return package.getvalue()


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(infos) > _MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise FileRefusedError(FileRefusal.TOO_BIG_INSIDE)
    if any("vbaproject" in name.lower() or "macrosheets/" in name.lower() for name in names):
        raise FileRefusedError(FileRefusal.MACROS)
    if "xl/workbook.xml" not in names:
        raise FileRefusedError(FileRefusal.OTHER_FORMAT)
    if any(info.flag_bits & 1 for info in infos):
        raise FileRefusedError(FileRefusal.ENCRYPTED)
    if len({name.lower() for name in names}) < len(names) or any(info.compress_type not in _METHODS for info in infos):
        raise FileRefusedError(FileRefusal.DAMAGED)
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for info in infos:
        name = _NAMED.get(info.filename.lower(), info.filename)  # some programs write `xl/SharedStrings.xml`
        if name in _PARTS or (name.startswith(_SHEETS) and name.endswith(".xml")):
            parts[name] = _part(archive, info, left)
            left -= len(parts[name])
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise FileRefusedError(FileRefusal.MACROS)
    return parts


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """One part, unpacked piece by piece: what it says of its size may be wrong."""
    content = bytearray()
    with archive.open(info) as part:
        while piece := part.read(_PIECE):
            content += piece
            if len(content) > left:
                raise FileRefusedError(FileRefusal.TOO_BIG_INSIDE)
    # No program writes a document type into a workbook, and every one writes UTF-8. Entities would begin there.
    typed = content.replace(b"<!--", b"").replace(b"<![CDATA[", b"")
    if b"<!" in typed or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefusedError(FileRefusal.DAMAGED)
    return bytes(content)
