"""The documents are true: generated pages are fresh, and the guide's plugin works as printed."""

import re
import subprocess
import sys
from pathlib import Path

from docs.generate import HEAD, pages
from leuit.builtin.organisation import CAST
from leuit.builtin.organisation.demo_cast import PASSWORD
from leuit_archives.demo.people import MEMBERS as KEEPERS
from leuit_ecatalog.demo.buyers import BUYERS
from leuit_sp2d.demo.cast import MEMBERS

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_is_fresh() -> None:
    """The committed reference pages are what the program says of itself today."""
    for name, text in pages().items():
        committed = (DOCS / "reference" / name).read_text(encoding="utf-8")
        assert committed == HEAD + text.rstrip() + "\n", f"run make docs: {name} is old"


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link of README and docs names a file that exists."""
    for page in [DOCS.parent / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_lists_the_accounts_of_the_demo() -> None:
    """Every account that `leuit demo` prints stands in the README with its NIP, and no other."""
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([^|]+?) \| `(\d{18})` \|$", text, re.MULTILINE))
    cast = {str(member.title): member.nip for member in CAST.values()}
    treasury = {str(member.title): member.nip for member in MEMBERS.values()}
    keepers = {str(member.title): member.nip for member in KEEPERS}
    buyers = {str(member.title): member.nip for member in BUYERS.values()}
    assert listed == cast | treasury | keepers | buyers
    assert PASSWORD in text


def test_the_plugin_of_the_guide_works(tmp_path: Path) -> None:
    """The files printed in the guide for integrators make a plugin whose own test passes."""
    guide = (DOCS / "guides" / "writing-a-plugin.md").read_text(encoding="utf-8")
    files = re.findall(r"^`([\w/.]+)`:\n\n```\w*\n(.*?)```$", guide, re.MULTILINE | re.DOTALL)
    assert len(files) >= 5
    for name, text in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path / 'src'}", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
