"""Session: a written conversation between a device and a server, read for replay.

Form of the text (`samples/attendance/adms_session.txt`): `#` begins a note, `=== <n>. <title>` a
step, `>>> ` a message of the device, `<<< ` one of the server. A message runs to the next such
line: start line, headers, one empty line, body, all with LF. One empty line before a step parts it
from the step above and belongs to no message. On the wire the start line and the headers end in
CRLF; the body stays as shown, without a final LF.

This reader is for trusted text: a text that breaks the form raises ValueError.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from attrs import frozen

Sender = Literal["device", "server"]
_STEP = re.compile(r"=== ([0-9]+)\. (.+)")
_SENDERS: dict[str, Sender] = {">>>": "device", "<<<": "server"}


@frozen
class Message:
    """One request or response."""

    sender: Sender
    start_line: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def method(self) -> str:
        """GET or POST, of a request."""
        return self.start_line.split(" ")[0]

    @property
    def target(self) -> str:
        """Path and query, of a request."""
        return self.start_line.split(" ")[1]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query by name, decoded."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def status(self) -> int:
        """The code of a response."""
        return int(self.start_line.split(" ")[1])

    def to_bytes(self) -> bytes:
        """The message as it goes over the wire."""
        head = [self.start_line, *(f"{name}: {value}" for name, value in self.headers)]
        return "".join(line + "\r\n" for line in head).encode("ascii") + b"\r\n" + self.body


@frozen
class Step:
    """`messages` alternate: device, server, device, ..."""

    number: int
    title: str
    notes: tuple[str, ...]
    messages: tuple[Message, ...]

    @property
    def exchanges(self) -> tuple[tuple[Message, Message], ...]:
        """Requests, each with the response shown for it."""
        pairs = zip(self.messages[::2], self.messages[1::2], strict=True)
        return tuple(pairs)


def parse_session(text: str) -> tuple[Step, ...]:
    """The steps of a conversation."""
    steps: list[Step] = []
    heading: tuple[int, str] | None = None
    notes: list[str] = []
    blocks: list[tuple[Sender, list[str]]] = []
    in_message = False

    def close() -> None:
        if heading is not None:
            messages = tuple(_message(sender, lines) for sender, lines in blocks)
            steps.append(Step(*heading, tuple(notes), messages))
        notes.clear()
        blocks.clear()

    for line in text.removesuffix("\n").split("\n"):
        if match := _STEP.fullmatch(line):
            close()
            heading, in_message = (int(match[1]), match[2]), False
        elif line.startswith("#"):
            notes.append(line[1:].strip())
            in_message = False
        elif line[:3] in _SENDERS:
            blocks.append((_SENDERS[line[:3]], []))
            in_message = True
        elif in_message:
            blocks[-1][1].append(line)
        elif line:
            raise ValueError(f"a line outside of a message: {line[:60]!r}")
    close()
    return tuple(steps)


def _message(sender: Sender, lines: list[str]) -> Message:
    if "" not in lines or not lines[0]:
        raise ValueError("a message needs a start line, headers and an empty line")
    end = lines.index("")
    pairs = (line.partition(":") for line in lines[1:end])
    headers = tuple((name.strip(), value.strip()) for name, _mark, value in pairs)
    body = "\n".join(lines[end + 1 :]).removesuffix("\n")
    return Message(sender, lines[0], headers, body.encode())
