"""Nomor cadangan: numbers set aside for an outage, each entered later or cancelled."""

from typing import Any

from leuit.identity import Unit
from leuit.values import InvalidInputError, _, local_day, new_id
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    page,
    page_number,
    parse_id,
    run_form,
)
from leuit_archives.permissions import REGISTER
from leuit_archives.service.letter_levels import current_levels, secrecy_levels
from leuit_archives.service.letter_rules import letter_kinds_on
from leuit_archives.service.letter_uploads import MOST_OUT, receive_upload
from leuit_archives.service.number_blocks import (
    PaperLetter,
    blocks_of,
    cancel_number,
    enter_letter,
    find_block,
    find_number,
    numbers_of,
    open_numbers,
    reserve_block,
)
from leuit_archives.service.offered_units import units_with

from .outgoing_words import HOME, path_of

BLOCKS = "/archives/number-blocks"
STATES = {
    "open": (_("Masih terbuka"), "tunggu"),
    "used": (_("Dipakai"), "daun"),
    "cancelled": (_("Dibatalkan"), "abu"),
}


def show_blocks(request: Request) -> Response:
    """Blocks of the reader's units, and numbers of past years that nobody accounted for."""
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        found, total = blocks_of(view, PAGE_SIZE, start)
        left = {one.block.id: one.values for one in open_numbers(view)}
        rows = [
            {
                "block": one,
                "unit": view.session.get_one(Unit, one.unit_id).name,
                "left": len(left.get(one.id, ())),
                "path": f"{BLOCKS}/{one.id}",
            }
            for one in found
        ]
        overdue = open_numbers(view, local_day(view.now, view.app.zone).year)
    return page(
        request,
        "archives/number_blocks.html",
        listing=Listing.of(request, rows, total),
        overdue=overdue,
        path=BLOCKS,
        home=HOME,
    )


def show_block(request: Request) -> Response:
    """One block, number by number."""
    with request.read() as view:
        block = find_block(view, parse_id(request.params["block_id"]))
        rows = [
            {
                "number": one,
                "state": STATES[one.state],
                "path": f"{BLOCKS}/numbers/{one.id}",
                "letter": path_of(one.letter_id) if one.letter_id else "",
            }
            for one in numbers_of(view, block.id)
        ]
        unit = view.session.get_one(Unit, block.unit_id).name
    return page(
        request, "archives/number_block.html", block=block, rows=rows, unit=unit, path=BLOCKS
    )


def new_block(request: Request) -> Response:
    """Set numbers aside."""
    with request.read() as view:
        kinds = [one.kind for one in letter_kinds_on(view, view.today) if one.number_pattern]
        units = units_with(view, REGISTER)
    form = FormPage(
        title=_("Cadangkan nomor"),
        lead=_("Untuk surat yang ditulis di kertas selama sistem tidak dapat dipakai."),
        fields=[
            Field("key", "", "hidden"),
            Field(
                "unit",
                _("Unit"),
                "select",
                choices=[Choice(str(one.id), one.name) for one in units],
            ),
            Field("kind", _("Jenis naskah"), "select", choices=[Choice(one, one) for one in kinds]),
            Field("count", _("Banyaknya nomor"), width="short", convert=_whole),
            Field("reason", _("Alasan"), most=500, hint=_("Misalnya pemeliharaan jaringan.")),
        ],
        submit=_("Cadangkan"),
        back=BLOCKS,
        back_label=_("Nomor cadangan"),
    )
    form.values["key"] = str(new_id())

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            block = reserve_block(
                work,
                parse_id(values["key"]),
                parse_id(values["unit"]),
                values["kind"],
                values["count"],
                values["reason"],
            )
            told = {"first": block.first, "last": block.last}
            path = f"{BLOCKS}/{block.id}"
        return path, _("Nomor %(first)s sampai %(last)s dicadangkan.") % told

    return run_form(request, form, act)


def enter(request: Request) -> Response:
    """Enter the letter that bears a number."""
    number_id = parse_id(request.params["number_id"])
    with request.read() as view:
        block, number = find_number(view, number_id)
        levels = current_levels(view, view.today)
        if not levels:
            secrecy_levels(view, view.today)  # says which edition is missing
    form = FormPage(
        title=_("Masukkan surat bernomor %s") % number.value,
        lead=_("%(kind)s yang ditulis dan ditandatangani di kertas.") % {"kind": block.kind},
        fields=[
            Field("dated", _("Tanggal surat"), "date"),
            Field("subject", _("Hal"), most=500),
            Field("to", _("Tujuan"), required=False, most=300),
            Field(
                "secrecy",
                _("Keamanan"),
                "radio",
                choices=[Choice(one.code, f"{one.name} ({one.code})") for one in levels],
            ),
            Field("class_code", _("Kode klasifikasi"), required=False, most=40, width="medium"),
            Field("file", _("Hasil pindaian (PDF)"), "file", accept=".pdf,application/pdf"),
        ],
        submit=_("Simpan surat"),
        back=f"{BLOCKS}/{block.id}",
        back_label=_("Nomor cadangan"),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        upload = values["file"]
        received = receive_upload(request.app, upload.filename, upload.data, MOST_OUT)
        paper = PaperLetter(
            dated=values["dated"],
            subject=values["subject"],
            secrecy=values["secrecy"],
            to=values["to"] or "",
            class_code=values["class_code"] or "",
        )
        with request.change() as work:
            letter = enter_letter(work, number_id, paper, received.file, received.reading.pages)
            path = path_of(letter.id)
        return path, _("Surat disimpan.")

    return run_form(request, form, act)


def cancel(request: Request) -> Response:
    """Account for a number that was not used."""
    number_id = parse_id(request.params["number_id"])
    with request.read() as view:
        block, number = find_number(view, number_id)
    form = FormPage(
        title=_("Batalkan nomor %s") % number.value,
        lead=_("Nomor yang batal tidak dipakai surat lain."),
        fields=[Field("reason", _("Alasan"), most=500)],
        submit=_("Batalkan nomor"),
        back=f"{BLOCKS}/{block.id}",
        back_label=_("Nomor cadangan"),
        danger=True,
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            cancel_number(work, number_id, values["reason"])
        return f"{BLOCKS}/{block.id}", _("Nomor dibatalkan.")

    return run_form(request, form, act)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise InvalidInputError(_("Tulis bilangan bulat."))
    return int(text)
