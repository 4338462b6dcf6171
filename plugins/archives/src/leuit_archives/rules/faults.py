"""What is wrong with a row of an instrument, so that its edition cannot come into force."""

from collections.abc import Mapping

import attrs

from leuit.values import Text, _

BAD_CODE, DUPLICATE_CODE = "bad_code", "duplicate_code"
NO_TITLE, LONG_TITLE, LONG_PHRASE = "no_title", "long_title", "long_phrase"
WRONG_PARENT, MISSING_PARENT, WRONG_LEVEL = "wrong_parent", "missing_parent", "wrong_level"
WRONG_YEARS, UNKNOWN_TRIGGER = "wrong_years", "unknown_trigger"
UNKNOWN_FINAL_ACTION = "unknown_final_action"

MOST_TITLE, MOST_PHRASE = 1_000, 500
"""Characters; the longest published title has 864, the longest phrase 231."""

FAULTS: Mapping[str, Text] = {
    BAD_CODE: _("Bukan kode. Tulis angka atau huruf yang dipisah titik, misalnya 000.1.2.3."),
    DUPLICATE_CODE: _("Kode ini sudah ada di baris sebelumnya. Sisakan satu baris yang benar."),
    NO_TITLE: _("Nama kosong. Isi nama seperti dalam peraturan."),
    LONG_TITLE: _("Nama lebih dari 1.000 karakter. Periksa apakah beberapa baris tergabung."),
    LONG_PHRASE: _("Kalimat lebih dari 500 karakter. Periksa apakah beberapa kolom tergabung."),
    WRONG_PARENT: _("Induk tidak sesuai dengan kode. Induk adalah kode tanpa bagian terakhir."),
    MISSING_PARENT: _("Kode induk tidak ada dalam tabel. Tambahkan baris induknya."),
    WRONG_LEVEL: _("Tingkat tidak sesuai dengan kode. Tingkat adalah jumlah bagian kode."),
    WRONG_YEARS: _("Jumlah tahun di luar 0 sampai 100. Periksa angka dalam peraturan."),
    UNKNOWN_TRIGGER: _("Jenis peristiwa tidak dikenal. Pilih dari daftar, atau “lain”."),
    UNKNOWN_FINAL_ACTION: _(
        "Nasib akhir tidak dikenal. Tulis musnah, permanen, atau dinilai_kembali."
    ),
}
"""Kinds of faults: what happened and what to do."""


@attrs.frozen
class RowFault:
    """A fault of one row: its index from 0, its kind of `FAULTS`, and its code as given."""

    index: int
    kind: str
    code: str
