"""The steps of a product's form: each a page of at most five questions, saved on its own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from leuit.values import _
from leuit.web import Choice, Field, FormPage, Request, Response, run_form, version_of
from leuit.work import Work
from leuit_ecatalog.models import Product
from leuit_ecatalog.product_words import ORIGIN_WORDS
from leuit_ecatalog.rules.attributes import (
    CHOICE,
    FLAG,
    NUMBER,
    AttributeSpec,
    typed_value,
    units_like,
)
from leuit_ecatalog.rules.percent_text import parse_percent, percent_text
from leuit_ecatalog.service.local_content import local_content
from leuit_ecatalog.service.product_access import own_product, specs_of
from leuit_ecatalog.service.products import (
    change_attributes,
    change_basics,
    change_bmp,
    change_certificates,
    change_origin,
)

from .product_begin import BASICS, basics_fields
from .product_common import after, product_id_of, product_path, step_form

Save = Callable[[Work, int, dict[str, Any]], None]
ATTRIBUTE = "attr_"
_SAVED = _("Tersimpan.")


def basics(request: Request) -> Response:
    """Name, description, brand, unit and own code."""
    product_id = product_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        form = step_form(product, "basics", _("Nama dan uraian"), basics_fields())
        shown = {name: getattr(product, name, "") for name in BASICS}
        form.fill(shown | {"unit": product.unit_code})

    def save(work: Work, version: int, values: dict[str, Any]) -> None:
        change_basics(work, product_id, version, {name: values[name] or "" for name in BASICS})

    return _run(request, form, "basics", save)


def origin(request: Request) -> Response:
    """Where it is made, and its TKDN certificate."""
    product_id = product_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        form = step_form(product, "origin", _("Asal dan TKDN"), _origin_fields())
        shown = {name: getattr(product, name) for name in ("origin", "country", "tkdn_number")}
        form.fill(
            shown | {"tkdn": percent_text(product.tkdn), "tkdn_until": _day(product.tkdn_until)}
        )

    def save(work: Work, version: int, values: dict[str, Any]) -> None:
        given = {name: values[name] for name in ("origin", "tkdn", "tkdn_until")}
        texts = {"country": values["country"] or "ID", "tkdn_number": values["tkdn_number"] or ""}
        change_origin(work, product_id, version, **given, **texts)

    def target(product: Product) -> str:
        path = product_path(product.id)
        return after("origin", product) if product.tkdn is None else f"{path}/bmp"

    return _run(request, form, "origin", save, target)


def bmp(request: Request) -> Response:
    """The company benefit weight: its factors ticked, or the figure of the certificate."""
    product_id = product_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        figures = local_content(view)
        lead = _("Bobot manfaat perusahaan, paling banyak 15,00%. Boleh dilewati.")
        title = _("BMP pada sertifikat")
        field = Field(
            "bmp",
            title,
            required=False,
            width="short",
            convert=partial(parse_percent, most=1_500),
            hint=_("Misalnya 6,00. Tidak dipakai bila faktor di bawah ditandai."),
        )
        form = step_form(product, "bmp", _("BMP"), [field], lead)
        form.fill({"bmp": percent_text(product.bmp)})
        ticked = set(product.bmp_factors)
    if request.method == "POST":
        ticked = set(request.form.all("factor"))

    def save(work: Work, version: int, values: dict[str, Any]) -> None:
        change_bmp(work, product_id, version, sorted(ticked), values["bmp"])

    return _run(
        request,
        form,
        "origin",
        save,
        template="ecatalog/product_bmp.html",
        factors=() if figures is None else figures.factors,
        ticked=ticked,
    )


def certificates(request: Request) -> Response:
    """SNI, halal, and the code of the commodity list."""
    product_id = product_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        form = step_form(
            product,
            "certificates",
            _("SNI, halal, KBKI"),
            _certificate_fields(),
            _("Boleh dilewati"),
        )
        form.fill(
            {
                "sni_number": product.sni_number,
                "sni_until": _day(product.sni_until),
                "halal_number": product.halal_number,
                "halal_until": _day(product.halal_until),
                "kbki": product.kbki,
            }
        )

    def save(work: Work, version: int, values: dict[str, Any]) -> None:
        texts = {name: values[name] or "" for name in ("sni_number", "halal_number", "kbki")}
        days = {name: values[name] for name in ("sni_until", "halal_until")}
        change_certificates(work, product_id, version, **texts, **days)

    return _run(request, form, "certificates", save)


def specification(request: Request) -> Response:
    """What the category asks for."""
    product_id = product_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        specs = specs_of(view, product.category_id)
        lead = "" if specs else str(_("Kategori ini tidak meminta spesifikasi"))
        fields = [_attribute_field(spec) for spec in specs]
        form = step_form(product, "specification", _("Spesifikasi"), fields, lead)
        form.fill(
            {
                ATTRIBUTE + spec.key: typed_value(spec, product.attributes.get(spec.key))
                for spec in specs
            }
        )

    def save(work: Work, version: int, values: dict[str, Any]) -> None:
        given = {spec.key: values[ATTRIBUTE + spec.key] or "" for spec in specs}
        change_attributes(work, product_id, version, given)

    return _run(request, form, "specification", save)


def _run(
    request: Request,
    form: FormPage,
    step: str,
    save: Save,
    target: Callable[[Product], str] | None = None,
    template: str = "form_page.html",
    **context: Any,
) -> Response:
    product_id = product_id_of(request)

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            save(work, version_of(values), values)
            product = own_product(work, product_id)
            path = target(product) if target else after(step, product)
        return path, _SAVED

    return run_form(request, form, act, template, **context)


def _origin_fields() -> list[Field]:
    origins = [Choice(code, word) for code, word in ORIGIN_WORDS.items()]
    return [
        Field("origin", _("Asal produk"), "radio", choices=origins),
        Field(
            "country",
            _("Negara pembuat"),
            width="short",
            required=False,
            most=2,
            hint=_("Dua huruf: ID untuk Indonesia, CN untuk Tiongkok."),
        ),
        Field(
            "tkdn",
            _("TKDN (persen)"),
            required=False,
            width="short",
            convert=parse_percent,
            hint=_("Seperti pada sertifikat, misalnya 40,25."),
        ),
        Field("tkdn_number", _("Nomor sertifikat TKDN"), required=False, most=80),
        Field("tkdn_until", _("Sertifikat berlaku sampai"), "date", required=False),
    ]


def _certificate_fields() -> list[Field]:
    return [
        Field("sni_number", _("Nomor SNI"), required=False, most=80),
        Field("sni_until", _("SNI berlaku sampai"), "date", required=False),
        Field("halal_number", _("Nomor sertifikat halal"), required=False, most=80),
        Field("halal_until", _("Halal berlaku sampai"), "date", required=False),
        Field(
            "kbki",
            _("Kode KBKI"),
            required=False,
            width="medium",
            most=16,
            hint=_("Klasifikasi Baku Komoditas Indonesia, bila tahu."),
        ),
    ]


def _attribute_field(spec: AttributeSpec) -> Field:
    name = ATTRIBUTE + spec.key
    if spec.type == FLAG:
        choices = [Choice("", "–"), Choice("ya", _("Ya")), Choice("tidak", _("Tidak"))]
        return Field(
            name, spec.label, "select", choices=choices, required=spec.required, width="medium"
        )
    if spec.type == CHOICE:
        choices = [Choice("", "–"), *(Choice(one, one) for one in spec.choices)]
        return Field(
            name, spec.label, "select", choices=choices, required=spec.required, width="medium"
        )
    hint = ""
    if spec.type == NUMBER and spec.unit:
        units = ", ".join(units_like(spec.unit))
        hint = str(_("Angka dengan satuan: %s.") % units)
    return Field(name, spec.label, required=spec.required, most=120, hint=hint, width="medium")


def _day(day: Any) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"
