"""Random damage to good files: whatever happens to a signed file, it is VALID only unharmed.

What may stay VALID, and why:

- Everything that the last signature covers is as it was. Only two places of a file are not covered:
  the string `<hex>` that holds this signature, and what lies behind the covered bytes.
- In the string, the CMS may be written in the other case of hexadecimal digits, the unused zeros
  behind it may be anything, white space even, and so may the parts for which no key of the holder
  speaks: issuers' certificates (each stands for itself by its own signature), unsigned attributes
  (a lost time stamp costs the signature its level and not its truth). The signed attributes, the
  signature over them and the holder's certificate must be what they were.
- Behind the covered bytes only white space may be added, which no reader takes for an object.
- A file may be cut back to an earlier signed revision: that is a signed file in its own right.
- Behind a signature with archived proofs come revisions that hold these. They are not content, and
  their damage may cost a proof; what a reader is shown must still be what was signed.
"""

import functools
import random
import re
from collections.abc import Callable

import pypdfium2
import pytest
from asn1crypto import cms
from pyhanko.sign.fields import MDPPerm

from leuit_esign.rules import VALID, judge
from tests.esign.attacks import Seal, signed, signed_twice
from tests.esign.conftest import Examine
from tests.esign.letters import Pen, letter, with_fields

pytestmark = pytest.mark.ci
COUNT = 200
CRASHES = frozenset({"crashed", "memory", "time_out"})
"""Failures that are the examiner's: no damage of so small a file may lead to one."""

# ----------------------------------------------------------------------------------- the good files


def certified_and_signed(pen: Pen) -> bytes:
    """Certified for form filling, and the second prepared field signed."""
    prepared = with_fields(letter(pages=2), "TTE1", "TTE2")
    permissions = MDPPerm.FILL_FORMS
    first = pen.sign(prepared, "bupati", "TTE1", certify=True, docmdp_permissions=permissions)
    return pen.sign(first, "sekda", "TTE2")


FILES: dict[str, Callable[[Pen], bytes]] = {
    "one signature": signed,
    "a time stamp": functools.partial(signed, level="B-T"),
    "two signatures": signed_twice,
    "certified": functools.cache(certified_and_signed),
    "archived": functools.partial(signed, level="B-LTA"),
}
NAMES = list(FILES)

# --------------------------------------------------------------------------------------- the damage


def gaps(pdf: bytes) -> list[tuple[int, int]]:
    """Where the strings lie that hold signatures."""
    return [found.span(1) for found in re.finditer(rb"/Contents (<[0-9A-Fa-f]+>)", pdf)]


def place(chance: random.Random, pdf: bytes) -> int:
    """A place in the file: half of them outside the signatures, which are most of a small file."""
    somewhere = chance.randrange(len(pdf))
    if chance.random() < 0.5:
        while any(start <= somewhere < end for start, end in gaps(pdf)):
            somewhere = chance.randrange(len(pdf))
    return somewhere


def flipped(chance: random.Random, pdf: bytes) -> bytes:
    """Up to eight bits are turned."""
    out = bytearray(pdf)
    for _ in range(chance.choice((1, 1, 2, 8))):
        out[place(chance, pdf)] ^= 1 << chance.randrange(8)
    return bytes(out)


def deleted(chance: random.Random, pdf: bytes) -> bytes:
    """Some bytes are taken out."""
    start = place(chance, pdf)
    return pdf[:start] + pdf[start + chance.choice((1, 2, 20, 200, 2000)) :]


def inserted(chance: random.Random, pdf: bytes) -> bytes:
    """Some bytes are put in: any, white space, or some of the file again."""
    start, length = place(chance, pdf), chance.choice((1, 2, 20, 200))
    again = chance.randrange(len(pdf))
    put = chance.choice(
        (chance.randbytes(length), b" " * length, b"\n" * length, pdf[again : again + length])
    )
    return pdf[:start] + put + pdf[start:]


def swapped(chance: random.Random, pdf: bytes) -> bytes:
    """Two blocks change places."""
    length = chance.choice((1, 4, 40, 400))
    first, second = sorted((place(chance, pdf), place(chance, pdf)))
    second = max(second, first + length)
    one, two = pdf[first : first + length], pdf[second : second + length]
    return pdf[:first] + two + pdf[first + length : second] + one + pdf[second + length :]


def cut(chance: random.Random, pdf: bytes) -> bytes:
    """The end is missing: anywhere, near the end, or behind the end of a revision."""
    ends = [found.end() for found in re.finditer(rb"%%EOF\n?", pdf)]
    near = len(pdf) - chance.randrange(1, 40)
    return pdf[: chance.choice((place(chance, pdf), near, chance.choice(ends)))]


def lengthened(chance: random.Random, pdf: bytes) -> bytes:
    """Something is appended: white space, any bytes, or the end again."""
    length = chance.choice((1, 3, 50, 2000))
    return pdf + chance.choice((b"\r\n" * length, chance.randbytes(length), pdf[-length:]))


def renumbered(chance: random.Random, pdf: bytes) -> bytes:
    """A number outside the signatures is exchanged for another of as many digits."""
    start = place(chance, pdf)
    found = re.compile(rb"\d+").search(pdf, start)
    if found is None or any(begin <= found.start() < end for begin, end in gaps(pdf)):
        return flipped(chance, pdf)
    digits = b"".join(b"%d" % chance.randrange(10) for _ in found[0])
    return pdf[: found.start()] + digits + pdf[found.end() :]


def repadded(chance: random.Random, pdf: bytes) -> bytes:
    """Digits of the last signature are exchanged: in the CMS, or in the zeros behind it."""
    held = gaps(pdf)
    if not held:  # damaged before
        return flipped(chance, pdf)
    start, end = held[-1]
    out = bytearray(pdf)
    for _ in range(chance.choice((1, 2, 4))):
        out[chance.randrange(start + 1, end - 1)] = chance.choice(b"0123456789ABCDEFabcdef")
    return bytes(out)


DAMAGES = (flipped, deleted, inserted, swapped, cut, lengthened, renumbered, repadded)


def damaged(number: int, pdf: bytes) -> bytes:
    """The damage of that number, always the same for the same bytes."""
    chance = random.Random(number)
    out = chance.choice(DAMAGES)(chance, pdf)
    return out if chance.random() < 0.8 else chance.choice(DAMAGES)(chance, out)


# ------------------------------------------------------------------------------ what may stay VALID


def spoken(held: bytes) -> tuple[bytes, ...] | None:
    """What the holder's key speaks for in a string that holds a signature, if it holds one."""
    if not re.fullmatch(rb"<[0-9A-Fa-f \t\r\n\f\0]+>", held):
        return None
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", held).decode()  # as ISO 32000-1 section 7.3.4.3 has it
    try:
        data = cms.ContentInfo.load(bytes.fromhex(digits + "0" * (len(digits) % 2)))["content"]
        [info] = data["signer_infos"]
        known = {one.chosen.serial_number: one.chosen.dump() for one in data["certificates"]}
        holder = known[info["sid"].chosen["serial_number"].native]
        return info["signed_attrs"].dump(), info["signature"].native, holder
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def harmless(pdf: bytes, seal: Seal) -> bool:
    """Whether a file is the signed one but for the holding string and white space behind it."""
    good, end = seal.pdf, len(seal.pdf)
    return (
        pdf[: seal.start] == good[: seal.start]
        and pdf[seal.end : end] == good[seal.end :]
        and not pdf[end:].strip(b" \t\r\n\f\0")
        and spoken(pdf[seal.start : seal.end]) == spoken(good[seal.start : seal.end])
    )


def revisions(good: bytes) -> list[Seal]:
    """The file as each of its signatures covers it, the last one first."""
    found = []
    for start, end in reversed(gaps(good)):
        text = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]").search(good, end)
        assert text
        one, two, three = (int(number) for number in text.groups())
        assert (one, two) == (start, end)
        found.append(Seal(good[: two + three], start, end))
    return found


def pictures(pdf: bytes) -> list[bytes]:
    """What a reader is shown of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [bytes(page.render(scale=0.5).buffer) for page in document]
    finally:
        document.close()


def unharmed(pdf: bytes, good: bytes, *, archived: bool) -> bool:
    """Whether a damaged file may be VALID: see the module."""
    covered = revisions(good)
    if any(harmless(pdf, seal) for seal in covered):
        return True
    if not archived:
        return False
    first = covered[-1]
    return harmless(pdf[: len(first.pdf)], first) and pictures(pdf) == pictures(good)


# ---------------------------------------------------------------------------------------- the tests


@pytest.mark.parametrize("number", range(COUNT))
def test_a_damaged_file_is_valid_only_where_nothing_signed_has_changed(
    number: int, pen: Pen, examine: Examine
) -> None:
    """The examiner answers every damaged file soon, by itself; VALID says that it is unharmed."""
    name = NAMES[number % len(NAMES)]
    good = FILES[name](pen)
    pdf = damaged(number, good)
    found = examine(pdf)
    assert found.failure not in CRASHES
    assert judge(found).word != VALID or unharmed(pdf, good, archived=name == "archived")


@pytest.mark.parametrize("name", NAMES)
def test_the_good_files_are_good(name: str, pen: Pen, examine: Examine) -> None:
    """What is damaged above is VALID before, and by the measure above unharmed."""
    good, archived = FILES[name](pen), name == "archived"
    assert judge(examine(good)).word == VALID
    assert unharmed(good, good, archived=archived)
    assert unharmed(good + b"\r\n", good, archived=archived)


def test_the_measure_of_harm_sees_harm(pen: Pen) -> None:
    """The zeros behind the CMS may change; a signed byte, the CMS and what is appended may not."""
    good = signed(pen)
    seal = Seal.of(good)
    padding = seal.end - 9
    assert unharmed(good[:padding] + b"F" + good[padding + 1 :], good, archived=False)
    for at in (100, seal.start, seal.start + 9, seal.end - 1, seal.end + 9, len(good) - 1):
        changed = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        assert not unharmed(changed, good, archived=False), at
    assert not unharmed(good + b"5 0 obj", good, archived=False)
    assert unharmed(good, signed_twice(pen), archived=False)
    assert [len(one.pdf) for one in revisions(signed_twice(pen))][-1] == len(good)


def test_a_number_tells_the_whole_damage(pen: Pen) -> None:
    """Each number is one damage, so that a failure can be looked at again, and most do harm."""
    good = signed(pen)
    assert [damaged(number, good) for number in range(20)] == [
        damaged(number, good) for number in range(20)
    ]
    assert sum(damaged(number, good) != good for number in range(COUNT)) > COUNT * 0.9
