"""Parsing `leuit …`: verbs of the core that run before plugins load, then those of the plugins.

Exit status: 0 done, 1 the answer is no or the input was refused, 2 wrong use, 3 the installation is
wrong. Errors are one or two sentences on the error stream, never a traceback.
"""

import functools
import inspect
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from cyclopts import App, CycloptsError

from leuit.builtin import BUILTINS
from leuit.plugins import Command, CommandContext, Host, load
from leuit.settings import SETTINGS_FILE, Settings, data_folder
from leuit.values import LeuitError, SetupError
from leuit.work import Leuit

from . import floor
from .lock import WriterLock, WritersLockTakenError
from .logs import configure_logs
from .progress import progress_on
from .relay import send
from .secrets import with_secrets

EXIT_REFUSED, EXIT_USAGE, EXIT_SETUP = 1, 2, 3


def run(arguments: list[str]) -> int:
    """Run one command of this process and return its exit status."""
    try:
        if arguments in ([], ["--help"]) and (data_folder() / SETTINGS_FILE).exists():
            arguments = ["--help"]  # with the verbs of the plugins that are installed here
        elif not arguments or arguments[0] in floor.VERBS:
            return _call(floor.app(), arguments, sys.stderr)
        configure_logs(logging.WARNING)
        data = data_folder()
        settings = Settings.load(data)
        host = load(settings, BUILTINS)
        return _run(settings, host, arguments)
    except LeuitError as error:
        sys.stderr.write(f"leuit: {error}\n")
        return EXIT_SETUP if isinstance(error, SetupError) else EXIT_REFUSED
    except BrokenPipeError:
        # The reader (such as `head`) has seen enough; nothing more can be told to it.
        # Its end of the pipe is replaced, or the interpreter would fail to flush it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def execute(
    app: Leuit,
    host: Host,
    arguments: list[str],
    *,
    folder: Path | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
    runner: Callable[[list[str]], int] | None = None,
) -> int:
    """Run a plugin's or builtin's command with the given installation and streams.

    `runner` runs what the command itself wants to have run; by default here, as it is.
    """
    out, err = out or sys.stdout, err or sys.stderr
    folder = folder or Path.cwd()

    def run_here(inner: list[str]) -> int:
        return execute(app, host, inner, folder=folder, out=out, err=err)

    with progress_on(err) as progress:
        context = CommandContext(
            app=app,
            host=host,
            folder=folder,
            out=out,
            err=err,
            progress=progress,
            runner=runner or run_here,
        )
        try:
            return _call(_plugin_app(host, context), arguments, err)
        except LeuitError as error:
            err.write(f"leuit: {error}\n")
            for fault in getattr(error, "fields", ()):
                err.write(f"  {fault.path}: {fault.sentence()}\n")
            return EXIT_SETUP if isinstance(error, SetupError) else EXIT_REFUSED


def find(host: Host, arguments: Sequence[str]) -> Command | None:
    """The command that the arguments begin with, or None."""
    best: Command | None = None
    for _owner, command in host.merged.commands.values():
        length = len(command.path)
        if tuple(arguments[:length]) == command.path and (best is None or length > len(best.path)):
            best = command
    return best


def _run(settings: Settings, host: Host, arguments: list[str]) -> int:
    """Run a plugin's or builtin's command where it belongs."""
    command = find(host, arguments)
    if command is not None:
        arguments = with_secrets(command, arguments)
        if command.writes:
            return _run_writing(settings, host, arguments)
    app = Leuit(settings, host.vocabulary)
    try:
        runner = functools.partial(_run, settings, host)
        return execute(app, host, arguments, runner=runner)
    finally:
        app.close()


def _run_writing(settings: Settings, host: Host, arguments: list[str]) -> int:
    """PostgreSQL: run here. SQLite: under the writer's lock, or in the server that holds it."""
    app = Leuit(settings, host.vocabulary)
    try:
        if app.database.dialect == "postgresql":
            return execute(app, host, arguments)
        try:
            with WriterLock(settings.data):
                return execute(app, host, arguments)
        except WritersLockTakenError:
            return send(settings.data, arguments)
    finally:
        app.close()


def _plugin_app(host: Host, context: CommandContext) -> App:
    root = floor.app()
    groups: dict[tuple[str, ...], App] = {}
    for _owner, command in host.merged.commands.values():
        parent = root
        for depth in range(1, len(command.path)):
            key = command.path[:depth]
            if key not in groups:
                groups[key] = App(name=key[-1])
                parent.command(groups[key])
            parent = groups[key]
        parent.command(_without_context(command.function, context), name=command.path[-1])
    return root


def _without_context(function: Callable[..., Any], context: CommandContext) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        return function(context, *args, **options)

    signature = inspect.signature(function)
    parameters = list(signature.parameters.values())[1:]
    call.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # read by inspect
    call.__annotations__ = {
        name: kind
        for name, kind in inspect.get_annotations(function, eval_str=True).items()
        if name in signature.parameters and name != next(iter(signature.parameters))
    }
    del call.__wrapped__
    return call


def _call(app: App, arguments: list[str], err: TextIO) -> int:
    try:
        result = app(
            arguments, exit_on_error=False, print_error=False, result_action="return_value"
        )
    except CycloptsError as error:
        err.write(f"leuit: {error}\n")
        return EXIT_USAGE
    return result if isinstance(result, int) else 0
