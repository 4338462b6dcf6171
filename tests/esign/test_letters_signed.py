"""Letters signed at speed are the same kind of signatures as pyHanko's own."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from asn1crypto import cms, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from leuit.builtin.documents import StampLine, stamp_pdf
from leuit.values import InvalidInputError
from leuit_esign.providers import Look, Secret, SignOrder
from leuit_esign.service.keys import OpenedKey, open_pkcs12
from leuit_esign.signing import CmsBuilder, LetterSigner, check_signed
from leuit_esign.signing.checks import UnsoundSignatureError
from tests.esign.conftest import Judge
from tests.esign.letters import PASSPHRASE, Pen, letter, with_fields

NOW = dt.datetime.now(dt.UTC)


def plain(certificate: pyca.Certificate) -> x509.Certificate:
    """A certificate as asn1crypto has it."""
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def order(pdf: bytes, field: str = "TTE1", look: Look | None = None) -> SignOrder:
    """An order for a signature of level B-B."""
    return SignOrder(pdf, uuid4(), Secret("x"), field, "B-B", NOW, look=look)


@pytest.fixture
def opened(pen: Pen) -> OpenedKey:
    """The open key of the bupati."""
    return open_pkcs12(pen.authority.pkcs12("bupati", PASSPHRASE), Secret(PASSPHRASE))


@pytest.fixture
def builder(opened: OpenedKey) -> CmsBuilder:
    """The builder with that key."""
    chain = [plain(one) for one in opened.chain]
    return CmsBuilder(opened.key, plain(opened.certificate), chain)


def test_letters_are_valid(builder: CmsBuilder, verdict_of: Judge) -> None:
    """In a new field, in a prepared one, and after another signature, with words and without."""
    signer = LetterSigner(builder)
    first = signer.sign(order(letter()))
    assert first.startswith(letter())
    assert verdict_of(first).word == "VALID"
    look = Look(stamp_pdf([StampLine("Bupati"), StampLine("100% SITI")], "x", 160, 70))
    prepared = signer.sign(order(with_fields(letter(), "A", "B"), "B", look))
    verdict = verdict_of(prepared)
    assert (verdict.word, verdict.signatures[0].finding.field) == ("VALID", "B")
    both = verdict_of(signer.sign(order(prepared, "A")))
    assert [one.word for one in both.signatures] == ["VALID", "VALID"]
    with pytest.raises(InvalidInputError):
        signer.sign(order(prepared, "B"))


def test_openssl_agrees(builder: CmsBuilder, pen: Pen, tmp_path: Path) -> None:
    """`openssl cms -verify` accepts the signature over the two parts of the file."""
    openssl = shutil.which("openssl")
    assert openssl is not None
    signed = LetterSigner(builder).sign(order(letter()))
    start = signed.index(b"/ByteRange")
    numbers = signed[signed.index(b"[", start) + 1 : signed.index(b"]", start)].split()
    _zero, first, second, rest = (int(number) for number in numbers)
    content = signed[:first] + signed[second : second + rest]
    held = bytes.fromhex(signed[first + 1 : second - 1].decode())
    signature = cms.ContentInfo.load(held).dump()
    assert second + rest == len(signed)
    for name, data in (
        ("content", content),
        ("signature", signature),
        ("root", pen.authority.root_pem.encode()),
    ):
        (tmp_path / name).write_bytes(data)
    command = [openssl, "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature"]
    command += ["-content", "content", "-CAfile", "root", "-purpose", "any", "-out", "told"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_template_is_what_would_be_encoded(builder: CmsBuilder) -> None:
    """With marks replaced, a signature is byte for byte the one encoded for its digest."""
    for digest in (b"\0" * 32, bytes(range(32)), b"\xff" * 32):
        signature = builder._sign(builder._attributes(digest).dump())
        assert builder.build(digest) == builder._encoded(digest, signature)


def test_elliptic_curves_sign_too(verdict_of: Judge, pen: Pen) -> None:
    """A key on P-256, whose signatures have no fixed length; its chain is its own root."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = pyca.Name([pyca.NameAttribute(NameOID.COMMON_NAME, "KURVA CONTOH")])
    usage = pyca.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        pyca.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - dt.timedelta(days=1))
        .not_valid_after(NOW + dt.timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    signer = LetterSigner(CmsBuilder(key, plain(certificate), []))
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    signed = b""
    for number in range(5):
        signed = signer.sign(order(letter(f"Surat {number}")))
        assert verdict_of(signed, roots=(pem,)).word == "VALID"
    assert verdict_of(signed).word == "TIDAK DAPAT DIVERIFIKASI"


def test_size(builder: CmsBuilder) -> None:
    """ES-44: one more signature on a one-page letter takes about 13 kB at most."""
    assert len(LetterSigner(builder).sign(order(letter()))) - len(letter()) < 13_000


def test_cheap_checks_find_what_is_unsound(builder: CmsBuilder, opened: OpenedKey) -> None:
    """Bytes changed before, after or inside the signature, and another certificate, are found."""
    before = letter()
    good = LetterSigner(builder).sign(order(before))
    certificate = plain(opened.certificate)
    check_signed(before, good, certificate)
    held = good.index(b"<30", len(before))
    places = {
        "input": 20,
        "dictionary": good.index(b"/SubFilter"),
        "signature": good.index(b"0000", held) - 40,
        "tail": len(good) - 8,
    }
    for name, place in places.items():
        bad = bytearray(good)
        bad[place] ^= 1
        with pytest.raises((UnsoundSignatureError, ValueError)):
            check_signed(before, bytes(bad), certificate)
        assert bytes(bad) != good, name
    for longer in (good + b"\n", good[:-1], before):
        with pytest.raises(UnsoundSignatureError):
            check_signed(before, longer, certificate)
    with pytest.raises(UnsoundSignatureError):
        check_signed(before, good, plain(opened.chain[0]))
