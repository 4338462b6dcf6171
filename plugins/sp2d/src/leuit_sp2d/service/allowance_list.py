"""The list of an allowance as a file: drawn before a claim is taken up, kept as its evidence."""

from uuid import UUID

from leuit.builtin.documents import letterhead_on
from leuit.identity import Identity, Unit
from leuit.values import format_date
from leuit.work import Leuit, store_file
from leuit_sp2d.documents import AllowanceList, AllowanceRow, draw
from leuit_sp2d.models import OPEN
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT

from .allowances import DrawnList, PricedAllowance, payable
from .claim_desk import find_claim


def draw_list(app: Leuit, identity: Identity, claim_id: UUID) -> DrawnList | None:
    """Draw the list of an open claim and put it into the store; call it outside of any unit.

    None for a claim without an allowance, and for one that does not lie open: `take_claim` says
    why. Raises as `payable` does.
    """
    with app.read(identity) as view:
        claim = find_claim(view, claim_id)
        if claim.month is None or claim.state != OPEN:
            return None
        view.require(MAY_DRAFT, claim.unit_id)
        found = payable(view, claim)
        unit = view.session.get_one(Unit, claim.unit_id)
        paper = AllowanceList(
            unit=unit.name,
            month=format_date(claim.month).partition(" ")[2],
            date=view.today,
            rows=tuple(
                AllowanceRow(one.name, one.nip, one.base, one.deduction, one.amount)
                for one in found.people
                if one.base is not None and one.amount is not None
            ),
            notes=_notes(found, claim.ref_label or claim.basis),
        )
        letterhead = letterhead_on(view, unit.id, view.today)
        name = f"daftar-tpp-{unit.code}-{claim.month:%Y-%m}.pdf"
        now = view.now
    title = f"Daftar perhitungan TPP {paper.unit}, {paper.month}"
    drawn = draw(paper, letterhead=letterhead, title=title, now=now)
    return DrawnList(found, store_file(app, drawn.pdf, "application/pdf", name))


def _notes(found: PricedAllowance, source: str) -> tuple[str, ...]:
    """What the list rests on, in the language of official papers."""
    decrees = sorted({one.decree for one in found.paid if one.decree})
    notes = [f"Dasar besaran: {'; '.join(decrees)}."] if decrees else []
    if source:
        notes.append(f"Potongan menurut: {source}.")
    notes.append("Pecahan rupiah tidak dibayar, dihitung sekali untuk tiap pegawai.")
    left_out = len(found.people) - len(found.paid)
    if left_out:
        notes.append(f"{left_out} pegawai lain dalam rekap dibayar lewat klaim lain.")
    return tuple(notes)
