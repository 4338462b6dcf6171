"""`/sp2d/check`: anybody asks by its code whether a paper is genuine, and compares what it says.

Nobody has to sign in. The payee and the account are not told: who holds the paper has them, and
nobody else needs them.
"""

import datetime as dt

from leuit.values import _, read_paper_code, shown_paper_code
from leuit.web import RateLimit, Request, Response, page, redirect
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.service.paper_check import look_up
from leuit_sp2d.service.paper_drawing import CHECK

CODES = RateLimit(60, dt.timedelta(minutes=10))
CODE_SHOWN = 40

_TITLES = {
    "SPP": _("Surat Permintaan Pembayaran (SPP)"),
    "SPM": _("Surat Perintah Membayar (SPM)"),
    "SP2D": _("Surat Perintah Pencairan Dana (SP2D)"),
}


def show_start(request: Request) -> Response:
    """The form for a code; a typed one leads to its own address."""
    typed = request.query.get("code", "").strip()
    code = read_paper_code(typed)
    if code:
        return redirect(f"{CHECK}/{code}")
    fault = _("Kode terdiri dari 12 huruf dan angka.") if typed else ""
    return page(
        request,
        "sp2d/check_start.html",
        status=422 if fault else 200,
        typed=typed[:CODE_SHOWN],
        fault=fault,
    )


def show_code(request: Request) -> Response:
    """What is said about a code: where the QR code of a paper leads."""
    CODES.count(request)
    typed = str(request.params["code"])
    with request.read() as view:
        found = look_up(view, typed)
    code = read_paper_code(typed)
    return page(
        request,
        "sp2d/check.html",
        status=200 if found else 404,
        code=shown_paper_code(code) if code else typed[:CODE_SHOWN],
        found=found,
        title=_TITLES[found.kind] if found else "",
        amount=format_rupiah(found.amount) if found else "",
    )
