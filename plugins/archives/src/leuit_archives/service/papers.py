"""A paper that a step rests on: its number and day, and the scan or signed file of it."""

import datetime as dt

import attrs

from leuit.builtin.checks import TextChecker
from leuit.values import InvalidInputError, _
from leuit.work import StoredFile, Work
from leuit_archives.models.disposals import PAPER_TEXT
from leuit_archives.models.transfers import PAPER_NUMBER


@attrs.frozen
class Paper:
    """A paper as somebody brings it. `text` is what the step asks for beside it."""

    number: str
    dated: dt.date
    file: StoredFile | None
    text: str = ""


def checked_paper(work: Work, paper: Paper, *, text: bool = False) -> Paper:
    """The paper as it is kept: number, a day that is not to come, and its file, all required.

    `text` says that its words are required too. Raises InvalidInputError at its fields.
    """
    check = TextChecker()
    number = check.read("number", paper.number, most=PAPER_NUMBER)
    words = check.read("text", paper.text, most=PAPER_TEXT, required=text)
    if paper.dated > work.today:
        check.fault("dated", _("Tanggal naskah tidak boleh sesudah hari ini."), "out_of_range")
    if paper.file is None:
        check.fault("document", _("Unggah pindaian atau berkas yang ditandatangani."), "required")
    if check.faults:
        raise InvalidInputError(_("Naskah belum lengkap."), fields=check.faults)
    return attrs.evolve(paper, number=number, text=words)
