"""Invented papers: what stands in for contracts and receipts in the demonstration."""

import datetime as dt
from pathlib import Path

from leuit.builtin.documents import render_pdf
from leuit.values import _

TEMPLATE = Path(__file__).parent.parent / "documents" / "evidence.typ"


def evidence_pdf(title: str, purpose: str, payee: str, number: int, now: dt.datetime) -> bytes:
    """A page that says what it stands for; told to be invented."""
    values = {
        "title": title,
        "purpose": purpose,
        "payee": payee,
        "number": f"{number:03d}",
        "remark": _("Dokumen contoh untuk peragaan; semua isinya karangan."),
    }
    return render_pdf(TEMPLATE, values, title=title, now=now)
