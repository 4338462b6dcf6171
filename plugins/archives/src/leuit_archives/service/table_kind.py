"""The regulations whose figures are a long table: the edition names it by its hash."""

import re
from typing import Any

import cattrs

from leuit.builtin.regulations import RegulationKind
from leuit.values import FieldError, InvalidInputError, Text, _

_HASH = re.compile(r"[0-9a-f]{64}")
_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


def table_kind(name: str, title: Text, schema: type, **words: Any) -> RegulationKind:
    """The kind of a schema that has `table`, a hash that only an import can give, and `count`.

    Its rows are looked through at the page of its instrument.
    """

    def structure(plain: Any) -> Any:
        figures: Any = _CONVERTER.structure(plain, schema)
        if not _HASH.fullmatch(figures.table):
            sentence = _("Impor tabelnya di halaman Instrumen kearsipan.")
            raise InvalidInputError(sentence, fields=[FieldError("table", sentence, "no_table")])
        return figures

    return RegulationKind(
        name,
        title,
        schema,
        structure,
        _CONVERTER.unstructure,
        labels={
            "table": _("Sidik jari tabel"),
            "count": _("Jumlah baris"),
            "counting": _("Cara menghitung"),
        },
        shown_at=f"/archives/instruments/{name.partition('.')[2]}?edition={{id}}",
        **words,
    )
