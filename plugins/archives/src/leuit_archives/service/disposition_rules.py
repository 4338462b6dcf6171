"""The rules of dispositions as dated editions (`archives.disposition`)."""

import cattrs

from leuit.builtin.regulations import RegulationKind, edition
from leuit.values import _
from leuit.work import View
from leuit_archives.rules.disposition import (
    ANYBODY,
    CLEARED,
    HEADS,
    NEXT_LEVEL,
    SUBTREE,
    DispositionRules,
    Instruction,
    check_rules,
)

REGULATION = "archives.disposition"
_CONVERTER = cattrs.Converter(forbid_extra_keys=True)
_GRADES = ("limited", "secret", "top_secret")

EXAMPLE = DispositionRules(
    instructions=(
        Instruction("tindak_lanjut", "Tindak lanjuti"),
        Instruction("konsep_balasan", "Pelajari dan siapkan konsep balasan"),
        Instruction("koordinasi", "Koordinasikan"),
        Instruction("hadir", "Wakili atau hadiri"),
        Instruction("saran", "Beri tanggapan dan saran"),
        Instruction("lapor", "Laporkan hasilnya"),
        Instruction("ketahui", "Untuk diketahui"),
        Instruction("arsip", "Arsipkan"),
    ),
    scope=SUBTREE,
    secret=HEADS,
    top_secret=CLEARED,
)
"""From which a first draft may start: words that offices use; a region sets its own."""

KIND = RegulationKind(
    REGULATION,
    _("Disposisi"),
    DispositionRules,
    lambda plain: check_rules(_CONVERTER.structure(plain, DispositionRules)),
    _CONVERTER.unstructure,
    labels={
        "instructions": _("Instruksi"),
        "code": _("Kode"),
        "text": _("Isi"),
        "scope": _("Boleh diteruskan sampai"),
        "limited": _("Penerima surat Terbatas"),
        "secret": _("Penerima surat Rahasia"),
        "top_secret": _("Penerima surat Sangat Rahasia"),
    },
    words={
        ("scope", SUBTREE): _("semua jabatan di bawahnya"),
        ("scope", NEXT_LEVEL): _("satu tingkat di bawahnya"),
        **{
            (grade, clearance): word
            for grade in _GRADES
            for clearance, word in (
                (ANYBODY, _("semua jabatan dalam jangkauan")),
                (HEADS, _("kepala unit")),
                (CLEARED, _("hanya yang berhak membaca surat rahasia")),
            )
        },
    },
    example=EXAMPLE,
)


def disposition_rules(view: View) -> DispositionRules:
    """The rules of today; without an edition those that allow least."""
    found = edition(view, REGULATION, view.today)
    return DispositionRules() if found is None else found.figures
