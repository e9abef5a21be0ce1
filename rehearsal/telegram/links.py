"""Which links Telegram takes as links, and how it writes them.

Agreement with Telegram's own rules is kept by tests/contracts/test_standin_html.py.
"""

import ipaddress
import re

_SCHEME = re.compile(r"([^:/?#@\[\]]*)://")
_OWN_SCHEME = re.compile(r"(tg|ton):(?://)?", re.IGNORECASE)
_OWN_HOST = re.compile(r"[A-Za-z0-9_-]+\Z")
_HOST = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=\x80-\U0010ffff]|%[0-9a-fA-F]{2})+\Z")
_USER = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=:\x80-\U0010ffff]|%[0-9a-fA-F]{2})*\Z")
_MENTION = re.compile(r"tg:(?://)?user/?\?([^#]*)")
_MAX_USER = (1 << 40) - 1

_Parts = tuple[str, str, str, int | None, str]  # scheme, user, host, port, the rest from its slash on


def mentioned_user(url: str) -> int | None:
    """The user id of a tg://user?id= link."""
    match = _MENTION.match(url.lower())
    if match is None:
        return None
    for parameter in match.group(1).split("&"):
        key, _, value = parameter.partition("=")
        if key == "id":
            number = int(value) if value.isascii() and value.isdigit() else 0
            return number if 0 < number <= _MAX_USER else None
    return None


def web_address(url: str) -> str:
    """The link as Telegram keeps it (scheme added, host in lower case), or empty when it is none."""
    own = _OWN_SCHEME.match(url)
    parts = _split(url[own.end() :] if own else url)
    if parts is None:
        return ""
    scheme, user, host, port, rest = parts
    if own:
        if scheme != "http" or user or port is not None or not _OWN_HOST.match(host):
            return ""
        return f"{own.group(1).lower()}://{host}{rest[1:] if rest.startswith('/?') else rest}"
    if "." not in host and not host.startswith("["):
        return ""
    return f"{scheme}://{user}{host}{'' if port is None else f':{port}'}{rest}"


def _split(url: str) -> _Parts | None:
    scheme = _SCHEME.match(url)
    kind = _lower(scheme.group(1)) if scheme else "http"
    if kind not in ("http", "https", "tonsite"):
        return None
    authority = url[scheme.end() if scheme else 0 :]
    end = min((pos for mark in "/?#" if (pos := authority.find(mark)) >= 0), default=len(authority))
    authority, rest = authority[:end], authority[end:].rstrip(" \t\r\n\0\v") or "/"
    address, port = _port(authority)
    user, _, host = address.rpartition("@")
    if port == -1 or not _USER.match(user) or not _is_host(host):
        return None
    rest = "".join(f"%{ord(char):02X}" if char <= " " else char for char in rest)
    return kind, f"{user}@" if user else "", _lower(host), port, rest if rest.startswith("/") else "/" + rest


def _port(authority: str) -> tuple[str, int | None]:
    """What stands before the port, and the port: None for none, -1 for a wrong one."""
    colon = max(authority.rfind(mark) for mark in ":]@")
    if colon <= 0 or authority[colon] != ":":
        return authority, None
    digits = authority[colon + 1 :]
    number = int(digits) if digits.isascii() and digits.isdigit() else 0
    return authority[:colon], number if 0 < number <= 65535 else -1


def _is_host(host: str) -> bool:
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return False
        return True
    return host != "." and _HOST.match(host) is not None


def _lower(text: str) -> str:
    """ASCII only, as Telegram does."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
