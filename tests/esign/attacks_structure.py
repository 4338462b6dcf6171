"""Attacks on the examiner: loops, depths, bombs, and structures that are broken in odd ways.

None may be VALID, none may crash the examiner or hold it longer than its limit: whatever cannot be
examined is TIDAK DAPAT DIVERIFIKASI. Files that only the time limit ends are marked `heavy`.
"""

import re
import zlib
from collections.abc import Callable

from leuit_esign.rules import INVALID, OPEN, UNSIGNED
from tests.esign.attacks import (
    CATALOG,
    CONTENT,
    EITHER,
    FORM,
    NEXT,
    PAGE,
    PAGES,
    SPEECH,
    Corpus,
    body_of,
    form_of,
    last_table,
    page_letter,
    replaced,
    rewritten,
    signed,
    table_of,
    trailer_of,
    updated,
)
from tests.esign.attacks_content import metadata
from tests.esign.letters import Pen, stream

CORPUS = Corpus()
NOT_GOOD = (*EITHER, UNSIGNED)
"""For files so broken that it is open whether a signature is found in them at all."""
BOMB = 300_000_000
"""How many bytes a bomb becomes when it is opened."""
DEEP = 20_000


def packed(content: bytes, entries: bytes = b"", layers: int = 1) -> bytes:
    """A stream that is compressed, several times over where asked."""
    for _ in range(layers):
        content = zlib.compress(content, 9)
    filters = b"[%s]" % (b"/FlateDecode" * layers)
    return b"<<%s/Filter%s/Length %d>>\nstream\n%s\nendstream" % (
        entries,
        filters,
        len(content),
        content,
    )


def bomb(entries: bytes = b"", content: bytes = b"") -> bytes:
    """A compressed stream of very many spaces, made piece by piece."""
    making = zlib.compressobj(9)
    out = making.compress(content)
    piece = b" " * 1_000_000
    out += b"".join(making.compress(piece) for _ in range(BOMB // len(piece))) + making.flush()
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (entries, len(out), out)


# -------------------------------------------------------------------------------------------- loops


@CORPUS.answered(*NOT_GOOD)
def field_that_is_its_own_child(pen: Pen) -> bytes:
    """A field lists itself among its children."""
    field = b"<</FT/Sig/T(Putar)/Kids[13 0 R]/Parent 13 0 R>>"
    return rewritten(signed(pen), FORM, b"[ 8 0 R ]", b"[ 8 0 R 13 0 R ]", {NEXT: field})


@CORPUS.answered(*NOT_GOOD)
def fields_that_are_each_others_children(pen: Pen) -> bytes:
    """Two fields list one another."""
    more = {NEXT: b"<</T(a)/Kids[14 0 R]>>", NEXT + 1: b"<</T(b)/Kids[13 0 R]>>"}
    return rewritten(signed(pen), FORM, b"[ 8 0 R ]", b"[ 8 0 R 13 0 R ]", more)


@CORPUS.answered(*NOT_GOOD)
def list_of_fields_that_is_itself(pen: Pen) -> bytes:
    """The list of fields is an object that refers to itself."""
    more = {NEXT: b"13 0 R"}
    return rewritten(signed(pen), FORM, b"[ 8 0 R ]", b"13 0 R", more)


@CORPUS.answered(*NOT_GOOD)
def references_in_a_ring(pen: Pen) -> bytes:
    """The pages are a reference to a reference to the first reference."""
    more = {NEXT: b"14 0 R", NEXT + 1: b"13 0 R"}
    return rewritten(signed(pen), CATALOG, b"/Pages 2 0 R", b"/Pages 13 0 R", more)


@CORPUS.answered(*NOT_GOOD)
def page_tree_in_a_ring(pen: Pen) -> bytes:
    """The page tree lists itself."""
    return rewritten(signed(pen), PAGES, b"4 0 R", b"4 0 R 2 0 R")


@CORPUS.answered(*NOT_GOOD)
def page_tree_in_a_wide_ring(pen: Pen) -> bytes:
    """The page tree holds a node that lists the whole tree."""
    more = {NEXT: b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"}
    return rewritten(signed(pen), PAGES, b"4 0 R", b"4 0 R 13 0 R", more)


@CORPUS.answered(*EITHER)
def signed_page_tree_in_a_ring(pen: Pen) -> bytes:
    """The signed page tree lists itself, and an update gives the examiner cause to walk it."""
    base = page_letter(b"0 g", b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>")
    assert b"4 0 R]/Count 1" in base
    ringed = updated(base, {PAGES: b"<</Type/Pages/Kids[4 0 R 6 0 R]/Count 2>>"})
    return updated(pen.sign(ringed, "bupati"), {CONTENT: stream(SPEECH)})


@CORPUS.answered(OPEN)
def table_that_is_its_own_predecessor(pen: Pen) -> bytes:
    """The last table says that it follows itself."""
    pdf = signed(pen)
    return updated(pdf, {}, previous=len(pdf))


@CORPUS.answered(OPEN)
def tables_that_follow_each_other(pen: Pen) -> bytes:
    """The first table says that it follows the last."""
    pdf = signed(pen)
    looped = pdf.replace(b"/Size 6/Root 1 0 R", b"/Size 6/Prev %d" % last_table(pdf), 1)
    return looped.replace(b"/ID[<00112233445566778899AABBCCDDEEFF>", b"/Root 1 0 R/ID[<00>", 1)


@CORPUS.each(
    {
        "negative": b"-1",
        "far": b"99999999",
        "further": b"99999999999999999999",
        "fraction": b"0.5",
        "name": b"/X",
        "nothing": b"null",
        "reference": b"5 0 R",
        "within": b"17",
    },
    OPEN,
)
def predecessor_that_is_no_place(pen: Pen, place: bytes) -> bytes:
    """The last table follows one that is not there."""
    pdf = updated(signed(pen), {CONTENT: stream(SPEECH)})
    head, _, tail = pdf.rpartition(b"/Prev ")
    return head + b"/Prev " + place + tail[tail.index(b">>") :]


@CORPUS.answered(*NOT_GOOD)
def length_that_is_its_own_stream(pen: Pen) -> bytes:
    """A stream's length is the stream."""
    body = b"<</Length 5 0 R>>\nstream\n%s\nendstream" % SPEECH
    return updated(signed(pen), {CONTENT: body})


@CORPUS.answered(*NOT_GOOD)
def object_stream_that_holds_itself(pen: Pen) -> bytes:
    """The table says that the form lies in an object stream, and that within itself."""
    return with_table_stream(pen, {FORM: (2, 14, 0), 14: (2, 14, 0)}, {})


# ------------------------------------------------------------------------------------------- depths


@CORPUS.each(
    {
        "lists": b"[" * DEEP + b"]" * DEEP,
        "dictionaries": b"<</A" * DEEP + b" 0" + b">>" * DEEP,
        "open lists": b"[" * DEEP,
        "open dictionaries": b"<<" * DEEP,
        "parentheses": b"(" * DEEP + b")" * DEEP,
        "open parentheses": b"(" * DEEP,
        "open string": b"<" + b"0" * DEEP,
        "comment": b"%" * DEEP,
        "name": b"/" + b"#" * DEEP,
        "number": b"9" * DEEP,
    },
    *NOT_GOOD,
)
def deep_entry_of_the_catalogue(pen: Pen, deep: bytes) -> bytes:
    """An entry of the catalogue is nested, or goes on, further than any reader counts."""
    return rewritten(signed(pen), CATALOG, b"/Pages 2 0 R", b"/Pages 2 0 R/X " + deep)


@CORPUS.answered(*NOT_GOOD)
def deep_fields(pen: Pen) -> bytes:
    """A thousand fields stand below one another."""
    deep = 1000
    more = {NEXT + at: b"<</T(a)/Kids[%d 0 R]>>" % (NEXT + at + 1) for at in range(deep)}
    more[NEXT + deep] = b"<</T(a)/FT/Sig>>"
    return rewritten(signed(pen), FORM, b"[ 8 0 R ]", b"[ 8 0 R 13 0 R ]", more)


@CORPUS.answered(*EITHER)
def deep_page_tree(pen: Pen) -> bytes:
    """A thousand signed nodes of the page tree are nested; then the content changes."""
    deep = 1000
    more = {
        NEXT + at: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (NEXT + at + 1) for at in range(deep)
    }
    more[NEXT + deep] = b"<</Type/Page/MediaBox[0 0 9 9]>>"
    base = rewritten(page_letter(b"0 g"), PAGES, b"4 0 R", b"4 0 R 13 0 R", more)
    return updated(pen.sign(base, "bupati"), {CONTENT: stream(SPEECH)})


@CORPUS.answered(*EITHER)
def deep_chain_of_objects(pen: Pen) -> bytes:
    """Two thousand objects refer each to the next, signed; then the content changes."""
    deep = 2000
    more = {NEXT + at: b"[%d 0 R]" % (NEXT + at + 1) for at in range(deep)} | {NEXT + deep: b"0"}
    base = rewritten(page_letter(b"0 g"), CATALOG, b"2 0 R", b"2 0 R/X 13 0 R", more)
    return updated(pen.sign(base, "bupati"), {CONTENT: stream(SPEECH)})


@CORPUS.answered(*EITHER, heavy=True)
def paths_without_number(pen: Pen) -> bytes:
    """Forty objects refer each twice to the next: 2^40 paths; then the content changes."""
    deep = 40
    more = {NEXT + at: b"[%d 0 R %d 0 R]" % ((NEXT + at + 1,) * 2) for at in range(deep)}
    more[NEXT + deep] = b"0"
    base = rewritten(page_letter(b"0 g"), CATALOG, b"2 0 R", b"2 0 R/X 13 0 R", more)
    return updated(pen.sign(base, "bupati"), {CONTENT: stream(SPEECH)})


@CORPUS.answered(*EITHER)
def updates_without_number(pen: Pen) -> bytes:
    """Two hundred updates, each of which changes nothing but an object without a use."""
    pdf = signed(pen)
    for _ in range(200):
        pdf = updated(pdf, {NEXT: stream(SPEECH)})
    return updated(pdf, {CONTENT: stream(SPEECH)})


# ------------------------------------------------------------------------------ bombs and big sizes


@CORPUS.answered(INVALID)
def content_that_is_a_bomb(pen: Pen) -> bytes:
    """The content is replaced by one that takes hundreds of megabytes when it is opened."""
    return updated(signed(pen), {CONTENT: bomb()})


@CORPUS.answered(*EITHER)
def metadata_that_are_a_bomb(pen: Pen) -> bytes:
    """Metadata are added that take hundreds of megabytes when they are opened."""
    more = {NEXT: bomb(b"/Type/Metadata/Subtype/XML")}
    return rewritten(signed(pen), CATALOG, b"2 0 R", b"2 0 R/Metadata 13 0 R", more)


@CORPUS.answered(*EITHER)
def metadata_with_entities_without_number(pen: Pen) -> bytes:
    """Metadata are added whose entities become billions of characters."""
    names = b"abcdefghij"
    steps = [b'<!ENTITY a "lol">'] + [
        b'<!ENTITY %c "%s">' % (names[at], b"&%c;" % names[at - 1] * 10) for at in range(1, 10)
    ]
    document = b"<!DOCTYPE x [%s]><x>&j;</x>" % b"".join(steps)
    more = {NEXT: stream(document).replace(b"<<", b"<</Type/Metadata/Subtype/XML", 1)}
    return rewritten(signed(pen), CATALOG, b"2 0 R", b"2 0 R/Metadata 13 0 R", more)


@CORPUS.answered(*EITHER)
def stored_certificate_that_is_a_bomb(pen: Pen) -> bytes:
    """The security store gets a certificate that takes hundreds of megabytes."""
    more = {NEXT: b"<</Certs[14 0 R]>>", NEXT + 1: bomb()}
    return rewritten(signed(pen), CATALOG, b"2 0 R", b"2 0 R/DSS 13 0 R", more)


def with_table_stream(
    pen: Pen,
    rows: dict[int, tuple[int, int, int]],
    objects: dict[int, bytes],
    entries: bytes = b"",
    data: Callable[[bytes], bytes] = bytes,
    size: int = 30,
) -> bytes:
    """An update with a cross-reference stream (number 29): rows of kind, place and index."""
    pdf = signed(pen)
    out, table = bytearray(pdf), dict(rows)
    for number, body in objects.items():
        table[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table[29] = (1, len(out), 0)
    index = b" ".join(b"%d 1" % number for number in sorted(table))
    raw = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + at.to_bytes(2, "big")
        for _number, (kind, place, at) in sorted(table.items())
    )
    own = entries or b"/W[1 4 2]/Index[%s]" % index
    body = packed(
        data(raw), b"/Type/XRef/Size %d/Prev %d/Root 1 0 R%s" % (size, last_table(pdf), own)
    )
    place = len(out)
    return bytes(out) + b"29 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (body, place)


@CORPUS.answered(*NOT_GOOD)
def objects_in_a_bomb(pen: Pen) -> bytes:
    """The form lies in an object stream that takes hundreds of megabytes when it is opened."""
    inner = b"7 0 <</Fields[8 0 R]/SigFlags 3>>"
    holder = bomb(b"/Type/ObjStm/N 1/First 4", inner)
    return with_table_stream(pen, {FORM: (2, 14, 0)}, {14: holder})


@CORPUS.answered(*NOT_GOOD)
def objects_in_a_bomb_within_a_bomb(pen: Pen) -> bytes:
    """The form lies in an object stream that was compressed twice."""
    inner = b"7 0 <</Fields[8 0 R]/SigFlags 3>>".ljust(50_000_000)
    holder = packed(inner, b"/Type/ObjStm/N 1/First 4", layers=2)
    return with_table_stream(pen, {FORM: (2, 14, 0)}, {14: holder})


@CORPUS.answered(OPEN)
def table_that_is_a_bomb(pen: Pen) -> bytes:
    """The cross-reference stream takes hundreds of megabytes when it is opened."""
    return with_table_stream(pen, {}, {}, data=lambda raw: raw + bytes(100_000_000))


@CORPUS.answered(OPEN, heavy=True)
def table_of_a_milliard_empty_rows(pen: Pen) -> bytes:
    """The rows of the cross-reference stream are no bytes wide, and there are very many."""
    return with_table_stream(pen, {}, {}, b"/W[0 0 0]/Index[0 1000000000]", lambda _raw: b"")


@CORPUS.each(
    {
        "widths missing": b"/Index[29 1]",
        "two widths": b"/W[1 4]/Index[29 1]",
        "no widths": b"/W[]/Index[29 1]",
        "negative widths": b"/W[1 -4 2]/Index[29 1]",
        "wide": b"/W[1 99999999 2]/Index[29 1]",
        "widths of names": b"/W[/a/b/c]/Index[29 1]",
        "odd index": b"/W[1 4 2]/Index[29]",
        "index backwards": b"/W[1 4 2]/Index[29 1 3 1]",
        "negative index": b"/W[1 4 2]/Index[-5 1]",
        "index of names": b"/W[1 4 2]/Index[/a/b]",
        "too many": b"/W[1 4 2]/Index[0 30]",
        "too few": b"/W[1 2 1]/Index[29 1]",
        "unknown filter": b"/W[1 4 2]/Index[29 1]/Filter/Rahasia",
        "predictor": b"/W[1 4 2]/Index[29 1]/DecodeParms<</Predictor 15/Columns 999999999>>",
        "own length": b"/W[1 4 2]/Index[29 1]/Length 29 0 R",
    },
    *EITHER,
)
def table_stream_that_is_broken(pen: Pen, entries: bytes) -> bytes:
    """The cross-reference stream's entries do not fit its rows, or one another."""
    return with_table_stream(pen, {}, {CONTENT: stream(SPEECH)}, entries)


@CORPUS.each({"small": 3, "huge": 2**31, "more": 2**64, "negative": -1}, *EITHER)
def table_stream_of_another_size(pen: Pen, size: int) -> bytes:
    """The cross-reference stream says that it is for very many objects, or few."""
    return with_table_stream(pen, {}, {CONTENT: stream(SPEECH)}, size=size)


@CORPUS.each({"small": b"3", "huge": b"2147483648", "name": b"/X", "none": b"null"}, *EITHER)
def table_of_another_size(pen: Pen, size: bytes) -> bytes:
    """The trailer says that there are very many objects, or few."""
    pdf = updated(signed(pen), {CONTENT: stream(SPEECH)})
    head, _, tail = pdf.rpartition(b"/Size 13")
    return head + b"/Size " + size + tail


@CORPUS.each(
    {
        "many": b"0 99999999",
        "more": b"0 99999999999999999999",
        "negative": b"-7 1",
        "words": b"nol satu",
        "far": b"99999999 1",
        "nothing": b"",
    },
    *EITHER,
)
def table_with_a_broken_section(pen: Pen, section: bytes) -> bytes:
    """A section of the table claims another count than it has."""
    pdf = updated(signed(pen), {CONTENT: stream(SPEECH)})
    head, _, tail = pdf.rpartition(b"xref\n0 1\n")
    return head + b"xref\n" + section + b"\n" + tail


@CORPUS.each(
    {
        "letters": b"abcdefghij 00000 n ",
        "kind": b"0000000017 00000 x ",
        "generation": b"0000000017 99999 n ",
        "far": b"9999999999 00000 n ",
        "short": b"17 0 n",
        "another object": b"0000000060 00000 n ",
    },
    *NOT_GOOD,
)
def table_with_a_broken_row(pen: Pen, row: bytes) -> bytes:
    """The row of the catalogue in a new table is broken, or leads elsewhere."""
    return updated(signed(pen), {CONTENT: stream(SPEECH)}, rows={CATALOG: row})


@CORPUS.answered(*EITHER)
def two_kinds_of_table(pen: Pen) -> bytes:
    """The trailer names a cross-reference stream too, which readers of old do not know (hybrid)."""
    pdf = signed(pen)
    body = b"%d 0 obj\n%s\nendobj\n" % (NEXT + 1, stream(SPEECH))
    raw = b"\x01" + len(pdf).to_bytes(4, "big") + b"\x00\x00"
    hidden = b"13 0 obj\n%s\nendobj\n" % packed(
        raw, b"/Type/XRef/Size 15/W[1 4 2]/Index[%d 1]" % CONTENT
    )
    place = len(pdf) + len(body)
    entries = trailer_of(pdf) + b"/XRefStm %d" % place
    table = table_of(pdf, {NEXT + 1: b"%010d 00000 n " % len(pdf)}, place + len(hidden), entries)
    return pdf + body + hidden + table


@CORPUS.each(
    {
        "more objects than it has": b"/N 999999999/First 4",
        "a first behind the end": b"/N 1/First 999999999",
        "a negative first": b"/N 1/First -4",
        "no count": b"/First 4",
        "another type": b"/N 1/First 4/Type/XObject",
        "an ancestor in a ring": b"/N 1/First 4/Extends 14 0 R",
    },
    *NOT_GOOD,
)
def object_stream_that_is_broken(pen: Pen, entries: bytes) -> bytes:
    """The form lies in an object stream whose entries are wrong."""
    kind = b"" if b"/Type" in entries else b"/Type/ObjStm"
    holder = packed(b"7 0 <</Fields[8 0 R]/SigFlags 3/X 1>>", kind + entries)
    return with_table_stream(pen, {FORM: (2, 14, 0)}, {14: holder})


# --------------------------------------------------------------------------- what is no file at all


@CORPUS.each(
    {
        "no header": lambda pdf: pdf.replace(b"%PDF-1.7", b"%FDP-1.7", 1),
        "a header further on": lambda pdf: bytes(2000) + pdf,
        "a header within": lambda pdf: b"GIF89a" + pdf,
        "another version": lambda pdf: pdf.replace(b"%PDF-1.7", b"%PDF-x.y", 1),
        "half": lambda pdf: pdf[: len(pdf) // 2],
        "without the end": lambda pdf: pdf[:-10],
        "without the beginning": lambda pdf: pdf[500:],
        "backwards": lambda pdf: pdf[::-1],
        "as text": lambda pdf: pdf.replace(b"\n", b"\r\n"),
        "in capitals": lambda pdf: pdf.upper(),
        "twice": lambda pdf: pdf + pdf,
        "only the end": lambda pdf: b"%PDF-1.7\n" + pdf[-30:],
        "zeros between": lambda pdf: b"\x00".join(pdf[i : i + 1] for i in range(len(pdf))),
        "no table": lambda pdf: re.sub(rb"startxref\n\d+", b"startxref\n0", pdf),
    },
    *NOT_GOOD,
)
def file_that_is_damaged(pen: Pen, damage: Callable[[bytes], bytes]) -> bytes:
    """The whole file is damaged, as by a bad copy or a mail program."""
    return damage(signed(pen))


@CORPUS.each(
    {
        "catalogue": (CATALOG, b"null"),
        "catalogue of words": (CATALOG, b"(katalog)"),
        "catalogue as a stream": (CATALOG, stream(b"x")),
        "pages": (PAGES, b"null"),
        "pages as a list": (PAGES, b"[4 0 R]"),
        "page": (PAGE, b"null"),
        "form": (FORM, b"null"),
        "form as a list": (FORM, b"[8 0 R]"),
        "fields as a number": (FORM, b"<</Fields 7>>"),
        "fields that are direct": (FORM, b"<</Fields[<</FT/Sig/T(a)>>]>>"),
        "field": (8, b"null"),
        "field without a name": (8, b"<</FT/Sig/V 11 0 R>>"),
        "field with a number for a name": (8, b"<</FT/Sig/T 7/V 11 0 R>>"),
        "field with a point in its name": (8, b"<</FT/Sig/T(a.b)/V 11 0 R>>"),
        "signature": (11, b"null"),
        "signature as a list": (11, b"[]"),
        "signature as a stream": (11, stream(b"x")),
    },
    *NOT_GOOD,
)
def object_of_another_kind(pen: Pen, put: tuple[int, bytes]) -> bytes:
    """An object that everything hangs on is replaced by one of another kind."""
    number, body = put
    return updated(signed(pen), {number: body})


@CORPUS.each(
    {
        "a byte of no character": b"<9F>",
        "half a character": b"<FEFFD8>",
        "half a pair": b"<FEFFD83D>",
        "zero": b"<00>",
        "no byte": b"()",
        "lines": b"(a\\r\\nb)",
        "very long": b"(" + b"x" * 100_000 + b")",
        "a name": b"/Nama",
        "nothing": b"null",
    },
    *NOT_GOOD,
)
def field_with_an_odd_name(pen: Pen, name: bytes) -> bytes:
    """The field of the signature gets a name that is no text, or an odd one."""
    return rewritten(signed(pen), 8, b"(TTE1)", name)


@CORPUS.answered(*EITHER)
def fields_of_one_name(pen: Pen) -> bytes:
    """A second field has the name of the first."""
    twin = body_of(signed(pen), 8)
    return rewritten(signed(pen), FORM, b"[ 8 0 R ]", b"[ 8 0 R 13 0 R ]", {NEXT: twin})


@CORPUS.answered(*EITHER)
def fields_listed_twice(pen: Pen) -> bytes:
    """The signature's field is listed twice."""
    return rewritten(signed(pen), FORM, b"[ 8 0 R ]", b"[ 8 0 R 8 0 R ]")


@CORPUS.answered(*EITHER)
def entries_given_twice(pen: Pen) -> bytes:
    """The page says twice what its content is, and readers differ in which they take."""
    body = replaced(signed(pen), PAGE, b"/Contents 5 0 R", b"/Contents 13 0 R/Contents 5 0 R")
    return updated(signed(pen), {PAGE: body, NEXT: stream(SPEECH)})


@CORPUS.answered(*EITHER)
def fields_without_number(pen: Pen) -> bytes:
    """Three thousand unsigned fields are added."""
    many = range(NEXT, NEXT + 3000)
    more = {one: b"<</FT/Sig/T(f%d)/Rect[0 0 9 9]>>" % one for one in many}
    fields = b"[ 8 0 R " + b" ".join(b"%d 0 R" % one for one in many) + b" ]"
    return rewritten(signed(pen), FORM, b"[ 8 0 R ]", fields, more)


@CORPUS.answered(*EITHER)
def signatures_without_number(pen: Pen) -> bytes:
    """A hundred fields hold copies of the signature."""
    many = range(NEXT, NEXT + 100)
    more = {one: b"<</FT/Sig/T(f%d)/V 11 0 R/Rect[0 0 0 0]>>" % one for one in many}
    fields = b"[ 8 0 R " + b" ".join(b"%d 0 R" % one for one in many) + b" ]"
    return rewritten(signed(pen), FORM, b"[ 8 0 R ]", fields, more)


@CORPUS.answered(*EITHER)
def speech_in_a_form_of_the_metadata(pen: Pen) -> bytes:
    """The metadata's stream is a picture too, which the page is told to draw."""
    both = metadata().replace(b"/Subtype/XML", b"/Subtype/Form/BBox[0 0 9 9]")
    page = replaced(signed(pen), PAGE, b"/Font <<", b"/XObject<</X 13 0 R>>/Font <<")
    catalog = replaced(signed(pen), CATALOG, b"2 0 R", b"2 0 R/Metadata 13 0 R")
    return updated(signed(pen), {NEXT: both, PAGE: page, CATALOG: catalog, NEXT + 1: form_of(b"")})
