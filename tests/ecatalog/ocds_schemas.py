"""The schemas of OCDS 1.1.5 from the folder beside this module, without a network."""

import datetime as dt
import functools
import json
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource

FOLDER = Path(__file__).parent / "data" / "ocds-1.1.5"
_FILES = (
    "release-schema.json",
    "release-package-schema.json",
    "record-package-schema.json",
    "versioned-release-validation-schema.json",
)


_CHECKER = FormatChecker(formats=())


def _is_instant(value: object) -> bool:
    """RFC 3339: a time of day with a zone belongs to it."""
    return not isinstance(value, str) or (
        "T" in value and dt.datetime.fromisoformat(value).tzinfo is not None
    )


_CHECKER.checks("date-time", raises=ValueError)(_is_instant)


@functools.cache
def _validator(name: str) -> Draft4Validator:
    schemas = {one: json.loads((FOLDER / one).read_text(encoding="utf-8")) for one in _FILES}
    registry: Registry[Any] = Registry().with_resources(
        [(schema["id"], Resource.from_contents(schema)) for schema in schemas.values()]
    )
    return Draft4Validator(schemas[name], registry=registry, format_checker=_CHECKER)


def faults(package: Any, kind: str = "release") -> list[str]:
    """What the schema of release or record packages finds wrong, with the path."""
    found = _validator(f"{kind}-package-schema.json").iter_errors(package)
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.validator}" for one in found]
