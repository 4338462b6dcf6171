"""SPP, SPM and SP2D as PDF/A: drawn when somebody first wants one, then kept.

A paper says what it said when it was issued, and is drawn as of that instant: drawn again it is the
same file, byte for byte. A voided one is drawn anew with BATAL across its pages. The office of who
issued it lends the letterhead.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias
from uuid import UUID

import attrs

from leuit.builtin.core import public_address
from leuit.builtin.documents import Letterhead, Rendered, letterhead_on
from leuit.identity import SYSTEM, Identity
from leuit.values import shown_paper_code
from leuit.work import Leuit, StoredFile, View, register_file, store_file
from leuit_sp2d.documents import (
    Claim,
    ClaimLine,
    Coded,
    Deduction,
    Reference,
    Sp2dPaper,
    SpmPaper,
    SppPaper,
    draw,
)
from leuit_sp2d.models import VOIDED, Paper
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP

from .paper_content import STEPS, PaperContent, content_of
from .papers import find_paper, locked_paper, paper_ref

Value: TypeAlias = SppPaper | SpmPaper | Sp2dPaper

CHECK = "/sp2d/check"
"""Where a code is looked up."""


@attrs.frozen
class Sheet:
    """All that drawing a paper needs, read beforehand."""

    value: Value
    letterhead: Letterhead
    content: PaperContent
    title: str
    name: str
    voided: bool

    def drawn(self, footer: tuple[str, ...] = ()) -> Rendered:
        """The PDF and its signature places; call it outside of any unit."""
        return draw(
            self.value,
            letterhead=self.letterhead,
            title=self.title,
            now=self.content.at,
            footer=footer,
            voided=self.voided,
        )


def paper_pdf(app: Leuit, identity: Identity, paper_id: UUID) -> tuple[bytes, str]:
    """The file of a paper and its name: signed where it is, voided where it was.

    Reading it is noted. Raises NotFoundError for a paper of a unit of others.
    """
    with app.read(identity) as view:
        paper = find_paper(view, paper_id)
        if identity != SYSTEM:
            view.note_access(paper_ref(paper), fields=["payee", "npwp", "account"])
        stored = _stored(paper)
        name = file_name(paper)
        sheet = None if stored else sheet_of(view, paper)
    if sheet is None:
        return app.blobs.get(stored), name
    drawn = sheet.drawn().pdf
    file = store_file(app, drawn, "application/pdf", name)
    if _keep(app, identity, paper_id, file, voided=sheet.voided):
        return drawn, name
    return paper_pdf(app, identity, paper_id)


def sheet_of(view: View, paper: Paper) -> Sheet:
    """What a paper is drawn from."""
    content = content_of(paper)
    issuer = content.signers[STEPS[paper.kind]]
    return Sheet(
        _VALUES[paper.kind](view, paper, content),
        letterhead_on(view, issuer.unit_id or paper.unit_id, paper.dated),
        content,
        f"{paper.kind} {paper.number}",
        file_name(paper),
        paper.state == VOIDED,
    )


def file_name(paper: Paper) -> str:
    """`sp2d-000198-2026.pdf`, with what became of it."""
    mark = "-batal" if paper.state == VOIDED else "-ditandatangani" if paper.signed_sha256 else ""
    return f"{paper.kind.lower()}-{paper.value:06d}-{paper.year}{mark}.pdf"


def _stored(paper: Paper) -> str:
    return paper.void_sha256 if paper.state == VOIDED else paper.signed_sha256 or paper.sha256


def _keep(
    app: Leuit, identity: Identity, paper_id: UUID, file: StoredFile, *, voided: bool
) -> bool:
    """Keep what was drawn; False when the paper was voided or signed meanwhile."""
    with app.change(identity) as work:
        paper = locked_paper(work, paper_id)
        if (paper.state == VOIDED) is not voided or (paper.signed_sha256 and not voided):
            return False
        if _stored(paper):
            return True
        sha256 = register_file(work, file)
        if voided:
            paper.void_sha256 = sha256
        else:
            paper.sha256 = sha256
        work.audit("sp2d.paper.drawn", paper_ref(paper), sha256=sha256, voided=voided)
    return True


def _spp(view: View, paper: Paper, content: PaperContent) -> SppPaper:
    return SppPaper(
        number=paper.number,
        date=paper.dated,
        kind=content.kind,
        fiscal_year=paper.year,
        skpd=Coded(content.skpd, content.unit),
        addressee=f"Pengguna Anggaran/Kuasa Pengguna Anggaran {content.unit}",
        dpa=content.dpa,
        spds=content.spds,
        payee=content.payee,
        purpose=content.purpose,
        lines=content.lines,
        treasurer=content.signers[SPP].signer,
        officer=content.signers[DRAFT].signer,
        check_address=public_address(view, f"{CHECK}/{paper.code}"),
        check_code=shown_paper_code(paper.code),
    )


def _spm(view: View, paper: Paper, content: PaperContent) -> SpmPaper:
    return SpmPaper(
        number=paper.number,
        date=paper.dated,
        kind=content.kind,
        fiscal_year=paper.year,
        skpd=Coded(content.skpd, content.unit),
        dpa=content.dpa,
        spds=content.spds,
        spp=_followed(content),
        payee=content.payee,
        purpose=content.purpose,
        claim=_claim(content),
        stamp_duty=content.stamp_duty,
        signer=content.signers[SPM].signer,
        check_address=public_address(view, f"{CHECK}/{paper.code}"),
        check_code=shown_paper_code(paper.code),
    )


def _sp2d(view: View, paper: Paper, content: PaperContent) -> Sp2dPaper:
    return Sp2dPaper(
        number=paper.number,
        date=paper.dated,
        kind=content.kind,
        fiscal_year=paper.year,
        skpd=Coded(content.skpd, content.unit),
        spm=_followed(content),
        bank=content.rkud_bank,
        rkud=content.rkud_account,
        payee=content.payee,
        purpose=content.purpose,
        claim=_claim(content),
        signer=content.signers[SP2D].signer,
        check_address=public_address(view, f"{CHECK}/{paper.code}"),
        check_code=shown_paper_code(paper.code),
    )


_VALUES: Mapping[str, Callable[[View, Paper, PaperContent], Value]] = {
    "SPP": _spp,
    "SPM": _spm,
    "SP2D": _sp2d,
}


def _followed(content: PaperContent) -> Reference:
    """SPM and SP2D follow another paper; only an SPP has none before it."""
    assert content.follows is not None
    return content.follows


def _claim(content: PaperContent) -> Claim:
    return Claim(
        tuple(ClaimLine(line.account, line.amount, line.activity) for line in content.lines),
        tuple(
            Deduction(one.title, one.amount, one.reduces, one.billing_id)
            for one in content.deductions
        ),
    )
