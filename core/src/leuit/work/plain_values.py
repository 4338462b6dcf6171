"""Plain values (JSON types) into attrs classes and back, and what is wrong with those that do not
fit, in sentences.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, get_origin
from uuid import UUID

import cattrs

from leuit.values import FieldError, FilledText, InvalidInputError, Text, _

converter = cattrs.Converter(forbid_extra_keys=False)
converter.register_unstructure_hook(UUID, str)
converter.register_structure_hook(UUID, lambda value, _type: UUID(value))
converter.register_unstructure_hook(dt.date, lambda value: value.isoformat())
converter.register_structure_hook(dt.date, lambda value, _type: dt.date.fromisoformat(value))
converter.register_unstructure_hook(dt.datetime, lambda value: value.isoformat())
converter.register_structure_hook(
    dt.datetime, lambda value, _type: dt.datetime.fromisoformat(value)
)

_EXPECTED: dict[Any, str] = {
    str: _("Harus berupa teks."),
    int: _("Harus berupa bilangan bulat."),
    float: _("Harus berupa bilangan."),
    bool: _("Harus true atau false."),
    Decimal: _("Harus berupa bilangan desimal, misalnya 1.25."),
    UUID: _("Harus berupa pengenal (UUID)."),
    dt.date: _("Harus berupa tanggal seperti 2026-10-05."),
    dt.datetime: _("Harus berupa waktu seperti 2026-10-05T07:30:00+07:00."),
    list: _("Harus berupa daftar."),
    tuple: _("Harus berupa daftar."),
    dict: _("Harus berupa objek JSON."),
}


def faults_of(error: Exception) -> list[FieldError]:
    """What cattrs could not make of plain values: each fault with its path (`people[3].nip`).

    Codes: `missing`, `unknown` (a name that is not known here), `invalid`.
    """
    faults: list[FieldError] = []

    def keep(fault: BaseException, kind: Any) -> str:
        faults.extend(_found(fault, kind))
        return str(len(faults))

    began = 0
    placed: list[FieldError] = []
    for line in cattrs.transform_error(error, path="", format_exception=keep):
        until, _at, path = line.partition(" @ ")
        placed += [_under(path.lstrip("."), fault) for fault in faults[began : int(until)]]
        began = int(until)
    return placed


def _under(path: str, fault: FieldError) -> FieldError:
    joined = ".".join(part for part in (path, fault.path) if part)
    return FieldError(joined, fault.message, fault.code, fault.params)


def _found(fault: BaseException, kind: Any) -> list[FieldError]:
    if isinstance(fault, cattrs.ForbiddenExtraKeysError):
        sentence = _("Nama ini tidak dikenal di sini.")
        return [FieldError(name, sentence, "unknown") for name in sorted(fault.extra_fields)]
    if isinstance(fault, KeyError):
        return [FieldError("", _("Harus diisi."), "missing")]
    if (
        isinstance(fault, ValueError)
        and fault.args
        and isinstance(fault.args[0], Text | FilledText)
    ):
        return [FieldError("", fault.args[0], "invalid")]  # the class says itself what is wrong
    if isinstance(fault, InvalidInputError):  # of a hook that knows better what it wants
        return [FieldError("", fault.message, "invalid", fault.params)]
    expected = _EXPECTED.get(get_origin(kind) or kind)
    return [FieldError("", expected or _("Nilai ini tidak dapat dipakai."), "invalid")]
