"""A page beside a bare Starlette route that does the same and nothing else.

The bare route sends the statements that one call of the page sent (captured, driver's texts and
parameters, the access entry with its commit included) and renders the same template with the same
values: what the page adds is finding out who asks, checking rights, compiling statements and making
rows into words. Times are taken at the server; the load comes from another process; routes
alternate, and the medians of the rounds' 95th percentiles are compared.
"""

import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import jinja2
import uvicorn
from sqlalchemy import event
from starlette.requests import Request as RawRequest
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leuit.values import new_id
from leuit.work import Leuit
from tests.bench.places import REPOSITORY

AT_ONCE = 5


def medians(
    callers: "dict[str, Caller]", rounds: int, calls: int, say: Callable[[str], None]
) -> dict[str, float]:
    """The median of the rounds' 95th percentiles of each page, in ms."""
    tails: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds):
        for caller in callers.values():
            caller.times.clear()
        for _turn in range(
            calls // AT_ONCE
        ):  # short turns: the machine's own pace changes by the second
            for caller in callers.values():
                caller.call(AT_ONCE)
        for name, caller in callers.items():
            tails[name].append(_p95(caller.times))
        said = ", ".join(f"{name} {values[-1]:.1f} ms" for name, values in tails.items())
        say(f"round {number + 1}, p95 {said}")
    return {name: statistics.median(values) for name, values in tails.items()}


@attrs.define
class Stopwatch:
    """An application that notes how long each call took until its answer began, in ms by path."""

    inner: ASGIApp
    times: dict[str, list[float]] = attrs.field(factory=lambda: defaultdict(list))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        began = time.perf_counter()
        path = scope["path"]

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] != 200:
                    raise RuntimeError(f"{path} answered {message['status']}")
                self.times[path].append((time.perf_counter() - began) * 1000)
            await send(message)

        await self.inner(scope, receive, note)


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, round(len(times) * 0.95) - 1)]


@attrs.define
class Captured:
    """What one call of the page did: statements with their parameters, template and values."""

    statements: list[tuple[bool, str, Any]] = attrs.field(factory=list)
    template: Any = None
    values: dict[str, Any] = attrs.field(factory=dict)
    html: str = ""

    def endpoint(self, app: Leuit) -> Callable[[RawRequest], HTMLResponse]:
        """A plain route that does the same and nothing else."""
        reads = [(text, values) for writes, text, values in self.statements if not writes]
        writes = [(text, values) for writes, text, values in self.statements if writes]

        def bare(_request: RawRequest) -> HTMLResponse:
            with app.database.reader.connect() as connection, connection.begin():
                for text, values in reads:
                    connection.exec_driver_sql(text, values).fetchall()
            html = self.template.render(**self.values)
            with app.database.writer.connect() as connection, connection.begin():
                for text, values in writes:
                    connection.exec_driver_sql(text, _fresh(values))
            return HTMLResponse(html)

        return bare


def _fresh(values: Any) -> Any:
    """The parameters of an entry with an id of its own; the id is the first of them."""
    if isinstance(values, dict):
        key = next(name for name in values if name.startswith("id"))
        return values | {key: new_id()}
    return (new_id().hex, *values[1:])


@contextmanager
def capturing(app: Leuit) -> Iterator[Captured]:
    """Note what the page does inside the block."""
    found = Captured()
    render = jinja2.Template.render

    def spy(template: jinja2.Template, *args: Any, **values: Any) -> str:
        found.template, found.values = template, values
        found.html = render(template, *args, **values)
        return found.html

    def reading(_c: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        if not text.startswith("BEGIN"):
            found.statements.append((False, text, values))

    def writing(_c: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        if not text.startswith("BEGIN"):
            found.statements.append((True, text, values))

    event.listen(app.database.reader, "before_cursor_execute", reading)
    event.listen(app.database.writer, "before_cursor_execute", writing)
    jinja2.Template.render = spy  # type: ignore[method-assign,assignment]  # given back below
    try:
        yield found
    finally:
        jinja2.Template.render = render  # type: ignore[method-assign]  # as it was
        event.remove(app.database.reader, "before_cursor_execute", reading)
        event.remove(app.database.writer, "before_cursor_execute", writing)


@contextmanager
def _serving(application: ASGIApp) -> Iterator[int]:
    """Serve in a thread on a free port."""
    config = uvicorn.Config(
        application, host="127.0.0.1", port=0, log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@attrs.define
class Caller:
    """A process that calls one page, and the times that its server took for it."""

    watch: Stopwatch
    path: str
    cookie: str
    process: "subprocess.Popen[str]"

    @property
    def times(self) -> list[float]:
        """In milliseconds, since they were cleared."""
        return self.watch.times[self.path.partition("?")[0]]

    def call(self, count: int) -> None:
        """Call the page so often, one after another."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{self.path}\t{self.cookie}\t{count}\n")
        self.process.stdin.flush()
        if self.process.stdout.readline() != "done\n":
            raise RuntimeError(f"{self.path} was not answered")


@contextmanager
def calling(watch: Stopwatch, path: str, cookie: str) -> Iterator[Caller]:
    """Serve an application, with a process beside it that calls one of its pages."""
    with _serving(watch) as port:
        command = [sys.executable, "-m", "tests.bench.page_caller", str(port)]
        with subprocess.Popen(
            command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield Caller(watch, path, cookie, process)
            finally:
                process.terminate()
