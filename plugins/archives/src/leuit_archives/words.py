"""What grades, states and corrected fields of records are called."""

from collections.abc import Mapping

from leuit.values import Text, _

from .models import FILED, WAITING
from .rules.secrecy import GRADES, SECRET_FROM

GRADE_WORDS: Mapping[str, Text] = {
    "open": _("Biasa/Terbuka"),
    "limited": _("Terbatas"),
    "secret": _("Rahasia"),
    "top_secret": _("Sangat Rahasia"),
}
STATE_WORDS: Mapping[str, Text] = {WAITING: _("Menunggu"), FILED: _("Diberkaskan")}
FIELD_WORDS: Mapping[str, Text] = {
    "title": _("Uraian"),
    "number": _("Nomor"),
    "date": _("Tanggal"),
    "code": _("Kode klasifikasi"),
    "secrecy": _("Keamanan dan akses"),
    "dossier": _("Berkas"),
}


def grade_word(grade: int) -> Text:
    """What a grade, 1 to 4, is called."""
    return GRADE_WORDS[GRADES[grade - 1]]


def is_secret(grade: int) -> bool:
    """Whether a grade needs the right to secret papers."""
    return grade >= SECRET_FROM
