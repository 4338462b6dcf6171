"""The order of the catalogue: the tree of categories, one of them, and bringing tables in."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from leuit.builtin.organisation import RefusedRowsError
from leuit.builtin.report_pages import kept_file, refuse_file, report_parts
from leuit.values import ConflictError, LeuitError, _
from leuit.web import (
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    page,
    parse_id,
    redirect,
    version_of,
)
from leuit_ecatalog.models.categories import CHOICE, FLAG, NUMBER, TEXT
from leuit_ecatalog.permissions import ARRANGE
from leuit_ecatalog.service.categories import (
    attributes_of,
    category_rows,
    districts,
    find_category,
    hide_category,
)
from leuit_ecatalog.service.category_import import (
    ReceivedOrder,
    apply_order,
    receive_order,
    try_order,
)
from leuit_ecatalog.service.category_tables import TABLES

HOME = "/ecatalog/categories"
REPORT = f"{HOME}/import/report"
TYPES: Mapping[str, str] = {
    TEXT: _("Teks"),
    NUMBER: _("Angka"),
    CHOICE: _("Pilihan"),
    FLAG: _("Ya atau tidak"),
}


def show_categories(request: Request) -> Response:
    """The tree by its first level, with how many products hang on each."""
    with request.read() as view:
        view.require_on_root(ARRANGE)
        rows = category_rows(view)
        areas = districts(view)
    return page(
        request,
        "ecatalog/categories.html",
        groups=_groups(rows),
        total=len(rows),
        areas=areas,
        path=HOME,
    )


def show_category(request: Request) -> Response:
    """One category: what hangs on it, and its attributes."""
    with request.read() as view:
        view.require_on_root(ARRANGE)
        category = find_category(view, parse_id(request.params["category_id"]))
        attributes = attributes_of(view, category.id)
    return page(
        request,
        "ecatalog/category.html",
        category=category,
        attributes=attributes,
        types=TYPES,
        path=f"{HOME}/{category.id}",
        back=HOME,
    )


def hide(request: Request) -> Response:
    """Close a category to new products, or open it again."""
    hidden = request.form.get("hidden") == "ya"
    with request.change() as work:
        category_id = parse_id(request.params["category_id"])
        hide_category(work, category_id, version_of(request.form), hidden=hidden)
    told = _("Kategori ditutup bagi produk baru.") if hidden else _("Kategori dibuka kembali.")
    return redirect(f"{HOME}/{category_id}", told)


def send_table(request: Request) -> Response:
    """Choose which table it is and send the file; nothing is changed yet."""
    with request.read() as view:
        view.require_on_root(ARRANGE)
    form = _form()
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            upload = values["file"]
            try:
                received = receive_order(request.app, values["kind"], upload.data, upload.filename)
            except LeuitError as error:
                refuse_file(form, error, "file")
            else:
                return redirect(f"{REPORT}?{urlencode(_carried(received))}")
    return form.answer(request, "ecatalog/order_import.html", tables=list(TABLES.values()))


def show_report(request: Request) -> Response:
    """What storing the table would do to each row's thing."""
    received = _again(request, request.query)
    with request.read() as view:
        report = try_order(view, received)
    return page(
        request,
        "ecatalog/order_report.html",
        title=received.kind.title,
        back=f"{HOME}/import",
        **report_parts(request, report, REPORT, _carried(received)),
    )


def store(request: Request) -> Response:
    """Store the table as its report was shown."""
    received = _again(request, request.form)
    try:
        report = apply_order(
            request.app,
            request.identity,
            received,
            digest=request.form.get("digest") or "-",
            request_id=request.request_id,
        )
    except (RefusedRowsError, ConflictError) as error:
        return redirect(f"{REPORT}?{urlencode(_carried(received))}", str(error), "bata")
    counts = report.counts
    told = _("Tersimpan: %(new)s baru, %(changed)s berubah.") % {
        "new": counts["baru"],
        "changed": counts["berubah"],
    }
    return redirect(HOME, told)


def _groups(rows: list[Any]) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for row in rows:
        if row.level == 1 or not groups:
            groups.append({"head": row, "rows": []})
        if row.level > 1:
            groups[-1]["rows"].append(row)
    return groups


def _form() -> FormPage:
    return FormPage(
        title=_("Impor tabel katalog"),
        lead=_("Berkas diperiksa dahulu; Anda melihat hasilnya sebelum ada yang berubah."),
        action=f"{HOME}/import",
        submit=_("Periksa berkas"),
        back=HOME,
        back_label=_("Kategori"),
        fields=[
            Field(
                "kind",
                _("Tabel"),
                "select",
                choices=[Choice(table.name, table.title) for table in TABLES.values()],
            ),
            Field("file", _("Berkas CSV atau XLSX"), "file", accept=".csv,.xlsx"),
        ],
    )


def _again(request: Request, carried: Mapping[str, str]) -> ReceivedOrder:
    """The file of the address or form once more, out of the store."""
    data = kept_file(request, carried.get("file", ""))
    return receive_order(request.app, carried.get("kind", ""), data, carried.get("name", "")[:200])


def _carried(received: ReceivedOrder) -> dict[str, str]:
    return {
        "file": received.file.sha256,
        "name": received.file.name,
        "kind": received.kind.name,
    }
