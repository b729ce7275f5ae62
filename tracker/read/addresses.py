"""Which addresses of the web may be read: http and https, of hosts that are public.

A page that is asked for may lead anywhere by a redirect, and a name may stand for any machine. So the addresses that a
name stands for are looked at, and the connection is made to the very address that was.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from tracker.errors import InputError

_SCHEMES = {"http": 80, "https": 443}
_LONGEST = 4_000
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,20})://")
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?\.?")
_CREDENTIALS = re.compile(r"(?<=:)//[^/?#\s]{0,300}@")
_NUMBER = re.compile(r"(?:0[xX][0-9A-Fa-f]*|\d+)\.?")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "/%:@!$&'()*+,;=~-._?"

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Target(NamedTuple):
    """Where a request goes: ``host`` as it is told to the server, ``path`` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """Scheme, host and port, as one robots.txt holds for them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _SCHEMES[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole address."""
        return self.site + self.path


def is_address(path: str) -> bool:
    """Whether ``path`` is meant as an address of the web (``https://…``), not as the name of a file."""
    return _ADDRESS.match(path) is not None


def without_credentials(url: str) -> str:
    """``url`` without the user name and password that may stand in it, to be shown and stored."""
    return _CREDENTIALS.sub("//", url, count=1)


def parse_address(url: str) -> Target:
    """The parts of ``url``. Raises InputError where it is none that may be read, whatever its host stands for."""
    if len(url) > _LONGEST:
        raise InputError(f"the address is longer than {_LONGEST:,} characters")
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise InputError(f"no address that can be read ({error})") from error
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES:
        raise InputError(f"only http and https addresses are read, not {scheme or 'one without a scheme'}")
    if parts.username is not None or parts.password is not None:
        raise InputError("an address with a user name in it is not read; leave out what stands before the @")
    if not host or port == 0:
        raise InputError("the address names no host")
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Target(scheme, _host(host), port or _SCHEMES[scheme], path)


def _host(host: str) -> str:
    """The host in ASCII. Raises InputError for what is neither a name nor an address in its usual form."""
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError as error:
            raise InputError(f"{host!r:.60} is no host") from error
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise InputError(f"{host!r:.60} is no host") from error
    if _HOST.fullmatch(name) is None:
        raise InputError(f"{host!r:.60} is no host")
    if _NUMBER.fullmatch(name.rstrip(".").rpartition(".")[2]) is not None:
        try:  # 2130706433, 0x7f.1 and 0177.0.0.1 are ways to write 127.0.0.1 that only serve to hide it
            return str(ipaddress.IPv4Address(name))
        except ValueError as error:
            raise InputError(f"{host!r:.60} is no host; write an IP address as four decimal numbers") from error
    return name


def resolve(target: Target, *, allow_private: bool) -> list[str]:
    """The IP addresses that the host stands for and that may be connected to. Raises InputError where there is none."""
    try:
        answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"the host {target.host} is not found") from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    allowed = [address for address in found if allow_private or is_public(address)]
    if not allowed:
        raise InputError(
            f"the host {target.host} is {found[0] if found else 'nowhere'}, which is not public"
            " (read.fetch.allow_private would allow it)"
        )
    return allowed


def is_public(address: str) -> bool:
    """Whether the IP ``address`` is one of the public internet, also where it holds another inside."""
    try:
        found: IPAddress = ipaddress.ip_address(address)
    except ValueError:  # with a zone, which only local ones have
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if found.teredo is not None:
            return False
        if inner is not None:
            found = inner
    return found.is_global and not (
        found.is_private
        or found.is_loopback
        or found.is_link_local
        or found.is_multicast
        or found.is_reserved
        or found.is_unspecified
    )
