"""Words for the states and marks of editions, as pages show them."""

import attrs

from leuit.values import _


@attrs.frozen
class Mark:
    """A word, the tone of its chip, and what it means in a sentence."""

    word: str
    tone: str
    meaning: str


CONFIDENCE: tuple[tuple[str, Mark], ...] = (
    ("primary", Mark(_("Naskah asli"), "daun", _("dibaca dari peraturannya sendiri"))),
    ("secondary", Mark(_("Kutipan"), "nila", _("dibaca dari tulisan lain yang mengutipnya"))),
    ("derived", Mark(_("Hitungan"), "nila", _("dihitung dari angka lain di sumber yang sama"))),
    (
        "unverified",
        Mark(_("Belum dipastikan"), "tunggu", _("kebiasaan umum, perlu dipastikan daerah")),
    ),
)
STATUS: tuple[tuple[str, Mark], ...] = (
    ("draft", Mark(_("Naskah"), "abu", _("masih disusun"))),
    ("proposed", Mark(_("Diajukan"), "tunggu", _("menunggu diaktifkan orang lain"))),
    ("active", Mark(_("Aktif"), "daun", _("tidak dapat diubah lagi"))),
    ("withdrawn", Mark(_("Ditarik"), "abu", _("tidak dipakai"))),
)
