"""The demonstration's budget: a DPA in one file, and an SPD for the year so far.

Codes and names of accounts are of the working selection in `data/`; sub-activities, amounts and
numbers are invented.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from leuit.builtin.organisation import unit_by_code
from leuit.identity import Identity
from leuit.plugins import CommandContext
from leuit_sp2d.models import Dpa, Line
from leuit_sp2d.service.dpa import DpaHead
from leuit_sp2d.service.dpa_import import apply_dpa, receive_dpa
from leuit_sp2d.service.spd import SpdHead, issue_spd
from leuit_sp2d.service.spd_request import Share

from .cast import BUDGET, SKPD

SKPD_CODE = "2.16.2.20.2.21.01.0000"
SALARY, PAPER, MEETING, INTERNET, LAPTOP, SERVICE = (
    "5.1.01.01.01.0001",
    "5.1.02.01.01.0024",
    "5.1.02.01.01.0052",
    "5.1.02.02.01.0063",
    "5.2.02.10.01.0002",
    "5.1.02.03.02.0405",
)
LINES = (
    ("2.16.01.2.02.0001", "Penyediaan gaji dan tunjangan ASN", SALARY, 4_200_000_000),
    ("2.16.01.2.06.0005", "Penyediaan barang cetakan dan penggandaan", PAPER, 96_000_000),
    ("2.16.01.2.06.0009", "Rapat koordinasi dan konsultasi SKPD", MEETING, 120_000_000),
    ("2.16.01.2.08.0002", "Penyediaan jasa komunikasi dan listrik", INTERNET, 360_000_000),
    ("2.16.01.2.07.0006", "Pengadaan peralatan dan mesin lainnya", LAPTOP, 480_000_000),
    ("2.16.01.2.09.0006", "Pemeliharaan peralatan dan mesin", SERVICE, 75_000_000),
)
_NAMES = {
    SALARY: "Belanja gaji pokok PNS",
    PAPER: "Belanja alat tulis kantor",
    MEETING: "Belanja makanan dan minuman rapat",
    INTERNET: "Belanja kawat, faksimili, internet dan TV berlangganan",
    LAPTOP: "Belanja modal komputer jaringan dan personal",
    SERVICE: "Belanja pemeliharaan komputer",
}


def fund(context: CommandContext, office: Mapping[str, Identity]) -> dict[str, Line]:
    """DPA and SPD of the present year, where there are none; the lines by their account."""
    app, keeper = context.app, office[BUDGET]
    with app.read(keeper) as view:
        unit = unit_by_code(view, SKPD)
        assert unit is not None
        year = view.today.year
        known = view.session.scalars(
            select(Dpa.id).where(Dpa.unit_id == unit.id, Dpa.year == year).limit(1)
        ).first()
    if known is None:
        first = dt.date(year, 1, 2)
        head = DpaHead(unit.id, year, "M", f"DPA/A.1/2.16/001/{year}", first, SKPD_CODE)
        received = receive_dpa(app, head, _file(), "dpa-diskominfo.csv")
        apply_dpa(app, keeper, received)
        spd = SpdHead(unit.id, year, 1, f"SPD/0001/BKAD/{year}", first)
        issue_spd(app, keeper, spd, Share(Decimal(75)))
    with app.read(keeper) as view:
        lines = view.session.scalars(
            select(Line).where(Line.unit_id == unit.id, Line.year == year)
        ).all()
        return {line.account: line for line in lines}


def _file() -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("sub_kegiatan", "nama_sub_kegiatan", "rekening", "nama_rekening", "pagu"))
    for activity, activity_name, account, ceiling in LINES:
        writer.writerow((activity, activity_name, account, _NAMES[account], ceiling))
    return text.getvalue().encode()
