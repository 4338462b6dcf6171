"""Reason: one step of a judgement, with its rule code, its article and a sentence with the figures.

The sentences are Indonesian templates; the template is also the key under which a translation is
looked up, and the figures are kept beside the finished text, so that another language can be filled
in.
"""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

from leuit.values import Text, _

SENTENCES: Final[dict[str, Text]] = {
    "day.holiday": _("%(title)s: libur nasional, tidak wajib masuk"),
    "day.cuti_bersama": _("%(title)s: cuti bersama, tidak wajib masuk"),
    "day.holiday_on_duty": _("%(title)s: jadwal ini tetap berlaku pada hari libur"),
    "day.rest": _("%(label)s: tidak ada jam kerja pada hari ini"),
    "day.absent": _("Jadwal %(start)s–%(end)s: tidak ada tap dan tidak ada dokumen"),
    "day.future": _("Jadwal %(start)s–%(end)s: belum waktunya"),
    "day.running": _("Jadwal %(start)s–%(end)s: hari ini belum selesai dinilai"),
    "absence.cuti": _("%(title)s, %(first)s s.d. %(last)s: tidak wajib masuk"),
    "absence.tugas_belajar": _("%(title)s, %(first)s s.d. %(last)s: menggantikan kehadiran"),
    "absence.dinas_luar": _("%(title)s, %(first)s s.d. %(last)s: tidak wajib tap"),
    "absence.izin": _("%(title)s, %(first)s s.d. %(last)s: diizinkan tidak masuk"),
    "absence.punched": _("Ada tap pada hari ini (%(times)s), tidak dinilai karena ada dokumen"),
    "late.none": _("Masuk %(time)s, jadwal %(start)s: tidak terlambat"),
    "late.none.cut": _(
        "Masuk %(time)s, jadwal %(start)s: lewat kurang dari satu menit, tidak terlambat"
        " (detik diabaikan)"
    ),
    "late.minutes.cut": _(
        "Masuk %(time)s, jadwal %(start)s: terlambat %(minutes)s menit (detik diabaikan)"
    ),
    "late.minutes.up": _(
        "Masuk %(time)s, jadwal %(start)s: terlambat %(minutes)s menit (detik dibulatkan ke atas)"
    ),
    "late.flexi": _(
        "Masuk %(time)s, jadwal %(start)s: %(minutes)s menit kemudian, masih dalam jendela"
        " fleksibel; paling cepat pulang %(earliest)s"
    ),
    "late.tolerated": _(
        "Masuk %(time)s, jadwal %(start)s: %(minutes)s menit kemudian, masih dalam toleransi;"
        " paling cepat pulang %(earliest)s"
    ),
    "late.flexi_early": _(
        "Masuk %(time)s, jadwal %(start)s: %(minutes)s menit lebih awal, %(counted)s menit dihitung"
        " dalam jendela fleksibel; paling cepat pulang %(earliest)s"
    ),
    "early.none": _("Pulang %(time)s, paling cepat %(earliest)s: tidak lebih awal"),
    "early.none.cut": _(
        "Pulang %(time)s, paling cepat %(earliest)s: kurang dari satu menit, tidak lebih awal"
        " (detik diabaikan)"
    ),
    "early.minutes.cut": _(
        "Pulang %(time)s, paling cepat %(earliest)s: %(minutes)s menit lebih awal (detik diabaikan)"
    ),
    "early.minutes.up": _(
        "Pulang %(time)s, paling cepat %(earliest)s: %(minutes)s menit lebih awal"
        " (detik dibulatkan ke atas)"
    ),
    "punch.missing_in": _("Jadwal masuk %(start)s: tidak ada tap masuk, dan tidak diisi sendiri"),
    "punch.missing_out": _("Jadwal pulang %(end)s: tidak ada tap pulang, dan tidak diisi sendiri"),
    "punch.repeated": _(
        "%(records)s catatan mesin dihitung %(taps)s tap: tombol yang sama dalam %(seconds)s detik"
        " adalah ulangan"
    ),
    "punch.wrong_key_in": _("Tap masuk %(time)s memakai tombol %(key)s; tetap dihitung masuk"),
    "punch.wrong_key_out": _("Tap pulang %(time)s memakai tombol %(key)s; tetap dihitung pulang"),
    "class": _("Kelas %(name)s: potongan %(percent)s dari %(base)s"),
    "class.no_deduction": _("Kelas %(name)s: tanpa potongan"),
}
"""Sentence of each key. A key is a rule code, or a rule code and the variant of its sentence."""


@frozen
class Reason:
    """One step of a judgement.

    - `rule`: a stable code: "late.minutes", "class.TL2", "punch.missing_out", "day.holiday" ...
    - `article`: the legal basis from the edition, schedule, holiday or document; empty when none is
      known.
    - `text`: the Indonesian sentence. `sentence`: the key of its template in `SENTENCES`; `params`:
      the figures in it, already written the Indonesian way (08.01, 1,25%).
    """

    rule: str
    article: str
    text: str
    sentence: str
    params: dict[str, str] = field(factory=dict, hash=False)


def reason(rule: str, article: str, sentence: str = "", **params: str) -> Reason:
    """A reason with its sentence filled in; its sentence's key is the rule unless given."""
    key = sentence or rule
    return Reason(rule, article, SENTENCES[key] % params, key, params)
