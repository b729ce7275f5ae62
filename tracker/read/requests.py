"""One GET request over HTTP, to an address that was looked at, bounded in time and in size, also after unpacking.

The standard library's client is all that is needed, and connects to the very IP address it is given: TLS is verified
against the name of the host nevertheless. Proxies of the environment are not used, because they would resolve the name
anew.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.errors import InputError
from tracker.read.addresses import Target

_CHUNK = 65_536
_ADDRESSES = 3
"""IP addresses of a host that are tried."""
_ACCEPT = "text/html, application/xhtml+xml, text/plain, application/json;q=0.9, application/pdf;q=0.9, */*;q=0.5"
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 47}
"""How zlib is told the format of each encoding; 47 lets it find out whether there is a header."""


class Waits(NamedTuple):
    """Seconds to wait at most: for each answer of the server, and for all of it."""

    each: float
    total: float


class Response(NamedTuple):
    """Status, headers by their names in small letters, and the body, unpacked."""

    status: int
    headers: dict[str, str]
    body: bytes


def get(
    target: Target, addresses: list[str], *, agent: str, waits: Waits, max_bytes: int, cut: bool = False
) -> Response:
    """The answer to a GET request to ``target`` at the first of ``addresses`` that can be reached.

    Of any status but 200, no body is read. A body larger than ``max_bytes`` is an error, or, with ``cut``, cut there.
    Raises InputError, in one line, for all that may go wrong.
    """
    with _connected(target, addresses, waits) as (stream, guard):
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = stream
        headers = {
            "Host": target.site.partition("://")[2],
            "User-Agent": agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        try:
            connection.request("GET", target.path, headers=headers)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in reversed(answer.getheaders())}
            body = _body(answer, told, max_bytes, guard, cut=cut) if answer.status == 200 else b""
        except TimeoutError as error:
            raise InputError(f"the server did not answer within {waits.each:g} seconds") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            guard.check()
            raise InputError(f"the server broke off or answered no HTTP ({_told(error)})") from error
        guard.check()
        return Response(answer.status, told, body)


class _Guard:
    """Shuts a connection down after ``total`` seconds, whatever it is waiting for."""

    def __init__(self, stream: socket.socket, total: float) -> None:
        self._total = total
        self._expired = False
        self._stream = stream.dup()  # of the same connection, so that TLS around the other is not disturbed
        self._timer = threading.Timer(total, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def _expire(self) -> None:
        self._expired = True
        with contextlib.suppress(OSError):
            self._stream.shutdown(socket.SHUT_RDWR)

    def check(self) -> None:
        """Raises InputError where the time is over."""
        if self._expired:
            raise InputError(f"the server took longer than {self._total:g} seconds (read.fetch.total_seconds)")

    def close(self) -> None:
        """Let go of the connection."""
        self._timer.cancel()
        self._stream.close()


@contextlib.contextmanager
def _connected(target: Target, addresses: list[str], waits: Waits) -> Iterator[tuple[socket.socket, _Guard]]:
    stream = _connect(target, addresses, waits.each)
    guard = _Guard(stream, waits.total)
    try:
        if target.scheme == "https":
            try:
                stream = _tls().wrap_socket(stream, server_hostname=target.host)
            except ssl.SSLCertVerificationError as error:
                raise InputError(f"the certificate of {target.host} is not valid: {error.verify_message}") from error
            except OSError as error:
                guard.check()
                raise InputError(f"no secure connection to {target.host} ({_told(error)})") from error
        yield stream, guard
    finally:
        guard.close()
        stream.close()


def _connect(target: Target, addresses: list[str], timeout: float) -> socket.socket:
    problem: OSError | None = None
    for address in addresses[:_ADDRESSES]:
        try:
            return socket.create_connection((address, target.port), timeout=timeout)
        except OSError as error:
            problem = error
    if isinstance(problem, TimeoutError):
        raise InputError(f"no connection to {target.host} within {timeout:g} seconds") from problem
    raise InputError(f"no connection to {target.host} ({_told(problem)})") from problem


@cache
def _tls() -> ssl.SSLContext:
    """Trusts the certificates of the system, to which an organisation may add its own, and those of certifi."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _body(
    answer: http.client.HTTPResponse, headers: dict[str, str], max_bytes: int, guard: _Guard, *, cut: bool
) -> bytes:
    length = headers.get("content-length", "")
    told = int(length) if length.isdecimal() and length.isascii() and len(length) < 20 else None
    if told is not None and told > max_bytes and not cut:
        raise InputError(_too_large(max_bytes))
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "") and encoding not in _WINDOWS:
        raise InputError(f"the page is packed as {encoding!r:.40}, which was not asked for")
    unpack = zlib.decompressobj(_WINDOWS[encoding]) if encoding in _WINDOWS else None
    pieces: list[bytes] = []
    size = received = 0
    while chunk := answer.read1(_CHUNK):
        guard.check()
        received += len(chunk)
        for piece in (chunk,) if unpack is None else _unpacked(unpack, chunk):
            size += len(piece)
            pieces.append(piece)
            if size > max_bytes and cut:
                return b"".join(pieces)[:max_bytes]
            if size > max_bytes:
                raise InputError(_too_large(max_bytes))
    guard.check()
    if told is not None and "transfer-encoding" not in headers and received < told:
        raise InputError(f"the answer broke off after {received:,} of {told:,} bytes")
    if unpack is not None and received and not unpack.eof:
        raise InputError("the answer broke off: its packing has no end")
    return b"".join(pieces)


def _unpacked(unpack: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    """What ``chunk`` unpacks to, in pieces of bounded size."""
    try:
        while chunk and not unpack.eof:
            yield unpack.decompress(chunk, _CHUNK)
            chunk = unpack.unconsumed_tail
    except zlib.error as error:
        raise InputError(f"the page cannot be unpacked ({error})") from error


def _too_large(max_bytes: int) -> str:
    return f"larger than {max_bytes:,} bytes, the limit for one document (read.max_file_bytes, read.max_html_bytes)"


def _told(error: Exception | None) -> str:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(reason).split())[:120]
