"""Attacks on what a letter shows: hidden content, pages, annotations, the catalogue, the trailer.

A forger who writes the letter before it is signed can hide things in it (shadow attacks); every
other forger can only append. Both must be told: what a reader sees has changed since the signature.
"""

import functools
import re

from leuit_esign.rules import INVALID, OPEN
from tests.esign.attacks import (
    APPEARANCE,
    CATALOG,
    CONTENT,
    EITHER,
    EXTRA,
    FIELD,
    FONT,
    NEXT,
    PAGE,
    PAGES,
    SPEECH,
    Corpus,
    body_of,
    form_of,
    page_letter,
    rewritten,
    signed,
    signed_twice,
    size_of,
    table_of,
    trailer_of,
    updated,
)
from tests.esign.letters import Pen, letter, stream

CORPUS = Corpus()
COVERED = b"/Resources<</Font<</F1 3 0 R>>/XObject<</X 6 0 R>>>>"
FROM_CATALOGUE = b"/Resources<</XObject 1 0 R/Font<</F1 3 0 R>>>>"
WHITE = b"1 g 0 0 595 842 re f"
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>%s</x:xmpmeta>'
    b'<?xpacket end="w"?>'
)


def metadata(inside: bytes = b"") -> bytes:
    """A stream of XMP."""
    return stream(XMP % inside).replace(b"<<", b"<</Type/Metadata/Subtype/XML", 1)


# ------------------------------------------------------------ hidden before, shown or swapped after


@CORPUS.answered(INVALID)
def content_replaced(pen: Pen) -> bytes:
    """The page's content is written anew in an update."""
    return updated(signed(pen), {CONTENT: stream(SPEECH)})


@CORPUS.answered(INVALID)
def content_replaced_under_two_signatures(pen: Pen) -> bytes:
    """The same after two signatures, neither of which speaks for the update."""
    return updated(signed_twice(pen), {CONTENT: stream(SPEECH)})


@CORPUS.answered(INVALID)
def content_replaced_and_put_back(pen: Pen) -> bytes:
    """One update replaces the content and the next restores it, so that the end looks clean."""
    pdf = signed(pen)
    return updated(updated(pdf, {CONTENT: stream(SPEECH)}), {CONTENT: body_of(pdf, CONTENT)})


@CORPUS.answered(INVALID)
def hidden_object_pointed_at(pen: Pen) -> bytes:
    """The other content lay inside the signed bytes all the time; an update only points at it."""
    hidden = b"%d 0 obj\n%s\nendobj" % (CONTENT, stream(SPEECH))
    pdf = pen.sign(page_letter(b"0 g", stream(hidden)), "bupati")
    place = pdf.index(hidden)
    return updated(pdf, {}, rows={CONTENT: b"%010d 00000 n " % place})


@CORPUS.answered(INVALID)
def hidden_page_tree_pointed_at(pen: Pen) -> bytes:
    """A second page tree was signed as an unused object; the catalogue is turned to it."""
    other = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (EXTRA + 1)
    page = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R>>" % (
        EXTRA,
        EXTRA + 2,
    )
    pdf = pen.sign(page_letter(b"0 g", other, page, stream(SPEECH)), "bupati")
    return rewritten(pdf, CATALOG, b"/Pages 2 0 R", b"/Pages %d 0 R" % EXTRA)


@CORPUS.answered(INVALID)
def cover_freed(pen: Pen) -> bytes:
    """A white cover that was signed above the real text is freed, which shows the text."""
    pdf = pen.sign(page_letter(SPEECH + b" /X Do", form_of(WHITE), resources=COVERED), "bupati")
    return updated(pdf, {}, rows={EXTRA: b"0000000000 00001 f "})


@CORPUS.answered(INVALID)
def cover_emptied(pen: Pen) -> bytes:
    """The white cover is replaced by an empty one."""
    pdf = pen.sign(page_letter(SPEECH + b" /X Do", form_of(WHITE), resources=COVERED), "bupati")
    return updated(pdf, {EXTRA: form_of(b"")})


@CORPUS.answered(INVALID)
def cover_widget_freed(pen: Pen) -> bytes:
    """A cover that was signed as the appearance of a push button's widget is freed."""
    button = (
        b"<</FT/Btn/Ff 65536/T(Tutup)/Type/Annot/Subtype/Widget/F 4/P 4 0 R/Rect[0 0 595 842]"
        b"/AP<</N 7 0 R>>>>"
    )
    pdf = pen.sign(
        page_letter(
            SPEECH,
            button,
            form_of(WHITE),
            catalog=b"/AcroForm<</Fields[6 0 R]>>",
            page=b"/Annots[6 0 R]",
        ),
        "bupati",
    )
    return updated(pdf, {}, rows={EXTRA + 1: b"0000000000 00001 f "})


@CORPUS.answered(*EITHER)
def cover_freed_and_its_number_given_anew(pen: Pen) -> bytes:
    """The cover's number is freed and used in the next generation, both in one update."""
    pdf = pen.sign(page_letter(SPEECH + b" /X Do", form_of(WHITE), resources=COVERED), "bupati")
    freed = updated(pdf, {}, rows={EXTRA: b"0000000000 00001 f "})
    body = b"6 1 obj\n%s\nendobj\n" % form_of(SPEECH)
    return (
        freed
        + body
        + table_of(freed, {EXTRA: b"%010d 00001 n " % len(freed)}, len(freed) + len(body))
    )


@CORPUS.answered(OPEN)
def missing_object_supplied(pen: Pen) -> bytes:
    """The signed page refers to an object that is nowhere; an update supplies it."""
    pdf = pen.sign(page_letter(contents=b"[5 0 R 90 0 R]"), "bupati")
    return updated(pdf, {90: stream(SPEECH)})


@CORPUS.answered(*EITHER)
def missing_parent_supplied(pen: Pen) -> bytes:
    """The signed page's /Parent is nowhere; an update supplies it, with resources to inherit."""
    pdf = pen.sign(page_letter(b"/X Do", resources=b"", parent=90), "bupati")
    inherited = b"/Resources<</XObject<</X 91 0 R>>>>"
    parent = b"<</Type/Pages/Kids[4 0 R]/Count 1%s>>" % inherited
    return updated(pdf, {90: parent, 91: form_of(SPEECH)})


@CORPUS.answered(*EITHER)
def missing_picture_of_the_name_parent_supplied(pen: Pen) -> bytes:
    """The signed page draws a picture that is nowhere, and whose name is that of the way up."""
    pictures = b"/Resources<</Font<</F1 3 0 R>>/XObject<</Parent 90 0 R>>>>"
    pdf = pen.sign(page_letter(b"/Parent Do", resources=pictures), "bupati")
    return updated(pdf, {90: form_of(SPEECH)})


@CORPUS.answered(*EITHER)
def missing_picture_supplied(pen: Pen) -> bytes:
    """The signed page draws a picture that is nowhere; an update supplies it."""
    pictures = b"/Resources<</Font<</F1 3 0 R>>/XObject<</X 90 0 R>>>>"
    pdf = pen.sign(page_letter(b"/X Do", resources=pictures), "bupati")
    return updated(pdf, {90: form_of(SPEECH)})


@CORPUS.answered(*EITHER)
def free_object_taken_into_use(pen: Pen) -> bytes:
    """The signed page draws an object whose number is free; an update takes the number into use."""
    pictures = b"/Resources<</Font<</F1 3 0 R>>/XObject<</X 6 0 R>>>>"
    base = updated(page_letter(b"/X Do", resources=pictures), {7: b"null"})
    return updated(pen.sign(base, "bupati"), {EXTRA: form_of(SPEECH)})


@CORPUS.answered(INVALID)
def font_replaced(pen: Pen) -> bytes:
    """The letter's font is replaced by one whose glyphs are drawn by the forger."""
    glyphs = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<<"
    glyphs += b"/a %d 0 R>>/Encoding<</Differences[65/a]>>/FirstChar 65/LastChar 65/Widths[9]>>"
    return updated(signed(pen), {FONT: glyphs % NEXT, NEXT: stream(b"9 0 d0 0 0 9 9 re f")})


@CORPUS.answered(INVALID)
def appearance_of_the_signature_replaced(pen: Pen) -> bytes:
    """The visible signature is drawn with another name."""
    pdf = signed(pen)
    return updated(pdf, {APPEARANCE: form_of(b"BT /F1 10 Tf (RINA CONTOH) Tj ET")})


@CORPUS.answered(INVALID)
def appearance_of_the_signature_exchanged(pen: Pen) -> bytes:
    """The field of the signature is turned to a new appearance."""
    return rewritten(signed(pen), FIELD, b"/N 10 0 R", b"/N %d 0 R" % NEXT, {NEXT: form_of(SPEECH)})


@CORPUS.answered(INVALID)
def widget_of_the_signature_enlarged(pen: Pen) -> bytes:
    """The widget of the signature is made as large as the page."""
    return rewritten(signed(pen), FIELD, b"[ 50 50 150 80 ]", b"[ 0 0 595 842 ]")


@CORPUS.answered(INVALID)
def picture_kept_in_the_catalogue(pen: Pen) -> bytes:
    """The page's pictures are looked up in the catalogue, where /MarkInfo may change."""
    base = page_letter(
        b"/MarkInfo Do",
        form_of(b""),
        catalog=b"/MarkInfo 6 0 R",
        resources=FROM_CATALOGUE,
    )
    pdf = pen.sign(base, "bupati")
    free = size_of(pdf)
    return rewritten(
        pdf, CATALOG, b"/MarkInfo 6 0 R", b"/MarkInfo %d 0 R" % free, {free: form_of(SPEECH)}
    )


@CORPUS.answered(INVALID)
def picture_added_to_the_catalogue(pen: Pen) -> bytes:
    """The same, with an entry /MarkInfo that was not there when the letter was signed."""
    base = page_letter(b"/MarkInfo Do", resources=FROM_CATALOGUE)
    pdf = pen.sign(base, "bupati")
    free = size_of(pdf)
    return rewritten(
        pdf,
        CATALOG,
        b"/Pages 2 0 R",
        b"/Pages 2 0 R/MarkInfo %d 0 R" % free,
        {free: form_of(SPEECH)},
    )


@CORPUS.answered(INVALID)
def picture_kept_as_extensions(pen: Pen) -> bytes:
    """The same with the catalogue's /Extensions, which signing programs write."""
    pdf = pen.sign(page_letter(b"/Extensions Do", resources=FROM_CATALOGUE), "bupati")
    found = re.search(rb"/Extensions <<.*>>(?=\s*>>$)", body_of(pdf, CATALOG), re.DOTALL)
    assert found
    free = size_of(pdf)
    new = b"/Extensions %d 0 R" % free
    return rewritten(pdf, CATALOG, found[0], new, {free: form_of(SPEECH)})


@CORPUS.answered(INVALID)
def picture_kept_as_metadata(pen: Pen) -> bytes:
    """The same with the catalogue's /Metadata, which are XML and a picture at once."""
    pdf = pen.sign(page_letter(b"/Metadata Do", resources=FROM_CATALOGUE), "bupati")
    both = metadata(b"\n" + SPEECH + b"\n").replace(
        b"/Subtype/XML",
        b"/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>",
    )
    free = size_of(pdf)
    new = b"/Pages 2 0 R/Metadata %d 0 R" % free
    return rewritten(pdf, CATALOG, b"/Pages 2 0 R", new, {free: both})


@CORPUS.answered(INVALID)
def metadata_that_is_page_content(pen: Pen) -> bytes:
    """The stream of metadata is the page's content too, and is written anew."""
    base = page_letter(b"0 g", metadata(), catalog=b"/Metadata 6 0 R", contents=b"[5 0 R 6 0 R]")
    return updated(pen.sign(base, "bupati"), {EXTRA: metadata(b"\n" + SPEECH + b"\n")})


@CORPUS.answered(INVALID)
def information_that_is_resources(pen: Pen) -> bytes:
    """The dictionary of /Info is the page's dictionary of pictures too, and is written anew."""
    base = page_letter(
        b"/X Do", b"<</Title(Surat)>>", form_of(b""), resources=b"/Resources<</XObject 6 0 R>>"
    ).replace(b"/Root 1 0 R", b"/Root 1 0 R/Info 6 0 R")
    pdf = pen.sign(base, "bupati")
    free = size_of(pdf)
    return updated(pdf, {EXTRA: b"<</Title(Surat)/X %d 0 R>>" % free, free: form_of(SPEECH)})


@CORPUS.answered(*EITHER)
def stored_certificate_that_is_page_content(pen: Pen) -> bytes:
    """The page's content is listed as a certificate of the document security store too."""
    base = page_letter(b"0 g", b"<</Certs[5 0 R]>>", catalog=b"/DSS 6 0 R")
    return updated(pen.sign(base, "bupati"), {CONTENT: stream(SPEECH)})


@CORPUS.answered(*EITHER)
def content_inside_the_document_security_store(pen: Pen) -> bytes:
    """A store is added that lists the page's content among its certificates and replaces it."""
    return rewritten(
        signed(pen),
        CATALOG,
        b"/Pages 2 0 R",
        b"/Pages 2 0 R/DSS 13 0 R",
        {NEXT: b"<</Type/DSS/Certs[5 0 R]>>", CONTENT: stream(SPEECH)},
    )


# ---------------------------------------------------------------------------------------- the pages


@CORPUS.answered(INVALID)
def page_added(pen: Pen) -> bytes:
    """A second page is appended."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 14 0 R>>"
    pages = b"<</Type/Pages/Kids[4 0 R 13 0 R]/Count 2>>"
    return updated(signed(pen), {PAGES: pages, NEXT: page, NEXT + 1: stream(SPEECH)})


@CORPUS.answered(INVALID)
def page_removed(pen: Pen) -> bytes:
    """The second of three pages is taken out."""
    pdf = pen.sign(letter(pages=3), "bupati")
    return updated(pdf, {PAGES: b"<</Type/Pages/Kids[4 0 R 8 0 R]/Count 2>>"})


@CORPUS.answered(INVALID)
def pages_in_another_order(pen: Pen) -> bytes:
    """Two pages change places."""
    pdf = pen.sign(letter(pages=2), "bupati")
    return updated(pdf, {PAGES: b"<</Type/Pages/Kids[6 0 R 4 0 R]/Count 2>>"})


@CORPUS.answered(INVALID)
def page_counted_away(pen: Pen) -> bytes:
    """The page tree says that there is one page where there are two."""
    pdf = pen.sign(letter(pages=2), "bupati")
    return rewritten(pdf, PAGES, b"/Count 2", b"/Count 1")


@CORPUS.answered(INVALID)
def page_tree_given_a_new_root(pen: Pen) -> bytes:
    """The catalogue is turned to a new tree above new pages."""
    page = b"<</Type/Page/Parent 13 0 R/MediaBox[0 0 595 842]/Contents 15 0 R>>"
    tree = b"<</Type/Pages/Kids[14 0 R]/Count 1>>"
    return rewritten(
        signed(pen),
        CATALOG,
        b"/Pages 2 0 R",
        b"/Pages 13 0 R",
        {NEXT: tree, NEXT + 1: page, NEXT + 2: stream(SPEECH)},
    )


@CORPUS.each(
    {
        "turned": b"/Rotate 180",
        "cropped": b"/CropBox[0 0 595 700]",
        "enlarged": b"/UserUnit 9",
        "acting": b"/AA<</O<</S/JavaScript/JS(app.alert)>>>>",
        "timed": b"/Dur 1",
        "boxed": b"/MediaBox[0 0 10 10]",
    },
    INVALID,
)
def page_entry_changed(pen: Pen, entry: bytes) -> bytes:
    """An entry of the page is added or changed, so that it shows less or does more."""
    pdf = signed(pen)
    body = body_of(pdf, PAGE).replace(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox[0 0 595 842]")
    if entry.startswith(b"/MediaBox"):
        body = body.replace(b"/MediaBox[0 0 595 842]", b"")
    return updated(pdf, {PAGE: body.replace(b"/Type /Page", b"/Type /Page" + entry, 1)})


@CORPUS.each({"turned": b"/Rotate 180", "cropped": b"/CropBox[0 0 595 700]"}, INVALID)
def entry_inherited_from_the_page_tree(pen: Pen, entry: bytes) -> bytes:
    """The node above the page is given an entry that the page inherits."""
    return rewritten(signed(pen), PAGES, b"/Count 1", b"/Count 1" + entry)


@CORPUS.answered(INVALID)
def content_lengthened(pen: Pen) -> bytes:
    """A second stream of content is put behind the first."""
    return rewritten(
        signed(pen), PAGE, b"/Contents 5 0 R", b"/Contents [5 0 R 13 0 R]", {NEXT: stream(SPEECH)}
    )


# ---------------------------------------------------------------------------------- the annotations

ANNOTATIONS = {
    "free text": b"/Subtype/FreeText/Contents(Dana dialihkan)/DA(/Helv 14 Tf 0 g)",
    "stamp": b"/Subtype/Stamp/AP<</N 14 0 R>>",
    "square": b"/Subtype/Square/IC[1 1 1]",
    "link": b"/Subtype/Link/A<</S/URI/URI(http://127.0.0.1/)>>",
    "redaction": b"/Subtype/Redact",
    "file": b"/Subtype/FileAttachment",
    "widget": b"/Subtype/Widget/AP<</N 14 0 R>>",
    "note": b"/Subtype/Text/Contents(Batal)",
}


def annotated(pdf: bytes, kind: bytes) -> bytes:
    """A signed letter with an annotation over the page put on it afterwards."""
    body = b"<</Type/Annot/Rect[0 0 595 842]/F 4/P 4 0 R%s>>" % kind
    return rewritten(
        pdf, PAGE, b"[ 8 0 R ]", b"[ 8 0 R 13 0 R ]", {NEXT: body, NEXT + 1: form_of(SPEECH)}
    )


@CORPUS.each(ANNOTATIONS, INVALID)
def annotation_added(pen: Pen, kind: bytes) -> bytes:
    """An annotation is put over the page's text."""
    return annotated(signed(pen), kind)


@functools.cache
def stamped(pen: Pen) -> bytes:
    """A signed letter with two stamps, one above the other: `Asli` hides `Palsu`."""
    stamps = b"<</Type/Annot/Subtype/Stamp/Rect[50 600 300 700]/F 4/AP<</N %d 0 R>>>>"
    return pen.sign(
        page_letter(
            b"0 g",
            stamps % 8,
            stamps % 9,
            form_of(SPEECH),
            form_of(WHITE),
            page=b"/Annots[6 0 R 7 0 R]",
        ),
        "bupati",
    )


@CORPUS.answered(INVALID)
def annotation_removed(pen: Pen) -> bytes:
    """The upper of two stamps is taken off."""
    return rewritten(stamped(pen), PAGE, b" 7 0 R ", b" ")


@CORPUS.answered(INVALID)
def annotation_hidden(pen: Pen) -> bytes:
    """The upper of two stamps is flagged as hidden."""
    return rewritten(stamped(pen), 7, b"/F 4", b"/F 2")


@CORPUS.answered(INVALID)
def annotations_in_another_order(pen: Pen) -> bytes:
    """The lower of two stamps is drawn last."""
    return rewritten(stamped(pen), PAGE, b"6 0 R 7 0 R", b"7 0 R 6 0 R")


@CORPUS.answered(INVALID)
def annotations_in_another_order_beside_a_new_field(pen: Pen) -> bytes:
    """The same, under cover of a new signature field without a visible part."""
    pdf = stamped(pen)
    form, free = int(re.findall(rb"/AcroForm (\d+)", pdf)[-1]), size_of(pdf)
    page = body_of(pdf, PAGE).replace(b"6 0 R 7 0 R", b"%d 0 R 7 0 R 6 0 R" % free)
    fields = body_of(pdf, form).replace(b"/Fields [", b"/Fields [ %d 0 R" % free)
    field = b"<</FT/Sig/T(X)/Type/Annot/Subtype/Widget/F 132/Rect[0 0 0 0]/P 4 0 R>>"
    return updated(pdf, {PAGE: page, form: fields, free: field})


# ---------------------------------------------------- the catalogue, the trailer and what they name


@CORPUS.each(
    {
        "open action": b"/OpenAction<</S/JavaScript/JS(app.alert)>>",
        "page to open at": b"/OpenAction[4 0 R/Fit]",
        "further actions": b"/AA<</WC<</S/JavaScript/JS(app.alert)>>>>",
        "script": b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert)>>]>>>>",
        "embedded file": b"/Names<</EmbeddedFiles<</Names[(a)14 0 R]>>>>",
        "associated file": b"/AF[14 0 R]",
        "layers": b"/OCProperties<</OCGs[]/D<<>>>>",
        "preferences": b"/ViewerPreferences<</HideToolbar true>>",
        "numbers of pages": b"/PageLabels<</Nums[0<</P(IX)>>]>>",
        "collection": b"/Collection<<>>",
        "outline": b"/Outlines 14 0 R",
        "permissions": b"/Perms<<>>",
        "address": b"/URI<</Base(http://127.0.0.1/)>>",
        "structure": b"/StructTreeRoot<</Type/StructTreeRoot>>",
        "language": b"/Lang(en)",
        "threads": b"/Threads[]",
        "legal": b"/Legal<<>>",
        "requirements": b"/Requirements[]",
        "xfa": b"/NeedsRendering true",
    },
    INVALID,
)
def catalogue_entry_added(pen: Pen, entry: bytes) -> bytes:
    """The catalogue gets an entry that does something, or shows the letter differently."""
    file = b"<</Type/Filespec/F(a.txt)/EF<</F 13 0 R>>>>"
    return rewritten(
        signed(pen),
        CATALOG,
        b"/Pages 2 0 R",
        b"/Pages 2 0 R" + entry,
        {NEXT: stream(b"rahasia"), NEXT + 1: file},
    )


@CORPUS.answered(INVALID)
def layers_turned(pen: Pen) -> bytes:
    """Of two signed layers the one that was shown is hidden, and the other is shown."""
    layer = b"<</Type/OCG/Name(%d)>>"
    states = b"<</D<</ON[6 0 R]/OFF[7 0 R]>>/OCGs[6 0 R 7 0 R]>>"
    base = page_letter(
        b"/OC/A BDC 0 g EMC /OC/B BDC %s EMC" % SPEECH,
        layer % 1,
        layer % 2,
        states,
        catalog=b"/OCProperties 8 0 R",
        resources=b"/Resources<</Font<</F1 3 0 R>>/Properties<</A 6 0 R/B 7 0 R>>>>",
    )
    turned = states.replace(b"/ON[6", b"/ON[7").replace(b"/OFF[7", b"/OFF[6")
    return updated(pen.sign(base, "bupati"), {8: turned})


@CORPUS.answered(INVALID)
def another_catalogue(pen: Pen) -> bytes:
    """The trailer is turned to a new catalogue with other pages."""
    pdf = signed(pen)
    new = {
        NEXT: body_of(pdf, CATALOG).replace(b"2 0 R", b"14 0 R"),
        NEXT + 1: b"<</Type/Pages/Kids[15 0 R]/Count 1>>",
        NEXT + 2: b"<</Type/Page/Parent 14 0 R/MediaBox[0 0 595 842]/Contents 16 0 R>>",
        NEXT + 3: stream(SPEECH),
    }
    return updated(pdf, new, entries=trailer_of(pdf).replace(b"/Root 1 0 R", b"/Root 13 0 R"))


@CORPUS.answered(INVALID)
def hidden_catalogue_pointed_at(pen: Pen) -> bytes:
    """A second catalogue was signed as an unused object; the trailer is turned to it."""
    other = (
        b"<</Type/Catalog/Pages 7 0 R/AcroForm %d 0 R>>",
        b"<</Type/Pages/Kids[8 0 R]/Count 1>>",
        b"<</Type/Page/Parent 7 0 R/MediaBox[0 0 595 842]/Contents 9 0 R>>",
        stream(SPEECH),
    )
    pdf = pen.sign(page_letter(b"0 g", other[0] % 11, *other[1:]), "bupati")
    return updated(pdf, {}, entries=trailer_of(pdf).replace(b"/Root 1 0 R", b"/Root 6 0 R"))


@CORPUS.answered(*EITHER)
def catalogue_gone(pen: Pen) -> bytes:
    """The trailer's /Root names an object that is nowhere."""
    pdf = signed(pen)
    return updated(pdf, {}, entries=trailer_of(pdf).replace(b"/Root 1 0 R", b"/Root 99 0 R"))


@CORPUS.answered(OPEN)
def encryption_added(pen: Pen) -> bytes:
    """The trailer says that the file is encrypted."""
    pdf = signed(pen)
    handler = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"00" * 32, b"00" * 32)
    return updated(pdf, {NEXT: handler}, entries=trailer_of(pdf) + b"/Encrypt 13 0 R")


@CORPUS.answered(INVALID)
def metadata_that_is_no_metadata(pen: Pen) -> bytes:
    """Metadata are added that are no XML but content."""
    return rewritten(
        signed(pen),
        CATALOG,
        b"/Pages 2 0 R",
        b"/Pages 2 0 R/Metadata 13 0 R",
        {NEXT: stream(SPEECH)},
    )
