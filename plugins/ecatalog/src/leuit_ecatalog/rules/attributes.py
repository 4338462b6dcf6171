"""Typed attributes of a category: read from what people type, kept plainly, shown as people write.

Kept as JSON: a text and a choice as text, a flag as true or false, a number with its unit as one
text with a decimal point, `1.5 kg`. A number may come in any unit of the same family as the
attribute's (`500 g` for `kg`) and stays as it was meant; `amount_in` makes two of them comparable.
A number without a unit is in the attribute's own.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import attrs

from leuit.values import FieldError, InvalidInputError, _, one_line

TEXT, NUMBER, CHOICE, FLAG = "text", "number", "choice", "flag"
LONGEST: Final = 120
_FAMILIES: Final[tuple[dict[str, Decimal], ...]] = (
    {"mg": Decimal("0.001"), "g": Decimal(1), "kg": Decimal(1_000), "ton": Decimal(1_000_000)},
    {"ml": Decimal(1), "liter": Decimal(1_000), "m3": Decimal(1_000_000)},
    {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1_000), "inci": Decimal("25.4")},
    {"MB": Decimal(1), "GB": Decimal(1_000), "TB": Decimal(1_000_000)},
    {"menit": Decimal(1), "jam": Decimal(60), "hari": Decimal(1_440)},
    {"bulan": Decimal(1), "tahun": Decimal(12)},
)
_OTHER_WORDS: Final = {
    "gr": "g",
    "gram": "g",
    "kilo": "kg",
    "kilogram": "kg",
    "l": "liter",
    "ltr": "liter",
    "cc": "ml",
    "mililiter": "ml",
    "meter": "m",
    "inch": "inci",
    '"': "inci",
    "gb": "GB",
    "mb": "MB",
    "tb": "TB",
    "thn": "tahun",
    "bln": "bulan",
}
_NUMBER = re.compile(
    r"(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,(\d{1,4}))?\s*([^\d\s.,][^\d]{0,19}|m3)?", re.ASCII
)
_YES, _NO = ("ya", "y", "true", "1"), ("tidak", "t", "false", "0")


@attrs.frozen
class AttributeSpec:
    """What a category asks of its products: see `models.Attribute`."""

    key: str
    label: str
    type: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


def read_value(spec: AttributeSpec, text: str) -> str | bool | None:
    """The value as it is kept; None for nothing. InvalidInputError says what to write."""
    given = one_line(text)
    if not given:
        return None
    if spec.type == FLAG:
        return _flag(given)
    if spec.type == CHOICE:
        return _choice(spec, given)
    if spec.type == NUMBER:
        return _number(spec, given)
    if len(given) > LONGEST:
        raise InvalidInputError(_("Paling banyak %(most)s huruf."), most=LONGEST)
    if ";" in given:
        raise InvalidInputError(_("Pakai koma, bukan titik koma."))  # it parts values in files
    return given


def read_values(
    specs: Sequence[AttributeSpec], given: Mapping[str, str], prefix: str = "attr_"
) -> tuple[dict[str, Any], list[FieldError]]:
    """The values by key and every fault, each at `prefix` and the key.

    What is asked for and missing is no fault here: a draft may be incomplete (`missing_values`). A
    key that the category does not have is one.
    """
    values: dict[str, Any] = {}
    faults: list[FieldError] = []
    for spec in specs:
        try:
            value = read_value(spec, given.get(spec.key, ""))
        except InvalidInputError as error:
            faults.append(error.at(prefix + spec.key))
        else:
            if value is not None:
                values[spec.key] = value
    known = {spec.key for spec in specs}
    faults += [
        FieldError(prefix + key, _("Kategori ini tidak punya “%(key)s”."), params={"key": key[:40]})
        for key in sorted(set(given) - known)
    ]
    return values, faults


def missing_values(specs: Sequence[AttributeSpec], values: Mapping[str, Any]) -> list[str]:
    """Labels of what the category asks for and the product does not say."""
    return [spec.label for spec in specs if spec.required and values.get(spec.key) is None]


def shown_value(spec: AttributeSpec, value: Any) -> str:
    """A kept value as people write it: `1,5 kg`, `ya`."""
    if value is True or value is False:
        return "ya" if value else "tidak"
    if spec.type != NUMBER or not isinstance(value, str):
        return str(value)
    number, _gap, unit = value.partition(" ")
    shown = number.replace(".", ",")
    return f"{shown}\N{NO-BREAK SPACE}{unit}" if unit else shown


def typed_value(spec: AttributeSpec, value: Any) -> str:
    """A kept value as its form field or cell shows it: reading it again gives the same."""
    return "" if value is None else shown_value(spec, value).replace("\N{NO-BREAK SPACE}", " ")


def amount_in(value: str, unit: str) -> Decimal | None:
    """A kept number in another unit of its family; None where it has none of that family."""
    number, _gap, own = value.partition(" ")
    if own == unit:
        return Decimal(number)
    for family in _FAMILIES:
        if own in family and unit in family:
            return Decimal(number) * family[own] / family[unit]
    return None


def units_like(unit: str) -> tuple[str, ...]:
    """The units in which a number of that unit may come, itself first."""
    family = next((family for family in _FAMILIES if unit in family), {})
    return (unit, *(other for other in family if other != unit))


def _flag(given: str) -> bool:
    word = given.lower()
    if word not in (*_YES, *_NO):
        raise InvalidInputError(_("Tulis ya atau tidak."))
    return word in _YES


def _choice(spec: AttributeSpec, given: str) -> str:
    for choice in spec.choices:
        if choice.casefold() == given.casefold():
            return choice
    raise InvalidInputError(
        _("“%(text)s” tidak ada di pilihan."),
        advice=_("Pilih salah satu: %(choices)s."),
        text=given[:40],
        choices=", ".join(spec.choices)[:200],
    )


def _number(spec: AttributeSpec, given: str) -> str:
    found = _NUMBER.fullmatch(given)
    if found is None:
        raise _no_number(spec, given)
    word = (found[3] or "").strip()
    unit = _unit_of(spec, word)
    decimals = (found[2] or "").rstrip("0")
    whole = str(int(found[1].replace(".", "")))
    number = f"{whole}.{decimals}" if decimals else whole
    return f"{number} {unit}" if unit else number


def _unit_of(spec: AttributeSpec, word: str) -> str:
    """The unit that was meant by a word; InvalidInputError when it is not of the family."""
    if not word:
        return spec.unit
    for candidate in (word, _OTHER_WORDS.get(word.lower(), ""), word.lower()):
        if candidate and candidate in units_like(spec.unit):
            return candidate
    raise _no_number(spec, word)


def _no_number(spec: AttributeSpec, text: str) -> InvalidInputError:
    example = f"1,5 {spec.unit}" if spec.unit else "12"
    return InvalidInputError(
        _("“%(text)s” tidak terbaca sebagai angka."),
        advice=_("Tulis misalnya %(example)s."),
        text=text[:40],
        example=example,
    )
