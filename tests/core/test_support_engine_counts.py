"""The counts of tests on each engine, and the refusal of a room that ran on one engine alone."""

import pytest

from tests.support.engine_counts import ENGINES, counted, one_sided

pytest_plugins = ["pytester"]

CONFTEST = (
    "import pytest\n@pytest.fixture(params={engines})\ndef engine(request): return request.param"
)
MODULE = "def test_engine(engine): pass\ndef test_plain(): pass\n"


def run(pytester: pytest.Pytester, room: str, engines: list[str], *args: str) -> pytest.RunResult:
    """A suite of one module in a room."""
    folder = pytester.path / "tests" / "core" / room
    folder.mkdir(parents=True)
    (folder / "conftest.py").write_text(CONFTEST.format(engines=engines))
    (folder / "test_room.py").write_text(MODULE)
    pytester.makeini("[pytest]\ntestpaths = tests\n")
    return pytester.runpytest_inprocess("-p", "tests.support.engine_counts", *args)


def test_each_engine_is_counted(pytester: pytest.Pytester) -> None:
    """A run prints how many tests passed on each engine and how many know none."""
    result = run(pytester, "storage", list(ENGINES))
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        ["passed: 1 on sqlite, 1 on postgresql, 1 without an engine"], consecutive=False
    )


@pytest.mark.parametrize("room", ["storage", "work", "identity"])
@pytest.mark.parametrize("engine_alone,missing", [ENGINES, ENGINES[::-1]])
def test_a_room_on_one_engine_fails_the_run(
    pytester: pytest.Pytester, room: str, engine_alone: str, missing: str
) -> None:
    """A whole run fails when a module of the rooms passed on one engine only, and names both."""
    result = run(pytester, room, [engine_alone])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines([f"*tests/core/{room}/test_room.py: nothing passed on {missing}"])


@pytest.mark.parametrize("selection", [("-k", "engine"), ("tests/core/work",), ("-m", "not ci")])
def test_a_selection_may_leave_an_engine_out(
    pytester: pytest.Pytester, selection: tuple[str, ...]
) -> None:
    """Who selects tests by name, path or marker gets what was asked for, counted all the same."""
    result = run(pytester, "work", ["sqlite"], *selection)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["passed: 1 on sqlite, 0 on postgresql, *"])


def test_other_rooms_and_tests_without_engine_are_free() -> None:
    """Only modules of the rooms that ask for an engine must ask for both."""
    passed = [
        ("tests/core/work/test_a.py", "sqlite"),
        ("tests/core/work/test_a.py", "postgresql"),
        ("tests/core/storage/test_b.py", ""),
        ("tests/core/web/test_c.py", "sqlite"),
    ]
    assert one_sided(passed) == {}
    assert one_sided(passed[1:]) == {"tests/core/work/test_a.py": "sqlite"}
    assert counted(passed) == "passed: 2 on sqlite, 1 on postgresql, 1 without an engine"
