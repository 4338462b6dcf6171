"""Attacks on what a signature covers: byte ranges, moved and wrapped bytes, appended bodies.

Where a byte range is odd, the CMS is made anew by a holder over just those bytes: the cryptography
holds, and only the coverage tells. A signature is good for its file when the two parts are all of
the file, or of a whole revision, but the one string `<hex>` that holds the signature.
"""

import re
from collections.abc import Callable

from leuit_esign.rules import INVALID
from tests.esign.attacks import (
    CONTENT,
    EITHER,
    FIELD,
    FORM,
    NEXT,
    SIGNATURE,
    SPEECH,
    Corpus,
    Seal,
    body_of,
    last_table,
    literal,
    page_letter,
    replaced,
    rewritten,
    signed,
    signed_over,
    signed_twice,
    size_of,
    table_of,
    trailer_of,
    updated,
)
from tests.esign.letters import Pen, stream

CORPUS = Corpus()
TAIL = 100
"""How many bytes a range is too short, or too long."""

# --------------------------------------------------------------- ranges that the signer himself set


def over(pen: Pen, first: int, one: int, second: int, two: int) -> bytes:
    """A letter whose signature says, and truly covers, these two parts."""
    seal = Seal.of(signed(pen)).saying(b"%d %d %d %d" % (first, one, second, two))
    parts = seal.pdf[first : first + one], seal.pdf[second : second + two]
    return signed_over(pen, seal, b"".join(parts))


def ranges(pen: Pen) -> tuple[int, int, int]:
    """Where the gap begins and ends in the plain letter, and how long the rest is."""
    seal = Seal.of(signed(pen))
    return seal.start, seal.end, len(seal.pdf) - seal.end


@CORPUS.answered(INVALID)
def range_that_ends_early(pen: Pen) -> bytes:
    """The end of the file is not covered."""
    start, end, rest = ranges(pen)
    return over(pen, 0, start, end, rest - TAIL)


@CORPUS.answered(INVALID)
def range_that_begins_late(pen: Pen) -> bytes:
    """The beginning of the file is not covered."""
    start, end, rest = ranges(pen)
    return over(pen, 20, start - 20, end, rest)


@CORPUS.answered(INVALID)
def range_with_a_gap_that_begins_early(pen: Pen) -> bytes:
    """What stands before the signature is not covered."""
    start, end, rest = ranges(pen)
    return over(pen, 0, start - TAIL, end, rest)


@CORPUS.answered(INVALID)
def range_with_a_gap_that_ends_late(pen: Pen) -> bytes:
    """What stands behind the signature is not covered: the reason, for one."""
    start, end, rest = ranges(pen)
    return over(pen, 0, start, end + 2 * TAIL, rest - 2 * TAIL)


@CORPUS.answered(INVALID)
def range_over_the_first_part_only(pen: Pen) -> bytes:
    """The second part is empty."""
    start, _end, _rest = ranges(pen)
    return over(pen, 0, start, start, 0)


@CORPUS.answered(INVALID)
def range_over_nothing(pen: Pen) -> bytes:
    """Both parts are empty: the signature of no bytes."""
    return over(pen, 0, 0, 0, 0)


@CORPUS.answered(INVALID)
def range_that_covers_the_first_part_twice(pen: Pen) -> bytes:
    """The second part is the first."""
    start, _end, _rest = ranges(pen)
    return over(pen, 0, start, 0, start)


@CORPUS.answered(INVALID)
def range_with_parts_that_overlap(pen: Pen) -> bytes:
    """The second part begins and ends within the first."""
    start, _end, _rest = ranges(pen)
    return over(pen, 0, start, start - TAIL, TAIL)


@CORPUS.answered(INVALID)
def range_with_parts_that_overlap_and_add_up(pen: Pen) -> bytes:
    """The same, as long as the rest of the file, which is not covered and changed afterwards."""
    start, _end, rest = ranges(pen)
    pdf = over(pen, 0, start, start - rest, rest)
    return pdf.replace(b"/Reason (Menyetujui)", b"/Reason (Menolak!!!)")


@CORPUS.answered(INVALID)
def range_that_leaves_the_page_out(pen: Pen) -> bytes:
    """The first part ends before the page's content, and the sum is made good behind the end."""
    start, end, rest = ranges(pen)
    pdf = over(pen, 0, 300, end, rest + start - 300)
    return pdf.replace(b"Surat Uji Nomor 1", b"Surat Uji Nomor 2", 1)


@CORPUS.answered(INVALID)
def range_with_a_hole_made_good_behind_the_end(pen: Pen) -> bytes:
    """The parts add up to the file, but the second reaches past the end and leaves a hole."""
    start, end, rest = ranges(pen)
    pdf = over(pen, 0, start, end + 2 * TAIL, rest)
    return pdf.replace(b"/Reason (Menyetujui)", b"/Reason (Menolak!!!)")


@CORPUS.answered(INVALID)
def range_with_a_gap_and_a_reason_in_it(pen: Pen) -> bytes:
    """The signature takes less room than the gap, and the rest of the gap says something."""
    seal = Seal.of(signed(pen))
    short = b"<%s>/Location (Rumah)" % seal.message.hex().encode()
    return seal.with_gap(short.ljust(seal.width))


# ------------------------------------------------ ranges that are no ranges: the digest cannot hold


@CORPUS.each(
    {
        "three": b"0 %d %d",
        "five": b"0 %d %d 100 1",
        "none": b"",
        "six": b"0 %d %d 9 9 9",
        "only one part": b"0 %d",
    },
    *EITHER,
)
def range_of_another_count(pen: Pen, numbers: bytes) -> bytes:
    """The range has another number of numbers than four."""
    start, end, _rest = ranges(pen)
    text = numbers % (start, end)[: numbers.count(b"%d")]
    return Seal.of(signed(pen)).saying(text).pdf


@CORPUS.answered(INVALID)
def range_of_three_parts(pen: Pen) -> bytes:
    """The range has three parts, and the signature is over these."""
    start, end, rest = ranges(pen)
    half = rest // 2
    numbers = (0, start, end, half, end + half, rest - half)
    seal = Seal.of(signed(pen)).saying(b" ".join(b"%d" % one for one in numbers))
    return signed_over(pen, seal, seal.pdf[:start] + seal.pdf[end:])


@CORPUS.answered(INVALID)
def range_of_one_part_over_the_beginning(pen: Pen) -> bytes:
    """The range has one part, and the signature is over that."""
    start, _end, _rest = ranges(pen)
    seal = Seal.of(signed(pen)).saying(b"0 %d" % start)
    return signed_over(pen, seal, seal.pdf[:start])


@CORPUS.each(
    {
        "negative start": b"-9 %d %d %d",
        "negative length": b"0 -9 %d %d %d",
        "negative second start": b"0 %d -%d %d",
        "negative second length": b"0 %d %d -%d",
        "huge start": b"99999999999999999999 %d %d %d",
        "huge length": b"0 99999999999999999999%d %d %d",
        "huge second start": b"0 %d 99999999999999999999%d %d",
        "huge second length": b"0 %d %d 99999999999999999999%d",
        "fraction": b"0 %d.5 %d %d",
        "names": b"0 %d %d /%d",
        "strings": b"0 %d %d (%d)",
        "arrays": b"0 %d %d [%d]",
        "nulls": b"null null null null %d %d %d",
        "reference": b"0 %d %d 5 0 R",
    },
    *EITHER,
)
def range_of_odd_numbers(pen: Pen, numbers: bytes) -> bytes:
    """The range has numbers that no file has, or what is no number."""
    text = numbers % ranges(pen)[: numbers.count(b"%d")]
    return Seal.of(signed(pen)).saying(text).pdf


@CORPUS.each(
    {
        "null": b"null",
        "name": b"/X",
        "number": b"0",
        "string": b"(0 1 2 3)",
        "reference": b"5 0 R",
    },
    *EITHER,
)
def range_that_is_no_list(pen: Pen, value: bytes) -> bytes:
    """The range is something else than a list."""
    pdf = signed(pen)
    found = Seal.of(pdf).byte_range
    text = (b"/ByteRange " + value).ljust(len(found[0]))
    return pdf[: found.start()] + text + pdf[found.end() :]


@CORPUS.answered(*EITHER)
def range_missing(pen: Pen) -> bytes:
    """There is no range (universal signature forgery)."""
    return signed(pen).replace(b"/ByteRange", b"/Rentang  ", 1)


# ------------------------------------------------------------- the sum is right, the place is wrong


@CORPUS.answered(INVALID)
def text_written_into_the_gap(pen: Pen) -> bytes:
    """The signature is written in parentheses, half as long: the gap has room for more entries."""
    seal = Seal.of(signed(pen))
    return seal.with_gap((literal(seal.padded) + b"/Location(Rumah)").ljust(seal.width))


@CORPUS.answered(INVALID)
def object_written_into_the_gap(pen: Pen) -> bytes:
    """The forger's letter has an object at a place where the gap will be, and it is put there."""
    far = 9000
    base = page_letter(b"0 g", b"null", contents=b"[5 0 R 6 0 R]")
    place = re.findall(rb"(\d{10}) 00000 n", base)[5]
    seal = Seal.of(pen.sign(base.replace(place, b"%010d" % far, 1), "bupati"))
    filling = literal(seal.padded) + b"/X[(" + b"x" * far
    filling = filling[: far - seal.start - 1] + b"\n6 0 obj\n%s\nendobj\n)]" % stream(SPEECH)
    return seal.with_gap(filling.ljust(seal.width))


def counted_right(seal: Seal, made: Callable[[bytes], bytes]) -> bytes:
    """A file made of a signature in parentheses, padded until the sums of its lengths agree.

    The two covered parts and twice the length of the signature, with two for its brackets, are then
    as long as the file, wherever the parts lie.
    """
    covered = len(seal.pdf) - seal.width
    length = len(seal.message)
    while True:
        pdf = made(literal(seal.message.ljust(length, b"\0")))
        missing = len(pdf) - (covered + 2 * length + 2)
        if missing <= 0:
            assert not missing
            return pdf
        length += missing


@CORPUS.answered(INVALID)
def update_counted_as_part_of_the_signature(pen: Pen) -> bytes:
    """An update replaces the content, and the signature by one so long that the lengths add up."""
    pdf, more = signed(pen), {CONTENT: stream(SPEECH)}
    seal = Seal.of(pdf)
    held = pdf[seal.start : seal.end]
    return counted_right(seal, lambda value: rewritten(pdf, SIGNATURE, held, value, more))


@CORPUS.answered(INVALID)
def update_that_drops_a_signature_counted_as_part_of_another(pen: Pen) -> bytes:
    """The same on a letter with two signatures, of which the first is dropped from the form."""
    pdf = signed_twice(pen)
    seal = Seal.of(pdf)
    held = pdf[seal.start : seal.end]
    [number] = re.findall(rb"\n(\d+) 0 obj\s*<<\s*/Contents $", pdf[: seal.start])
    dropped = replaced(pdf, FORM, b"/Fields [ 8 0 R", b"/Fields [")
    more = {CONTENT: stream(SPEECH), FORM: dropped}
    return counted_right(seal, lambda value: rewritten(pdf, int(number), held, value, more))


# ----------------------------------------------- signature wrapping (SWA): the second part is moved

FIRST_TABLE = 382
"""Where the table of the plain letter's first revision lies."""


def wrapped(pen: Pen, written: Callable[[Seal, int], bytes]) -> bytes:
    """The second signed part is moved to the end. Before it come the forger's objects, and his
    table, where the /startxref at the end, which is signed, points.

    `written` writes the signature down, knowing how much room is between the parts.
    """
    seal = Seal.of(signed(pen))
    place, moved = last_table(seal.pdf), seal.pdf[seal.end :]
    head = seal.pdf[: seal.start]
    numbers = {int(one) for one in re.findall(rb"\n(\d+) 0 obj", head)} | {CONTENT}
    places = {number: head.rindex(b"\n%d 0 obj" % number) + 1 for number in numbers}

    def table() -> bytes:
        rows = {number: b"%010d 00000 n " % where for number, where in places.items()}
        entries = re.sub(rb"/Info \d+ 0 R", b"", trailer_of(seal.pdf))
        made = table_of(seal.pdf, rows, place, entries, previous=FIRST_TABLE)
        return made + b"\n" * ((place + len(made) - seal.start) % 2)

    room = place + len(table()) - seal.start
    head += written(seal, room) + b"/ByteRange[0 %d %d %d]" % (
        seal.start,
        seal.start + room,
        len(moved),
    )
    head += b"/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached>>\nendobj\n"
    places[CONTENT] = len(head)
    head += b"%d 0 obj\n%s\nendobj\n" % (CONTENT, stream(SPEECH))
    assert len(head) < place
    return head.ljust(place) + table() + moved


@CORPUS.answered(INVALID)
def second_part_moved(pen: Pen) -> bytes:
    """The signature stands as it stood, and other objects and another table behind it."""
    return wrapped(pen, lambda seal, _room: b"<%s>" % seal.message.hex().encode())


@CORPUS.answered(INVALID)
def second_part_moved_and_counted(pen: Pen) -> bytes:
    """The same, with a signature so long that the lengths add up to the file."""
    return wrapped(pen, lambda seal, room: literal(seal.message.ljust((room - 2) // 2, b"\0")))


# ----------------------------------------------------------------- incremental saving attacks (ISA)


@CORPUS.answered(*EITHER)
def body_appended_without_a_table(pen: Pen) -> bytes:
    """An object is appended: readers that rebuild a broken table show it, others do not."""
    return signed(pen) + b"%d 0 obj\n%s\nendobj\n" % (CONTENT, stream(SPEECH))


@CORPUS.answered(*EITHER)
def body_appended_with_the_old_end_again(pen: Pen) -> bytes:
    """The same, and behind it the end of the file again, which points to the old table."""
    pdf = signed(pen)
    body = b"%d 0 obj\n%s\nendobj\n" % (CONTENT, stream(SPEECH))
    return pdf + body + b"startxref\n%d\n%%%%EOF\n" % last_table(pdf)


@CORPUS.answered(*EITHER)
def body_appended_with_a_trailer_without_a_table(pen: Pen) -> bytes:
    """An object and a trailer are appended, and no table."""
    pdf = signed(pen)
    body = b"%d 0 obj\n%s\nendobj\n" % (CONTENT, stream(SPEECH))
    trailer = b"trailer\n<<%s/Size %d/Prev %d>>\n" % (trailer_of(pdf), NEXT, last_table(pdf))
    return pdf + body + trailer + b"startxref\n%d\n%%%%EOF\n" % last_table(pdf)


@CORPUS.answered(*EITHER)
def table_appended_without_a_trailer(pen: Pen) -> bytes:
    """An object and a table are appended, and no trailer."""
    pdf = updated(signed(pen), {CONTENT: stream(SPEECH)})
    head, _, tail = pdf.rpartition(b"trailer")
    return head + tail[tail.index(b"startxref") :]


@CORPUS.answered(*EITHER)
def update_without_an_end(pen: Pen) -> bytes:
    """An update is appended that lacks /startxref and the mark of the end."""
    pdf = updated(signed(pen), {CONTENT: stream(SPEECH)})
    return pdf[: pdf.rindex(b"startxref")]


@CORPUS.answered(*EITHER)
def update_without_the_mark_of_the_end(pen: Pen) -> bytes:
    """An update is appended that lacks only the mark of the end."""
    return updated(signed(pen), {CONTENT: stream(SPEECH)}).removesuffix(b"%%EOF\n")


@CORPUS.answered(*EITHER)
def update_that_points_to_the_old_table(pen: Pen) -> bytes:
    """A whole update is appended, whose /startxref names the old table."""
    pdf = signed(pen)
    made = updated(pdf, {CONTENT: stream(SPEECH)})
    return made[: made.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % last_table(pdf)


@CORPUS.answered(*EITHER)
def update_with_the_signature_copied(pen: Pen) -> bytes:
    """The update holds a copy of the signature, for readers that look for it at the end."""
    pdf = signed(pen)
    field = replaced(pdf, FIELD, b"/V 11 0 R", b"/V %d 0 R" % NEXT)
    copied = body_of(pdf, SIGNATURE)
    return updated(pdf, {CONTENT: stream(SPEECH), FIELD: field, NEXT: copied})


@CORPUS.answered(*EITHER)
def body_and_signature_appended_without_a_table(pen: Pen) -> bytes:
    """An object and a copy of the signature are appended, and no table."""
    pdf = signed(pen)
    body = b"%d 0 obj\n%s\nendobj\n" % (CONTENT, stream(SPEECH))
    return pdf + body + b"%d 0 obj\n%s\nendobj\n" % (SIGNATURE, body_of(pdf, SIGNATURE))


@CORPUS.answered(*EITHER)
def comment_appended(pen: Pen) -> bytes:
    """Words are appended as a comment, which no reader shows and no signature covers."""
    return signed(pen) + b"%% Dana hibah dialihkan\n"


@CORPUS.answered(*EITHER)
def archive_appended(pen: Pen) -> bytes:
    """The end of an archive is appended, so that the file is a letter and something else too."""
    return signed(pen) + b"PK\x05\x06" + bytes(18)


@CORPUS.answered(*EITHER)
def another_letter_appended(pen: Pen) -> bytes:
    """A whole other letter is appended."""
    return signed(pen) + page_letter(SPEECH)


@CORPUS.answered(*EITHER)
def other_letter_put_before(pen: Pen) -> bytes:
    """A whole other letter stands before the signed one."""
    return page_letter(SPEECH) + signed(pen)


@CORPUS.answered(INVALID)
def object_behind_the_end(pen: Pen) -> bytes:
    """The forger's letter has an object at a place behind its end, and it is put there later."""
    far = 20_000
    base = page_letter(b"0 g", b"null", contents=b"[5 0 R 6 0 R]")
    place = re.findall(rb"(\d{10}) 00000 n", base)[5]
    pdf = pen.sign(base.replace(place, b"%010d" % far, 1), "bupati")
    body = b"6 0 obj\n%s\nendobj\n" % stream(SPEECH)
    return pdf.ljust(far) + body + b"startxref\n%d\n%%%%EOF\n" % last_table(pdf)


@CORPUS.answered(INVALID)
def object_behind_the_end_within_an_update(pen: Pen) -> bytes:
    """The same, hidden in an update that adds an object without a use."""
    far = 20_000
    base = page_letter(b"0 g", b"null", contents=b"[5 0 R 6 0 R]")
    place = re.findall(rb"(\d{10}) 00000 n", base)[5]
    pdf = pen.sign(base.replace(place, b"%010d" % far, 1), "bupati")
    body = b"6 0 obj\n%s\nendobj\n" % stream(SPEECH)
    return updated(pdf.ljust(far) + body, {size_of(pdf): b"null"})


# ---------------------------------------------------------------- what the signature says of itself


@CORPUS.each(
    {
        "reason": (b"/Reason (Menyetujui)", b"/Reason (Menolak)"),
        "name": (b"/Type /Sig", b"/Type /Sig\n/Name (RINA CONTOH)"),
        "time": (b"/M (D", b"/X (D"),
        "place": (b"/Type /Sig", b"/Type /Sig\n/Location (Rumah)"),
        "no type": (b"/Type /Sig", b""),
    },
    INVALID,
)
def signature_dictionary_rewritten(pen: Pen, change: tuple[bytes, bytes]) -> bytes:
    """The signature dictionary is written anew in an update with another text."""
    return rewritten(signed(pen), SIGNATURE, *change)


@CORPUS.each(
    {
        "reason": (b"/Reason (Menyetujui)", b"/Reason (Menolak!!!)"),
        "name": (b"/Reason (Menyetujui)", b"/Name   (SRI CONTOH)"),
        "time": (b"/M (D\\07220", b"/M (D\\07219"),
        "text of the page": (b"Surat Uji Nomor 1", b"Surat Uji Nomor 2"),
        "information": (b"/Producer (pyHanko", b"/Producer (pyhanko"),
        "identity": (b"/ID [ <0011", b"/ID [ <0012"),
    },
    INVALID,
)
def signed_bytes_changed_in_place(pen: Pen, change: tuple[bytes, bytes]) -> bytes:
    """Signed bytes are replaced by as many others."""
    pdf, (old, new) = signed(pen), change
    assert old in pdf
    assert len(old) == len(new)
    return pdf.replace(old, new, 1)
