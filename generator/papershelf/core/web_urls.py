"""Web addresses: those that urllib.parse and browsers (WHATWG URL) both take, as the same host and port."""

import re
import unicodedata
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import Final

import idna

from papershelf.core.problems import InvalidValueError

MAX_PORT: Final = 65_535
MAX_HOST: Final = 253
MAX_CACHED: Final = 50_000  # hosts

_URL: Final = re.compile(r"https?://(?P<authority>[^/?#]*)", re.IGNORECASE)
_SSH: Final = re.compile(r"(?:ssh://)?git@(?P<host>[\w.-]+)[:/](?P<path>[^\s/][^\s]*)")
_BRACKETED: Final = re.compile(r"(?P<host>\[.*\])(?::(?P<port>.*))?")
_PLAIN: Final = re.compile(r"(?P<host>[^:]*)(?::(?P<port>.*))?")
# White space, control characters, those that turn text around, and what browsers take for a slash.
_REFUSED: Final = re.compile(
    r"[\s\\\x00-\x20\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LABEL: Final = re.compile(r"[a-z0-9_-]{1,63}")
_NUMERIC: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})


class WebUrlError(InvalidValueError):
    """What is wrong with an address."""


def checked(url: str) -> str:
    """The URL as it is; raises WebUrlError unless it is absolute, http(s), and leads to one host everywhere.

    A user name is refused as well: it hides the host, and it may come with a password.
    """
    found = _URL.match(url)
    if not found:
        raise WebUrlError("is not a web address", _cure(url))
    if _REFUSED.search(url):
        cure = "remove it or percent-encode it"
        raise WebUrlError("holds a space, a backslash or a character that is not seen", cure)
    authority = found["authority"]
    if "@" in authority:
        raise WebUrlError("holds a user name or a password", "remove all between // and @, and the @")
    parts = (_BRACKETED if authority.startswith("[") else _PLAIN).fullmatch(authority)
    if not parts:
        raise WebUrlError(
            "has a host with brackets that do not match", "write https://[2001:db8::1]/ for IPv6"
        )
    if wrong := _host_error(parts["host"]):
        raise WebUrlError(*wrong)
    _check_port(url, parts["port"] or "", found.start("authority") + parts.end("host"))
    return url


def checked_root(url: str) -> str:
    """The URL as `checked` returns it; raises WebUrlError as well if paths cannot be appended to it."""
    _, _, after = checked(url).partition("://")
    if mark := next((mark for mark in "?#" if mark in after), None):
        cure = f"end it before the {mark}"
        raise WebUrlError("has a query or a fragment, and pages are added to its path", cure)
    if "//" in after:
        raise WebUrlError("has two slashes in its path", "write one slash")
    return url


def _cure(url: str) -> str:
    """How to write what is no http(s) URL; `git clone` takes addresses for SSH, which people paste."""
    if ssh := _SSH.fullmatch(url):
        return f"write https://{ssh['host']}/{ssh['path'].removesuffix('.git')}"
    return "begin it with https:// or http://"


def _check_port(url: str, port: str, colon: int) -> None:
    """Raise WebUrlError for a port that is no number, as in a pasted SSH address, or too large."""
    if port and not (port.isascii() and port.isdigit()):
        cure = f"write {url[:colon]}/{url[colon + 1 :]}"
        raise WebUrlError("has a name where its port would be", cure)
    if port and int(port) > MAX_PORT:
        raise WebUrlError(f"has a port above {MAX_PORT}", "write a port from 0 to 65535, or none")


@lru_cache(MAX_CACHED)
def _host_error(host: str) -> tuple[str, str] | None:
    """What is wrong with a host and the cure, None if nothing is; without an exception, to be cached."""
    if not host:
        return "names no host", "write one after //, like https://example.org/"
    if host.startswith("["):
        if _is_ipv6(host[1:-1]):
            return None
        return "has no IPv6 address between its brackets", "write one, like https://[2001:db8::1]/"
    try:
        name = host.lower() if host.isascii() else idna.encode(host, strict=True).decode("ascii")
    except idna.IDNAError:
        return "has a host that cannot be encoded", "write the host in small letters, or as xn--…"
    return _name_error(name)


def _name_error(name: str) -> tuple[str, str] | None:
    """The same for a host in ASCII and small letters."""
    labels = name.removesuffix(".").split(".")
    if len(name.removesuffix(".")) > MAX_HOST:
        return f"has a host of more than {MAX_HOST} characters", "look up its name"
    if not all(map(_LABEL.fullmatch, labels)):
        cure = "use letters, digits and hyphens, up to 63 between two dots"
        return "has a host that is no name", cure
    if _NUMERIC.fullmatch(labels[-1]) and not _is_ipv4(name):
        return "has a host that ends in a number but is no IPv4 address", "write four numbers from 0 to 255"
    if "xn--" in name and not _decodes(labels):
        return "has a host whose form with xn--… is not valid", "look up its name"
    return None


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return "%" not in text  # the name of a network interface, which browsers refuse


def _decodes(labels: list[str]) -> bool:
    """Whether labels xn--… are valid, and all fit beside one written from right to left (RFC 5893)."""
    try:
        decoded = [idna.ulabel(label) if label.startswith("xn--") else label for label in labels]
        if _RIGHT_TO_LEFT.intersection(map(unicodedata.bidirectional, "".join(decoded))):
            return all(idna.check_bidi(label, check_ltr=True) for label in decoded)
    except idna.IDNAError:
        return False
    return True
