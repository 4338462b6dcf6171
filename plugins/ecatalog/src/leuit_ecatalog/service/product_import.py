"""Bringing in a vendor's products by file: read, tried, stored in one unit of work.

Products are known by `sku` within the vendor (or by the id that an export wrote there): a new one
becomes a draft, a known one changes only where the file says something else. The same file again
changes nothing, so that after a cut it is simply sent again. What a moderator looks at takes a
shown product off display, as by form; price and stock do not. Rows are written in bulk.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import insert, select, update

from leuit.builtin.organisation import (
    Line,
    RefusedRowsError,
    Report,
    RowReport,
    Table,
    check_digest,
    store_table,
)
from leuit.identity import Identity
from leuit.storage import insert_into
from leuit.values import RecordRef, _, format_number, format_rupiah, new_id, one_line
from leuit.work import Leuit, StoredFile, View, Work, register_file
from leuit_ecatalog.events import ProductChanged
from leuit_ecatalog.models import (
    Attribute,
    Category,
    PricePoint,
    Product,
    ProductStep,
    Shipping,
    Variant,
    Vendor,
)
from leuit_ecatalog.product_words import STATE_WORDS
from leuit_ecatalog.rules.product_states import (
    DRAFT,
    MODERATED,
    REOPEN,
    after_edit,
    is_visible,
    may_edit,
    may_price,
)
from leuit_ecatalog.rules.product_values import changed_fields

from .membership import own_vendor
from .product_access import spec_of, unblocked_vendor
from .product_file import read_products
from .product_rows import (
    FIELDS,
    AskedProduct,
    AskedVariant,
    KnownCategory,
    KnownProduct,
    KnownVariant,
    read_product,
    refusal_of_group,
)

IMPORTED = "ecatalog.product.imported"
IMPORT_REF = "ecatalog.product_import"


@attrs.frozen
class ReceivedProducts:
    """A file that could be read, in the store; no row may name it yet."""

    table: Table
    file: StoredFile


@attrs.frozen
class Plan:
    """What storing the file would do: the report, and what is written for each product."""

    report: Report
    products: tuple[AskedProduct, ...]


def receive_products(app: Leuit, data: bytes, name: str) -> ReceivedProducts:
    """Read a file and keep its bytes; raises with the reason when it cannot be read at all.

    Call it outside a unit of work.
    """
    table = read_products(data)
    return ReceivedProducts(table, store_table(app, data, one_line(name) or "produk"))


def try_products(view: View, received: ReceivedProducts) -> Report:
    """What storing the file would do now, row by row; nothing is changed."""
    return _plan(view, own_vendor(view).id, received.table).report


def apply_products(
    app: Leuit,
    identity: Identity,
    received: ReceivedProducts,
    *,
    digest: str | None = None,
    skip_bad: bool = False,
    vendor_id: UUID | None = None,
    request_id: str = "",
) -> Report:
    """Store the file in one unit of work; the report of what was done.

    Raises RefusedRowsError when a row is refused and `skip_bad` is not set, ChangedReportError when
    the outcome is not the one whose digest was given. `vendor_id` is for the operator's command
    alone; everybody else brings in for his own vendor.
    """
    with app.change(identity, request_id=request_id) as work:
        own = unblocked_vendor(work).id if vendor_id is None else vendor_id
        work.session.execute(select(Vendor.id).where(Vendor.id == own).with_for_update())
        plan = _plan(work, own, received.table)
        check_digest(digest, plan.report)
        if plan.report.refused and not skip_bad:
            raise RefusedRowsError(plan.report)
        done = attrs.evolve(plan.report, applied=True)
        wanted = [one for one in plan.products if not one.refused]
        register_file(work, received.file)
        new = [one for one in wanted if one.known is None]
        _Writing(work, own).store(new, [one for one in wanted if one.known is not None])
        ref = RecordRef(IMPORT_REF, received.file.sha256[:20], received.file.name)
        work.audit(IMPORTED, ref, vendor=own, sha256=received.file.sha256, **done.counts)
    return done


def try_for_vendor(view: View, vendor_id: UUID, received: ReceivedProducts) -> Report:
    """As `try_products`, for the operator's command."""
    return _plan(view, vendor_id, received.table).report


def _plan(view: View, vendor_id: UUID, table: Table) -> Plan:
    groups: dict[str, list[Line]] = {}
    nameless: list[RowReport] = []
    for line in table.lines:
        sku = line.get("sku")
        if sku:
            groups.setdefault(sku, []).append(line)
            continue
        row = RowReport(line.number, "", line.get("nama"))
        row.refuse("sku", _("Isi kode barang (sku)."))
        nameless.append(row)
    known = _known(view, vendor_id, groups)
    categories = _categories(view)
    by_id = {category.id: category for category in categories.values()}
    products = [
        read_product(lines, known.get(sku), categories, by_id) for sku, lines in groups.items()
    ]
    for product in products:
        _judge(product)
    rows = sorted(
        [*nameless, *(report for product in products for report in product.reports)],
        key=lambda row: row.number,
    )
    return Plan(Report("products", tuple(rows), table.ignored), tuple(products))


def _judge(asked: AskedProduct) -> None:
    """Fill the reports: refused, new, changed in what, or the same."""
    if not asked.refused:
        _note_changes(asked)
    if not asked.refused:
        return
    bad = next(report.number for report in asked.reports if report.faults)
    for report in asked.reports:
        if not report.faults:
            report.faults.append(refusal_of_group(bad))
        report.status = "ditolak"
        report.changes.clear()


def _note_changes(asked: AskedProduct) -> None:
    known, report = asked.known, asked.report
    if known is None:
        report.changed(_("Produk baru sebagai draf"), new=True)
    else:
        changed = _changed(asked)
        if changed & MODERATED and not may_edit(known.state):
            told = _("Produk ini %s; hanya harga dan stoknya dapat diubah.")
            report.refuse("sku", str(told % STATE_WORDS[known.state].lower()))
            return
        if changed:
            report.changed(_told(changed))
        if after_edit(known.state, changed) != known.state:
            report.changed(_("Perlu diajukan lagi"))
        if not may_price(known.state):
            report.refuse("sku", _("Produk ini sudah berakhir. Salin menjadi produk baru."))
            return
    for variant in asked.variants:
        _note_variant(variant, known)


def _note_variant(variant: AskedVariant, known: KnownProduct | None) -> None:
    there = _there(variant, known)
    if there is None:
        if known is not None and not may_edit(known.state):
            variant.report.refuse("varian", _("Varian baru belum dapat ditambah."))
        variant.report.changed(_("Varian baru"), new=known is None)
        return
    if variant.price is not None and variant.price != there.price:
        prices = {"before": format_rupiah(there.price), "after": format_rupiah(variant.price)}
        variant.report.changed(str(_("Harga %(before)s menjadi %(after)s") % prices))
    if variant.stock_given and variant.stock != there.stock:
        stocks = {"before": _stock(there.stock), "after": _stock(variant.stock)}
        variant.report.changed(str(_("Stok %(before)s menjadi %(after)s") % stocks))


def _changed(asked: AskedProduct) -> frozenset[str]:
    """Names of the fields of a known product that the file has otherwise."""
    if asked.known is None:
        return frozenset()
    changed = set(changed_fields(asked.known.fields, asked.fields))
    if asked.shipping is not None and asked.shipping != asked.known.shipping:
        changed.add("shipping")
    if any(_there(variant, asked.known) is None for variant in asked.variants):
        changed.add("variants")
    return frozenset(changed)


def _told(changed: frozenset[str]) -> str:
    words = sorted(str(FIELD_WORDS[name]) for name in changed if name in FIELD_WORDS)
    return str(_("Berubah: %s") % ", ".join(words))


def _there(variant: AskedVariant, known: KnownProduct | None) -> KnownVariant | None:
    name = variant.name.casefold()
    there = known.variants if known else ()
    return next((one for one in there if one.name.casefold() == name), None)


def _stock(stock: int | None) -> str:
    return "–" if stock is None else format_number(stock)


def _known(view: View, vendor_id: UUID, skus: Iterable[str]) -> dict[str, KnownProduct]:
    """The vendor's products that the file names, by what it calls them; held where work is done."""
    wanted = set(skus)
    query = select(Product).where(Product.vendor_id == vendor_id)
    if isinstance(view, Work):
        query = query.with_for_update()
    products = [
        row
        for row in view.session.scalars(query.order_by(Product.id))
        if row.sku in wanted or str(row.id) in wanted
    ]
    mine = select(Product.id).where(Product.vendor_id == vendor_id)
    variants: dict[UUID, list[KnownVariant]] = {}
    for row in view.session.execute(
        select(Variant.product_id, Variant.id, Variant.name, Variant.price, Variant.stock)
        .add_columns(Variant.place)
        .where(Variant.product_id.in_(mine), Variant.gone.is_(False))
        .order_by(Variant.place)
    ):
        variants.setdefault(row[0], []).append(KnownVariant(*row[1:]))
    shipping = {
        row.product_id: (row.fee, row.days)
        for row in view.session.execute(
            select(Shipping.product_id, Shipping.fee, Shipping.days).where(
                Shipping.product_id.in_(mine), Shipping.district == ""
            )
        )
    }
    found: dict[str, KnownProduct] = {}
    for product in products:
        one = KnownProduct(
            product.id,
            product.state,
            {name: getattr(product, name) for name in FIELDS},
            tuple(variants.get(product.id, ())),
            shipping.get(product.id),
        )
        found[product.sku if product.sku in wanted else str(product.id)] = one
    return found


def _categories(view: View) -> dict[str, KnownCategory]:
    specs: dict[UUID, list[Any]] = {}
    for row in view.session.scalars(select(Attribute).order_by(Attribute.place)):
        specs.setdefault(row.category_id, []).append(spec_of(row))
    rows = view.session.execute(
        select(Category.code, Category.id, Category.unit_code, Category.hidden).where(
            Category.level == 3
        )
    )
    return {
        code: KnownCategory(id_, unit, not hidden, tuple(specs.get(id_, ())))
        for code, id_, unit, hidden in rows
    }


@attrs.frozen
class _Writing:
    """Rows of all products of a file, written table by table."""

    work: Work
    vendor_id: UUID
    rows: dict[Any, list[dict[str, Any]]] = attrs.field(factory=dict)
    places: dict[UUID, int] = attrs.field(factory=dict)

    def store(self, new: Sequence[AskedProduct], known: Sequence[AskedProduct]) -> None:
        for asked in new:
            self._begin(asked)
        changed = [asked for asked in known if self._change(asked)]
        for table in (Product, Variant, PricePoint, ProductStep):
            if rows := self.rows.get(table):
                self.work.connection.execute(insert(table), rows)
        if rows := self.rows.get(Shipping):
            statement = insert_into(self.work.database.dialect, Shipping)
            self.work.connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["product_id", "district"],
                    set_={"fee": statement.excluded.fee, "days": statement.excluded.days},
                ),
                rows,
            )
        for asked in changed:
            known_one = asked.known
            if known_one is not None and is_visible(known_one.state):
                self.work.emit(ProductChanged(str(known_one.id)))

    def _add(self, table: Any, **values: Any) -> None:
        self.rows.setdefault(table, []).append(values)

    def _begin(self, asked: AskedProduct) -> None:
        product_id = new_id()
        self._add(
            Product,
            id=product_id,
            key=new_id(),
            vendor_id=self.vendor_id,
            state=DRAFT,
            created_at=self.work.now,
            **asked.fields,
        )
        self._step(product_id, "imported")
        for place, variant in enumerate(asked.variants, start=1):
            self._add_variant(product_id, place, variant)
        self._ship(product_id, asked.shipping)

    def _change(self, asked: AskedProduct) -> bool:
        """Write what is otherwise than it was; whether anything is."""
        known = asked.known
        if known is None:
            return False
        changed = _changed(asked)
        offers = [self._offer(known.id, variant, known) for variant in asked.variants]
        if not changed and not any(offers):
            return False
        state = after_edit(known.state, changed)
        values = {name: asked.fields[name] for name in changed if name in asked.fields}
        values |= {"state": state, "version": Product.version + 1}
        if state != known.state:
            values |= {"reason": "", "note": ""}
            self._step(known.id, REOPEN.step)
        self.work.connection.execute(update(Product).where(Product.id == known.id).values(**values))
        if "shipping" in changed:
            self._ship(known.id, asked.shipping)
        return True

    def _offer(self, product_id: UUID, variant: AskedVariant, known: KnownProduct) -> bool:
        there = _there(variant, known)
        if there is None:
            place = self.places.get(product_id) or self._last_place(product_id)
            self.places[product_id] = place + 1
            self._add_variant(product_id, place + 1, variant)
            return True
        values: dict[str, Any] = {}
        if variant.price is not None and variant.price != there.price:
            values["price"] = variant.price
            self._point(there.id, variant.price)
        if variant.stock_given and variant.stock != there.stock:
            values["stock"] = variant.stock
        if values:
            self.work.connection.execute(
                update(Variant).where(Variant.id == there.id).values(**values)
            )
        return bool(values)

    def _last_place(self, product_id: UUID) -> int:
        """Also that of variants that are gone: their places are not used again."""
        return (
            self.work.session.scalar(
                select(Variant.place)
                .where(Variant.product_id == product_id)
                .order_by(Variant.place.desc())
                .limit(1)
            )
            or 0
        )

    def _add_variant(self, product_id: UUID, place: int, variant: AskedVariant) -> None:
        variant_id = new_id()
        self._add(
            Variant,
            id=variant_id,
            product_id=product_id,
            place=place,
            name=variant.name,
            attributes={},
            stock=variant.stock,
            price=variant.price,
            gone=False,
        )
        self._point(variant_id, variant.price)

    def _point(self, variant_id: UUID, amount: int | None) -> None:
        who = self.work.identity
        self._add(
            PricePoint,
            id=new_id(),
            variant_id=variant_id,
            district=None,
            amount=amount,
            set_at=self.work.now,
            person_id=who.person_id,
            account_id=who.account_id if who.kind == "external" else None,
            reason="",
        )

    def _step(self, product_id: UUID, step: str) -> None:
        who = self.work.identity
        self._add(
            ProductStep,
            id=new_id(),
            product_id=product_id,
            step=step,
            at=self.work.now,
            person_id=who.person_id,
            account_id=who.account_id if who.kind == "external" else None,
            reason="",
            note="",
        )

    def _ship(self, product_id: UUID, shipping: tuple[int, int] | None) -> None:
        if shipping is not None:
            fee, days = shipping
            self._add(Shipping, product_id=product_id, district="", fee=fee, days=days)


FIELD_WORDS = {
    "category_id": _("kategori"),
    "sku": _("kode barang"),
    "name": _("nama"),
    "brand": _("merek"),
    "description": _("uraian"),
    "unit_code": _("satuan"),
    "attributes": _("spesifikasi"),
    "origin": _("asal"),
    "country": _("negara"),
    "tkdn": _("TKDN"),
    "bmp": _("BMP"),
    "tkdn_number": _("nomor sertifikat TKDN"),
    "tkdn_until": _("akhir sertifikat TKDN"),
    "sni_number": _("nomor SNI"),
    "sni_until": _("akhir SNI"),
    "halal_number": _("nomor halal"),
    "halal_until": _("akhir sertifikat halal"),
    "kbki": _("KBKI"),
    "least_order": _("minimal pesan"),
    "shipping": _("ongkos kirim"),
    "variants": _("varian"),
}
