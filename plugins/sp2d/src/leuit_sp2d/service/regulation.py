"""The regency's own rules of payment as dated editions: `sp2d.rules`."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import cattrs

from leuit.builtin.calendar import holidays_between
from leuit.builtin.regulations import Edition, RegulationKind, require_edition
from leuit.values import Text, _, local_day
from leuit.work import View
from leuit_sp2d.rules.chain import STEPS
from leuit_sp2d.rules.deadline import last_day
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.rules.regulation import PaymentRules, StepLimit, faults_of_rules

RULES = "sp2d.rules"
LONGEST_BREAK = dt.timedelta(days=60)

_CONVERTER = cattrs.Converter(forbid_extra_keys=True)
_CONVERTER.register_unstructure_hook(Decimal, str)
_CONVERTER.register_structure_hook(Decimal, lambda value, _kind: Decimal(str(value)))

_FAULTS: Mapping[str, Text] = {
    "unknown_step": _("Langkah itu tidak dikenal."),
    "days": _("Jumlah hari itu tidak masuk akal."),
    "no_comparing": _("Daftar periksa dibandingkan pada verifikasi SPP dan pengujian SPM saja."),
    "unknown_kind": _("Jenis pembayaran itu tidak dikenal."),
    "twice": _("Satu kode disebut dua kali."),
    "code": _("Kode hanya huruf, angka dan garis bawah, paling banyak 20."),
    "empty": _("Sedikitnya satu alasan harus ada."),
    "percent": _("Persen harus dari 0 sampai 100."),
    "amount": _("Nilai rupiah itu tidak masuk akal."),
}


class _RefusedError(ValueError):
    """Carries faults to the room of regulations as it wants them: pairs of path and sentence."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems


def rules_kind() -> RegulationKind:
    """What is registered with the regulations of the core."""
    return RegulationKind(
        RULES,
        _("Aturan pembayaran daerah"),
        PaymentRules,
        _read,
        _CONVERTER.unstructure,
        {
            "limits": _("Batas waktu"),
            "step": _("Langkah"),
            "days": _("Hari"),
            "unit": _("Satuan"),
            "counted_from": _("Dihitung sejak"),
            "return_days": _("Hari untuk mengembalikan"),
            "checklist": _("Daftar periksa"),
            "code": _("Kode"),
            "title": _("Nama"),
            "kinds": _("Jenis pembayaran"),
            "required": _("Wajib"),
            "steps": _("Diperiksa pada; kosong: verifikasi dan pengujian"),
            "stamp": _("Bermeterai; kosong: tidak"),
            "reasons": _("Alasan pengembalian"),
            "warn_days": _("Peringatan sebelum batas, hari"),
            "gu_share": _("Pemakaian UP untuk GU, persen"),
            "floats": _("Besaran UP tiap SKPD, paling banyak"),
            "unit_code": _("Kode unit"),
            "amount": _("Rupiah"),
            "float_default": _("Besaran UP SKPD lain, paling banyak, rupiah"),
            "stamp_duty": _("Bea meterai, rupiah"),
            "stamp_above": _("Dokumen bernilai uang bermeterai di atas, rupiah"),
            "basis": _("Asal aturan"),
        },
        words={
            ("unit", "calendar"): _("hari kalender"),
            ("unit", "working"): _("hari kerja"),
            ("stamp", "above"): _("bila nilainya di atas batas"),
            ("stamp", "always"): _("selalu"),
            ("basis", "perbup"): _("peraturan bupati"),
            ("basis", "contoh"): _("contoh"),
            **{
                (field, step.key): step.title
                for field in ("step", "counted_from", "steps")
                for step in STEPS
            },
        },
        example=EXAMPLE,
    )


def rules_on(view: View, day: dt.date | None = None) -> Edition:
    """The edition of a day, today if none; ConflictError while none holds."""
    return require_edition(view, RULES, day or view.today)


def due_of(view: View, limit: StepLimit | None, received: dt.datetime) -> dt.datetime | None:
    """The last instant that keeps a limit counted from `received`; None without a limit."""
    return None if limit is None else _end(view, limit, limit.days, received)


def return_due_of(view: View, limit: StepLimit | None, received: dt.datetime) -> dt.datetime | None:
    """The last instant at which what was received may still be sent back."""
    return None if limit is None else _end(view, limit, limit.return_days, received)


def _end(view: View, limit: StepLimit, days: int, received: dt.datetime) -> dt.datetime:
    day = local_day(received, view.app.zone)
    until = day + dt.timedelta(days=days) + LONGEST_BREAK
    off = holidays_between(view, day, until) if limit.unit == "working" else {}
    last = last_day(day, days, limit.unit, off)
    return dt.datetime.combine(last, dt.time(23, 59, 59), view.app.zone).astimezone(dt.UTC)


def _read(plain: Any) -> PaymentRules:
    rules: PaymentRules = _CONVERTER.structure(plain, PaymentRules)
    if faults := faults_of_rules(rules):
        raise _RefusedError([(path, _FAULTS[code]) for path, code in faults])
    return rules
