"""Link: HTTP as a device speaks it, one connection for each request, over real sockets.

HTTP/1.1 with `Connection: close`, User-Agent `iClock Proxy/1.09`, nothing reused. Two faults of bad
lines can be made on purpose: a stall in the middle of the body, and closing before the reply was
read, so that the server has done its work and the device does not know. At most `connections` are
open at a time.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from attrs import frozen

USER_AGENT = "iClock Proxy/1.09"
_MAX_REPLY = 4 * 1024 * 1024


class LinkError(Exception):
    """No whole reply came: refused, broken off, too late, or not HTTP."""


@frozen
class Answer:
    """A reply of the server; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Link:
    """The way to one server, shared by all devices of a fleet."""

    def __init__(self, base_url: str, *, patience: float = 60.0, connections: int = 32) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("base_url must be like http://127.0.0.1:8000")
        self._tls = parts.scheme == "https"
        self._host = parts.hostname
        self._port = parts.port or (443 if self._tls else 80)
        self._prefix = parts.path.rstrip("/")
        self._patience = patience
        self._open = asyncio.Semaphore(connections)

    async def get(self, target: str) -> Answer:
        """GET a path with its query."""
        return await self._exchange("GET", target, b"", stall=0.0)

    async def post(self, target: str, body: bytes, *, stall: float = 0.0) -> Answer:
        """POST a body; `stall` seconds pass in its middle."""
        return await self._exchange("POST", target, body, stall=stall)

    async def post_and_hang_up(self, target: str, body: bytes, *, wait: bool) -> None:
        """POST a body and close without reading the reply, as when the line breaks then.

        With `wait` the server has begun to reply and so has done its work; without it the server is
        still at it, and whatever comes next overtakes it.
        """
        async with self._open:
            try:
                async with asyncio.timeout(self._patience):
                    reader, writer = await self._connect()
                    try:
                        writer.write(self._head("POST", target, body) + body)
                        await writer.drain()
                        if wait:
                            await reader.read(1)
                    finally:
                        await _close(writer)
            except (OSError, TimeoutError) as error:
                raise LinkError(str(error)) from error

    async def _exchange(self, method: str, target: str, body: bytes, *, stall: float) -> Answer:
        async with self._open:
            try:
                async with asyncio.timeout(self._patience + stall):
                    reader, writer = await self._connect()
                    try:
                        half = len(body) // 2 if stall else len(body)
                        writer.write(self._head(method, target, body) + body[:half])
                        await writer.drain()
                        if stall:
                            await asyncio.sleep(stall)
                            writer.write(body[half:])
                            await writer.drain()
                        return _parse(await _read_all(reader))
                    finally:
                        await _close(writer)
            except (OSError, TimeoutError) as error:
                raise LinkError(f"{type(error).__name__}: {error}") from error

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self._host, self._port, ssl=self._tls or None)

    def _head(self, method: str, target: str, body: bytes) -> bytes:
        rows = [
            f"{method} {self._prefix}{target} HTTP/1.1",
            f"Host: {self._host}:{self._port}",
            f"User-Agent: {USER_AGENT}",
            "Connection: close",
            "Accept: */*",
        ]
        if method == "POST":
            rows.append(f"Content-Length: {len(body)}")
        return "".join(row + "\r\n" for row in rows).encode("ascii") + b"\r\n"


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    try:
        await writer.wait_closed()
    except OSError:
        return  # the other side was faster


async def _read_all(reader: asyncio.StreamReader) -> bytes:
    """Everything up to the end of the connection, which the server closes."""
    parts: list[bytes] = []
    size = 0
    while part := await reader.read(65536):
        parts.append(part)
        size += len(part)
        if size > _MAX_REPLY:
            raise LinkError("the reply is too long for a device")
    return b"".join(parts)


def _parse(reply: bytes) -> Answer:
    head, mark, body = reply.partition(b"\r\n\r\n")
    rows = head.decode("latin-1").split("\r\n")
    words = rows[0].split(" ", 2)
    if not mark or len(words) < 2 or not words[0].startswith("HTTP/") or not words[1].isdigit():
        raise LinkError("the reply is not HTTP")
    pairs = (row.partition(":") for row in rows[1:])
    headers = {name.strip().lower(): value.strip() for name, _mark, value in pairs}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = _unchunk(body)
    elif headers.get("content-length", str(len(body))) != str(len(body)):
        raise LinkError("the reply was cut off")
    return Answer(int(words[1]), headers, body)


def _unchunk(body: bytes) -> bytes:
    parts: list[bytes] = []
    while True:
        size, mark, body = body.partition(b"\r\n")
        if not mark:
            raise LinkError("the reply was cut off")
        try:
            length = int(size.split(b";")[0], 16)
        except ValueError:
            raise LinkError("the reply is not HTTP") from None
        if length == 0:
            return b"".join(parts)
        parts.append(body[:length])
        body = body[length + 2 :]
