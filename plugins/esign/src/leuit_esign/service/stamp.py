"""The visible signature: by what right, by whom, when, and a QR code that leads to the public page.

What stands there is read out by screen readers too, as real text of the field's appearance.
"""

from leuit.builtin.core import public_address
from leuit.builtin.documents import StampLine, stamp_pdf
from leuit.identity import Person
from leuit.plugins import HealthAnswer
from leuit.values import _, format_date, format_time, local_time, shown_paper_code
from leuit.work import View
from leuit_esign.models import SIGN, Document, PlaceRow, Step
from leuit_esign.providers import Look

from .documents import places_of, sheets_of
from .places import place_of
from .turn import capacities, lines_of

LEAST_WITH_QR = 45.0
"""A lower box has no room for a code that a phone reads (points)."""


def address_of(view: View, code: str) -> str:
    """The public address at which a document's code is looked up; empty while none is set."""
    return public_address(view, f"/verifikasi/{code}")


def has_address(view: View) -> HealthAnswer:
    """Health check: signatures lead to a public page."""
    if address_of(view, ""):
        return HealthAnswer(True)
    return HealthAnswer(
        False,
        _(
            "Alamat umum server belum diatur; tanda tangan dibuat tanpa kode QR."
            " Isi public_url di bagian [server]."
        ),
    )


def stamp_lines(view: View, document: Document, step: Step) -> list[StampLine]:
    """The words of the reader's signature on his step, from the top; last the code to look up."""
    person = view.session.get_one(Person, view.identity.person_id)
    when = local_time(view.now, view.app.zone)
    lines = [StampLine(_("Ditandatangani secara elektronik oleh:"), "small", leave_out=1)]
    right = capacities(view)[step.position_id]
    lines += [StampLine(line) for line in lines_of(view, step, right)]
    lines.append(StampLine(person.name, "strong"))
    if person.nip:
        lines.append(StampLine(f"NIP {person.nip}", leave_out=3))
    signed_at = f"{format_date(when)} {format_time(when)} {when.tzname()}"
    lines.append(StampLine(signed_at, "small", leave_out=2))
    lines.append(StampLine(_("Kode %s") % shown_paper_code(document.code), "small", leave_out=4))
    return lines


def place_of_step(view: View, document: Document, step: Step) -> PlaceRow | None:
    """Where the step's signature is seen; None for one that nobody sees."""
    if step.kind != SIGN:
        return None
    rows = places_of(view, document.id)
    return next((row for row in rows if row.field == step.field), None)


def look_of(document: Document, row: PlaceRow, lines: list[StampLine], address: str) -> Look:
    """The look at a place, without a QR code where `address` is empty.

    Call it outside a unit of work.
    """
    place = place_of(row)
    code = address if place.height >= LEAST_WITH_QR else ""
    # A field's box is whole points: the look has the size that the field will have.
    width, height = round(place.right) - round(place.left), round(place.top) - round(place.bottom)
    return Look(stamp_pdf(lines, code or None, width, height), sheets_of(document)[row.page].rotate)
