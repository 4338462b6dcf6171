"""Letterheads and footer of the demonstration: written by one office, put in force by another."""

import datetime as dt
import functools

from sqlalchemy import select

from leuit.builtin.organisation import cast_identity
from leuit.builtin.regulations import Draft, enact_edition
from leuit.identity import Unit, UnitLink
from leuit.plugins import CommandContext, DemoPlan
from leuit.values import _

from .footer import FOOTER
from .letterhead import LETTERHEAD

_LAW = (
    'UU ITE No 11 Tahun 2008 Pasal 5 ayat 1: "Informasi Elektronik dan/atau Dokumen Elektronik '
    'dan/atau hasil cetaknya merupakan alat bukti hukum yang sah"'
)
_SIGNED = (
    "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang "
    "diterbitkan oleh penerbit sertifikat contoh"
)
_SCAN = "Dokumen ini dapat dibuktikan keasliannya dengan memindai QR Code"


def fill(context: CommandContext, plan: DemoPlan) -> None:
    """An invented address for everybody, and the footer that is in use, with another issuer."""
    app = context.app
    with app.read(context.identity) as view:
        first = view.today - dt.timedelta(weeks=plan.weeks)
        root = view.session.scalars(
            select(Unit.name)
            .where(~select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists())
            .order_by(Unit.valid_from, Unit.code)
            .limit(1)
        ).one()
    head = {
        "government": _("Pemerintah %s") % root,
        "address": ["Jalan Contoh Nomor 1, Rangkasbitung 42300"],
        "contact": "Laman contoh.invalid, pos-el surat@contoh.invalid",
        "emblem": "",
        "units": [],
        "place": "Rangkasbitung",
    }
    enact = functools.partial(
        enact_edition,
        app,
        drafter=cast_identity(app, "personnel"),
        activator=cast_identity(app, "regent"),
    )
    enact(
        LETTERHEAD,
        Draft(
            title=_("Contoh: kop naskah dinas"),
            legal_basis=_("Data contoh; bentuknya menurut Permendagri 1/2023"),
            confidence="secondary",
            effective_from=first,
            body=head,
            source=_("Data contoh, alamat rekaan"),
        ),
    )
    enact(
        FOOTER,
        Draft(
            title=_("Contoh: kaki dokumen elektronik"),
            legal_basis="UU 11/2008 Pasal 5 ayat (1)",
            confidence="secondary",
            effective_from=first,
            body={"lines": [_LAW, _SIGNED, _SCAN]},
            source=_("Kalimat yang lazim dipakai pemerintah daerah; penerbit diganti contoh"),
        ),
    )
