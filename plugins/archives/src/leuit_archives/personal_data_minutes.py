"""What berita acara for electronic signature keep about people, and why (UU 27/2022)."""

from leuit.plugins import PersonalData
from leuit.values import _

_BASIS = _("Kewajiban hukum: penyusutan arsip (UU 43/2009 Pasal 47–53; PP 28/2012)")
_KEPT = _("Permanen: bukti penyusutan")

MINUTES = [
    PersonalData(
        "archives_minutes_round",
        ("text", "note", "drawn_sha256", "signed_sha256", "asked_by"),
        _("Berita acara yang ditandatangani secara elektronik dan siapa memintanya"),
        _BASIS,
        _KEPT,
        "kept",
    ),
    PersonalData(
        "archives_minutes_signer",
        ("title", "name", "nip"),
        _("Mencetak nama penanda tangan pada berita acara"),
        _BASIS,
        _KEPT,
        "kept",
    ),
]
