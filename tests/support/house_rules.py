"""A pytest plugin: what every test of this house keeps to, checked instead of remembered.

A skipped test is a failed run: a check that does not run on some machine proves nothing there, and
a green line hides it (tests deselected by the markers `ci` and `soak` are not skipped). Each test's
docstring states the truth it guards. Loaded by `pytest_plugins` in tests/conftest.py.
"""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests without a docstring, all named at once."""
    silent = {
        item.nodeid.split("[")[0]
        for item in items
        if isinstance(item, pytest.Function)
        and item.function.__name__.startswith("test")  # a state machine's `runTest` is not ours
        and not (item.function.__doc__ or "").strip()
    }
    if silent:
        raise pytest.UsageError("tests without a docstring:", *sorted(silent))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a passing exit code into a failing one when anything was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or session.exitstatus != pytest.ExitCode.OK:
        return
    if skipped := reporter.stats.get("skipped", []):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"{len(skipped)} skipped: a skip fails the run", red=True)
