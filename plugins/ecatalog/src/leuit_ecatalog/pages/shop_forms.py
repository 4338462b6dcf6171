"""The pages of a vendor's answers: one subject each, kept as they are answered."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import attrs

from leuit.contracts import banks
from leuit.values import Text, _
from leuit.web import Choice, Field, FormPage, Request, Response, run_form, version_of
from leuit.work import View, Work
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.models.vendors import ACTIVE, LINE, NAME
from leuit_ecatalog.rules.kbli import format_kbli
from leuit_ecatalog.rules.legal_forms import LEGAL_FORMS
from leuit_ecatalog.rules.npwp import format_npwp
from leuit_ecatalog.service.answers import (
    ABOUT,
    HOLDER,
    answers_of,
    save_answers,
    save_contact,
)
from leuit_ecatalog.service.districts import districts
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.words import SCALE_WORDS

from .shop import DESK

_by_name = itemgetter(1)
_VERSION = Field("version", "", "hidden")


@attrs.frozen
class _Subject:
    """One page: its title, its fields for a view, and how its answers are kept."""

    title: Text
    lead: Text
    fields: Callable[[View], Sequence[Field]]
    save: Callable[[Work, int, Mapping[str, Any]], Vendor]
    verified: bool = True


def identity(request: Request) -> Response:
    """Name, legal form and the numbers by which a firm is known."""
    return _page(request, "identity")


def scale(request: Request) -> Response:
    """How large the firm is, and whether it charges PPN."""
    return _page(request, "scale")


def contact(request: Request) -> Response:
    """Where the firm is and how it is reached."""
    return _page(request, "contact")


def account(request: Request) -> Response:
    """Where it is paid."""
    return _page(request, "account")


def _identity(_view: View) -> Sequence[Field]:
    forms = [Choice("", str(_("Pilih")))]
    forms += [Choice(form.code, form.title) for form in LEGAL_FORMS.values()]
    return [
        Field("name", _("Nama usaha"), hint=_("Seperti tertulis di NIB."), most=NAME),
        Field("legal_form", _("Bentuk usaha"), "select", choices=forms),
        Field("nib", _("NIB"), hint=_("13 angka."), width="medium"),
        Field(
            "npwp",
            _("NPWP"),
            hint=_("16 angka, atau 15 angka yang lama. Perorangan memakai NIK."),
            width="medium",
        ),
        Field(
            "kbli",
            _("Kode KBLI"),
            hint=_("5 angka dari NIB; bila lebih dari satu, pisahkan dengan koma."),
            most=200,
        ),
    ]


def _scale(_view: View) -> Sequence[Field]:
    return [
        Field(
            "scale",
            _("Skala usaha"),
            "radio",
            choices=[Choice(code, word) for code, word in SCALE_WORDS.items()],
            missing=_("Pilih skala usaha seperti di NIB."),
        ),
        Field(
            "taxable",
            _("Pengusaha Kena Pajak (PKP)"),
            "radio",
            choices=[
                Choice("ya", str(_("PKP, memungut PPN"))),
                Choice("tidak", str(_("Bukan PKP"))),
            ],
            missing=_("Pilih status PKP."),
        ),
    ]


def _contact(view: View) -> Sequence[Field]:
    known = [Choice("", str(_("Pilih")))]
    known += [Choice(code, name) for code, name in districts(view)]
    return [
        Field("address", _("Alamat"), hint=_("Jalan, RT/RW, desa atau kelurahan."), most=LINE),
        Field("district", _("Kecamatan"), "select", choices=known),
        Field("phone", _("Telepon atau WhatsApp"), width="medium", autocomplete="tel", most=30),
        Field("email", _("Email usaha"), autocomplete="email", most=120),
        Field(
            "about",
            _("Tentang usaha"),
            "textarea",
            hint=_("Tampil di halaman umum: apa yang Anda buat, sejak kapan."),
            rows=4,
            required=False,
            most=ABOUT,
        ),
    ]


def _account(_view: View) -> Sequence[Field]:
    return [
        Field(
            "bank",
            _("Bank"),
            "select",
            choices=[Choice(code, name) for code, name in sorted(banks().items(), key=_by_name)],
        ),
        Field("account_number", _("Nomor rekening"), width="medium", most=40),
        Field(
            "account_holder",
            _("Atas nama"),
            hint=_("Seperti di buku rekening."),
            most=HOLDER,
        ),
    ]


_SUBJECTS: Mapping[str, _Subject] = {
    "identity": _Subject(
        _("Identitas usaha"), _("Salin dari NIB dan kartu NPWP Anda."), _identity, save_answers
    ),
    "scale": _Subject(_("Skala dan pajak"), _("Seperti di NIB Anda."), _scale, save_answers),
    "contact": _Subject(
        _("Alamat dan kontak"),
        _("Hanya kecamatan dan tentang usaha yang tampil untuk umum."),
        _contact,
        save_contact,
        verified=False,
    ),
    "account": _Subject(
        _("Rekening"),
        _("Ke rekening ini pesanan dibayar. Tidak pernah tampil untuk umum."),
        _account,
        save_answers,
    ),
}


def _page(request: Request, code: str) -> Response:
    subject = _SUBJECTS[code]
    with request.read() as view:
        vendor = own_vendor(view)
        said = _shown(vendor)
        fields = list(subject.fields(view))
    lead = subject.lead
    if vendor.state == ACTIVE and subject.verified:
        lead = _("Perubahan diperiksa dahulu. Sampai selesai, data lama tetap berlaku.")
    form = FormPage(
        title=subject.title,
        lead=lead,
        fields=[*fields, _VERSION],
        submit=_("Simpan"),
        action=f"{DESK}/{code}",
        back=DESK,
        back_label=_("Usaha saya"),
    ).fill({**{field.name: said[field.name] for field in fields}, "version": vendor.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        version = version_of(values)
        typed = {name: value for name, value in values.items() if name != "version"}
        if "taxable" in typed:
            typed["taxable"] = typed["taxable"] == "ya"
        with request.change() as work:
            subject.save(work, version, typed)
        return DESK, str(_("Tersimpan."))

    return run_form(request, form, act)


def _shown(vendor: Vendor) -> dict[str, Any]:
    said = answers_of(vendor)
    taxable = {True: "ya", False: "tidak"}.get(said["taxable"], "")
    return {
        **said,
        "taxable": taxable,
        "npwp": format_npwp(said["npwp"] or ""),
        "kbli": format_kbli(said["kbli"] or []),
    }
