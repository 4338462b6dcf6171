"""Vendors for the manager of the catalogue: the list by state, and one vendor whole."""

from typing import Any
from uuid import UUID

from leuit.values import _
from leuit.web import (
    PAGE_SIZE,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    file_answer,
    local,
    page,
    page_number,
    run_form,
    version_of,
)
from leuit.work import View
from leuit_ecatalog.models import Vendor, VendorDocument
from leuit_ecatalog.models.vendors import ACTIVE, CLOSED, NOTE, VENDOR_STATES
from leuit_ecatalog.permissions import READ_VENDORS, SANCTION, VERIFY
from leuit_ecatalog.rules.sanctions import end_of, holds_on
from leuit_ecatalog.service.closing import turn_vendor
from leuit_ecatalog.service.districts import districts
from leuit_ecatalog.service.sanctions import sanctioned_vendors, sanctions_of
from leuit_ecatalog.service.vendor_listing import (
    CHANGED,
    FILTERS,
    SANCTIONED,
    VendorFilter,
    VendorRow,
    count_vendors,
    counts_by_state,
    list_vendors,
    steps_of,
)
from leuit_ecatalog.service.vendor_papers import papers_by_kind, read_paper
from leuit_ecatalog.service.vendors import find_vendor, ref_of
from leuit_ecatalog.service.verifying import waits
from leuit_ecatalog.words import CHANGE_WORD, SANCTION_WORD, SCALE_WORDS, VENDOR_STATE_WORDS

from .asked import day_told, id_in
from .shop import answer_rows, field_of
from .shop_words import history, state_chip

HOME = "/ecatalog/vendors"
_READ = ("npwp", "phone", "email", "address", "account_number")


def show_list(request: Request) -> Response:
    """The vendors, narrowed to a state, a kecamatan or a text; fifty a page."""
    wanted = filter_of(request)
    with request.read() as view:
        view.require_on_root(READ_VENDORS)
        total = count_vendors(view, wanted)
        rows = list_vendors(view, wanted, (page_number(request) - 1) * PAGE_SIZE, PAGE_SIZE)
        held = sanctioned_vendors(view, [row.id for row in rows], view.today)
        counts = counts_by_state(view)
        known = districts(view)
    names = dict(known)
    words = {**{state: VENDOR_STATE_WORDS[state][0] for state in VENDOR_STATES}}
    words |= {CHANGED: CHANGE_WORD[0], SANCTIONED: SANCTION_WORD[0]}
    return page(
        request,
        "ecatalog/vendors.html",
        listing=Listing.of(request, [_shown(request, row, held, names) for row in rows], total),
        pills=[(code, words[code], counts.get(code, 0)) for code in FILTERS],
        wanted=wanted,
        districts=known,
        home=HOME,
    )


def show_vendor(request: Request) -> Response:
    """One vendor with everything that is known; that it was read is noted."""
    with request.read() as view:
        view.require_on_root(READ_VENDORS)
        vendor = find_vendor(view, id_in(request, "vendor_id"))
        view.note_access(ref_of(vendor), fields=_READ)
        context = _detail(request, view, vendor)
    return page(request, "ecatalog/vendor.html", **context)


def download(request: Request) -> Response:
    """A paper of a vendor, as it was sent."""
    with request.read() as view:
        paper = read_paper(view, id_in(request, "vendor_id"), id_in(request, "document_id"))
    data = request.app.blobs.get(paper.sha256)
    return file_answer(data, paper.file_name, paper.media_type)


def turn(request: Request) -> Response:
    """Close an active vendor, or open a closed one again, for a reason."""
    vendor_id = id_in(request, "vendor_id")
    with request.read() as view:
        view.require_on_root(VERIFY)
        vendor = find_vendor(view, vendor_id)
    closing = vendor.state != CLOSED
    form = FormPage(
        title=_("Nonaktifkan penyedia") if closing else _("Aktifkan lagi penyedia"),
        lead=vendor.name,
        fields=[
            Field("reason", _("Alasan"), "textarea", rows=3, most=NOTE),
            Field("version", "", "hidden"),
        ],
        submit=_("Nonaktifkan") if closing else _("Aktifkan lagi"),
        action=f"{HOME}/{vendor_id}/turn",
        back=f"{HOME}/{vendor_id}",
        back_label=_("Penyedia"),
        danger=closing,
    ).fill({"version": vendor.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            turn_vendor(work, vendor_id, version_of(values), values["reason"])
        done = _("Penyedia dinonaktifkan.") if closing else _("Penyedia aktif lagi.")
        return f"{HOME}/{vendor_id}", str(done)

    return run_form(request, form, act)


def filter_of(request: Request) -> VendorFilter:
    """The filter of the address; what is no value of a field does not narrow the list."""
    state = request.query.get("state", "")
    return VendorFilter(
        state if state in FILTERS else "",
        request.query.get("district", "")[:13],
        request.query.get("q", "")[:100],
    )


def paper_rows(view: View, vendor: Vendor) -> list[dict[str, Any]]:
    """The papers that count, each with where an officer opens it."""
    return [paper_row(vendor.id, paper) for paper in papers_by_kind(view, vendor).values()]


def paper_row(vendor_id: UUID, paper: VendorDocument) -> dict[str, Any]:
    """A paper as an officer sees it."""
    parts = [paper.number]
    if paper.issued:
        parts.append(str(_("terbit %s") % day_told(paper.issued)))
    if paper.expires:
        parts.append(str(_("berlaku sampai %s") % day_told(paper.expires)))
    return {
        "kind": paper.kind,
        "title": field_of(paper.kind),
        "name": paper.file_name,
        "meta": " · ".join(part for part in parts if part),
        "path": f"{HOME}/{vendor_id}/papers/{paper.id}",
    }


def _detail(request: Request, view: View, vendor: Vendor) -> dict[str, Any]:
    sanctions = [
        {
            "decree": one.decree,
            "path": f"/ecatalog/sanctions/{one.id}",
            "meta": _span(one.since, end_of(one)),
            "holds": holds_on(one, view.today),
        }
        for one in sanctions_of(view, vendor.id)
    ]
    return {
        "vendor": vendor,
        "chip_of": state_chip(vendor),
        "rows": answer_rows(view, vendor),
        "papers": paper_rows(view, vendor),
        "sanctions": sanctions,
        "steps": history(request, steps_of(view, vendor.id), officer=_("pengelola katalog")),
        "may_verify": waits(vendor) and view.allows_on_root(VERIFY),
        "may_sanction": vendor.state == ACTIVE and view.allows_on_root(SANCTION),
        "may_turn": vendor.state in (ACTIVE, CLOSED) and view.allows_on_root(VERIFY),
        "closing": vendor.state == ACTIVE,
        "home": HOME,
        "path": f"{HOME}/{vendor.id}",
    }


def _span(since: Any, last: Any) -> str:
    if last is None:
        return str(_("sejak %s, tanpa batas") % day_told(since))
    return str(
        _("%(since)s sampai sebelum %(last)s") % {"since": day_told(since), "last": day_told(last)}
    )


def _shown(
    request: Request, row: VendorRow, held: set[UUID], districts_known: dict[str, str]
) -> dict[str, Any]:
    chips = [CHANGE_WORD if row.changing else VENDOR_STATE_WORDS[row.state]]
    if row.id in held:
        chips.append(SANCTION_WORD)
    return {
        "name": row.name,
        "path": f"{HOME}/{row.id}",
        "district": districts_known.get(row.district or "", ""),
        "scale": SCALE_WORDS.get(row.scale, ""),
        "since": local(request, row.since),
        "chips": chips,
    }
