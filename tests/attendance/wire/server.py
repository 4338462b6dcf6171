"""A small push server of its own, written from the protocol's description for tests of the fleet.

It keeps each tap once by (SN, PIN, time, status), and for sums the greatest number of repeats that
one upload had. Faults are made by number of the request, so that a run is the same each time.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from urllib.parse import parse_qs, unquote_plus, urlsplit

Key = tuple[str, str, datetime, int]


class StandIn:
    """`known`: serials that are let in, None for all."""

    def __init__(
        self,
        *,
        known: Iterable[str] | None = None,
        stamp: str = "9999",
        busy_every: int = 0,
        break_every: int = 0,
        chunked: bool = False,
    ) -> None:
        self.url = ""
        self.known = None if known is None else set(known)
        self.stamp = stamp
        self.busy_every = busy_every
        self.break_every = break_every
        self.chunked = chunked
        self.stored: Counter[Key] = Counter()
        self.uploads: list[tuple[str, list[Key]]] = []
        self.commands: dict[str, list[str]] = defaultdict(list)
        self.replies: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.open = self.most_open = self.requests = 0

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[StandIn]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        self.url = f"http://{host}:{port}"
        try:
            yield self
        finally:
            server.close()
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            rows = head.split("\r\n")
            headers = dict(row.lower().split(": ", 1) for row in rows[1:] if row)
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            assert headers["connection"] == "close"
            self.agents.add(headers["user-agent"])
            self.requests += 1
            if self.break_every and self.requests % self.break_every == 0:
                return
            if self.busy_every and self.requests % self.busy_every == 0:
                status, text = "503 Service Unavailable", "busy"
            else:
                method, target, _version = rows[0].split(" ")
                status, text = self._answer(method, target, body)
            writer.write(self._reply(status, text))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            self.open -= 1
            writer.close()

    def _reply(self, status: str, text: str) -> bytes:
        data = text.encode()
        start = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\n"
        if self.chunked:
            parts = b"".join(b"1\r\n%c\r\n" % byte for byte in data)
            return start.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + parts + b"0\r\n\r\n"
        return f"{start}Content-Length: {len(data)}\r\n\r\n".encode() + data

    def _answer(self, method: str, target: str, body: bytes) -> tuple[str, str]:
        path = urlsplit(target).path
        query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        serial = query["SN"]
        if self.known is not None and serial not in self.known:
            return "403 Forbidden", "unknown device"
        if method == "GET" and path == "/iclock/cdata":
            text = f"GET OPTION FROM: {serial}\nATTLOGStamp={self.stamp}\nRealtime=1"
            return "200 OK", text
        if path == "/iclock/getrequest":
            waiting, self.commands[serial] = self.commands[serial], []
            return "200 OK", "\n".join(waiting) or "OK"
        if path == "/iclock/devicecmd":
            self.replies += [(serial, row) for row in body.decode().split("\n")]
        elif query.get("table") == "ATTLOG":
            keys = [self._key(serial, row) for row in self._rows(body)]
            self.uploads.append((serial, keys))
            self.stored |= Counter(keys)
            return "200 OK", f"OK:{len(keys)}"
        return "200 OK", "OK"

    @staticmethod
    def _rows(body: bytes) -> list[str]:
        text = body.decode()
        if text.startswith("data="):
            text = text[5:]
            text = text if "\t" in text else unquote_plus(text)
        return [row.strip() for row in text.splitlines() if row.strip()]

    @staticmethod
    def _key(serial: str, row: str) -> Key:
        cells = row.split("\t") if "\t" in row else row.split(",")
        if cells[0].startswith("PIN="):
            cells = [cell.split("=", 1)[1] for cell in cells]
        return serial, cells[0], datetime.fromisoformat(cells[1]), int(cells[2])
