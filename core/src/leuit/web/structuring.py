"""Bodies, forms and queries into attrs classes, read to the letter.

In JSON a number is a number and a text is a text: 1.9 and true are no 1, and null is no text. In a
form or a query everything is text, and a whole number is written in digits. Bounds stand beside the
type, as `Annotated[int, msgspec.Meta(ge=1, le=9)]` or `Annotated[str, msgspec.Meta(max_length=9)]`,
and are those of the OpenAPI document too.
"""

import typing
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

import attrs
import cattrs
import msgspec

from leuit.values import FieldError, InvalidInputError, Text, _
from leuit.work import converter, faults_of

from .uploads import Upload

Body = TypeVar("Body")


def structure(value: Any, kind: type[Body]) -> Body:
    """JSON's values into an attrs class; raises InvalidInputError with all faults and paths."""
    if attrs.has(kind) and not isinstance(value, dict):
        raise _refused([FieldError("body", _("Harus berupa objek JSON."), "invalid")])
    return _read(_BODIES, value, kind)


def structure_form(given: Mapping[str, Any], kind: type[Body]) -> Body:
    """The fields and files of a form into an attrs class, in the same way."""
    return _read(_TEXTS, dict(given), kind)


def structure_query(given: Mapping[str, str], kind: type[Body]) -> Body:
    """The query of an address into an attrs class; what is empty is as if it were left out."""
    return _read(_TEXTS, {name: value for name, value in given.items() if value}, kind)


def _read(reader: cattrs.Converter, value: Any, kind: type[Body]) -> Body:
    try:
        return reader.structure(value, kind)
    except (cattrs.BaseValidationError, ValueError, TypeError, KeyError) as error:
        faults = [attrs.evolve(fault, path=fault.path or "body") for fault in faults_of(error)]
        raise _refused(faults) from error


def _refused(faults: list[FieldError]) -> InvalidInputError:
    return InvalidInputError(
        _("Isi permintaan keliru."), advice=_("Perbaiki isian yang disebut."), fields=faults
    )


def _wrong(sentence: Text, **params: Any) -> InvalidInputError:
    return InvalidInputError(sentence, **params)


def _whole(value: Any, _kind: Any) -> int:
    if type(value) is not int:  # bool is an int too, and 1.0 is a float
        raise _wrong(_("Harus berupa bilangan bulat."))
    return value


def _text(value: Any, _kind: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(_("Harus berupa teks."))
    return value


def _truth(value: Any, _kind: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(_("Harus true atau false."))
    return value


def _digits(value: Any, _kind: Any) -> int:
    if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10):
        raise _wrong(_("Harus berupa bilangan bulat."))
    return int(value)


def _uploaded(value: Any, _kind: Any) -> Upload:
    if not isinstance(value, Upload):
        raise _wrong(_("Harus berupa berkas."))
    return value


def _bounded(kind: Any) -> bool:
    return typing.get_origin(kind) is Annotated and isinstance(kind.__metadata__[0], msgspec.Meta)


def _bounds_by(reader: cattrs.Converter) -> None:
    """Let a reader keep the bounds that stand beside a type."""

    def within(value: Any, kind: Any) -> Any:
        bounds: msgspec.Meta = kind.__metadata__[0]
        read = reader.structure(value, typing.get_args(kind)[0])
        if isinstance(read, str):
            if bounds.max_length is not None and len(read) > bounds.max_length:
                raise _wrong(_("Paling banyak %(most)s huruf."), most=bounds.max_length)
        elif (bounds.ge is not None and read < bounds.ge) or (
            bounds.le is not None and read > bounds.le
        ):
            raise _wrong(
                _("Harus dari %(least)s sampai %(most)s."), least=bounds.ge, most=bounds.le
            )
        return read

    reader.register_structure_hook_func(_bounded, within)


_BODIES = converter.copy(forbid_extra_keys=True)
_BODIES.register_structure_hook(int, _whole)
_BODIES.register_structure_hook(str, _text)
_BODIES.register_structure_hook(bool, _truth)
_TEXTS = converter.copy(forbid_extra_keys=True)
_TEXTS.register_structure_hook(int, _digits)
_TEXTS.register_structure_hook(Upload, _uploaded)
for _reader in (_BODIES, _TEXTS):
    _bounds_by(_reader)
