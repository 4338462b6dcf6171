"""No file makes the examiner ask an address of the file's choice (server-side request forgery).

Certificates name OCSP responders, lists of revoked certificates and places of issuers. Only those
of a chain whose signatures reach a trusted root are asked, so only an authority that this
installation trusts has named them.
"""

import datetime as dt
import functools
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import attrs
import pytest
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from tests.esign.attacks_cms import (
    answer_of,
    forged_key,
    forger,
    from_pem,
    real,
    sign_as,
    with_answer,
)
from tests.esign.conftest import Judge
from tests.esign.letters import Pen, letter

NOW = dt.datetime.now(dt.UTC)


@attrs.frozen
class Trap:
    """An address on loopback, and what was asked of it."""

    address: str
    asked: list[str]


@pytest.fixture
def trap() -> Iterator[Trap]:
    """Listens; answers nothing of use."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield Trap(f"http://127.0.0.1:{server.server_port}", asked)
    server.shutdown()
    thread.join()
    server.server_close()


@attrs.frozen
class Forge:
    """Makes certificates that name the trap wherever a certificate can name an address."""

    pen: Pen
    trap: Trap
    roots: list[str] = attrs.Factory(list)

    def certificate(
        self,
        subject: pyca.Name,
        issuer: pyca.Name,
        key: rsa.RSAPrivateKey,
        *,
        authority: bool = False,
        since: int = -30,
        until: int = 30,
        stamps: bool = False,
    ) -> pyca.Certificate:
        """Of the forger's one key, signed by `key`; valid between two days from now."""
        place = pyca.UniformResourceIdentifier(f"{self.trap.address}/x")
        access = [pyca.AccessDescription(kind, place) for kind in (Access.OCSP, Access.CA_ISSUERS)]
        points = [pyca.DistributionPoint([place], None, None, None)]
        usage = pyca.KeyUsage(
            digital_signature=not authority,
            content_commitment=not authority,
            key_cert_sign=authority,
            crl_sign=authority,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        made = (
            pyca.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(forged_key().public_key())
            .serial_number(pyca.random_serial_number())
            .not_valid_before(NOW + dt.timedelta(days=since))
            .not_valid_after(NOW + dt.timedelta(days=until))
            .add_extension(pyca.BasicConstraints(authority, None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(pyca.AuthorityInformationAccess(access), critical=False)
            .add_extension(pyca.CRLDistributionPoints(points), critical=False)
            .add_extension(pyca.FreshestCRL(points), critical=False)
        )
        if stamps:
            purposes = pyca.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            made = made.add_extension(purposes, critical=True)
        return made.sign(key, hashes.SHA256())


Make = Callable[[Forge], bytes]
NEW: dict[str, Any] = {}
EXPIRED: dict[str, Any] = {"since": -60, "until": -30}


def self_signed(forge: Forge, **options: Any) -> bytes:
    """A certificate that stands for itself."""
    name = real(forge.pen, "bupati").subject
    return sign_as(letter(), forger(forge.certificate(name, name, forged_key(), **options)))


def named_issuer(forge: Forge, **options: Any) -> bytes:
    """The trusted issuer is named, and has not signed it."""
    issuer = from_pem(forge.pen.authority.issuer_pem)
    name = real(forge.pen, "bupati").subject
    forged = forge.certificate(name, issuer.subject, forged_key(), **options)
    return sign_as(letter(), forger(forged, issuer))


def forged_issuer(forge: Forge, **options: Any) -> bytes:
    """A forged issuer with the name of the real one, under the real root's name."""
    issuer, root = (
        from_pem(text) for text in (forge.pen.authority.issuer_pem, forge.pen.authority.root_pem)
    )
    name, key = real(forge.pen, "bupati").subject, forged_key()
    chain = [
        forge.certificate(name, issuer.subject, key, **options),
        forge.certificate(issuer.subject, root.subject, key, authority=True, **options),
        root,
    ]
    return sign_as(letter(), forger(*chain))


def own_root(forge: Forge, **options: Any) -> bytes:
    """A chain with a root of the forger's."""
    root = pyca.Name([pyca.NameAttribute(pyca.NameOID.COMMON_NAME, "Root Palsu")])
    name, key = real(forge.pen, "bupati").subject, forged_key()
    above = forge.certificate(root, root, key, authority=True, **options)
    forge.roots.append(above.public_bytes(serialization.Encoding.PEM).decode())
    return sign_as(letter(), forger(forge.certificate(name, root, key, **options), above))


def issued_by_a_holder(forge: Forge, **options: Any) -> bytes:
    """A holder of a good certificate, who is no authority, issues one."""
    holder, folder = real(forge.pen, "kadis"), forge.pen.authority.folder
    key = serialization.load_pem_private_key((folder / "kadis.pem").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    name = real(forge.pen, "bupati").subject
    forged = forge.certificate(name, holder.subject, key, **options)
    return sign_as(letter(), forger(forged, holder, from_pem(forge.pen.authority.issuer_pem)))


def stamped(forge: Forge, holder: str, **options: Any) -> bytes:
    """A good or expired holder's signature with a time stamp of the forger's."""
    issuer = from_pem(forge.pen.authority.issuer_pem).subject
    name = pyca.Name([pyca.NameAttribute(pyca.NameOID.COMMON_NAME, "TSA Palsu")])
    made = forge.certificate(name, issuer, forged_key(), stamps=True, **options)
    signer = forger(made)
    moment = NOW - dt.timedelta(days=900)
    stamper = DummyTimeStamper(signer.signing_cert, signer.signing_key, fixed_dt=moment)
    return sign_as(letter(), forge.pen.signer(holder), stamper)


def answered(forge: Forge, holder: str) -> bytes:
    """An answer about a holder's certificate is stored, by a responder of the forger's."""
    issuer = from_pem(forge.pen.authority.issuer_pem).subject
    name = pyca.Name([pyca.NameAttribute(pyca.NameOID.COMMON_NAME, "OCSP Palsu")])
    responder = forge.certificate(name, issuer, forged_key())
    answer = answer_of(forge.pen, responder, forged_key(), NOW, holder)
    return with_answer(forge.pen, sign_as(letter(), forge.pen.signer(holder)), answer)


FORGERIES: dict[str, Make] = {
    **{
        f"{make.__name__}, {age}": functools.partial(make, **options)
        for make in (self_signed, named_issuer, forged_issuer, own_root, issued_by_a_holder)
        for age, options in (("new", NEW), ("expired", EXPIRED))
    },
    **{
        f"{make.__name__} for {holder}": functools.partial(make, holder=holder)
        for make in (stamped, answered)
        for holder in ("bupati", "habis", "dicabut")
    },
}


@pytest.mark.parametrize("name", FORGERIES)
def test_no_address_out_of_a_file_is_asked(
    verdict_of: Judge, pen: Pen, trap: Trap, name: str
) -> None:
    """A forger's address stays unasked, whatever certificate of his names it."""
    pdf = FORGERIES[name](Forge(pen, trap))
    if not name.startswith("answered"):  # there it is in a stream of its own
        assert trap.address.encode().hex() in pdf.decode("latin-1").lower()
    verdict = verdict_of(pdf)
    assert trap.asked == []
    assert verdict.word != "VALID" or name.endswith("for bupati")


def test_a_trusted_authority_is_asked(verdict_of: Judge, pen: Pen, trap: Trap) -> None:
    """The same addresses are asked once the root that names them is trusted."""
    forge = Forge(pen, trap)
    verdict = verdict_of(own_root(forge), roots=tuple(forge.roots))
    assert trap.asked
    assert verdict.signatures[0].finding.trusted
    assert not verdict.signatures[0].finding.revocation_known
