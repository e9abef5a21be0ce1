"""The files that the stand-in holds: uploads by the bot and by people, each under one file_id."""

import hashlib
import mimetypes
import re
import struct

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.errors import RefusedError, bad_request
from rehearsal.telegram.model import File, Json

MAX_UPLOAD = 50 * 1024 * 1024  # bytes that a bot may send
MAX_DOWNLOAD = 20 * 1024 * 1024  # bytes that a bot may fetch
MAX_PHOTO = 10 * 1024 * 1024
_PREFIX = {"photo": "AgACAgI", "document": "BQACAgI", "voice": "AwACAgI", "sticker": "CAACAgI", "video_note": "DQACAgI"}

_SUFFIX = re.compile(r"[A-Za-z0-9]{1,10}")
_MIME = {  # what not every machine knows
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar",
    "yaml": "application/yaml",
}


class FileStore:
    """Files by file_id and by download path. The same bytes are kept once."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}
        self._contents: dict[bytes, bytes] = {}
        self._forgotten: set[str] = set()

    def add(self, kind: str, name: str, content: bytes) -> File:
        """Keep a file and give it an id."""
        digest = hashlib.sha256(content).digest()
        content = self._contents.setdefault(digest, content)
        number = len(self._by_id) + 1
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        file = File(
            file_id=f"{_PREFIX.get(kind, 'BAACAgI')}{number:08d}{digest.hex()[:24]}",
            unique_id=f"AQAD{number:08d}",
            kind=kind,
            name=name,
            content=content,
            mime=_MIME.get(suffix.lower()) or mimetypes.guess_type(name)[0] or "application/octet-stream",
            path=f"{kind}s/file_{number}.{suffix if _SUFFIX.fullmatch(suffix) else 'bin'}",
        )
        self._by_id[file.file_id] = self._by_path[file.path] = file
        return file

    def by_id(self, file_id: str) -> File:
        """A known file. Raises a 400."""
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("invalid file_id")
        return file

    def forget(self, file: File) -> None:
        """Give it to nobody any more, as Telegram does with what is old."""
        del self._by_path[file.path]
        self._forgotten.add(file.file_id)

    def to_fetch(self, file_id: str) -> File:
        """A known file that can still be fetched. Raises a 400."""
        file = self.by_id(file_id)
        if file_id in self._forgotten:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return file

    def by_path(self, path: str) -> File | None:
        """The file that /file/bot<token>/<path> serves."""
        return self._by_path.get(path)

    def resolve(self, call: ApiCall, field: str, kind: str, *, name: str | None = None) -> File:
        """The file of a parameter: an upload, `attach://name`, or the file_id of a known file of this kind."""
        source = call.text(field)
        if source.startswith("attach://"):
            upload = call.files.get(source.removeprefix("attach://"))
            if upload is None:
                raise bad_request(f"file is expected under the name {source.removeprefix('attach://')}")
            return self._upload(kind, name or upload[0] or field, upload[1])
        if source.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        file = self._by_id.get(source)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
        return file

    def _upload(self, kind: str, name: str, content: bytes) -> File:
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > MAX_UPLOAD:
            raise RefusedError(413, "Request Entity Too Large")
        if kind == "photo":
            photo_size(content)
        return self.add(kind, name, content)


def photo_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG, JPEG or GIF picture in pixels. Raises a 400 as Telegram does for others."""
    if len(content) > MAX_PHOTO:
        raise bad_request("file is too big to be sent as a photo; the maximum size is 10485760 bytes")
    width, height = _png(content) or _jpeg(content) or _gif(content) or (0, 0)
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def describe(file: File) -> Json:
    """The Bot API object of a document, voice or sticker."""
    described: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
    }
    if file.kind == "document":
        described |= {"file_name": file.name, "mime_type": file.mime}
    return described


def describe_photo(file: File) -> list[Json]:
    """The Bot API's list of PhotoSize, smallest first; the stand-in makes only the one size."""
    width, height = photo_size(file.content)
    return [{**describe(file), "width": width, "height": height}]


def _png(content: bytes) -> tuple[int, int] | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _gif(content: bytes) -> tuple[int, int] | None:
    if content[:4] != b"GIF8" or len(content) < 10:
        return None
    width, height = struct.unpack("<HH", content[6:10])
    return width, height


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Walks the segments up to the frame header, which holds the size."""
    if content[:2] != b"\xff\xd8":
        return None
    pos = 2
    while pos + 9 < len(content) and content[pos] == 0xFF:
        marker, length = content[pos + 1], int.from_bytes(content[pos + 2 : pos + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[pos + 5 : pos + 9])
            return width, height
        pos += 2 + length
    return None
