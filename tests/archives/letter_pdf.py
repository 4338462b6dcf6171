"""A letter in as PDF, laid out as an office writes it, with text to read proposals from."""

import datetime as dt
from importlib import resources
from pathlib import Path

from leuit.builtin.documents import render_pdf

_TEMPLATE = Path(str(resources.files("leuit_archives") / "documents" / "demo_letter.typ"))
NUMBER = "400.7.8/217/Dinkes/2026"
SUBJECT = "Undangan rapat koordinasi pencegahan demam berdarah"


def letter_pdf() -> bytes:
    """The letter, dated 1 October 2026."""
    values = {
        "government": "PEMERINTAH KABUPATEN CONTOH",
        "office": "DINAS KESEHATAN",
        "address": "Jalan Contoh Nomor 1, Contoh",
        "placed": "Contoh, 1 Oktober 2026",
        "number": NUMBER,
        "sifat": "Segera",
        "attached": "1 (satu) berkas",
        "subject": SUBJECT,
        "addressee": "Kepala Dinas",
        "body": ["Dengan hormat, kami mengundang Saudara."],
        "post": "Kepala Dinas Kesehatan",
        "signer": "Wulan Contoh",
    }
    now = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    return render_pdf(_TEMPLATE, values, title=SUBJECT, now=now)
