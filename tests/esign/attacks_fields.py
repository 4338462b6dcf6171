"""Attacks with signature fields: certified letters (EAA, SSA), fields put over the text, removal.

A sneaky signature attack (SSA) puts a signature field over the text, whose appearance says
something else. Whoever fills such a field must have signed: an unsigned field, or one with anything
else than a judged signature in it, is a visible change like any other.
"""

import functools
import io
import re

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper

from leuit_esign.rules import INVALID, OPEN, UNSIGNED
from tests.esign.attacks import (
    CATALOG,
    CONTENT,
    EITHER,
    EXTRA,
    FIELD,
    FORM,
    NEXT,
    PAGE,
    SIGNATURE,
    SPEECH,
    Corpus,
    body_of,
    form_of,
    page_letter,
    replaced,
    rewritten,
    signed,
    signed_twice,
    size_of,
    updated,
)
from tests.esign.attacks_cms import certificate_for, forged_key, forger, real, sign_as
from tests.esign.attacks_content import ANNOTATIONS, annotated
from tests.esign.letters import Pen, letter, stream, with_fields

CORPUS = Corpus()
WHOLE = (0, 0, 595, 842)
"""A box as large as the page."""
SECOND = NEXT + 1
"""The field of the second signature in `signed_twice(pen)`."""


@functools.cache
def certified(pen: Pen, permissions: MDPPerm) -> bytes:
    """The plain letter, certified."""
    return pen.sign(letter(), "bupati", certify=True, docmdp_permissions=permissions)


CERTIFIED = {
    "no changes": MDPPerm.NO_CHANGES,
    "form filling": MDPPerm.FILL_FORMS,
    "annotations": MDPPerm.ANNOTATE,
}

# ---------------------------------------------------------------- evil annotations (EAA), certified


@CORPUS.each(
    {f"{kind}, {name}": (kind, level) for kind in ANNOTATIONS for name, level in CERTIFIED.items()},
    INVALID,
)
def annotation_on_a_certified_letter(pen: Pen, how: tuple[str, MDPPerm]) -> bytes:
    """A certified letter gets an annotation over its text; the house allows none at any level."""
    kind, level = how
    return annotated(certified(pen, level), ANNOTATIONS[kind])


@CORPUS.answered(INVALID)
def annotation_of_a_certified_letter_rewritten(pen: Pen) -> bytes:
    """An annotation that was certified says something else now, where annotations may change."""
    note = (
        b"<</Type/Annot/Subtype/FreeText/Rect[50 600 300 700]/Contents(Setuju)/DA(/F1 9 Tf 0 g)>>"
    )
    base = page_letter(b"0 g", note, page=b"/Annots[6 0 R]")
    pdf = pen.sign(base, "bupati", certify=True, docmdp_permissions=MDPPerm.ANNOTATE)
    return rewritten(pdf, EXTRA, b"(Setuju)", b"(Tidak setuju)")


@CORPUS.each(CERTIFIED, INVALID)
def content_of_a_certified_letter_replaced(pen: Pen, level: MDPPerm) -> bytes:
    """A certified letter's page says something else."""
    return updated(certified(pen, level), {CONTENT: stream(SPEECH)})


@CORPUS.answered(INVALID)
def permissions_of_a_certified_letter_widened(pen: Pen) -> bytes:
    """The certifying signature's permission is changed in place."""
    pdf = certified(pen, MDPPerm.NO_CHANGES)
    assert b"/P 1" in pdf
    return annotated(pdf.replace(b"/P 1", b"/P 3"), ANNOTATIONS["free text"])


@CORPUS.answered(INVALID)
def certification_dropped(pen: Pen) -> bytes:
    """The catalogue no longer says that the letter is certified, and an annotation comes along."""
    pdf = certified(pen, MDPPerm.NO_CHANGES)
    found = re.search(rb"/Perms <<.*?>>\s", body_of(pdf, CATALOG), re.DOTALL)
    assert found
    return rewritten(pdf, CATALOG, found[0], b"")


# -------------------------------------------------------------------- sneaky signature fields (SSA)

SNEAKY = (
    b"<</FT/Sig/T(Cap)/Type/Annot/Subtype/Widget/F 132/P 4 0 R"
    b"/Rect[0 0 595 842]/AP<</N 14 0 R>>%s>>"
)
"""A signature field as large as the page; its appearance is the object that follows."""


def with_field(
    pdf: bytes, field: bytes, *more: bytes, look: bytes | None = None, kid: int = NEXT
) -> bytes:
    """A signed letter with a field more: the field, its appearance and further objects."""
    new = [field, form_of(SPEECH) if look is None else look, *more]
    objects = {NEXT + at: body for at, body in enumerate(new)}
    objects[PAGE] = replaced(pdf, PAGE, b"[ 8 0 R ]", b"[ 8 0 R %d 0 R ]" % kid)
    objects[FORM] = replaced(pdf, FORM, b"[ 8 0 R ]", b"[ 8 0 R %d 0 R ]" % NEXT)
    return updated(pdf, objects)


@CORPUS.answered(INVALID)
def unsigned_field_over_the_text(pen: Pen) -> bytes:
    """An unsigned signature field is put over the text of a signed letter."""
    return with_field(signed(pen), SNEAKY % b"")


@CORPUS.each(CERTIFIED, INVALID)
def unsigned_field_over_a_certified_text(pen: Pen, level: MDPPerm) -> bytes:
    """An unsigned signature field is put over the text of a certified letter."""
    return with_field(certified(pen, level), SNEAKY % b"")


@CORPUS.answered(INVALID)
def unsigned_field_under_a_later_signature(pen: Pen) -> bytes:
    """An unsigned signature field is put over the text, and then somebody else signs."""
    return pen.sign(unsigned_field_over_the_text(pen), "sekda", "TTE2")


@CORPUS.each(
    {
        "reversed": b"[595 842 0 0]",
        "five numbers": b"[0 0 595 842 0]",
        "a number elsewhere": b"[0 0 595 15 0 R]",
        "thin": b"[0 0 595 0.01]",
    },
    *EITHER,
)
def unsigned_field_with_an_odd_box(pen: Pen, box: bytes) -> bytes:
    """The box of the unsigned field is written so that it may look like none."""
    field = (SNEAKY % b"").replace(b"[0 0 595 842]", box)
    return with_field(signed(pen), field, b"842")


@CORPUS.each(
    {"five numbers": b"[0 0 595 842 0]", "a number elsewhere": b"[0 0 595 6 0 R]"}, INVALID
)
def unsigned_field_that_draws_a_signed_object(pen: Pen, box: bytes) -> bytes:
    """The field draws an object that was signed but not shown, in a box that looks like none."""
    pdf = pen.sign(page_letter(b"0 g", b"842", form_of(SPEECH)), "bupati")
    form, free = int(re.findall(rb"/AcroForm (\d+)", pdf)[-1]), size_of(pdf)
    field = (SNEAKY % b"").replace(b"[0 0 595 842]", box).replace(b"14 0 R", b"7 0 R")
    page = re.sub(rb"/Annots \[ (\d+ 0 R) \]", rb"/Annots [ \1 %d 0 R ]" % free, body_of(pdf, PAGE))
    fields = replaced(pdf, form, b"/Fields [", b"/Fields [ %d 0 R" % free)
    return updated(pdf, {PAGE: page, form: fields, free: field})


@CORPUS.each(
    {"five numbers": b"[0 0 595 842 0]", "a number elsewhere": b"[0 0 595 6 0 R]"}, INVALID
)
def unsigned_field_whose_widget_draws_a_signed_object(pen: Pen, box: bytes) -> bytes:
    """The same, and the field and its widget are two objects."""
    pdf = pen.sign(page_letter(b"0 g", b"842", form_of(SPEECH)), "bupati")
    form, free = int(re.findall(rb"/AcroForm (\d+)", pdf)[-1]), size_of(pdf)
    widget = (SNEAKY % b"/Parent %d 0 R" % free).replace(b"/FT/Sig/T(Cap)", b"")
    widget = widget.replace(b"[0 0 595 842]", box).replace(b"14 0 R", b"7 0 R")
    field = b"<</FT/Sig/T(Cap)/Kids[%d 0 R]>>" % (free + 1)
    both = rb"/Annots [ \1 %d 0 R ]" % (free + 1)
    page = re.sub(rb"/Annots \[ (\d+ 0 R) \]", both, body_of(pdf, PAGE))
    fields = replaced(pdf, form, b"/Fields [", b"/Fields [ %d 0 R" % free)
    return updated(pdf, {PAGE: page, form: fields, free: field, free + 1: widget})


@CORPUS.each(
    {
        "when the page is opened": b"/AA<</PO<</S/JavaScript/JS(app.alert)>>>>",
        "when it is shown": b"/AA<</PV<</S/JavaScript/JS(app.alert)>>>>",
        "when it is clicked": b"/A<</S/JavaScript/JS(app.alert)>>",
        "address": b"/A<</S/URI/URI(http://127.0.0.1/)>>",
    },
    INVALID,
)
def invisible_field_that_acts(pen: Pen, action: bytes) -> bytes:
    """An unsigned signature field without a visible part runs a script."""
    field = b"<</FT/Sig/T(X)/Type/Annot/Subtype/Widget/F 132/Rect[0 0 0 0]/P 4 0 R%s>>"
    return with_field(signed(pen), field % action)


@CORPUS.answered(INVALID)
def unsigned_field_with_a_widget_of_its_own(pen: Pen) -> bytes:
    """The field and its widget are two objects, and the widget is put over the text."""
    widget = (SNEAKY % b"/Parent 13 0 R").replace(b"/FT/Sig/T(Cap)", b"")
    field = b"<</FT/Sig/T(Cap)/Kids[15 0 R]>>"
    return with_field(signed(pen), field, widget, kid=NEXT + 2)


@CORPUS.answered(INVALID)
def unsigned_field_with_a_value_in_its_widget(pen: Pen) -> bytes:
    """The same, and the widget, which is no field, has the letter's own signature for a value."""
    widget = (SNEAKY % b"/Parent 13 0 R/V 11 0 R").replace(b"/FT/Sig/T(Cap)", b"")
    field = b"<</FT/Sig/T(Cap)/Kids[15 0 R]>>"
    return with_field(signed(pen), field, widget, kid=NEXT + 2)


@CORPUS.answered(INVALID)
def unsigned_field_with_a_background(pen: Pen) -> bytes:
    """The unsigned field has no appearance but a background colour."""
    field = (SNEAKY % b"/MK<</BG[1 1 1]>>").replace(b"/AP<</N 14 0 R>>", b"")
    return with_field(signed(pen), field)


@CORPUS.answered(INVALID)
def unsigned_field_below_another(pen: Pen) -> bytes:
    """The unsigned field stands below a field without a kind."""
    kid = (SNEAKY % b"/Parent 13 0 R").replace(b"(Cap)", b"(Anak)")
    return with_field(signed(pen), b"<</T(Induk)/Kids[15 0 R]>>", kid, kid=NEXT + 2)


@CORPUS.each(
    {
        "null": b"/V null",
        "a null elsewhere": b"/V 15 0 R",
        "nothing elsewhere": b"/V 99 0 R",
        "text": b"/V(ditandatangani)",
        "direct": b"/V<</Type/Sig>>",
        "the letter's own signature": b"/V 11 0 R",
    },
    *EITHER,
)
def field_with_a_value_that_is_no_signature(pen: Pen, value: bytes) -> bytes:
    """The field over the text has a value, which is no signature of its own."""
    return with_field(signed(pen), SNEAKY % value, b"null")


@CORPUS.each(
    {
        "empty": b"<</Type/Sig>>",
        "without a signature": b"<</Type/Sig/Filter/X/SubFilter/ETSI.CAdES.detached>>",
        "garbage": b"<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>",
        "another dictionary": b"<</Type/Font>>",
    },
    *EITHER,
)
def field_with_a_broken_signature(pen: Pen, value: bytes) -> bytes:
    """The field over the text holds a dictionary that is no signature."""
    return with_field(signed(pen), SNEAKY % b"/V 15 0 R", value)


@CORPUS.each(
    {
        "empty": b"<</Type/DocTimeStamp>>",
        "garbage": b"<</Type/DocTimeStamp/SubFilter/ETSI.RFC3161/ByteRange[0 1 2 3]/Contents<00>>>",
    },
    *EITHER,
)
def field_called_a_time_stamp(pen: Pen, value: bytes) -> bytes:
    """The field over the text holds what calls itself a document time stamp and is none."""
    return with_field(signed(pen), SNEAKY % b"/V 15 0 R", value)


@CORPUS.answered(*EITHER)
def field_called_a_time_stamp_with_the_letters_signature(pen: Pen) -> bytes:
    """The field over the text holds the letter's signature again, called a time stamp."""
    copied = body_of(signed(pen), SIGNATURE).replace(b"/Type /Sig", b"/Type /DocTimeStamp")
    return with_field(signed(pen), SNEAKY % b"/V 15 0 R", copied)


def truly_stamped(pen: Pen, pdf: bytes) -> bytes:
    """A true document time stamp, which anybody can ask for, in the field `Cap`."""
    stamper = PdfTimeStamper(HTTPTimeStamper(pen.authority.time_stamp_url), "Cap")
    out = io.BytesIO()
    stamper.timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), "sha256", output=out)
    return out.getvalue()


@CORPUS.answered(INVALID)
def field_with_a_true_time_stamp_over_the_text(pen: Pen) -> bytes:
    """The field over the text holds a true document time stamp."""
    return truly_stamped(pen, unsigned_field_over_the_text(pen))


@CORPUS.answered(INVALID)
def widget_of_a_true_time_stamp_over_the_text(pen: Pen) -> bytes:
    """The same, and the field and its widget are two objects."""
    return truly_stamped(pen, unsigned_field_with_a_widget_of_its_own(pen))


@CORPUS.answered(*EITHER)
def invisible_field_called_a_time_stamp(pen: Pen) -> bytes:
    """A time stamp that is none is added without a visible part: nothing proves the later time."""
    field = (SNEAKY % b"/V 15 0 R").replace(b"[0 0 595 842]", b"[0 0 0 0]")
    return with_field(signed(pen), field, b"<</Type/DocTimeStamp>>")


@CORPUS.answered(OPEN)
def field_signed_by_a_foreigner(pen: Pen) -> bytes:
    """A field as large as the page is signed by somebody whose chain nobody trusts."""
    return pen.sign(signed(pen), "asing", "TTE2", box=WHOLE)


@CORPUS.answered(OPEN)
def field_signed_with_a_certificate_made_by_oneself(pen: Pen) -> bytes:
    """A field is signed with the forger's own certificate in the name of the first signer."""
    own = real(pen, "bupati")
    signer = forger(certificate_for(own, own.subject, forged_key()))
    return sign_as(signed(pen), signer, field="TTE2")


@CORPUS.answered(INVALID)
def field_signed_with_a_revoked_certificate(pen: Pen) -> bytes:
    """A field as large as the page is signed with a certificate that is revoked."""
    return pen.sign(signed(pen), "dicabut", "TTE2", box=WHOLE)


@CORPUS.answered(INVALID)
def field_signed_by_a_foreigner_on_a_certified_letter(pen: Pen) -> bytes:
    """The same on a letter that is certified for form filling without prepared fields."""
    return pen.sign(certified(pen, MDPPerm.FILL_FORMS), "asing", "TTE2", box=WHOLE)


@CORPUS.answered(INVALID)
def signed_field_redrawn_afterwards(pen: Pen) -> bytes:
    """The second signature's appearance is exchanged after it was made."""
    pdf = signed_twice(pen)
    [number] = re.findall(rb"/T \(TTE2\).*?/AP <<\n/N (\d+) 0 R", pdf, re.DOTALL)
    return updated(pdf, {int(number): form_of(SPEECH)})


@functools.cache
def prepared(pen: Pen) -> tuple[bytes, int]:
    """A letter with two prepared fields, the first signed, and the number of the second."""
    base = with_fields(letter(), "TTE1", "TTE2")
    pdf = pen.sign(base, "bupati", "TTE1")
    head = pdf[: pdf.index(b"/T (TTE2)")]
    return pdf, int(head[head.rindex(b"endobj") :].split()[1])


@CORPUS.answered(INVALID)
def prepared_field_redrawn(pen: Pen) -> bytes:
    """A prepared field that nobody has signed gets an appearance."""
    pdf, number = prepared(pen)
    free = size_of(pdf)
    old = re.search(rb"/AP <<\n/N \d+ 0 R", body_of(pdf, number))
    assert old
    look = b"/AP <<\n/N %d 0 R" % free
    return rewritten(pdf, number, old[0], look, {free: form_of(SPEECH)})


@CORPUS.answered(INVALID)
def prepared_field_redrawn_in_place(pen: Pen) -> bytes:
    """The stream that a prepared field draws is written anew."""
    pdf, number = prepared(pen)
    [look] = re.findall(rb"/N (\d+) 0 R", body_of(pdf, number))
    return updated(pdf, {int(look): form_of(SPEECH)})


@CORPUS.answered(INVALID)
def prepared_field_enlarged_and_signed(pen: Pen) -> bytes:
    """A prepared field is made as large as the page before it is signed."""
    pdf, number = prepared(pen)
    box = re.search(rb"/Rect \[[^\]]*\]", body_of(pdf, number))
    assert box
    larger = rewritten(pdf, number, box[0], b"/Rect [0 0 595 842]")
    return pen.sign(larger, "sekda", "TTE2")


@CORPUS.answered(*EITHER)
def prepared_field_called_a_time_stamp(pen: Pen) -> bytes:
    """A prepared field is filled with what calls itself a time stamp, and draws a speech."""
    pdf, number = prepared(pen)
    free = size_of(pdf)
    old = re.search(rb"/AP <<\n/N \d+ 0 R", body_of(pdf, number))
    assert old
    filled = b"/V %d 0 R\n/AP <<\n/N %d 0 R" % (free, free + 1)
    more = {free: b"<</Type/DocTimeStamp>>", free + 1: form_of(SPEECH)}
    return rewritten(pdf, number, old[0], filled, more)


# ------------------------------------------------------------------------------- signatures removed


@CORPUS.answered(UNSIGNED, *EITHER)
def form_removed(pen: Pen) -> bytes:
    """The catalogue loses its form, and with it the only signature."""
    return rewritten(signed(pen), CATALOG, b"/AcroForm 7 0 R", b"")


@CORPUS.answered(UNSIGNED, *EITHER)
def fields_removed(pen: Pen) -> bytes:
    """The form loses its fields."""
    return rewritten(signed(pen), FORM, b"8 0 R", b"")


@CORPUS.answered(UNSIGNED, *EITHER)
def value_removed(pen: Pen) -> bytes:
    """The field loses its signature."""
    return rewritten(signed(pen), FIELD, b"/V 11 0 R", b"")


@CORPUS.answered(UNSIGNED, *EITHER)
def signature_field_declared_a_text_field(pen: Pen) -> bytes:
    """The field of the signature is declared a text field."""
    return rewritten(signed(pen), FIELD, b"/FT /Sig", b"/FT /Tx")


@CORPUS.answered(*EITHER)
def signature_freed(pen: Pen) -> bytes:
    """The signature dictionary is freed."""
    return updated(signed(pen), {}, rows={SIGNATURE: b"0000000000 00001 f "})


@CORPUS.answered(INVALID)
def first_of_two_signatures_removed(pen: Pen) -> bytes:
    """The first of two signatures is taken out of the form and off the page."""
    pdf = signed_twice(pen)
    page = replaced(pdf, PAGE, b"[ 8 0 R ", b"[ ")
    return rewritten(pdf, FORM, b"[ 8 0 R ", b"[ ", {PAGE: page})


@CORPUS.answered(INVALID)
def second_of_two_signatures_removed(pen: Pen) -> bytes:
    """The second of two signatures is taken out of the form and off the page."""
    pdf = signed_twice(pen)
    page = replaced(pdf, PAGE, b" 14 0 R ]", b" ]")
    return rewritten(pdf, FORM, b" 14 0 R ]", b" ]", {PAGE: page})


@CORPUS.answered(INVALID)
def second_of_two_signatures_emptied(pen: Pen) -> bytes:
    """The field of the second signature loses its signature."""
    pdf = signed_twice(pen)
    value = re.search(rb"/V \d+ 0 R", body_of(pdf, SECOND))
    assert value
    return rewritten(pdf, SECOND, value[0], b"")


@CORPUS.answered(INVALID)
def bad_signature_removed_from_the_form(pen: Pen) -> bytes:
    """A revoked holder's signature is hidden by taking its field out of the form."""
    pdf = pen.sign(signed(pen), "dicabut", "TTE2")
    page = replaced(pdf, PAGE, b" 14 0 R ]", b" ]")
    return rewritten(pdf, FORM, b" 14 0 R ]", b" ]", {PAGE: page})


@CORPUS.answered(INVALID)
def bad_signature_called_a_time_stamp(pen: Pen) -> bytes:
    """A revoked holder signs in a field whose signature says that it is a time stamp."""
    pdf = pen.sign(signed(pen), "dicabut", "TTE2", box=WHOLE, reason="Menyetujui")
    head, tail = pdf[: len(signed(pen))], pdf[len(signed(pen)) :]
    old = b"/Type /Sig\n/Filter /Adobe.PPKLite"
    assert old in tail
    return head + tail.replace(old, b"/Type /DocTimeStamp /Filter /X".ljust(len(old)))
