"""Reason: one step of a judgement, with its rule code, its article and a sentence with the figures.

The sentences are Indonesian templates; the template is also the key under which a translation is
looked up, and the figures are kept beside the finished text, so that another language can be filled
in.
"""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

SENTENCES: Final[dict[str, str]] = {
    "day.holiday": "%(title)s: libur nasional, tidak wajib masuk",
    "day.cuti_bersama": "%(title)s: cuti bersama, tidak wajib masuk",
    "day.holiday_on_duty": "%(title)s: jadwal ini tetap berlaku pada hari libur",
    "day.rest": "%(label)s: tidak ada jam kerja pada hari ini",
    "day.duty": "%(label)s: jam kerja %(start)s–%(end)s",
    "day.absent": "Jadwal %(start)s–%(end)s: tidak ada tap dan tidak ada dokumen",
    "day.future": "Jadwal %(start)s–%(end)s: belum waktunya",
    "day.running": "Jadwal %(start)s–%(end)s: hari ini belum selesai dinilai",
    "absence.cuti": "%(title)s, %(first)s s.d. %(last)s: tidak wajib masuk",
    "absence.tugas_belajar": "%(title)s, %(first)s s.d. %(last)s: menggantikan kehadiran",
    "absence.dinas_luar": "%(title)s, %(first)s s.d. %(last)s: dihitung masuk tanpa tap",
    "absence.izin": "%(title)s, %(first)s s.d. %(last)s: diizinkan tidak masuk",
    "absence.punched": "Ada tap pada hari ini (%(times)s), tidak dinilai karena ada dokumen",
    "late.none": "Masuk %(time)s, jadwal %(start)s: tidak terlambat",
    "late.minutes.cut": "Masuk %(time)s, jadwal %(start)s: terlambat %(minutes)s menit"
    " (detik diabaikan)",
    "late.minutes.up": "Masuk %(time)s, jadwal %(start)s: terlambat %(minutes)s menit"
    " (detik dibulatkan ke atas)",
    "late.flexi": "Masuk %(time)s, jadwal %(start)s: %(minutes)s menit kemudian, masih dalam"
    " jendela fleksibel; paling cepat pulang %(earliest)s",
    "late.tolerated": "Masuk %(time)s, jadwal %(start)s: %(minutes)s menit kemudian, masih dalam"
    " toleransi; paling cepat pulang %(earliest)s",
    "early.flexi": "Masuk %(time)s, %(minutes)s menit sebelum jadwal %(start)s: paling cepat pulang"
    " %(earliest)s",
    "early.none": "Pulang %(time)s, paling cepat %(earliest)s: tidak pulang lebih awal",
    "early.minutes.cut": "Pulang %(time)s, paling cepat %(earliest)s: %(minutes)s menit lebih awal"
    " (detik diabaikan)",
    "early.minutes.up": "Pulang %(time)s, paling cepat %(earliest)s: %(minutes)s menit lebih awal"
    " (detik dibulatkan ke atas)",
    "punch.missing_in": "Tidak ada tap masuk untuk jadwal %(start)s, tap tidak ditambahkan",
    "punch.missing_out": "Tidak ada tap pulang untuk jadwal %(end)s, tap tidak ditambahkan",
    "punch.wrong_key_in": "Tap masuk %(time)s memakai tombol lain (%(key)s); tap pertama tetap"
    " dihitung masuk",
    "punch.wrong_key_out": "Tap pulang %(time)s memakai tombol lain (%(key)s); tap terakhir tetap"
    " dihitung pulang",
    "class": "Kelas %(name)s: potongan %(percent)s dari dasar TPP",
    "class.no_deduction": "Kelas %(name)s: tanpa potongan",
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
