"""Bodies and queries of programs, read to the letter: a number is a number, a text is a text.

The reader of the core makes 1 of 1.9 and of true, and “None” of null. Where money is asked for,
each of them is a fault with the path of its field.
"""

import typing
from typing import Annotated, Any, TypeVar

import cattrs
import msgspec

from leuit.values import FieldError, InvalidInputError, _
from leuit.web import Request
from leuit.work import converter, faults_of
from leuit_sp2d.rules.rupiah import LARGEST
from leuit_sp2d.rules.tpp import WHOLE

Body = TypeVar("Body")

Amount = Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
"""Whole rupiah above zero, at most fifteen digits."""

Deduction = Annotated[int, msgspec.Meta(ge=0, le=WHOLE)]
"""1/100 percent of the whole."""

Year = Annotated[int, msgspec.Meta(ge=2000, le=2100)]
Version = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Remark = Annotated[str, msgspec.Meta(max_length=300)]
Note = Annotated[str, msgspec.Meta(max_length=500)]


def decode(request: Request, kind: type[Body]) -> Body:
    """The JSON body as an attrs class; InvalidInputError names every fault by its path."""
    value = request.json
    if not isinstance(value, dict):
        raise _refused([FieldError("body", _("Harus berupa objek JSON."), "invalid")])
    return _structured(_BODIES, value, kind)


def decode_query(request: Request, kind: type[Body]) -> Body:
    """The query of the address as an attrs class, in the same way; a name given twice counts once.

    What is empty is as if it were left out.
    """
    given = {name: value for name, value in request.query.items() if value}
    return _structured(_QUERIES, given, kind)


def _structured(reader: cattrs.Converter, value: Any, kind: type[Body]) -> Body:
    try:
        return reader.structure(value, kind)
    except (cattrs.BaseValidationError, ValueError, TypeError, KeyError) as error:
        raise _refused(faults_of(error)) from error


def _refused(faults: list[FieldError]) -> InvalidInputError:
    return InvalidInputError(
        _("Isi permintaan keliru."), advice=_("Perbaiki isian yang disebut."), fields=faults
    )


def _wrong(sentence: str, **params: Any) -> InvalidInputError:
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


def _bounded(kind: Any) -> bool:
    return typing.get_origin(kind) is Annotated and isinstance(kind.__metadata__[0], msgspec.Meta)


def _within(value: Any, kind: Any) -> Any:
    bounds: msgspec.Meta = kind.__metadata__[0]
    if typing.get_args(kind)[0] is str:
        text = _text(value, str)
        if bounds.max_length is not None and len(text) > bounds.max_length:
            raise _wrong(_("Paling banyak %(most)s huruf."), most=bounds.max_length)
        return text
    number = _whole(value, int)
    if (bounds.ge is not None and number < bounds.ge) or (
        bounds.le is not None and number > bounds.le
    ):
        raise _wrong(_("Harus dari %(least)s sampai %(most)s."), least=bounds.ge, most=bounds.le)
    return number


_BODIES = converter.copy(forbid_extra_keys=True)
_BODIES.register_structure_hook(int, _whole)
_BODIES.register_structure_hook(str, _text)
_BODIES.register_structure_hook(bool, _truth)
_BODIES.register_structure_hook_func(_bounded, _within)
_QUERIES = converter.copy(forbid_extra_keys=True)
_QUERIES.register_structure_hook(int, _digits)
