"""Which links Telegram takes as links, and how it writes them."""

import re

_USER = re.compile(r"tg:(?://)?user\?(?:.*&)?id=(\d{1,19})(?:&.*)?(?:#.*)?\Z", re.IGNORECASE | re.DOTALL)
_URL = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*)://)?(?P<user>[^/?#\s]*@)?(?P<host>[^/?#:\s@]+)(?::(?P<port>\d{1,5}))?"
    r"(?P<rest>[/?#].*)?\Z",
    re.DOTALL,
)
_HOST = re.compile(r"[^\s.!-,:-@\[-^`{-\x7f]+(?:\.[^\s.!-,:-@\[-^`{-\x7f]+)+\Z")


def mentioned_user(url: str) -> int | None:
    """The user id of a tg://user?id= link."""
    match = _USER.match(url.strip())
    number = int(match.group(1)) if match else 0
    return number if 0 < number < 1 << 40 else None


def web_address(url: str) -> str:
    """The link as Telegram keeps it (scheme added, host in lower case), or empty when it is none."""
    url = url.strip()
    if url[:3].lower() == "tg:" or url[:4].lower() == "ton:":
        return url
    match = _URL.match(url)
    if match is None or not _HOST.match(match["host"]):
        return ""
    scheme = (match["scheme"] or "http").lower()
    if scheme not in ("http", "https"):
        return ""
    port = f":{match['port']}" if match["port"] else ""
    rest = match["rest"] or "/"
    rest = rest if rest.startswith("/") else "/" + rest
    return f"{scheme}://{match['user'] or ''}{match['host'].lower()}{port}{rest}"
