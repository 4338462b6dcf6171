"""What the distributions say they need is what the locks bring."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OURS = {"leuit-core", "leuit-attendance", "leuit-esign"}


def requirements(path: str) -> set[str]:
    """The requirement lines of a requirements file, without comments and includes."""
    lines = (line.split("#")[0].strip() for line in (ROOT / path).read_text().splitlines())
    return {line for line in lines if line and not line.startswith("-")}


def name_of(requirement: str) -> str:
    """The normalised name at the start of a requirement."""
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def declared(path: Path) -> set[str]:
    """What a distribution's pyproject.toml needs of others, with its extras."""
    with path.open("rb") as file:
        project = tomllib.load(file)["project"]
    extras: dict[str, list[str]] = project.get("optional-dependencies", {})
    wanted = [*project["dependencies"], *(one for extra in extras.values() for one in extra)]
    return {one for one in wanted if name_of(one) not in OURS}


def test_the_core_and_plugins_need_what_run_in_says() -> None:
    """run.in is exactly the union of the needs in the pyproject files, bounds included."""
    files = [ROOT / "core" / "pyproject.toml", *(ROOT / "plugins").glob("*/pyproject.toml")]
    assert set().union(*map(declared, files)) == requirements("requirements/run.in")


@pytest.mark.parametrize("name", ["run", "dev", "tools", "uv", "build"])
def test_locks_are_hashed_and_name_no_host(name: str) -> None:
    """Each pinned line carries sha256 sums, and no lock says where a file came from."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pinned = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in block for block in pinned if "==" in block.splitlines()[0])
    assert "://" not in text


def test_run_is_part_of_dev() -> None:
    """What runs in production is what was tested: the same versions in both locks."""
    pins = re.compile(r"^([\w.-]+==\S+)", re.MULTILINE)
    run, dev = (
        set(pins.findall((ROOT / "requirements" / f"{name}.txt").read_text()))
        for name in ("run", "dev")
    )
    assert run
    assert run <= dev


def test_the_npm_lock_names_no_host() -> None:
    """package-lock.json holds sums and versions, not addresses."""
    assert "://" not in (ROOT / "package-lock.json").read_text()
