"""Acts on a purchase: check and send, go on, review and approve, send back, cancel."""

from collections.abc import Callable
from typing import Any

from leuit.values import LeuitError, _
from leuit.web import Field, FormPage, Request, Response, page, redirect, version_of
from leuit.work import View, Work
from leuit_ecatalog.buying_words import METHOD_WORDS
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.permissions import APPROVE, BUY
from leuit_ecatalog.rules.buying_rules import PP, PPK
from leuit_ecatalog.rules.purchase_states import DRAFT, REVIEW, WORDS, require_state
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service import deciding
from leuit_ecatalog.service.proposing import ESTIMATES, REFERENCES, STEPS, shown
from leuit_ecatalog.service.purchase_access import RIGHTS, find_purchase
from leuit_ecatalog.service.sending import send

from .buying_common import PURCHASES, changed, faults_of, id_in
from .purchases import detail, judged_line, points_of, show_purchase
from .rup import bar_of

PAGES = dict(zip(STEPS, ("package", "delivery", "comparison", "price", "method"), strict=True))
NAMES = dict(
    zip(
        STEPS,
        (
            _("Paket RUP"),
            _("Tujuan pengiriman"),
            _("Perbandingan"),
            _("Dasar harga"),
            _("Cara membeli"),
        ),
        strict=True,
    )
)


def check(request: Request) -> Response:
    """Everything that will be kept with the decision, what is missing, and sending."""
    purchase_id = id_in(request, "purchase_id")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            version = version_of(request.form)
            with request.change() as work:
                number = send(work, purchase_id, version, request.form.get("digest", "")).number
        except LeuitError as error:
            if error.status not in (409, 422):
                raise
            errors = {"": "; ".join(faults_of(error).values())}
        else:
            told = _("Terkirim dengan nomor %(number)s.") % {"number": number}
            return redirect(f"{PURCHASES}/{purchase_id}", told)
    with request.read() as view:
        purchase = find_purchase(view, purchase_id)
        view.require(BUY, purchase.unit_id)
        require_state(purchase.state, DRAFT)
        now = shown(view, purchase)
        plain = now.plain()
        official = now.proposal.official
        may_send = view.allows(RIGHTS[official], purchase.unit_id)
    return page(
        request,
        "ecatalog/purchase_check.html",
        status=422 if errors else 200,
        errors=errors,
        purchase=purchase,
        path=f"{PURCHASES}/{purchase_id}",
        shown=now,
        unit_label=unit_label,
        bar=bar_of(now.package, now.totals.total),
        lines=[judged_line(one, now.rules) for one in plain["lines"]],
        points=points_of(plain["proposal"]["points"]),
        faults=[
            {"name": NAMES[one.step], "page": PAGES[one.step], "told": one.sentence}
            for one in now.faults
        ],
        method=METHOD_WORDS[purchase.method or now.proposal.method],
        price_word={**REFERENCES, **ESTIMATES}.get(purchase.price_kind, ""),
        steps=[(NAMES[step], PAGES[step]) for step in STEPS],
        may_send=may_send,
        for_ppk=official == PPK,
        for_pp=official == PP,
    )


def proceed(request: Request) -> Response:
    """The PPK goes on with what was negotiated."""
    purchase_id = id_in(request, "purchase_id")
    return changed(
        request,
        lambda work: deciding.proceed(work, purchase_id, version_of(request.form)),
        f"{PURCHASES}/{purchase_id}/review",
        _("Hasil negosiasi dilanjutkan."),
        lambda errors: show_purchase(request, errors),
    )


def review(request: Request) -> Response:
    """Everything that was decided, the clauses of the PPK, and his approval."""
    purchase_id = id_in(request, "purchase_id")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            clauses = request.form.get("clauses", "")
            with request.change() as work:
                made = deciding.approve(work, purchase_id, version_of(request.form), clauses)
                state = made.state
        except LeuitError as error:
            if error.status not in (409, 422):
                raise
            errors = faults_of(error)
        else:
            told = _("Disetujui. Sekarang: %(state)s.") % {"state": WORDS[state]}
            return redirect(f"{PURCHASES}/{purchase_id}", told)
    with request.read() as view:
        purchase = find_purchase(view, purchase_id)
        view.require(APPROVE, purchase.unit_id)
        require_state(purchase.state, REVIEW)
        context = detail(view, request, purchase)
    return page(
        request,
        "ecatalog/purchase_review.html",
        status=422 if errors else 200,
        errors=errors,
        clauses=request.form.get("clauses", purchase.clauses),
        **context,
    )


def authorise(request: Request) -> Response:
    """PA or KPA authorise what is above the limit."""
    purchase_id = id_in(request, "purchase_id")
    return changed(
        request,
        lambda work: deciding.authorise(work, purchase_id, version_of(request.form)),
        f"{PURCHASES}/{purchase_id}",
        _("Pembelian ditetapkan."),
        lambda errors: show_purchase(request, errors),
    )


def give_back(request: Request) -> Response:
    """Back to the draft, with a reason."""
    return _reasoned(
        request,
        "return",
        _("Kembalikan ke draf"),
        _("Uang paket RUP dan stok dilepas. Penyusun melihat alasan Anda."),
        deciding.send_back,
        _("Dikembalikan ke draf."),
        deciding.returner,
    )


def give_up(request: Request) -> Response:
    """End it, with a reason."""
    return _reasoned(
        request,
        "cancel",
        _("Batalkan pembelian"),
        _("Uang paket RUP dan stok dilepas. Pembelian ini tidak dapat dibuka lagi."),
        deciding.cancel,
        _("Pembelian dibatalkan."),
        deciding.canceller,
    )


def _reasoned(
    request: Request,
    act: str,
    title: str,
    lead: str,
    change: Callable[[Work, Any, int, str], Any],
    told: str,
    who: Callable[[View, Purchase], str],
) -> Response:
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = find_purchase(view, purchase_id)
        view.require(RIGHTS[who(view, purchase)], purchase.unit_id)
        version = purchase.version
    form = FormPage(
        title=title,
        lead=f"{purchase.number or purchase.need}. {lead}",
        action=f"{PURCHASES}/{purchase_id}/{act}",
        submit=title,
        back=f"{PURCHASES}/{purchase_id}",
        back_label=_("Pembelian"),
        danger=True,
        fields=[
            Field("reason", _("Alasan"), "textarea", most=REASON, rows=4),
            Field("version", "", "hidden"),
        ],
    ).fill({"version": version})
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                with request.change() as work:
                    change(work, purchase_id, version_of(request.form), values["reason"])
            except LeuitError as error:
                if error.status not in (409, 422):
                    raise
                form.errors[""] = str(error)
            else:
                return redirect(f"{PURCHASES}/{purchase_id}", told)
    return form.answer(request)
