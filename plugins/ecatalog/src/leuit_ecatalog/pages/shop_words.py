"""What the desk of a vendor says: where he stands, what came back, which sanctions hold."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from leuit.values import _, format_date
from leuit.web import Request, local
from leuit.work import View
from leuit_ecatalog.models import Sanction, Vendor, VendorStep
from leuit_ecatalog.models.vendors import ACTIVE, CORRECT, DRAFT, REFUSED, WAITING
from leuit_ecatalog.rules.sanctions import end_of
from leuit_ecatalog.rules.vendor_checks import REASONS, field_title
from leuit_ecatalog.service.sanction_rules import EFFECT_WORDS
from leuit_ecatalog.service.sanctions import effects, held_sanctions
from leuit_ecatalog.service.verifying import last_findings
from leuit_ecatalog.words import CHANGE_WORD, STEP_WORDS, VENDOR_STATE_WORDS

_NEXT = {
    DRAFT: _("Lengkapi semua bagian, lalu kirim untuk diperiksa."),
    WAITING: _("Pengelola katalog sedang memeriksa. Anda diberi tahu di halaman ini."),
    CORRECT: _("Perbaiki yang ditandai, lalu kirim lagi."),
    ACTIVE: _("Usaha Anda sudah diverifikasi dan tampil di katalog."),
    REFUSED: _("Pendaftaran ini ditolak dan tidak dapat dilanjutkan."),
}
_PAGE_OF = {
    "name": "identity",
    "nib": "identity",
    "npwp": "identity",
    "kbli": "identity",
    "scale": "scale",
    "address": "contact",
    "account": "account",
}


def state_chip(vendor: Vendor) -> tuple[str, str]:
    """The word and tone of a vendor's state; a change that waits is said instead of active."""
    if vendor.state == ACTIVE and vendor.pending_at is not None:
        return CHANGE_WORD
    return VENDOR_STATE_WORDS[vendor.state]


def next_step(vendor: Vendor) -> str:
    """What the vendor should do, or wait for, in one sentence."""
    if vendor.state == ACTIVE and vendor.pending_at is not None:
        return _("Perubahan sedang diperiksa. Sampai selesai, data lama tetap berlaku.")
    if vendor.state == ACTIVE and vendor.pending:
        return _("Ada perubahan yang belum dikirim. Data lama tetap berlaku.")
    return _NEXT.get(vendor.state, "")


def returned(view: View, vendor: Vendor, desk: str) -> list[dict[str, str]]:
    """What the last verification found wrong, in words, with where it is mended."""
    if vendor.state == WAITING or (vendor.state == ACTIVE and vendor.pending_at is not None):
        return []
    rows = []
    for finding in last_findings(view, vendor).values():
        if not finding.reason or finding.reason not in REASONS:
            continue
        reason = REASONS[finding.reason]
        part = _PAGE_OF.get(finding.field)
        paper = finding.field.removeprefix("paper.")
        rows.append(
            {
                "field": field_title(finding.field),
                "reason": reason.title,
                "told": reason.told,
                "note": finding.note,
                "path": f"{desk}/{part}" if part else f"{desk}/papers/{paper}",
            }
        )
    return rows


def sanctions_told(view: View, vendor: Vendor, on: dt.date) -> list[dict[str, str]]:
    """The sanctions in force: what they stop, and until when."""
    return [_told(one) for one in held_sanctions(view, vendor.id, on)]


def stops_told(effects: Collection[str]) -> str:
    """What sanctions stop, as one sentence."""
    words = ", ".join(word for effect, word in EFFECT_WORDS.items() if effect in effects)
    return f"{words[:1].upper()}{words[1:]}."


def history(request: Request, steps: Sequence[VendorStep], *, officer: str) -> list[dict[str, Any]]:
    """The steps for a timeline, the newest first; `officer` stands for people of the regency."""
    told = []
    for step in steps:
        at = local(request, step.at)
        by = officer if step.person_id else _("penyedia")
        told.append(
            {
                "state": "done",
                "title": STEP_WORDS.get(step.step, step.step),
                "meta": f"{format_date(at.date())}, {at:%H.%M} · {by}",
                "remark": step.note,
            }
        )
    return told


def _told(sanction: Sanction) -> dict[str, str]:
    last = end_of(sanction)
    until = (
        _("Berlaku sampai %s.") % format_date(last - dt.timedelta(days=1))
        if last
        else _("Berlaku tanpa batas waktu.")
    )
    return {
        "decree": sanction.decree,
        "reason": sanction.reason,
        "stops": stops_told(effects(sanction)),
        "until": until,
        "since": format_date(sanction.since),
    }
