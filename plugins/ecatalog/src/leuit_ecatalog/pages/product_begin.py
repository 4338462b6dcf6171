"""Beginning a product: a category first, found by words or by opening groups, then a name."""

from typing import Any
from uuid import UUID

from leuit.values import _, new_id
from leuit.web import Field, FormPage, Request, Response, page, parse_id, redirect, run_form
from leuit_ecatalog.service.category_choice import CategoryGroup, category_groups
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.product_access import own_product
from leuit_ecatalog.service.products import (
    begin_product,
    change_category,
    copy_product,
    open_category,
)

from .product_common import (
    LIST,
    UNITS,
    after,
    product_id_of,
    product_path,
    step_form,
)


def begin(request: Request) -> Response:
    """Choose a category; then name the product, and go on with it as a draft."""
    category = request.query.get("category", "") or request.form.get("category", "")
    if not category:
        with request.read() as view:
            own_vendor(view)
            groups = category_groups(view, request.query.get("q", "")[:60])
        return _choose(request, groups, f"{LIST}/new", _("Produk baru"), LIST, _("Produk saya"))
    category_id = parse_id(category)
    with request.read() as view:
        own_vendor(view)
        chosen = open_category(view, category_id)
        form = _basics_form(chosen.path, chosen.unit_code, category_id)

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            basics = {name: values[name] or "" for name in BASICS}
            product = begin_product(work, parse_id(values["key"]), category_id, basics)
            path = f"{product_path(product.id)}/pictures"
        return path, _("Draf tersimpan. Tambahkan gambar.")

    return run_form(request, form, act)


def choose_category(request: Request) -> Response:
    """Move a product into another category."""
    product_id = product_id_of(request)
    category = request.query.get("category", "") or request.form.get("category", "")
    if not category:
        with request.read() as view:
            product = own_product(view, product_id)
            groups = category_groups(view, request.query.get("q", "")[:60])
        path = product_path(product.id)
        return _choose(request, groups, f"{path}/category", _("Kategori"), path, product.name)
    category_id = parse_id(category)
    with request.read() as view:
        product = own_product(view, product_id)
        chosen = open_category(view, category_id)
        form = step_form(
            product,
            "category",
            _("Pindahkan ke kategori ini"),
            [Field("category", "", "hidden")],
            chosen.path + ". " + str(_("Spesifikasi yang tidak ada di kategori ini dihapus.")),
        ).fill({"category": category_id})
        form.submit = _("Pindahkan produk")

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            change_category(work, product_id, int(values["version"]), category_id)
            path = after("category", own_product(work, product_id))
        return path, _("Kategori tersimpan.")

    return run_form(request, form, act)


def copy(request: Request) -> Response:
    """Make a draft that says the same."""
    with request.change() as work:
        key = parse_id(request.form.get("key", ""))
        copied = copy_product(work, product_id_of(request), key)
        path = f"{product_path(copied.id)}/basics"
    return redirect(path, _("Salinan tersimpan sebagai draf. Ganti namanya."))


BASICS = ("name", "brand", "description", "unit", "sku")


def basics_fields() -> list[Field]:
    """The questions of the first step."""
    return [
        Field("name", _("Nama produk"), most=160, hint=_("Misalnya Gula aren cetak batok 500 g.")),
        Field("description", _("Uraian"), "textarea", rows=4, required=False, most=1_000),
        Field("brand", _("Merek"), required=False, most=80),
        Field("unit", _("Satuan jual"), "select", choices=UNITS, width="medium"),
        Field(
            "sku",
            _("Kode barang Anda"),
            required=False,
            most=40,
            width="medium",
            hint=_("Dipakai untuk impor berkas, misalnya AREN-500."),
        ),
    ]


def _basics_form(path: str, unit: str, category_id: UUID) -> FormPage:
    form = FormPage(
        title=_("Produk baru"),
        lead=path,
        fields=[
            *basics_fields(),
            Field("category", "", "hidden"),
            Field("key", "", "hidden"),
        ],
        submit=_("Simpan draf dan lanjut"),
        back=f"{LIST}/new",
        back_label=_("Pilih kategori"),
    )
    return form.fill({"unit": unit or "H87", "category": category_id, "key": new_id()})


def _choose(
    request: Request,
    groups: list[CategoryGroup],
    action: str,
    title: str,
    back: str,
    back_label: str,
) -> Response:
    return page(
        request,
        "ecatalog/category_choice.html",
        groups=groups,
        action=action,
        title=title,
        back=back,
        back_label=back_label,
        text=request.query.get("q", "")[:60],
    )
