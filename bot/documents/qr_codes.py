"""QR codes as rows of modules, 1 for dark, without a border."""

import base64
from collections.abc import Sequence

import segno

_MASK = 3  # always the same one: to weigh all eight takes most of the time, and a random link needs none in particular


def qr_modules(link: str) -> list[list[int]]:
    """The modules of a link; as many for each link of the same length."""
    code = segno.make(link, error="m", micro=False, boost_error=False, mask=_MASK)
    return [list(row) for row in code.matrix]


def packed(modules: Sequence[Sequence[int]]) -> str:
    """The modules row by row, eight to a byte, in base64: a sixth of the path that draws them."""
    bits = "".join(str(bit) for row in modules for bit in row)
    padded = bits.ljust(-(-len(bits) // 8) * 8, "0")
    return base64.b64encode(int(padded, 2).to_bytes(len(padded) // 8)).decode()


def qr_codes(links: Sequence[str]) -> dict[str, object]:
    """The packed modules of links of the same length, and how many modules a side has."""
    codes = [qr_modules(link) for link in links]
    return {"size": len(codes[0]), "modules": [packed(code) for code in codes]}


def drawn_code(link: str) -> dict[str, object]:
    """What templates draw a QR code from: its runs, and how many modules a side has."""
    modules = qr_modules(link)
    return {"code": runs(modules), "side": len(modules)}


def runs(modules: Sequence[Sequence[int]]) -> list[tuple[int, int, int]]:
    """The dark modules of each row, side by side ones together: row, first column, how many."""
    found: list[tuple[int, int, int]] = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            first = x
            while x < len(row) and row[x]:
                x += 1
            if x > first:
                found.append((y, first, x - first))
            x += 1
    return found
