"""Attacks on form fields: what was typed, how it looks, and what kind of field it is.

pyHanko's own rule lets fields be filled after signing; the house rule does not. Of all fields only
a signature field may change, and only by being signed.
"""

import functools

from leuit_esign.rules import INVALID
from tests.esign.attacks import (
    CATALOG,
    EITHER,
    EXTRA,
    SPEECH,
    Corpus,
    form_of,
    page_letter,
    replaced,
    rewritten,
    size_of,
    updated,
)
from tests.esign.letters import Pen, stream

CORPUS = Corpus()
BOX, LOOK, OTHER = EXTRA, EXTRA + 1, EXTRA + 2
"""The text field of `filled`, its appearance, and one object more."""
WIDGET = b"/Type/Annot/Subtype/Widget/F 4/P 4 0 R/Rect[50 500 300 520]"
TYPED = b"<</FT/Tx/T(Jumlah)/V(100)/DA(/Helv 12 Tf 0 g)/AP<</N 7 0 R>>%s>>" % WIDGET
HELV = b"/DR<</Font<</Helv 3 0 R>>>>/DA(/Helv 12 Tf 0 g)"


def typed_as(text: bytes) -> bytes:
    """The appearance of a text field."""
    return form_of(b"/Tx BMC BT /F1 12 Tf 2 6 Td (%s) Tj ET EMC" % text)


@functools.cache
def filled(pen: Pen, field: bytes = TYPED, *more: bytes, form: bytes = HELV) -> bytes:
    """A signed letter with one field; the catalogue holds the form."""
    base = page_letter(
        b"0 g",
        field,
        typed_as(b"100"),
        *more,
        catalog=b"/AcroForm<</Fields[6 0 R]%s>>" % form,
        page=b"/Annots[6 0 R]",
    )
    return pen.sign(base, "bupati")


# ----------------------------------------------------------------------- how fields look


@CORPUS.answered(INVALID)
def appearance_exchanged(pen: Pen) -> bytes:
    """The field keeps its value and gets an appearance that shows another."""
    pdf = filled(pen)
    free = size_of(pdf)
    return rewritten(pdf, BOX, b"7 0 R", b"%d 0 R" % free, {free: typed_as(b"999")})


@CORPUS.answered(INVALID)
def appearance_rewritten_in_place(pen: Pen) -> bytes:
    """The stream of the field's appearance is written anew."""
    return updated(filled(pen), {LOOK: typed_as(b"999")})


@CORPUS.answered(INVALID)
def appearance_added(pen: Pen) -> bytes:
    """A field without an appearance gets one."""
    pdf = filled(pen, TYPED.replace(b"/AP<</N 7 0 R>>", b""))
    return rewritten(pdf, BOX, b"/T(Jumlah)", b"/T(Jumlah)/AP<</N 7 0 R>>")


@CORPUS.answered(INVALID)
def appearance_taken_away(pen: Pen) -> bytes:
    """The field loses its appearance, so that a reader makes one of the value."""
    return rewritten(filled(pen), BOX, b"/AP<</N 7 0 R>>", b"")


@CORPUS.answered(INVALID)
def appearance_of_a_read_only_field_exchanged(pen: Pen) -> bytes:
    """The same where the field is read-only."""
    pdf = filled(pen, TYPED.replace(b"/FT/Tx", b"/FT/Tx/Ff 1"))
    return updated(pdf, {LOOK: typed_as(b"999")})


@CORPUS.answered(INVALID)
def appearance_in_a_dictionary_of_its_own_exchanged(pen: Pen) -> bytes:
    """The dictionary of appearances is an object of its own, and that is written anew."""
    pdf = filled(pen, TYPED.replace(b"/AP<</N 7 0 R>>", b"/AP 8 0 R"), b"<</N 7 0 R>>")
    free = size_of(pdf)
    return updated(pdf, {OTHER: b"<</N %d 0 R>>" % free, free: typed_as(b"999")})


@CORPUS.answered(INVALID)
def default_appearance_changed(pen: Pen) -> bytes:
    """The field's text is to be drawn in white."""
    return rewritten(filled(pen), BOX, b"0 g", b"1 g")


@CORPUS.answered(INVALID)
def field_hidden(pen: Pen) -> bytes:
    """The field is flagged as hidden."""
    return rewritten(filled(pen), BOX, b"/F 4", b"/F 2")


@CORPUS.answered(INVALID)
def field_moved(pen: Pen) -> bytes:
    """The field is moved off the page."""
    return rewritten(filled(pen), BOX, b"/Rect[50", b"/Rect[950")


# ------------------------------------------------------------------------------- values and kinds


@CORPUS.answered(INVALID)
def text_changed(pen: Pen) -> bytes:
    """Another number is typed into the field."""
    return rewritten(filled(pen), BOX, b"/V(100)", b"/V(999)")


@CORPUS.answered(INVALID)
def text_and_appearance_changed(pen: Pen) -> bytes:
    """Another number is typed and drawn, as an honest program fills a field in."""
    pdf = filled(pen)
    return rewritten(pdf, BOX, b"/V(100)", b"/V(999)", {LOOK: typed_as(b"999")})


@CORPUS.answered(INVALID)
def empty_field_filled(pen: Pen) -> bytes:
    """A field that was empty when the letter was signed is filled in."""
    pdf = filled(pen, TYPED.replace(b"/V(100)", b""))
    return rewritten(pdf, BOX, b"/T(Jumlah)", b"/T(Jumlah)/V(999)", {LOOK: typed_as(b"999")})


@CORPUS.answered(INVALID)
def text_changed_under_a_later_signature(pen: Pen) -> bytes:
    """The field is filled between two signatures: the second covers it, the first does not."""
    return pen.sign(text_changed(pen), "sekda", "TTE2")


@CORPUS.answered(INVALID)
def text_changed_after_a_certifying_signature(pen: Pen) -> bytes:
    """The same after a certifying signature that allows form filling; the house does not."""
    base = page_letter(
        b"0 g",
        TYPED,
        typed_as(b"100"),
        catalog=b"/AcroForm<</Fields[6 0 R]%s>>" % HELV,
        page=b"/Annots[6 0 R]",
    )
    return rewritten(pen.sign(base, "bupati", certify=True), BOX, b"/V(100)", b"/V(999)")


FAMILY = b"<</FT/Tx/T(Induk)/Kids[7 0 R]/DA(/Helv 12 Tf 0 g)>>"


@functools.cache
def family(pen: Pen, parent: bytes = FAMILY, kid: bytes = b"/T(Anak)/V(100)") -> bytes:
    """A signed letter with a field below another, from which it inherits its kind."""
    base = page_letter(
        b"0 g",
        parent,
        b"<</Parent 6 0 R/AP<</N 8 0 R>>%s%s>>" % (kid, WIDGET),
        typed_as(b"100"),
        catalog=b"/AcroForm<</Fields[6 0 R]%s>>" % HELV,
        page=b"/Annots[7 0 R]",
    )
    return pen.sign(base, "bupati")


@CORPUS.answered(INVALID)
def inheriting_field_filled(pen: Pen) -> bytes:
    """A field whose kind is said by its parent is filled in."""
    return rewritten(family(pen), EXTRA + 1, b"/V(100)", b"/V(999)")


@CORPUS.answered(INVALID)
def parent_of_fields_filled(pen: Pen) -> bytes:
    """The value is said by the parent, and changed there."""
    pdf = family(pen, FAMILY.replace(b"/Kids", b"/V(100)/Kids"), b"")
    return rewritten(pdf, EXTRA, b"/V(100)", b"/V(999)")


@CORPUS.answered(INVALID)
def widget_below_a_field_redrawn(pen: Pen) -> bytes:
    """One widget of a field gets another appearance."""
    pdf = family(pen, FAMILY.replace(b"/Kids", b"/V(100)/Kids"), b"")
    return updated(pdf, {EXTRA + 2: typed_as(b"999")})


@CORPUS.answered(INVALID)
def text_field_declared_a_signature_field(pen: Pen) -> bytes:
    """The update that fills the field declares it a signature field."""
    pdf = filled(pen)
    return rewritten(pdf, BOX, b"/FT/Tx/T(Jumlah)/V(100)", b"/FT/Sig/T(Jumlah)/V(999)")


@CORPUS.answered(INVALID)
def text_field_declared_a_signature_field_later(pen: Pen) -> bytes:
    """One update fills the field in, the next declares it a signature field."""
    pdf = rewritten(filled(pen), BOX, b"/V(100)", b"/V(999)")
    return rewritten(pdf, BOX, b"/FT/Tx", b"/FT/Sig")


@CORPUS.answered(INVALID)
def parent_declared_a_signature_field(pen: Pen) -> bytes:
    """The kind is changed where it is inherited from."""
    pdf = rewritten(family(pen), EXTRA + 1, b"/V(100)", b"/V(999)")
    return rewritten(pdf, EXTRA, b"/FT/Tx", b"/FT/Sig")


@CORPUS.answered(INVALID)
def text_field_given_a_signature(pen: Pen) -> bytes:
    """The text field is declared a signature field with the letter's own signature in it."""
    pdf = filled(pen)
    value = b"/V %d 0 R" % _signature_in(pdf)
    return rewritten(pdf, BOX, b"/FT/Tx/T(Jumlah)/V(100)", b"/FT/Sig/T(Jumlah)" + value)


def _signature_in(pdf: bytes) -> int:
    head = pdf[: pdf.index(b"/Contents <")]
    return int(head[head.rindex(b"\nendobj") :].split()[1])


@CORPUS.answered(INVALID)
def checkbox_toggled(pen: Pen) -> bytes:
    """A box that was not ticked is ticked."""
    box = b"<</FT/Btn/T(Setuju)/V/Off/AS/Off/AP<</N<</Ya 7 0 R/Off 8 0 R>>>>%s>>" % WIDGET
    pdf = filled(pen, box, form_of(b""))
    return rewritten(pdf, BOX, b"/V/Off/AS/Off", b"/V/Ya/AS/Ya")


@CORPUS.answered(INVALID)
def checkbox_shown_as_ticked(pen: Pen) -> bytes:
    """The box keeps its value and shows the other state."""
    box = b"<</FT/Btn/T(Setuju)/V/Off/AS/Off/AP<</N<</Ya 7 0 R/Off 8 0 R>>>>%s>>" % WIDGET
    return rewritten(filled(pen, box, form_of(b"")), BOX, b"/AS/Off", b"/AS/Ya")


@CORPUS.answered(INVALID)
def choice_changed(pen: Pen) -> bytes:
    """Another line of a list is chosen."""
    box = b"<</FT/Ch/T(Pilih)/Opt[(A)(B)]/V(A)/DA(/Helv 12 Tf 0 g)/AP<</N 7 0 R>>%s>>" % WIDGET
    return rewritten(filled(pen, box), BOX, b"/V(A)", b"/V(B)")


@CORPUS.answered(INVALID)
def text_field_added(pen: Pen) -> bytes:
    """A new text field is added to the form."""
    pdf = filled(pen)
    free = size_of(pdf)
    new = TYPED.replace(b"(Jumlah)", b"(Baru)")
    form = replaced(pdf, CATALOG, b"[ 6 0 R", b"[ %d 0 R 6 0 R" % free)
    page = replaced(pdf, 4, b"[ 6 0 R", b"[ %d 0 R 6 0 R" % free)
    return updated(pdf, {CATALOG: form, 4: page, free: new})


@CORPUS.answered(INVALID)
def text_field_removed(pen: Pen) -> bytes:
    """The text field is taken out of the form."""
    return rewritten(filled(pen), CATALOG, b"6 0 R", b"")


# ------------------------------------------------------------------------------ the form as a whole


@CORPUS.answered(INVALID)
def readers_told_to_draw_the_fields_anew(pen: Pen) -> bytes:
    """Value and appearance were signed as two different ones; now readers are to draw the value."""
    pdf = filled(pen, TYPED.replace(b"/V(100)", b"/V(999)"))
    return rewritten(pdf, CATALOG, b"/AcroForm <<", b"/AcroForm <</NeedAppearances true")


@CORPUS.answered(INVALID)
def readers_told_to_draw_a_field_that_is_not_listed(pen: Pen) -> bytes:
    """The same where the form does not list the field, which stands on the page all the same."""
    base = page_letter(
        b"0 g",
        TYPED.replace(b"/V(100)", b"/V(999)"),
        typed_as(b"100"),
        catalog=b"/AcroForm<</Fields[]%s>>" % HELV,
        page=b"/Annots[6 0 R]",
    )
    pdf = pen.sign(base, "bupati")
    return rewritten(pdf, CATALOG, b"/AcroForm <<", b"/AcroForm <</NeedAppearances true")


@CORPUS.answered(INVALID)
def default_appearance_of_the_form_changed(pen: Pen) -> bytes:
    """All texts without a colour of their own are to be drawn in white."""
    pdf = filled(pen, TYPED.replace(b"/DA(/Helv 12 Tf 0 g)", b""))
    return rewritten(pdf, CATALOG, b"0 g", b"1 g")


DRAWN_BY_READERS = TYPED.replace(b"/AP<</N 7 0 R>>", b"")
"""A field without an appearance: readers draw its value with the form's font."""


def with_another_font(pdf: bytes) -> bytes:
    """The name of the form's font is given to a font whose digits are drawn by the forger."""
    free = size_of(pdf)
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a %d "
        b"0 R>>/Encoding<</Differences[48/a/a]>>/FirstChar 48/LastChar 49/Widths[9 9]>>"
        % (free + 1)
    )
    drawn = stream(b"9 0 d0 0 0 9 9 re f")
    return rewritten(pdf, CATALOG, b"3 0 R", b"%d 0 R" % free, {free: font, free + 1: drawn})


@CORPUS.answered(INVALID)
def font_of_the_form_exchanged(pen: Pen) -> bytes:
    """The form's font is exchanged beside a field that has an appearance."""
    return with_another_font(filled(pen))


@CORPUS.answered(INVALID)
def font_of_the_form_exchanged_for_a_field_drawn_by_readers(pen: Pen) -> bytes:
    """The form's font is exchanged, with which readers draw a field's value."""
    return with_another_font(filled(pen, DRAWN_BY_READERS))


@CORPUS.answered(INVALID)
def resources_of_the_form_rewritten(pen: Pen) -> bytes:
    """The form's resources are an object of their own, and that is written anew."""
    pdf = filled(pen, DRAWN_BY_READERS, b"<</Font<</Helv 3 0 R>>>>", form=b"/DR 8 0 R")
    free = size_of(pdf)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"
    return updated(pdf, {OTHER: b"<</Font<</Helv %d 0 R>>>>" % free, free: font})


@CORPUS.answered(INVALID)
def page_content_listed_in_the_resources_of_the_form(pen: Pen) -> bytes:
    """The page's content is named in the form's resources, which may change, and changed itself."""
    pdf = filled(pen)
    more = {5: stream(SPEECH)}
    return rewritten(pdf, CATALOG, b"/Helv 3 0 R", b"/Helv 3 0 R/X 5 0 R", more)


@CORPUS.answered(INVALID)
def form_flags_changed(pen: Pen) -> bytes:
    """The form no longer says that the file may only be appended to."""
    return rewritten(filled(pen), CATALOG, b"/SigFlags 3", b"/SigFlags 0")


@CORPUS.answered(*EITHER)
def calculation_added(pen: Pen) -> bytes:
    """The form is told to calculate a field, and the field by what script."""
    pdf = filled(pen)
    return rewritten(pdf, CATALOG, b"/AcroForm <<", b"/AcroForm <</CO[6 0 R]")


@CORPUS.answered(INVALID)
def script_added_to_a_field(pen: Pen) -> bytes:
    """A script that changes the field when it is shown."""
    script = b"/AA<</F<</S/JavaScript/JS(event.value=999)>>>>"
    return rewritten(filled(pen), BOX, b"/FT", script + b"/FT")


@CORPUS.answered(INVALID)
def dynamic_form_added(pen: Pen) -> bytes:
    """An XFA form is put over the form that was signed."""
    return rewritten(filled(pen), CATALOG, b"/AcroForm <<", b"/AcroForm <</XFA 7 0 R")
