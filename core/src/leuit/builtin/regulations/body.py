"""The body of an edition: plain JSON, its hash, what differs between two of them.

The canonical form is JSON with sorted keys, without spaces, in UTF-8. Numbers with a fraction are
refused: they are not exact, and the two engines would write them differently; decimal text is.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import cattrs

from leuit.builtin.checks import storable
from leuit.values import FieldError, InvalidInputError, _
from leuit.work import faults_of

from .kinds import RegulationKind

DEEPEST = 20


def canonical(body: Any) -> bytes:
    """The bytes that are hashed."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(body: Any) -> str:
    """SHA-256 of the canonical form, in lower-case hex."""
    return hashlib.sha256(canonical(body)).hexdigest()


def parse(text: str) -> Any:
    """Read a body as typed by a person; raises InvalidInputError with line and column."""
    try:
        return json.loads(text, object_pairs_hook=_no_repeats)
    except json.JSONDecodeError as error:
        fault = FieldError(
            "body",
            _("Baris %(line)s kolom %(column)s tidak dapat dibaca sebagai JSON."),
            "not_json",
            {"line": error.lineno, "column": error.colno},
        )
    except _RepeatedKeyError as error:
        fault = FieldError(
            "body", _("Kunci “%(key)s” tertulis dua kali."), "repeated_key", {"key": error.args[0]}
        )
    except (ValueError, RecursionError):
        fault = FieldError(
            "body", _("Isi terlalu dalam atau angkanya terlalu panjang."), "too_deep"
        )
    raise InvalidInputError(_("Isi edisi keliru."), fields=[fault])


def read_body(kind: RegulationKind, body: Any) -> tuple[Any, list[FieldError]]:
    """The body in the form the kind itself writes, or every fault with its path."""
    faults = list(_unusable(body, "body", 0))
    if faults:
        return None, faults
    try:
        return kind.unstructure(kind.structure(body)), []
    except InvalidInputError as error:
        if error.fields:
            return None, [
                FieldError(_under(fault.path), fault.message, fault.code, fault.params)
                for fault in error.fields
            ]
        return None, [FieldError("body", error.sentence())]
    except cattrs.BaseValidationError as error:
        return None, [attrs.evolve(fault, path=_under(fault.path)) for fault in faults_of(error)]
    except (ValueError, TypeError) as error:
        problems = getattr(error, "problems", ()) or (("", str(error)),)
        return None, [FieldError(_under(path), str(sentence)) for path, sentence in problems]


def warnings_of(body: Any, kind: RegulationKind | None) -> tuple[str, ...]:
    """What the kind warns of in a body that it accepts; nothing when the kind is not known."""
    if kind is None:
        return ()
    plain, faults = read_body(kind, body)
    return () if faults else tuple(kind.warnings(kind.structure(plain)))


def ordered(body: Any, kind: RegulationKind | None) -> Any:
    """The body with its figures in the order of the schema; as it is when the kind is not known.

    Engines keep no order of keys.
    """
    if kind is None:
        return body
    plain, faults = read_body(kind, body)
    return body if faults else plain


def flatten(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every figure with its path, `classes.late[2].percent`; an empty list is a figure too."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from flatten(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from flatten(inner, f"{path}[{number}]")
    else:
        yield path, value


def differences(before: Any, after: Any) -> list[dict[str, Any]]:
    """Changed figures as `path`, `before`, `after`; None stands for absent as well as empty."""
    old, new = dict(flatten(before)), dict(flatten(after))
    return [
        {"path": path, "before": old.get(path), "after": new.get(path)}
        for path in dict.fromkeys([*old, *new])
        if (path in old) != (path in new) or old.get(path) != new.get(path)
    ]


def _under(path: str) -> str:
    path = path.lstrip("$.")
    return f"body{path}" if path.startswith("[") else f"body.{path}" if path else "body"


def _unusable(value: Any, path: str, depth: int) -> Iterator[FieldError]:
    if depth > DEEPEST:
        yield FieldError(path, _("Terlalu dalam."), "too_deep")
    elif isinstance(value, float):
        yield FieldError(
            path, _('Tulis angka pecahan sebagai teks, misalnya "1.25".'), "inexact_number"
        )
    elif isinstance(value, str) and not storable(value):
        yield FieldError(path, _("Ada huruf yang tidak dapat disimpan; ketik ulang."), "unstorable")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not storable(key):
                yield FieldError(path, _("Ada kunci yang tidak dapat disimpan."), "unstorable")
            else:
                yield from _unusable(inner, f"{path}.{key}", depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _unusable(inner, f"{path}[{number}]", depth + 1)


class _RepeatedKeyError(ValueError):
    """An object names a key twice, of which a reader would keep one silently."""


def _no_repeats(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKeyError(key)
        found[key] = value
    return found
