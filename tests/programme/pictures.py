"""Pictures as small as files of their kinds can be: what stands at their beginning and at their end."""


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"".join(side.to_bytes(4, "big") for side in (width, height)) + (
        b"\x08\x02\x00\x00\x00" + bytes(4) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    )  # fmt: skip


def jpeg(width: int, height: int) -> bytes:
    """With an EXIF part before its frame, as phones write it."""
    exif = b"\xff\xe1\x00\x08Exif\x00\x00"
    frame = (
        b"\xff\xc0\x00\x0b\x08" + b"".join(side.to_bytes(2, "big") for side in (height, width)) + b"\x01\x01\x11\x00"
    )
    return b"\xff\xd8" + exif + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\xff\xd9"


def webp(width: int, height: int) -> bytes:
    sides = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    body = b"WEBPVP8X\x0a\x00\x00\x00" + bytes(4) + sides
    return b"RIFF" + len(body).to_bytes(4, "little") + body
