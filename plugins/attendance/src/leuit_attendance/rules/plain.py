"""Plain form: rule values as dicts, lists, strings and numbers, to store editions as JSON.

`to_plain` writes a value, `from_plain` reads it back; `from_plain(type(v), to_plain(v)) == v` for
every value of these rules. Dates, times and moments are ISO 8601 text ("07:30"), percentages
decimal text ("1.25"; floats are refused, they are not exact). Fields at their default may be left
out. Reading tells every mistake at once, each with its path ("classes.late[2].to_minutes"), and
refuses unknown keys.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs

from leuit.values import FieldError, InvalidInputError, _

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """The value as JSON types; fields that are worked out from others are left out."""
    kind = type(value)
    if attrs.has(kind):
        return {f.name: to_plain(getattr(value, f.name)) for f in attrs.fields(kind) if f.init}
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: type[T], plain: object) -> T:
    """A value of that attrs class out of its plain form.

    Raises InvalidInputError naming the path of every mistake, those of the class's own rules
    included.
    """
    problems: list[tuple[str, str]] = []
    value = _read(kind, plain, "", problems)
    if problems:
        raise InvalidInputError(
            _("Data tidak sesuai bentuknya: %(faults)s"),
            fields=[FieldError(path, sentence) for path, sentence in problems],
            faults="; ".join(f"{path or '(isi)'} {sentence}" for path, sentence in problems),
        )
    return cast("T", value)


_BAD = object()  # stands for a value whose mistake is already told


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, plain: object, path: str, problems: list[tuple[str, str]]) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_union(get_args(kind), plain, path, problems)
    if origin is Literal:
        if plain in get_args(kind):
            return plain
        wanted = ", ".join(str(choice) for choice in get_args(kind))
        return _wrong(path, f"isi dengan salah satu dari: {wanted}.", problems)
    if origin is tuple:
        return _read_list(get_args(kind)[0], plain, path, problems)
    if origin is dict:
        if isinstance(plain, Mapping) and all(isinstance(key, str) for key in plain):
            item = get_args(kind)[1]
            return {k: _read(item, v, f"{path}.{k}", problems) for k, v in plain.items()}
        return _wrong(path, "harus berupa objek.", problems)
    if attrs.has(kind):
        return _read_object(kind, plain, path, problems)
    return _read_scalar(kind, plain, path, problems)


def _wrong(path: str, sentence: str, problems: list[tuple[str, str]]) -> object:
    problems.append((path, sentence))
    return _BAD


def _read_union(
    choices: tuple[Any, ...], plain: object, path: str, problems: list[tuple[str, str]]
) -> object:
    if plain is None and type(None) in choices:
        return None
    first: list[tuple[str, str]] | None = None
    for choice in choices:
        if choice is type(None):
            continue
        tried: list[tuple[str, str]] = []
        value = _read(choice, plain, path, tried)
        if not tried:
            return value
        first = first or tried
    problems.extend(first or [(path, "harus kosong.")])
    return _BAD


def _read_list(item: Any, plain: object, path: str, problems: list[tuple[str, str]]) -> object:
    if not isinstance(plain, list | tuple):
        return _wrong(path, "harus berupa daftar.", problems)
    return tuple(_read(item, each, f"{path}[{n}]", problems) for n, each in enumerate(plain))


def _read_object(kind: Any, plain: object, path: str, problems: list[tuple[str, str]]) -> object:
    if not isinstance(plain, Mapping):
        return _wrong(path, "harus berupa objek.", problems)
    fields = {field.name: field for field in attrs.fields(kind) if field.init}
    before = len(problems)
    problems += [
        (_join(path, str(key)), "kunci ini tidak dikenal; hapus atau perbaiki.")
        for key in plain
        if key not in fields
    ]
    values: dict[str, object] = {}
    for name, field in fields.items():
        if name in plain:
            values[name] = _read(_hints(kind)[name], plain[name], _join(path, name), problems)
        elif field.default is attrs.NOTHING:
            problems.append((_join(path, name), "wajib diisi."))
    if len(problems) > before:
        return _BAD
    try:
        return kind(**values)
    except ValueError as error:
        return _wrong(path, str(error), problems)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _decimal(plain: object) -> Decimal:
    if isinstance(plain, str) or (isinstance(plain, int) and not isinstance(plain, bool)):
        try:
            return Decimal(plain)
        except InvalidOperation:
            raise ValueError from None
    raise ValueError


def _text(plain: object) -> str:
    if isinstance(plain, str):
        return plain
    raise ValueError


_SCALARS: dict[Any, tuple[Callable[[Any], object], str]] = {
    Decimal: (_decimal, 'harus berupa angka desimal dalam teks, mis. "1.25".'),
    datetime: (lambda plain: datetime.fromisoformat(_text(plain)), "harus berupa waktu ISO 8601."),
    date: (lambda plain: date.fromisoformat(_text(plain)), "harus berupa tanggal ISO 8601."),
    time: (lambda plain: time.fromisoformat(_text(plain)), "harus berupa jam, mis. 07:30."),
    str: (_text, "harus berupa teks."),
}


def _read_scalar(kind: Any, plain: object, path: str, problems: list[tuple[str, str]]) -> object:
    if kind in _SCALARS:
        reader, sentence = _SCALARS[kind]
        try:
            return reader(plain)
        except ValueError:
            return _wrong(path, sentence, problems)
    if kind is bool and isinstance(plain, bool):
        return plain
    if kind is int and isinstance(plain, int) and not isinstance(plain, bool):
        return plain
    wanted = "ya atau tidak (true/false)" if kind is bool else "bilangan bulat"
    return _wrong(path, f"harus berupa {wanted}.", problems)
