"""`libcoveocds`, by which the makers of OCDS review data: a program apart, without a network."""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import attrs

from tests.ecatalog.ocds_schemas import FOLDER

PROGRAM = Path(__file__).parents[2] / ".cache" / "ocds"
_VERSIONED = "versioned-release-validation-schema.json"
_PUBLISHED = "https://standard.open-contracting.org/schema/1__1__5/"


@attrs.frozen
class Review:
    """What the program found in a package."""

    errors: list[Any]
    """Against the schemas, and codes that are in no closed list."""

    remarks: dict[str, Any]
    """What its further checks found: empty values, sums and roles that do not fit."""

    beyond: set[str]
    """Fields that the standard itself does not know."""


def review(package: Any) -> Review:
    """Let the program judge a package of releases or of records.

    Needs `make ci`, or `make .cache/ocds/.ok`, to have fetched the program.
    """
    with tempfile.TemporaryDirectory() as folder:
        file, standard = Path(folder, "package.json"), Path(folder, "standard.zip")
        file.write_text(json.dumps(package), encoding="utf-8")
        _pack(standard)
        command = [sys.executable, "-m", "libcoveocds", "--standard-zip", str(standard), str(file)]
        done = subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": str(PROGRAM)},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return Review(
        [*found["validation_errors"], *found["additional_closed_codelist_values"]],
        found["additional_checks"],
        {f"{one['path']}/{one['field']}" for one in found["additional_fields"]},
    )


def _pack(path: Path) -> None:
    """The standard as the program wants it; the one address that it would fetch leads here."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir("standard")
        for file in sorted(FOLDER.rglob("*.*")):
            text = file.read_text(encoding="utf-8")
            if file.name == "record-package-schema.json":
                text = text.replace(_PUBLISHED + _VERSIONED, (FOLDER / _VERSIONED).as_uri())
            archive.writestr(f"standard/schema/{file.relative_to(FOLDER)}", text)
