"""Reduces a screenshot to a palette: a third of the size without a visible difference. PNG in, PNG out."""

import struct
import zlib
from collections import Counter

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS = 256
_MIN_PIXELS = 4  # that a colour needs to be in the palette for its corner of the cube


def with_palette(png: bytes) -> bytes:
    """The same picture in 256 colours. Takes what Chromium writes: 8 bits, RGB or RGBA, not interlaced."""
    width, height, channels, data = _read(png)
    pixels = _pixels(data, width, height, channels)
    counted = Counter(pixels)
    palette = _palette(counted)
    number = {colour: _nearest(colour, palette) for colour in counted}
    rows = bytearray()
    for row in range(height):
        rows.append(0)
        rows += bytes(number[colour] for colour in pixels[row * width : (row + 1) * width])
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def _palette(counted: Counter[bytes]) -> list[bytes]:
    """One colour for each corner of the colour cube that the picture uses, then the most common ones."""
    corners: dict[tuple[int, ...], bytes] = {}
    for colour, count in counted.most_common():
        if count >= _MIN_PIXELS:
            corners.setdefault(tuple(part >> 5 for part in colour), colour)
    common = [colour for colour, _ in counted.most_common(_COLOURS)]
    return list(dict.fromkeys([*corners.values(), *common]))[:_COLOURS]


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    r, g, b = colour
    distances = [2 * (r - one[0]) ** 2 + 4 * (g - one[1]) ** 2 + 3 * (b - one[2]) ** 2 for one in palette]
    return distances.index(min(distances))


def _read(png: bytes) -> tuple[int, int, int, bytes]:
    at, packed, width, height, channels = len(_SIGNATURE), b"", 0, 0, 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, _depth, colours = struct.unpack(">IIBB", content[:10])
            channels = {2: 3, 6: 4}[colours]
        elif kind == b"IDAT":
            packed += content
        at += length + 12
    return width, height, channels, zlib.decompress(packed)


def _pixels(data: bytes, width: int, height: int, channels: int) -> list[bytes]:
    """The pixels' colours without transparency, row by row: undoes PNG's five filters."""
    stride, above, pixels = width * channels, bytearray(width * channels), []
    for row in range(height):
        start = row * (stride + 1)
        line = bytearray(data[start + 1 : start + 1 + stride])
        _unfilter(data[start], line, above, channels)
        pixels += [bytes(line[at : at + 3]) for at in range(0, stride, channels)]
        above = line
    return pixels


def _unfilter(kind: int, line: bytearray, above: bytearray, step: int) -> None:
    for at in range(len(line)):
        left = line[at - step] if at >= step else 0
        up, corner = above[at], above[at - step] if at >= step else 0
        match kind:
            case 1:
                line[at] = (line[at] + left) & 255
            case 2:
                line[at] = (line[at] + up) & 255
            case 3:
                line[at] = (line[at] + (left + up) // 2) & 255
            case 4:
                line[at] = (line[at] + _paeth(left, up, corner)) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    by_left, by_up, by_corner = abs(guess - left), abs(guess - up), abs(guess - corner)
    if by_left <= by_up and by_left <= by_corner:
        return left
    return up if by_up <= by_corner else corner


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
