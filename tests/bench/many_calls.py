"""Calls of one address over a few kept connections, as fast as they are answered, without a library
that would take longer than the server.
"""

import socket
import time
from contextlib import ExitStack

CONNECTIONS = 8


def calls_a_second(port: int, path: str, seconds: float = 3.0) -> float:
    """Answers a second; each is read whole, and must be the 200 that the first one was."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    with ExitStack() as open_:
        sockets = [
            open_.enter_context(socket.create_connection(("127.0.0.1", port)))
            for _number in range(CONNECTIONS)
        ]
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            for one in sockets:
                one.sendall(request)
            for one in sockets:
                _answer(one)
            count += CONNECTIONS
        return count / (time.perf_counter() - began)


def first_answer(port: int, path: str) -> bytes:
    """The body of one answer."""
    with socket.create_connection(("127.0.0.1", port)) as one:
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        return _answer(one)


def _answer(one: socket.socket) -> bytes:
    data = one.recv(65_536)
    while b"\r\n\r\n" not in data:
        data += one.recv(65_536)
    head, _gap, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"answered {head[:20]!r}")
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    while len(body) < length:
        body += one.recv(65_536)
    return body
