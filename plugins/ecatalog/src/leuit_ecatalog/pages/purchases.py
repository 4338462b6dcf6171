"""Purchases: the list with its filters and files, and one purchase with all that was decided."""

from typing import Any

from leuit.identity import Unit
from leuit.values import InvalidInputError, NotFoundError, _, format_rupiah
from leuit.web import (
    PAGE_SIZE,
    Listing,
    Request,
    Response,
    file_answer,
    local,
    page,
    page_number,
    stream_answer,
)
from leuit.work import View
from leuit_ecatalog.buying_words import (
    ACT_WORDS,
    EXCLUSION_WORDS,
    METHOD_WORDS,
    ORIGIN_WORDS,
    STEP_WORDS,
    TONES,
)
from leuit_ecatalog.models import District, Purchase, RupPackage
from leuit_ecatalog.permissions import BUY
from leuit_ecatalog.rules.buying_proposal import PPK_OR_POKJA
from leuit_ecatalog.rules.buying_rules import PA, PPK, BuyingRules
from leuit_ecatalog.rules.preference import LITTLE_CONTENT
from leuit_ecatalog.rules.purchase_duties import WORDS as DUTY_WORDS
from leuit_ecatalog.rules.purchase_states import (
    AGREED,
    AUTHORISING,
    DRAFT,
    NEGOTIATING,
    REVIEW,
    STATES,
    WORDS,
)
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service.agreeing import agreement_of
from leuit_ecatalog.service.buying_edition import FORM_WORDS, PAPER_WORDS, buying_by_id
from leuit_ecatalog.service.deadlines import is_over, last_local_day
from leuit_ecatalog.service.deciding import canceller, is_cancellable
from leuit_ecatalog.service.drafting import media_type_of
from leuit_ecatalog.service.negotiating import rounds_of
from leuit_ecatalog.service.proposing import ESTIMATES, REFERENCES
from leuit_ecatalog.service.purchase_access import (
    acts_of,
    drafting_role,
    find_purchase,
    lines_of,
    may_act,
    names_of,
    ref_of,
)
from leuit_ecatalog.service.purchase_files import Format, write_purchases
from leuit_ecatalog.service.purchase_listing import (
    PurchaseFilter,
    count_purchases,
    purchases,
    units_of,
    vendors_of,
)
from leuit_ecatalog.service.quoting import vendor_of

from .buying_common import PURCHASES, chosen, id_in, percent_of, uuid_or_none
from .order_detail import acts_of_order, next_step, order_of
from .rup import bar_of

_FORMATS: dict[str, Format] = {"csv": "csv", "xlsx": "xlsx"}
TOPICS = {
    "pejabat": _("Pejabat pelaksana"),
    "metode": _("Usulan cara membeli"),
    "harga": _("Dasar harga"),
    "kontrak": _("Bentuk kontrak"),
    "persetujuan": _("Penetapan"),
    "cadangan": _("Pencadangan"),
    "minikompetisi": _("Mini-kompetisi"),
}


def show_purchases(request: Request) -> Response:
    """Purchases of the units that one may read."""
    wanted = _filter(request)
    with request.read() as view:
        total = count_purchases(view, wanted)
        rows = purchases(view, wanted, (page_number(request) - 1) * PAGE_SIZE, PAGE_SIZE)
        units, vendors = units_of(view), vendors_of(view)
    listing = Listing.of(request, rows, total)
    return page(
        request,
        "ecatalog/purchases.html",
        listing=listing,
        wanted=wanted,
        states=[(state, WORDS[state]) for state in STATES],
        words=WORDS,
        tones=TONES,
        units=units,
        vendors=vendors,
        may_buy=request.may(BUY),
        query=request.query,
        path=PURCHASES,
    )


def export(request: Request) -> Response:
    """The list as it is narrowed, as a file."""
    form = _FORMATS.get(request.query.get("format", "csv"))
    if form is None:
        raise InvalidInputError(_("Pilih csv atau xlsx."))
    made = write_purchases(request.app, request.identity, _filter(request), form)
    return stream_answer(made.content, made.name, made.media_type)


def show_purchase(request: Request, errors: dict[str, str] | None = None) -> Response:
    """One purchase: what is bought, why it may be, what was agreed, who did what."""
    with request.read() as view:
        purchase = find_purchase(view, id_in(request, "purchase_id"))
        context = detail(view, request, purchase)
    return page(
        request,
        "ecatalog/purchase.html",
        status=422 if errors else 200,
        errors=errors or {},
        **context,
    )


def price_file(request: Request) -> Response:
    """The paper on which the price rests."""
    with request.read() as view:
        purchase = find_purchase(view, id_in(request, "purchase_id"))
        sha256, name = purchase.price_sha256, purchase.price_file
        if sha256 is None:
            raise NotFoundError(_("Pembelian ini tidak mempunyai berkas harga."))
        view.note_access(ref_of(purchase), fields=["price_file"])
    data = request.app.blobs.get(sha256)
    return file_answer(data, name, media_type_of(data))


def detail(view: View, request: Request, purchase: Purchase) -> dict[str, Any]:
    """Everything that the page of a purchase shows, out of one view."""
    agreement = agreement_of(view, purchase)
    acts = acts_of(view, purchase.id)
    names = names_of(view, {one.person_id for one in acts if one.person_id})
    package = view.session.get_one(RupPackage, purchase.rup_id)
    district = view.session.get(District, purchase.district) if purchase.district else None
    lines = lines_of(view, purchase.id)
    rules = buying_by_id(view, purchase.edition_id) if purchase.edition_id else None
    decision = purchase.decision if purchase.state != DRAFT else {}
    total = purchase.total if purchase.state != DRAFT else 0
    if purchase.state == DRAFT:
        may_draft = may_act(view, purchase, drafting_role(view, purchase))
    else:
        may_draft = False
    order = order_of(view, request, purchase)
    may = acts_of_order(view, purchase, order)
    return {
        **may,
        "order": order,
        "next": next_step(order, may),
        "purchase": purchase,
        "path": f"{PURCHASES}/{purchase.id}",
        "unit_label": unit_label,
        "word": WORDS[purchase.state],
        "tone": TONES[purchase.state],
        "since": local(request, purchase.since),
        "last_day": last_local_day(view, purchase) if purchase.due_at else None,
        "late": is_over(view, purchase),
        "unit": view.session.get_one(Unit, purchase.unit_id).name,
        "vendor": vendor_of(view, purchase.vendor_id),
        "package": package,
        "bar": bar_of(package, total, purchase.held),
        "district": district.name if district else "",
        "lines": lines,
        "decision": decision,
        "points": points_of(decision.get("proposal", {}).get("points", [])),
        "judged": [judged_line(one, rules) for one in decision.get("lines", [])] if rules else [],
        "price_words": {**REFERENCES, **ESTIMATES},
        "method": METHOD_WORDS.get(purchase.method, ""),
        "agreement": agreement,
        "rounds": len(rounds_of(view, purchase)),
        "steps": [_step(request, one, names) for one in acts if one.what != "revised"],
        "may_draft": may_draft,
        "may_bargain": purchase.state == NEGOTIATING and may_act(view, purchase, purchase.official),
        "may_proceed": purchase.state == AGREED and may_act(view, purchase, PPK),
        "may_review": purchase.state == REVIEW and may_act(view, purchase, PPK),
        "may_authorise": purchase.state == AUTHORISING and may_act(view, purchase, PA),
        "may_cancel": is_cancellable(view, purchase)
        and may_act(view, purchase, canceller(view, purchase)),
    }


def points_of(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The points of a proposal with their topics and answers in words."""
    said = {
        **DUTY_WORDS,
        **METHOD_WORDS,
        **PAPER_WORDS,
        **FORM_WORDS,
        "umkk": _("bagi usaha kecil dan koperasi"),
        PPK_OR_POKJA: _("PPK atau Pokja Pemilihan"),
    }
    return [
        {"topic": TOPICS[one["topic"]], "answer": said[one["answer"]], "basis": one["basis"]}
        for one in points
    ]


def judged_line(line: dict[str, Any], rules: BuyingRules) -> dict[str, Any]:
    """A line of a decision with the words of its step and of each exclusion."""
    return {
        **line,
        "told": STEP_WORDS[line["step"]],
        "short": line["note"] == "volume",
        "compared": [
            {**one, "origin_word": ORIGIN_WORDS[one["origin"]], "why": why_not(one, rules)}
            for one in line["compared"]
        ],
    }


def why_not(one: dict[str, Any], rules: BuyingRules) -> str:
    """Why a product may not be bought, as a sentence; empty where it may."""
    code = one["excluded"]
    if not code:
        return ""
    if code == LITTLE_CONTENT:
        params = {"tkdn": percent_of(one["tkdn"]), "least": percent_of(rules.tkdn_least)}
        return str(EXCLUSION_WORDS[code] % params)
    return EXCLUSION_WORDS[code]


def _step(request: Request, act: Any, names: dict[Any, str]) -> dict[str, str]:
    who = names.get(act.person_id, "") if act.person_id else ""
    role = DUTY_WORDS.get(act.role, "")
    if act.account_id:
        who = _("Penyedia")
    moment = local(request, act.at)
    parts = [part for part in (who, role, f"{moment:%d/%m/%Y %H.%M}") if part]
    remark = act.note
    if act.what == "sent" and act.facts.get("total"):
        remark = format_rupiah(act.facts["total"])
    return {
        "state": "done",
        "title": ACT_WORDS[act.what],
        "meta": " · ".join(parts),
        "remark": remark,
    }


def _filter(request: Request) -> PurchaseFilter:
    query = request.query
    return PurchaseFilter(
        state=chosen(query, "state", WORDS),
        unit_id=uuid_or_none(query.get("unit", "")),
        rup_id=query.get("rup", "")[:12].strip(),
        vendor_id=uuid_or_none(query.get("vendor", "")),
        text=query.get("q", "")[:100].strip(),
    )
