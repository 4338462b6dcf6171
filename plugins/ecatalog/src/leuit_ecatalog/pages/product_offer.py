"""Variants, price, stock and shipping: the part of a product that its vendor changes every day."""

from typing import Any

from leuit.values import InvalidInputError, NotFoundError, _
from leuit.web import (
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    parse_id,
    redirect,
    run_form,
    version_of,
)
from leuit.work import View
from leuit_ecatalog.models import Product, Variant
from leuit_ecatalog.rules.price_text import parse_fee, parse_price
from leuit_ecatalog.rules.product_values import read_least_order
from leuit_ecatalog.rules.stock_text import parse_stock
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service.prices import (
    district_names,
    district_prices,
    set_price,
    take_price_back,
)
from leuit_ecatalog.service.product_access import held_own_product, own_product, variants_of
from leuit_ecatalog.service.product_checks import outlier_factor, outlier_sentence, spread_in
from leuit_ecatalog.service.shipping import shipping_of
from leuit_ecatalog.service.variants import (
    add_variant,
    change_offer,
    change_shipping,
    drop_variant,
    rename_variant,
    variant_in,
)

from .product_common import (
    LIST,
    after,
    posted_version,
    product_id_of,
    product_path,
    step_form,
    variant_id_of,
)

ELSEWHERE = "*"
"""What the form calls every kecamatan without a rate of its own."""


def show_variants(request: Request) -> Response:
    """The variants of a product, and a form for one more."""
    product_id = product_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        variants = variants_of(view, product.id)
        form = step_form(product, "variants", _("Varian, harga, stok"), _variant_fields(variants))
        form.submit = _("Tambah varian") if variants else _("Simpan harga dan stok")
        local = district_prices(view, [variant.id for variant in variants])

    def act(values: dict[str, Any]) -> tuple[str, str]:
        stock = parse_stock(values["stock"] or "")
        if stock.moved:
            raise InvalidInputError(_("Tulis stok awal tanpa + atau -."))
        with request.change() as work:
            add_variant(
                work,
                product_id,
                version_of(values),
                values["name"] or "",
                values["price"],
                stock.count,
            )
            path = f"{product_path(product_id)}/variants"
            told = _warned(work, own_product(work, product_id), values["price"])
        return path, told or _("Varian tersimpan.")

    return run_form(
        request,
        form,
        act,
        "ecatalog/product_variants.html",
        product=product,
        variants=variants,
        local=local,
        unit=unit_label(product.unit_code),
        following=after("variants", product),
        base=product_path(product.id),
    )


def rename(request: Request) -> Response:
    """Another name of a variant, or taking it off sale."""
    product_id, variant_id = product_id_of(request), variant_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        variant = variant_in(view, product, variant_id)
        fields = [Field("name", _("Nama varian"), most=80, required=False)]
        form = step_form(product, "", _("Ubah varian"), fields).fill({"name": variant.name})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            rename_variant(work, product_id, version_of(values), variant_id, values["name"] or "")
        return f"{product_path(product_id)}/variants", _("Varian tersimpan.")

    return run_form(
        request,
        form,
        act,
        "ecatalog/product_variant.html",
        product=product,
        variant=variant,
        base=product_path(product.id),
    )


def drop(request: Request) -> Response:
    """Take a variant off sale."""
    product_id = product_id_of(request)
    with request.change() as work:
        drop_variant(work, product_id, posted_version(request), variant_id_of(request))
    return redirect(f"{product_path(product_id)}/variants", _("Varian tidak dijual lagi."))


def offer(request: Request) -> Response:
    """Price and stock of one variant, the first unless another is asked: two taps from the list."""
    product_id, wanted = product_id_of(request), request.query.get("variant", "")
    with request.read() as view:
        product = own_product(view, product_id)
        variants = variants_of(view, product.id)
        if not variants:
            raise NotFoundError(_("Produk ini belum punya harga."), advice=_("Isi harga dahulu."))
        variant = variant_in(view, product, parse_id(wanted)) if wanted else variants[0]
        variant_id = variant.id
        form = _offer_form(product, variant)

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            changed = change_offer(
                work,
                product_id,
                version_of(values),
                variant_id,
                values["price"],
                parse_stock(values["stock"] or ""),
                _seen(values["seen"]),
                values["reason"] or "",
            )
            told = _warned(work, own_product(work, product_id), values["price"])
        return LIST, told or (
            _("Harga dan stok tersimpan.") if changed else _("Tidak ada perubahan.")
        )

    return run_form(
        request,
        form,
        act,
        "ecatalog/product_offer.html",
        product=product,
        variant=variant,
        variants=variants,
        base=product_path(product.id),
    )


def district_price(request: Request) -> Response:
    """The price of a variant in single kecamatan; an empty one lets the general price hold."""
    product_id, variant_id = product_id_of(request), variant_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        variant = variant_in(view, product, variant_id)
        names = district_names(view)
        here = district_prices(view, [variant.id]).get(variant.id, {})
        fields = [
            Field("district", _("Kecamatan"), "select", choices=_choices(names)),
            Field(
                "price",
                _("Harga di kecamatan itu"),
                required=False,
                width="medium",
                convert=parse_price,
                hint=_("Kosongkan agar harga umum berlaku lagi."),
            ),
        ]
        form = step_form(product, "shipping", _("Harga per kecamatan"), fields)
        form.lead = variant.name

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            held = held_own_product(work, product_id, version_of(values))
            one = variant_in(work, held, variant_id)
            if values["price"] is None:
                changed = take_price_back(work, held, one, values["district"])
            else:
                changed = set_price(work, held, one, values["price"], values["district"])
        told = _("Harga kecamatan tersimpan.") if changed else _("Tidak ada perubahan.")
        return f"{product_path(product_id)}/variants/{variant_id}/districts", told

    return run_form(
        request,
        form,
        act,
        "ecatalog/product_rates.html",
        title=_("Harga yang berlaku"),
        general=variant.price,
        rates=[(names.get(code, code), price, "") for code, price in here.items()],
    )


def shipping(request: Request) -> Response:
    """What bringing costs, for all and for single kecamatan, and the least order."""
    product_id = product_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        names = district_names(view)
        rows = shipping_of(view, product.id)
        form = step_form(product, "shipping", _("Ongkos kirim"), _shipping_fields(names))
        usual = next((row for row in rows if not row.district), None)
        form.fill({"district": ELSEWHERE, "least": product.least_order})
        if usual is not None:
            form.fill({"fee": usual.fee, "days": usual.days})
        path = after("shipping", product)

    def act(values: dict[str, Any]) -> tuple[str, str]:
        district = "" if values["district"] == ELSEWHERE else values["district"]
        with request.change() as work:
            change_shipping(
                work,
                product_id,
                version_of(values),
                district,
                values["fee"],
                int(values["days"] or 0),
                values["least"],
            )
        return path if not district else f"{product_path(product_id)}/shipping", _("Tersimpan.")

    rates = [
        (
            names.get(row.district, str(_("Semua kecamatan lain"))),
            row.fee,
            str(_("%s hari") % row.days),
        )
        for row in rows
    ]
    return run_form(
        request,
        form,
        act,
        "ecatalog/product_rates.html",
        title=_("Ongkos kirim yang berlaku"),
        general=None,
        rates=rates,
    )


def _variant_fields(variants: Any) -> list[Field]:
    first = not variants
    return [
        Field(
            "name",
            _("Nama varian"),
            required=not first,
            most=80,
            hint=_("Misalnya ukuran atau warna. Boleh kosong bila hanya satu.") if first else "",
        ),
        Field("price", _("Harga satuan tanpa PPN"), convert=parse_price, width="medium"),
        Field(
            "stock",
            _("Stok"),
            required=False,
            width="short",
            hint=_("Kosongkan bila dibuat saat dipesan atau berupa jasa."),
        ),
    ]


def _offer_form(product: Product, variant: Variant) -> FormPage:
    fields = [
        Field("price", _("Harga satuan tanpa PPN"), convert=parse_price, width="medium"),
        Field(
            "stock",
            _("Stok"),
            required=False,
            width="short",
            hint=_("Jumlah sekarang, atau +10 bila bertambah, -3 bila berkurang."),
        ),
        Field("reason", _("Alasan perubahan harga"), required=False, most=200),
        Field("seen", "", "hidden", required=False),
    ]
    form = step_form(product, "", _("Harga dan stok"), fields)
    form.lead = variant.name
    form.back, form.back_label = LIST, _("Produk saya")
    stock = "" if variant.stock is None else variant.stock
    return form.fill({"price": variant.price, "stock": stock, "seen": stock})


def _shipping_fields(names: dict[str, str]) -> list[Field]:
    return [
        Field(
            "district",
            _("Ke kecamatan"),
            "select",
            choices=[Choice(ELSEWHERE, _("Semua kecamatan lain")), *_choices(names)],
        ),
        Field(
            "fee",
            _("Ongkos kirim sekali pesan"),
            required=False,
            width="medium",
            convert=parse_fee,
            hint=_("0 bila gratis. Kosongkan untuk menghapus tarif kecamatan ini."),
        ),
        Field("days", _("Lama kirim (hari)"), required=False, width="short", convert=_days),
        Field("least", _("Pesanan paling sedikit"), width="short", convert=read_least_order),
    ]


def _choices(names: dict[str, str]) -> list[Choice]:
    return [Choice(code, name) for code, name in names.items()]


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:4]) <= 365):
        raise InvalidInputError(_("Tulis jumlah hari, 0 sampai 365."))
    return int(text)


def _seen(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _warned(view: View, product: Product, price: int) -> str:
    return outlier_sentence(price, spread_in(view, product), outlier_factor(view))
