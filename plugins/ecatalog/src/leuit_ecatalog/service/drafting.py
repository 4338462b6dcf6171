"""Writing a draft: made of a basket, then where it goes, how it is compared, what its price is."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import delete, func, select

from leuit.builtin.checks import TextChecker
from leuit.identity import Identity
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    TooLargeError,
    _,
    new_id,
    one_line,
)
from leuit.work import Leuit, StoredFile, Work, register_file, store_file
from leuit_ecatalog.models import Comparison, District, Purchase, PurchaseLine
from leuit_ecatalog.models.baskets import MOST_QUANTITY
from leuit_ecatalog.models.purchases import ADDRESS, NEED, REASON, SOURCE
from leuit_ecatalog.permissions import APPROVE, BUY, PREPARE
from leuit_ecatalog.rules.buying_rules import METHODS
from leuit_ecatalog.rules.purchase_states import DRAFT, require_state

from .baskets import empty_of, wanted_of
from .buying_edition import buying_on
from .comparing import choose_compared
from .proposing import ESTIMATES, REFERENCES
from .purchase_access import (
    drafting_role,
    find_purchase,
    held_purchase,
    lines_of,
    note_act,
    require_person,
    take_duty,
)
from .quoting import quotes
from .rup import package_by_code, require_fit

LARGEST_FILE = 10 * 1024 * 1024
MOST_AMOUNT = 10**14
_STARTS: Mapping[bytes, str] = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def start_purchase(work: Work, vendor_id: UUID, rup_id: str, need: str) -> Purchase:
    """A draft of what the basket has of one vendor, for a RUP package of one's unit.

    Raises InvalidInputError by field, UnfitPackageError (EC-15), ConflictError for an empty basket
    or while no edition of buying holds.
    """
    checker = TextChecker()
    wanted_need = checker.read("need", one_line(need), most=NEED)
    if checker.faults:
        raise InvalidInputError(_("Periksa isian paket."), fields=checker.faults)
    package = package_by_code(work, rup_id)
    person_id = require_person(work)
    require_fit(work, package)
    buying_on(work, work.today)
    wanted = wanted_of(work, vendor_id)
    if not wanted:
        raise ConflictError(
            _("Keranjang tidak berisi barang penyedia itu."), advice=_("Isi keranjang dahulu.")
        )
    found = quotes(work, wanted, None)
    if not (work.allows(PREPARE, package.unit_id) or work.allows(APPROVE, package.unit_id)):
        raise work.refusal(PREPARE)
    purchase = Purchase(
        id=new_id(),
        unit_id=package.unit_id,
        rup_id=package.id,
        vendor_id=vendor_id,
        state=DRAFT,
        need=wanted_need,
        since=work.now,
        created_by=person_id,
        created_at=work.now,
    )
    work.session.add(purchase)
    work.session.flush()
    role = drafting_role(work, purchase)
    take_duty(work, purchase, role)
    work.session.add_all(
        PurchaseLine(
            purchase_id=purchase.id,
            place=place,
            variant_id=variant_id,
            product_id=found[variant_id].product_id,
            quantity=quantity,
        )
        for place, (variant_id, quantity) in enumerate(wanted.items(), 1)
    )
    empty_of(work, wanted)
    note_act(work, purchase, "drafted", role=role)
    return purchase


def change_package(work: Work, purchase_id: UUID, version: int, rup_id: str, need: str) -> Purchase:
    """Another RUP package of the same unit, or another name of the need."""
    purchase = _draft(work, purchase_id, version)
    checker = TextChecker()
    purchase.need = checker.read("need", one_line(need), most=NEED)
    if checker.faults:
        raise InvalidInputError(_("Periksa isian paket."), fields=checker.faults)
    package = package_by_code(work, rup_id)
    require_fit(work, package)
    if package.unit_id != purchase.unit_id:
        raise ConflictError(
            _("Paket RUP itu milik unit lain."), advice=_("Buat pembelian baru untuk unit itu.")
        )
    purchase.rup_id = package.id
    return _revised(work, purchase, "package")


def set_delivery(
    work: Work,
    purchase_id: UUID,
    version: int,
    district: str,
    address: str,
    needed_by: dt.date,
) -> Purchase:
    """Where the goods go and by when; the prices of that kecamatan hold from then on."""
    purchase = _draft(work, purchase_id, version)
    checker = TextChecker()
    line = checker.read("address", one_line(address), most=ADDRESS)
    if work.session.get(District, district) is None:
        checker.fault("district", _("Pilih kecamatan dari daftar."), "unknown")
    if needed_by < work.today:
        checker.fault("needed_by", _("Pilih hari ini atau sesudahnya."), "past")
    if checker.faults:
        raise InvalidInputError(_("Periksa tujuan pengiriman."), fields=checker.faults)
    purchase.district, purchase.address, purchase.needed_by = district, line, needed_by
    return _revised(work, purchase, "delivery")


def set_quantity(
    work: Work, purchase_id: UUID, version: int, line_id: UUID, quantity: int
) -> Purchase:
    """How many of a line; 0 takes the line off, of which one must stay."""
    purchase = _draft(work, purchase_id, version)
    line = _line(work, purchase, line_id)
    if not 0 <= quantity <= MOST_QUANTITY:
        sentence = _("Tulis jumlah dari 0 sampai %(most)s.")
        fault = FieldError("quantity", sentence, "range", {"most": MOST_QUANTITY})
        raise InvalidInputError(_("Periksa jumlahnya."), fields=[fault])
    if quantity:
        line.quantity = quantity
        return _revised(work, purchase, "quantity")
    count = select(func.count()).where(PurchaseLine.purchase_id == purchase.id)
    if purchase.attempt or work.session.scalar(count) == 1:
        raise ConflictError(
            _("Barang ini tidak dapat dilepas: ia yang terakhir, atau sudah pernah ditawar."),
            advice=_("Batalkan pembelian ini bila tidak jadi."),
        )
    work.session.execute(delete(Comparison).where(Comparison.line_id == line.id))
    work.session.delete(line)
    work.session.flush()
    return _revised(work, purchase, "quantity")


def compare(
    work: Work,
    purchase_id: UUID,
    version: int,
    line_id: UUID,
    chosen: Collection[UUID],
) -> Purchase:
    """Compare a line with just these products that fit its need."""
    purchase = _draft(work, purchase_id, version)
    choose_compared(work, _line(work, purchase, line_id), chosen)
    return _revised(work, purchase, "comparison")


def give_reasons(
    work: Work,
    purchase_id: UUID,
    version: int,
    reasons: Mapping[UUID, str],
    reservation: str = "",
) -> Purchase:
    """Why products are bought that the preference does not allow or know, by line, and why a
    package is not kept for small firms.
    """
    purchase = _draft(work, purchase_id, version)
    checker = TextChecker()
    for line in lines_of(work, purchase.id):
        given = reasons.get(line.id, line.reason)
        line.reason = checker.read(f"reason-{line.id}", given, most=REASON, required=False)
    purchase.reservation_reason = checker.read(
        "reservation", reservation, most=REASON, required=False
    )
    if checker.faults:
        raise InvalidInputError(_("Periksa alasan."), fields=checker.faults)
    return _revised(work, purchase, "reasons")


def receive_price_file(
    app: Leuit, identity: Identity, purchase_id: UUID, name: str, data: bytes
) -> StoredFile:
    """Put a price paper into the store, for somebody who buys for the unit of the purchase.

    Call it outside a unit of work. PDF, PNG and JPEG by their content alone.
    """
    with app.read(identity) as view:
        view.require(BUY, find_purchase(view, purchase_id).unit_id)
    if len(data) > LARGEST_FILE:
        raise TooLargeError(
            _("Berkas terlalu besar: paling banyak %(limit)s MB."),
            advice=_("Pindai dengan resolusi lebih rendah."),
            limit=LARGEST_FILE // 1024 // 1024,
        )
    media_type = media_type_of(data)
    if not media_type:
        sentence = _("Berkas harus PDF, PNG atau JPEG.")
        raise InvalidInputError(sentence, fields=[FieldError("file", sentence, "media_type")])
    return store_file(app, data, media_type, one_line(name)[:200] or "berkas")


def media_type_of(data: bytes) -> str:
    """What a price paper is by its first bytes; empty for anything else."""
    return next((kind for start, kind in _STARTS.items() if data.startswith(start)), "")


def set_price_paper(
    work: Work,
    purchase_id: UUID,
    version: int,
    kind: str,
    amount: int,
    source: str,
    file: StoredFile | None,
) -> Purchase:
    """What stands for the price: a reference or an HPS, its amount and where it comes from.

    Without a new file the one that was given before stays.
    """
    purchase = _draft(work, purchase_id, version)
    checker = TextChecker()
    told = checker.read("source", one_line(source), most=SOURCE)
    if kind not in REFERENCES and kind not in ESTIMATES:
        checker.fault("kind", _("Pilih salah satu."), "unknown")
    if not 0 < amount <= MOST_AMOUNT:
        checker.fault("amount", _("Tulis rupiah bulat di atas nol."), "range")
    if checker.faults:
        raise InvalidInputError(_("Periksa dasar harga."), fields=checker.faults)
    purchase.price_kind, purchase.price_amount, purchase.price_source = kind, amount, told
    if file is not None:
        purchase.price_sha256, purchase.price_file = register_file(work, file), file.name
    return _revised(work, purchase, "price")


def choose_method(
    work: Work, purchase_id: UUID, version: int, method: str, reason: str
) -> Purchase:
    """How it is bought: at the shown price, or by negotiation; why, where it is not proposed."""
    purchase = _draft(work, purchase_id, version)
    checker = TextChecker()
    why = checker.read("method_reason", reason, most=REASON, required=False)
    if method not in METHODS:
        checker.fault("method", _("Pilih salah satu."), "unknown")
    if checker.faults:
        raise InvalidInputError(_("Periksa cara membeli."), fields=checker.faults)
    purchase.method, purchase.method_reason = method, why
    return _revised(work, purchase, "method")


def _draft(work: Work, purchase_id: UUID, version: int) -> Purchase:
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, DRAFT)
    take_duty(work, purchase, drafting_role(work, purchase))
    return purchase


def _line(work: Work, purchase: Purchase, line_id: UUID) -> PurchaseLine:
    line = work.session.get(PurchaseLine, line_id)
    if line is None or line.purchase_id != purchase.id:
        raise NotFoundError(_("Barang itu tidak ada pada pembelian ini."))
    return line


def _revised(work: Work, purchase: Purchase, part: str) -> Purchase:
    note_act(work, purchase, "revised", role=drafting_role(work, purchase), facts={"part": part})
    return purchase
