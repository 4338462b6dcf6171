"""A letter out on paper: its values become texts here, its template only lays them out.

Two shapes (Permendagri 1/2023 Pasal 14): `korespondensi` with Nomor, Sifat, Lampiran, Hal and
addressees; `judul` with the kind and number in the middle and no addressee above. Call what draws
outside of any unit of work.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import attrs

from leuit.builtin.documents import Letterhead, Rendered, render_document
from leuit.values import _, format_date
from leuit_archives.rules.letter_content import LetterContent, parts_of, shown_parties
from leuit_archives.rules.name_line import SignatureBlock

_TEMPLATE = Path(__file__).parent / "letter.typ"
NO_NUMBER = _("……… (otomatis)")
FONTS = ("Libertinus Serif", "New Computer Modern")
"""Those that may be distributed with the program; Arial and Bookman Old Style may not."""


@attrs.frozen(kw_only=True)
class LetterPage:
    """Paper in millimetres and type in points: A4 is national (Pasal 28(2)), margins Pasal 34(2).

    F4 is 215 by 330 or 210 by 330, as a region decides (secondary sources: domain file, 3.2).
    """

    width: int = 210
    height: int = 297
    left: int = 30
    top: int = 20
    right: int = 20
    bottom: int = 25
    font: str = FONTS[0]
    font_size: int = 12

    def __attrs_post_init__(self) -> None:
        if not (148 <= self.width <= 297 and 210 <= self.height <= 420):
            raise ValueError(_("Kertas lebarnya 148 sampai 297 mm, tingginya 210 sampai 420 mm."))
        if any(not 5 <= edge <= 60 for edge in (self.left, self.top, self.right, self.bottom)):
            raise ValueError(_("Tepi kertas dari 5 sampai 60 mm."))
        if not 8 <= self.font_size <= 16:
            raise ValueError(_("Ukuran huruf dari 8 sampai 16."))
        if self.font not in FONTS:
            raise ValueError(_("Huruf yang tersedia: %(names)s.") % {"names": ", ".join(FONTS)})


@attrs.frozen(kw_only=True)
class LetterSheet:
    """All that drawing a letter needs, read beforehand.

    `urgency` is in words. `mark` is a secrecy code for the upper left, empty below Rahasia.
    """

    kind: str
    shape: str
    content: LetterContent
    number: str
    day: dt.date
    urgency: str
    mark: str
    letterhead: Letterhead
    signer: SignatureBlock
    page: LetterPage
    footer: tuple[str, ...] = ()
    watermark: str = ""

    @property
    def title(self) -> str:
        """As the file calls itself."""
        return f"{self.kind} {self.number}".strip()


def draw_letter(sheet: LetterSheet, now: dt.datetime) -> Rendered:
    """The PDF/A and the place of its signature, `signer`; TooLargeError for a letter too long."""
    return render_document(
        _TEMPLATE, _values(sheet), title=sheet.title, now=now, author=sheet.letterhead.government
    )


def _values(sheet: LetterSheet) -> dict[str, Any]:
    content = sheet.content
    return {
        "kind": sheet.kind,
        "shape": sheet.shape,
        "number": sheet.number,
        "date": format_date(sheet.day),
        "place_and_date": sheet.letterhead.placed(sheet.day),
        "place": sheet.letterhead.place,
        "urgency": sheet.urgency,
        "attached": content.attached or "-",
        "subject": content.subject,
        "to": shown_parties(content.to),
        "to_place": content.place,
        "parts": [attrs.asdict(part) for part in parts_of(content.body)],
        "closing": [attrs.asdict(part) for part in parts_of(content.closing)],
        "copies": shown_parties(content.copies),
        "mark": sheet.mark,
        "letterhead": attrs.asdict(sheet.letterhead),
        "signer": attrs.asdict(sheet.signer),
        "page": attrs.asdict(sheet.page),
        "footer": list(sheet.footer),
        "watermark": sheet.watermark,
    }
