"""Good files that must stay VALID beside all the attacks, and harmless changes the rule allows.

A rule that calls every file bad stops every attack; these files show that ours does not.
"""

import asyncio
import io
from collections.abc import Callable

import pikepdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko_certvalidator import ValidationContext

from leuit_esign.rules import VALID
from tests.esign.attacks import (
    CATALOG,
    FORM,
    NEXT,
    Corpus,
    Seal,
    page_letter,
    rewritten,
    signed,
    signed_twice,
    trailer_of,
    updated,
)
from tests.esign.attacks_cms import archived, sign_as, stamper_of
from tests.esign.attacks_content import metadata
from tests.esign.attacks_fields import WHOLE
from tests.esign.attacks_forms import filled
from tests.esign.attacks_structure import bomb
from tests.esign.letters import Pen, letter, stream, with_fields

GOOD = Corpus()
ALLOWED = Corpus()


def trust(pen: Pen) -> ValidationContext:
    """What a signing program trusts and asks."""
    return ValidationContext(trust_roots=[pen.root], allow_fetching=True)


# ------------------------------------------------------------------------------- signed and no more


@GOOD.each({"B-B": "B-B", "B-T": "B-T", "B-LT": "B-LT", "B-LTA": "B-LTA"}, VALID)
def one_signature(pen: Pen, level: str) -> bytes:
    """One signature at each level."""
    return signed(pen, level=level)


@GOOD.each({"none": None, "small": (50, 50, 150, 80), "as large as the page": WHOLE}, VALID)
def box_of_a_signature(pen: Pen, box: tuple[int, int, int, int] | None) -> bytes:
    """The signature has no box, a small one, or one as large as the page."""
    return pen.sign(letter(), "bupati", box=box)


@GOOD.answered(VALID)
def two_signatures(pen: Pen) -> bytes:
    """A second holder signs in a new field."""
    return signed_twice(pen)


@GOOD.answered(VALID)
def three_signatures(pen: Pen) -> bytes:
    """Three holders sign in new fields."""
    return pen.sign(signed_twice(pen), "kadis", "TTE3")


@GOOD.answered(VALID)
def five_signatures_on_three_pages(pen: Pen) -> bytes:
    """Five signatures, of which each page has some."""
    pdf = letter(pages=3)
    holders = ("bupati", "sekda", "kadis", "sekda", "kadis")
    for number, holder in enumerate(holders):
        spec = SigFieldSpec(f"TTE{number}", on_page=number % 3, box=(50, 50, 150, 80 + number))
        pdf = pen.sign(pdf, holder, f"TTE{number}", spec=spec)
    return pdf


@GOOD.answered(VALID)
def prepared_fields_in_order(pen: Pen) -> bytes:
    """Three prepared fields are signed in their order."""
    pdf = with_fields(letter(), "TTE1", "TTE2", "TTE3")
    for holder, field in (("bupati", "TTE1"), ("sekda", "TTE2"), ("kadis", "TTE3")):
        pdf = pen.sign(pdf, holder, field)
    return pdf


@GOOD.answered(VALID)
def prepared_fields_in_another_order(pen: Pen) -> bytes:
    """The last of three prepared fields is signed first, and one is left empty."""
    pdf = with_fields(letter(), "TTE1", "TTE2", "TTE3")
    return pen.sign(pen.sign(pdf, "bupati", "TTE3"), "sekda", "TTE1")


@GOOD.answered(VALID)
def prepared_fields_on_a_certified_letter(pen: Pen) -> bytes:
    """A letter is certified for form filling, and its second prepared field is signed."""
    pdf = with_fields(letter(), "TTE1", "TTE2")
    permissions = MDPPerm.FILL_FORMS
    first = pen.sign(pdf, "bupati", "TTE1", certify=True, docmdp_permissions=permissions)
    return pen.sign(first, "sekda", "TTE2")


@GOOD.answered(VALID)
def last_signature_locks_the_letter(pen: Pen) -> bytes:
    """The last of two signatures locks all fields."""
    locking = FieldMDPSpec(FieldMDPAction.ALL)
    spec = SigFieldSpec("TTE2", box=(50, 90, 150, 120), field_mdp_spec=locking)
    return pen.sign(signed(pen), "sekda", "TTE2", spec=spec)


@GOOD.answered(VALID)
def letter_with_an_untouched_field(pen: Pen) -> bytes:
    """A letter with a text field that nobody touched after signing."""
    return filled(pen)


@GOOD.answered(VALID)
def two_signatures_and_an_untouched_field(pen: Pen) -> bytes:
    """The same with two signatures: only signatures followed the first."""
    return pen.sign(filled(pen), "sekda", "TTE2")


@GOOD.answered(VALID)
def letter_with_object_streams(pen: Pen) -> bytes:
    """A letter with object streams and a cross-reference stream is signed twice."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(letter())))
    writer.stream_xrefs = True
    out = io.BytesIO()
    writer.write(out)
    return pen.sign(pen.sign(out.getvalue(), "bupati"), "sekda", "TTE2")


@GOOD.answered(VALID)
def letter_with_a_letter_in_it(pen: Pen) -> bytes:
    """Another letter, with an end of its own, lies in the signed letter as an attachment."""
    file = b"<</Type/Filespec/F(lampiran.pdf)/EF<</F 6 0 R>>>>"
    names = b"/Names<</EmbeddedFiles<</Names[(lampiran.pdf)7 0 R]>>>>"
    inner = stream(letter("Lampiran")).replace(b"<<", b"<</Type/EmbeddedFile", 1)
    return pen.sign(page_letter(b"0 g", inner, file, catalog=names), "bupati")


@GOOD.answered(VALID)
def two_signatures_on_a_letter_with_a_letter_in_it(pen: Pen) -> bytes:
    """The same with a second signature."""
    return pen.sign(letter_with_a_letter_in_it(pen), "sekda", "TTE2")


@GOOD.answered(VALID)
def linearised_letter(pen: Pen) -> bytes:
    """A letter arranged for the web, which has two tables and two ends, is signed twice."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(pages=2))) as opened:
        opened.save(out, linearize=True)
    return pen.sign(pen.sign(out.getvalue(), "bupati"), "sekda", "TTE2")


@GOOD.answered(VALID)
def signed_content_that_is_a_bomb(pen: Pen) -> bytes:
    """What a page takes when it is drawn is no matter of its signature: it is not opened."""
    return pen.sign(updated(letter(), {5: bomb()}), "bupati")


# ------------------------------------------------------------------------ proofs of time and status


@GOOD.answered(VALID)
def two_signatures_at_the_highest_level(pen: Pen) -> bytes:
    """Two signatures, each with validation data and a document time stamp."""
    return pen.sign(signed(pen, level="B-LTA"), "sekda", "TTE2", "B-LTA")


@GOOD.answered(VALID)
def levels_mixed(pen: Pen) -> bytes:
    """A signature without proofs, one with a time stamp, one with everything."""
    return pen.sign(pen.sign(signed(pen), "sekda", "TTE2", "B-T"), "kadis", "TTE3", "B-LTA")


@GOOD.answered(VALID)
def archive_prolonged(pen: Pen) -> bytes:
    """A second document time stamp is put over the first."""
    stamper = PdfTimeStamper(HTTPTimeStamper(pen.authority.time_stamp_url))
    out = io.BytesIO()
    reader = PdfFileReader(io.BytesIO(signed(pen, level="B-LTA")))
    stamper.update_archival_timestamp_chain(reader, trust(pen), in_place=False, output=out)
    return out.getvalue()


@GOOD.answered(VALID)
def validation_data_added_afterwards(pen: Pen) -> bytes:
    """The security store is made after the signature, as an archive does."""
    return with_validation_data(pen, signed(pen, level="B-T"))


@GOOD.answered(VALID)
def validation_data_added_to_the_second_signature(pen: Pen) -> bytes:
    """The security store gets more after the second signature."""
    return with_validation_data(pen, pen.sign(signed(pen, level="B-LT"), "sekda", "TTE2"))


def with_validation_data(pen: Pen, pdf: bytes) -> bytes:
    """An update of the security store for the last signature."""
    out, trusted = io.BytesIO(), trust(pen)
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[-1]

    async def add() -> None:
        await async_add_validation_info(signature, trusted, output=out)
        await trusted.aclose()

    asyncio.run(add())
    return out.getvalue()


@GOOD.answered(VALID)
def expired_and_stamped_by_the_authority(pen: Pen) -> bytes:
    """A true time stamp from before the expiry: what the attacks with false ones imitate."""
    return sign_as(letter(), pen.signer("habis"), stamper_of(pen, "tsa"))


@GOOD.answered(VALID)
def revoked_and_stamped_by_the_authority(pen: Pen) -> bytes:
    """A true time stamp from before the revocation (rule 3.7 point 8)."""
    return sign_as(letter(), pen.signer("dicabut"), stamper_of(pen, "tsa"))


@GOOD.answered(VALID)
def expired_and_archived_by_the_authority(pen: Pen) -> bytes:
    """A true document time stamp from before the expiry over a true answer of that time."""
    return archived(pen, "habis", "tsa")


# -------------------------------------- changes without a visible part that rule 3.7 point 3 allows


@ALLOWED.answered(VALID)
def white_space_appended(pen: Pen) -> bytes:
    """A mail program adds the end of a line."""
    return signed(pen) + b"\r\n"


@ALLOWED.answered(VALID)
def information_changed(pen: Pen) -> bytes:
    """/Info is written anew, as every program does that saves a file; no page shows it."""
    entries = trailer_of(signed(pen))
    return updated(signed(pen), {12: b"<</Title(Lain)/Producer(Program Lain)>>"}, entries=entries)


@ALLOWED.answered(VALID)
def metadata_added(pen: Pen) -> bytes:
    """XMP metadata are added."""
    more = {NEXT: metadata()}
    return rewritten(signed(pen), CATALOG, b"2 0 R", b"2 0 R/Metadata 13 0 R", more)


@ALLOWED.answered(VALID)
def object_without_a_use_added(pen: Pen) -> bytes:
    """An object is added to which nothing refers."""
    return updated(signed(pen), {NEXT: stream(b"0 g")})


@ALLOWED.answered(VALID)
def object_written_again_as_it_was(pen: Pen) -> bytes:
    """The font is written anew, word for word."""
    return updated(signed(pen), {3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"})


@ALLOWED.answered(VALID)
def invisible_field_prepared(pen: Pen) -> bytes:
    """A signature field without a box is prepared after the first signature."""
    field = b"<</FT/Sig/T(TTE2)/Type/Annot/Subtype/Widget/F 132/Rect[0 0 0 0]/P 4 0 R>>"
    return rewritten(signed(pen), FORM, b"[ 8 0 R ]", b"[ 8 0 R 13 0 R ]", {NEXT: field})


@ALLOWED.each({"upper": bytes.upper, "lower": bytes.lower}, VALID)
def hexadecimal_case_changed(pen: Pen, case: Callable[[bytes], bytes]) -> bytes:
    """The signature's hexadecimal digits are written in the other case."""
    seal = Seal.of(signed(pen))
    return seal.with_gap(case(seal.pdf[seal.start : seal.end]))
