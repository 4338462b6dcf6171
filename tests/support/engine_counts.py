"""A pytest plugin: how many tests passed on each engine, printed, and no room tested on one alone.

A test belongs to the engine that its `engine` parameter names, or to none. When the whole suite
runs, each module of storage, work (with its jobs) and identity that asks for an engine must have
passed tests on both: a fixture that quietly loses an engine would otherwise leave a green line.
"""

from collections import Counter
from collections.abc import Iterable

import pytest

ENGINES = ("sqlite", "postgresql")
ROOMS = tuple(f"tests/core/{room}/" for room in ("storage", "work", "identity"))
_PROPERTY = "engine"


def engine_of(item: pytest.Item) -> str:
    """The engine that a test runs on, or nothing."""
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get("engine", "")) if callspec is not None else ""


def one_sided(passed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Modules of the rooms that passed on one engine only, with the engine that is missing.

    `passed` holds the module's path and the engine (or nothing) of each test that passed.
    """
    ran: dict[str, set[str]] = {}
    for module, engine in passed:
        if engine in ENGINES and module.startswith(ROOMS):
            ran.setdefault(module, set()).add(engine)
    return {
        module: next(engine for engine in ENGINES if engine not in engines)
        for module, engines in sorted(ran.items())
        if len(engines) < len(ENGINES)
    }


def is_whole(config: pytest.Config) -> bool:
    """Whether the run was asked for everything: no path, no `-k`, no `-m`, no other selection."""
    option = config.option
    return (
        config.args_source is not pytest.Config.ArgsSource.ARGS
        and not (option.keyword or option.deselect or option.collectonly)
        and not (option.ignore or option.ignore_glob)
        and not any(getattr(option, name, False) for name in ("lf", "stepwise"))
        and not any(arg.startswith("-m") for arg in config.invocation_params.args)
    )


def counted(passed: Iterable[tuple[str, str]]) -> str:
    """The line that is printed."""
    counts = Counter(engine for _module, engine in passed)
    parts = [f"{counts.pop(engine, 0)} on {engine}" for engine in ENGINES]
    return f"passed: {', '.join(parts)}, {counts.total()} without an engine"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each report carry the engine of its test."""
    for item in items:
        item.user_properties.append((_PROPERTY, engine_of(item)))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a whole run in which a module of the rooms ran on one engine only."""
    passed = _passed(session.config)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or session.exitstatus != pytest.ExitCode.OK:
        return
    if not is_whole(session.config):
        return
    for module, missing in one_sided(passed).items():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"{module}: nothing passed on {missing}", red=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts."""
    if passed := _passed(terminalreporter.config):
        terminalreporter.write_line(counted(passed))


def _passed(config: pytest.Config) -> list[tuple[str, str]]:
    """Module and engine of each test that passed."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("passed", []) if reporter is not None else []
    return [
        (report.nodeid.partition("::")[0], str(dict(report.user_properties).get(_PROPERTY, "")))
        for report in reports
    ]
