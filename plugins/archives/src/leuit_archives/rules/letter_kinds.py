"""Kinds of naskah dinas: group, page shape, pattern of the number, who signs.

Groups and shapes follow Permendagri 1/2023. The pattern is text with names in braces: `{urut}` the
serial, `{urut:03}` with so many digits, `{kode}` the classification, `{unit}`, `{tahun}`,
`{bulan}`, `{bulan_romawi}`, `{sifat}` the secrecy code, `{singkatan}` that of the kind.
"""

import re
from collections.abc import Iterator, Sequence

import attrs

from leuit.values import FieldError, _

from .row_fault import RowFault

GROUPS = ("arahan", "korespondensi", "khusus", "lainnya")
SHAPES = ("korespondensi", "judul", "formulir")
PARTS = frozenset({"urut", "kode", "unit", "tahun", "bulan", "bulan_romawi", "sifat", "singkatan"})
PART = re.compile(r"\{(?P<name>[a-z_]+)(?::0(?P<digits>[1-9]))?\}")
_BRACES = re.compile(r"[{}]")
_HEAD_ALONE = re.compile(
    r"(bupati|wali ?kota|gubernur|kepala daerah)(, setelah [^;]*)?(;.*)?", re.IGNORECASE
)


@attrs.frozen
class LetterKind:
    """One kind. A kind without a pattern bears no number of its own."""

    kind: str
    group: str
    subgroup: str
    page_shape: str
    number_pattern: str = ""
    signatory_rule: str = ""
    abbreviation: str = ""

    @property
    def head_of_region_alone(self) -> bool:
        """Whether the words of the rule name the head of the region and nobody beside him.

        Other words are for people to read: they name offices as no register of posts does.
        """
        return _HEAD_ALONE.fullmatch(self.signatory_rule.strip()) is not None


@attrs.frozen
class LetterKinds:
    """All kinds of an edition."""

    kinds: tuple[LetterKind, ...]


def faults_of_kinds(kinds: Sequence[LetterKind]) -> Iterator[RowFault]:
    """Kinds told twice, unknown groups and shapes, patterns that no number can be made of."""
    seen: set[str] = set()
    for index, one in enumerate(kinds):
        name = one.kind.casefold()
        if name in seen:
            yield RowFault(index, FieldError("kind", _("Jenis itu sudah ada di atas."), "twice"))
        seen.add(name)
        for column, value, known in (
            ("group", one.group, GROUPS),
            ("page_shape", one.page_shape, SHAPES),
        ):
            if value not in known:
                sentence = _("Pilih salah satu: %(choices)s.")
                yield RowFault(
                    index,
                    FieldError(column, sentence, "unknown", {"choices": ", ".join(known)}),
                )
        if fault := pattern_fault(one.number_pattern):
            yield RowFault(index, FieldError("number_pattern", fault, "pattern"))


def pattern_fault(pattern: str) -> str:
    """What is wrong with a pattern of numbers; empty when it is sound, or when there is none."""
    if not pattern:
        return ""
    names = [found["name"] for found in PART.finditer(pattern)]
    if unknown := sorted(set(names) - PARTS):
        return _("Bagian pola tidak dikenal: %(names)s.") % {"names": ", ".join(unknown)}
    if _BRACES.search(PART.sub("", pattern)):
        return _("Kurung kurawal pada pola tidak berpasangan.")
    if names.count("urut") != 1:
        return _("Pola nomor perlu {urut} tepat satu kali.")
    return ""
