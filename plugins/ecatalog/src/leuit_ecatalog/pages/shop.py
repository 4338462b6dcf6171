"""The desk of a vendor: where he stands, his task list, sending, and taking back."""

from typing import Any

from leuit.contracts import bank_name
from leuit.values import _
from leuit.web import Request, Response, page
from leuit.work import View
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.models.vendors import ACTIVE, CORRECT, DRAFT, WAITING
from leuit_ecatalog.rules.kbli import format_kbli
from leuit_ecatalog.rules.legal_forms import LEGAL_FORMS, PAPER_KINDS
from leuit_ecatalog.rules.npwp import format_npwp
from leuit_ecatalog.service.answers import answers_of, differing, drop_change
from leuit_ecatalog.service.districts import district_name
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.submitting import may_submit, parts_of, submit, withdraw
from leuit_ecatalog.service.vendor_listing import steps_of
from leuit_ecatalog.service.vendor_papers import papers_by_kind
from leuit_ecatalog.words import SCALE_WORDS

from .asked import acted, day_told
from .shop_words import history, next_step, returned, sanctions_told, state_chip

DESK = "/ecatalog/shop"


def show_desk(request: Request) -> Response:
    """The task list of the own firm, what came back, the sanctions in force, its history."""
    return _desk(request, {})


def review(request: Request) -> Response:
    """All answers on one page, to be checked before they are sent; a POST sends them."""
    if request.method == "POST":
        notice = str(_("Terkirim. Hasil pemeriksaan akan tampil di halaman ini."))
        return acted(request, submit, DESK, notice, lambda faults: _review(request, faults))
    return _review(request, {})


def take_back(request: Request) -> Response:
    """Take back what waits for verification."""
    notice = str(_("Kiriman ditarik kembali. Ubah, lalu kirim lagi."))
    return acted(request, withdraw, DESK, notice, lambda faults: _desk(request, faults))


def drop(request: Request) -> Response:
    """Give up a change that was not sent."""
    notice = str(_("Perubahan dibatalkan. Data lama tetap berlaku."))
    return acted(request, drop_change, DESK, notice, lambda faults: _desk(request, faults))


def answer_rows(view: View, vendor: Vendor, *, paths: bool = False) -> list[tuple[Any, ...]]:
    """The answers as a summary; with `paths` each with where it is changed."""
    said = answers_of(vendor)
    form = LEGAL_FORMS.get(str(said["legal_form"]))
    scale = SCALE_WORDS.get(str(said["scale"]), "")
    taxable = {True: _("PKP, memungut PPN"), False: _("Bukan PKP")}.get(said["taxable"], "")
    rows = [
        ("identity", _("Nama usaha"), said["name"]),
        ("identity", _("Bentuk usaha"), form.title if form else ""),
        ("identity", _("NIB"), said["nib"] or ""),
        ("identity", _("NPWP"), format_npwp(said["npwp"] or "")),
        ("identity", _("KBLI"), format_kbli(said["kbli"] or [])),
        ("scale", _("Skala usaha"), scale),
        ("scale", _("Status PKP"), taxable),
        ("contact", _("Alamat"), said["address"]),
        ("contact", _("Kecamatan"), district_name(view, said["district"])),
        ("contact", _("Telepon"), said["phone"]),
        ("contact", _("Email"), said["email"]),
        ("contact", _("Tentang usaha"), said["about"]),
        ("account", _("Bank"), bank_name(said["bank"] or "") or said["bank"]),
        ("account", _("Nomor rekening"), said["account_number"]),
        ("account", _("Atas nama"), said["account_holder"]),
    ]
    if not paths:
        return [(label, value) for _part, label, value in rows]
    return [(label, value, f"{DESK}/{part}") for part, label, value in rows]


def _desk(request: Request, faults: dict[str, str]) -> Response:
    with request.read() as view:
        vendor = own_vendor(view)
        parts = parts_of(view, vendor)
        wrong = returned(view, vendor, DESK)
        context = {
            "vendor": vendor,
            "parts": parts,
            "chip_of": state_chip(vendor),
            "next_step": next_step(vendor),
            "wrong": wrong,
            "sanctions": sanctions_told(view, vendor, view.today),
            "steps": history(request, steps_of(view, vendor.id), officer=_("pengelola katalog")),
            "sendable": may_submit(view, vendor),
            "changes": len(differing(vendor)) if vendor.state == ACTIVE else 0,
        }
    waits = vendor.state == WAITING or vendor.pending_at is not None
    return page(
        request,
        "ecatalog/shop.html",
        status=422 if faults else 200,
        errors=faults,
        desk=DESK,
        waits=waits,
        editable=vendor.state in (DRAFT, CORRECT, ACTIVE) and not waits,
        **context,
    )


def _review(request: Request, faults: dict[str, str]) -> Response:
    with request.read() as view:
        vendor = own_vendor(view)
        rows = answer_rows(view, vendor, paths=True)
        parts = parts_of(view, vendor)
        papers = [
            (field_of(paper.kind), _told(paper), f"{DESK}/papers/{paper.kind}")
            for paper in papers_by_kind(view, vendor).values()
        ]
        sendable = may_submit(view, vendor)
    return page(
        request,
        "ecatalog/shop_review.html",
        status=422 if faults else 200,
        errors=faults,
        desk=DESK,
        vendor=vendor,
        rows=rows,
        papers=papers,
        missing=[(part, sentence) for part in parts for sentence in part.missing],
        sendable=sendable,
    )


def field_of(kind: str) -> str:
    """What a kind of paper is called."""
    known = PAPER_KINDS.get(kind)
    return known.title if known else kind


def _told(paper: Any) -> str:
    parts = [paper.number, paper.file_name]
    if paper.expires:
        parts.append(str(_("berlaku sampai %s") % day_told(paper.expires)))
    return " · ".join(part for part in parts if part)
