"""The desk of claims: what waits, one claim with its decision, and handing one in by hand."""

from leuit.builtin.regulations import edition
from leuit.contracts import PaymentPayee, PaymentRequest, bank_name
from leuit.identity import Unit
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    RecordRef,
    Text,
    _,
    new_id,
    parse_date,
)
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    file_answer,
    local,
    page,
    page_number,
    parse_id,
    redirect,
)
from leuit.work import View
from leuit_sp2d.models import OPEN, REFUSED, REPLACED, TAKEN
from leuit_sp2d.permissions import CLAIM, REQUEST
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.rules.rupiah import parse_rupiah
from leuit_sp2d.service.allowances import is_newer, names_of, priced, rivals
from leuit_sp2d.service.claim_checks import field_of
from leuit_sp2d.service.claim_desk import (
    claims,
    count_claims,
    has_acted,
    is_own,
    read_claim,
    read_claim_file,
    refuse_claim,
)
from leuit_sp2d.service.claim_intake import add_claim_file, hand_in, receive_claim_file
from leuit_sp2d.service.claims import LINE_KINDS
from leuit_sp2d.service.evidence import media_type_of
from leuit_sp2d.service.lines import units_with_budget
from leuit_sp2d.service.regulation import RULES
from leuit_sp2d.service.telling import KIND

from .common import changed, faults_of, id_in, version_in
from .words import KINDS, bank_choices, month_name

HOME = "/sp2d/claims"
STATES: dict[str, tuple[Text, str]] = {
    OPEN: (_("Menunggu diambil"), "tunggu"),
    TAKEN: (_("Diambil"), "daun"),
    REFUSED: (_("Ditolak"), "bata"),
    REPLACED: (_("Digantikan"), "abu"),
}


def show_claims(request: Request) -> Response:
    """The claims of the reader's units; those that wait first asked for."""
    state = request.query.get("state", OPEN)
    if state not in STATES:
        state = ""
    with request.read() as view:
        total = count_claims(view, state)
        start = (page_number(request) - 1) * PAGE_SIZE
        rows = claims(view, state, PAGE_SIZE, offset=start)
    return page(
        request,
        "sp2d/claims.html",
        listing=Listing.of(
            request, [{"row": row, "chip": STATES[row.state]} for row in rows], total
        ),
        state=state,
        states=STATES,
        may_hand_in=request.may(CLAIM),
    )


def show_claim(request: Request, errors: dict[str, str] | None = None) -> Response:
    """One claim."""
    claim_id = id_in(request, "claim_id")
    with request.read() as view:
        claim = read_claim(view, claim_id)
        allowance = priced(view, claim)
        others = rivals(view, claim)
        found = edition(view, RULES, view.today)
        may_draft = view.allows(MAY_DRAFT, claim.unit_id)
        context = {
            "unit": view.session.get_one(Unit, claim.unit_id).name,
            "items": {one.code: one.title for one in found.figures.items_of(claim.kind)}
            if found
            else {},
            "reasons": found.figures.reasons if found else (),
            "acted": has_acted(view, claim_id),
            "may_take": may_draft,
            "may_refuse": may_draft or view.allows(REQUEST, claim.unit_id),
            "may_attach": is_own(view, claim) and request.may(CLAIM),
            "rivals": [(one, STATES[one.state]) for one in others],
            "newer": any(is_newer(one, claim) for one in others),
        }
    start = (page_number(request) - 1) * PAGE_SIZE
    people = allowance.people[start : start + PAGE_SIZE]
    return page(
        request,
        "sp2d/claim_shown.html",
        status=422 if errors else 200,
        claim=claim,
        path=f"{HOME}/{claim_id}",
        chip=STATES[claim.state],
        kind=KINDS[claim.kind],
        bank=bank_name(claim.bank) or claim.bank,
        month=month_name(f"{claim.month:%Y-%m}") if claim.month else "",
        allowance=allowance,
        lacking=names_of(allowance.missing),
        people=Listing.of(request, people, len(allowance.people)),
        at=local(request, claim.at),
        errors=errors or {},
        typed=request.form,
        **context,
    )


def refuse(request: Request) -> Response:
    """Refuse a claim for a coded reason."""
    claim_id = id_in(request, "claim_id")
    return changed(
        request,
        lambda work: refuse_claim(
            work,
            claim_id,
            version_in(request),
            request.form.get("code", ""),
            request.form.get("remark", "")[:300],
        ),
        f"{HOME}/{claim_id}",
        _("Klaim ditolak; yang menyerahkannya diberi tahu."),
        lambda errors: show_claim(request, errors),
    )


def attach(request: Request) -> Response:
    """Attach a file to a claim that one handed in."""
    claim_id = id_in(request, "claim_id")
    upload = request.files.get("file")
    if upload is None or not upload.data:
        return show_claim(request, {"file": _("Pilih berkas.")})
    try:
        stored = receive_claim_file(
            request.app, request.identity, claim_id, upload.filename, upload.data
        )
        with request.change() as work:
            add_claim_file(work, claim_id, request.form.get("item", ""), stored)
    except LeuitError as error:
        if error.status not in (409, 413, 422):
            raise
        return show_claim(request, faults_of(error))
    return redirect(f"{HOME}/{claim_id}", _("Dokumen dilampirkan."))


def download(request: Request) -> Response:
    """A file of a claim, by its place in the claim."""
    number = str(request.params["number"])
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    with request.read() as view:
        found = read_claim_file(view, id_in(request, "claim_id"), place)
    data = request.app.blobs.get(found.sha256)
    return file_answer(data, found.name, media_type_of(data))


def new(request: Request) -> Response:
    """The form of a claim by hand; what is sent twice is kept once."""
    with request.read() as view:
        form = _form(view)
    if request.method != "POST":
        return form.fill({"key": new_id()}).answer(request)
    values = form.read(request.form, request.files)
    if not form.ok:
        return form.answer(request)
    asked = PaymentRequest(
        key="",
        ref=RecordRef(KIND, ""),
        unit_id=parse_id(values["unit"]),
        kind=values["kind"],
        purpose=values["purpose"],
        basis=values["basis"] or "",
        payee=PaymentPayee(
            values["payee"],
            values["bank"],
            values["account"],
            values["holder"],
            values["npwp"] or "",
        ),
        amount=values["amount"],
        due=values["due"],
    )
    try:
        with request.change() as work:
            claim = hand_in(work, asked, parse_id(values["key"]) if values["key"] else None)
            path = f"{HOME}/{claim.id}"
    except (InvalidInputError, ConflictError) as error:
        _refuse(form, error)
        return form.answer(request)
    return redirect(path, _("Klaim diserahkan. Lampirkan dokumennya bila ada."))


def _refuse(form: FormPage, error: LeuitError) -> None:
    known = {field.name for field in form.fields}
    for path, sentence in faults_of(error).items():
        name = field_of(path)
        form.errors.setdefault(name if name in known else "", sentence)


def _form(view: View) -> FormPage:
    units = units_with_budget(view, CLAIM, view.today.year)
    if not units:
        raise ConflictError(
            _("Belum ada DPA untuk unit Anda tahun ini."),
            advice=_("Minta petugas anggaran memasukkan DPA."),
        )
    kinds = [Choice(kind, KINDS[kind]) for kind in LINE_KINDS]
    return FormPage(
        title=_("Serahkan klaim pembayaran"),
        lead=_("PPTK mengambilnya sebagai pembayaran. Anda tidak bertindak lagi di dalamnya."),
        fields=[
            Field("key", "", "hidden", required=False),
            Field(
                "unit",
                _("Unit"),
                "select",
                choices=[Choice(str(unit_id), name) for unit_id, name in units],
            ),
            Field("kind", _("Jenis"), "select", choices=kinds, width="medium"),
            Field("purpose", _("Untuk apa"), most=300),
            Field("basis", _("Dasar (kontrak, SPK, surat pesanan)"), most=200, required=False),
            Field("amount", _("Nilai"), convert=parse_rupiah, width="medium"),
            Field("payee", _("Nama penerima"), most=140),
            Field(
                "npwp",
                _("NPWP"),
                required=False,
                hint=_("15 atau 16 angka; kosongkan bila tidak ada."),
                width="medium",
            ),
            Field("bank", _("Bank"), "select", choices=bank_choices()),
            Field("account", _("Nomor rekening"), most=34, width="medium"),
            Field(
                "holder", _("Nama pemilik rekening"), most=70, hint=_("Seperti di buku tabungan.")
            ),
            Field("due", _("Diharapkan paling lambat"), "date", required=False, convert=parse_date),
        ],
        submit=_("Serahkan klaim"),
        action=f"{HOME}/new",
        back=HOME,
        back_label=_("Klaim"),
    )
