"""The columns of official lists, each said once: heading, width on paper, and what it holds.

Fields of archive lists in use (daftar berkas, daftar isi berkas, daftar arsip inaktif, daftar arsip
usul musnah). A list is a choice of these; a source gives its rows by their names. What no source
knows yet is no column: an empty one would look as if nobody had filled it in.
"""

from typing import Literal

import attrs

Align = Literal["left", "right"]


@attrs.frozen
class Column:
    """One column; `width` is its share of a page, beside the others of its list."""

    name: str
    heading: str
    width: int
    align: Align = "left"


_ALL = (
    Column("item", "No.", 2, "right"),
    Column("dossier", "Nomor berkas", 6),
    Column("unit", "Unit", 5),
    Column("code", "Kode klasifikasi", 5),
    Column("description", "Uraian informasi", 14),
    Column("span", "Kurun waktu", 6),
    Column("dated", "Tanggal", 5),
    Column("number", "Nomor naskah", 7),
    Column("amount", "Jumlah", 3, "right"),
    Column("measure", "Satuan", 3),
    Column("stage", "Tingkat perkembangan", 5),
    Column("medium", "Media simpan", 4),
    Column("secrecy", "SKKAAD", 5),
    Column("active", "Retensi aktif", 6),
    Column("inactive", "Retensi inaktif", 6),
    Column("final", "Nasib akhir", 4),
    Column("inactive_from", "Inaktif sejak", 5),
    Column("ends_on", "Retensi berakhir", 5),
    Column("decision", "Keputusan penilaian kembali", 5),
    Column("paper", "Naskah keputusan", 6),
    Column("agenda", "Nomor agenda", 3, "right"),
    Column("came", "Tanggal diterima", 5),
    Column("went", "Tanggal dikirim", 5),
    Column("sender", "Dari", 8),
    Column("receivers", "Kepada", 8),
    Column("subject", "Hal", 12),
    Column("urgency", "Sifat", 4),
    Column("remark", "Keterangan", 5),
)
COLUMNS: dict[str, Column] = {one.name: one for one in _ALL}


def columns(*names: str) -> tuple[Column, ...]:
    """The columns of a list, in its order."""
    return tuple(COLUMNS[name] for name in names)
