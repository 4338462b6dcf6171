"""Signing letters and judging them, beside pyHanko used plainly.

Letters: bytes in to bytes out, level B-B, one-page letters, in one process; the baseline opens the
PKCS#12 for each letter and reserves nothing, as a first program with pyHanko does. Every twentieth
result and the last are judged in full by pyHanko and by `openssl cms -verify`, outside the time.
Verdict: a file with twenty signatures in the warm worker, beside pyHanko validating each signature
in a warm process. Cold: the worker from its start to its answer, and the whole command
`leuit esign verify FILE --trust PEM --json`, both beside a fresh process that imports
`pyhanko.sign.validation`. Memory: the most that the worker held (VmHWM of Linux) while it
examined a file of 50 MB with three signatures.
"""

import asyncio
import datetime as dt
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from asn1crypto import cms, pem, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from leuit_esign.judging.examiner import Examiner
from leuit_esign.judging.instructions import Instructions
from leuit_esign.providers import Secret, SignOrder
from leuit_esign.rules import judge
from leuit_esign.service.keys import open_pkcs12
from leuit_esign.signing import CmsBuilder, LetterSigner, check_signed
from leuit_esign.test_pki import Authority, Holder
from tests.bench.places import REPOSITORY
from tests.esign.letters import letter, pdf_of, stream

ROUNDS, PLAIN, FAST = 5, 10, 400
SIGNATURES = 20
PASSPHRASE = "frasa-uji"
SIGN_GOAL, JUDGE_GOAL, COLD_GOAL, MEMORY_GOAL = 30.0, 4.0, 1.5, 400
MEGABYTE = 1024 * 1024
LARGE = 50 * MEGABYTE


def measure() -> list[dict[str, Any]]:
    """Rows for the report."""
    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(
            Path(folder) / "pki", [Holder("bupati", "SITI CONTOH")], "http://127.0.0.1:9"
        )
        return [
            _signing(authority, Path(folder)),
            _judging(authority, Path(folder)),
            _cold(authority, Path(folder)),
            _command(authority, Path(folder)),
            _memory(authority, Path(folder)),
        ]


def _row(name: str, value: float, baseline: float, ratio: float, goal: str, holds: bool) -> Any:
    return {
        "name": name,
        "engine": "-",
        "value": round(value, 2),
        "baseline": round(baseline, 2),
        "ratio": round(ratio, 2),
        "goal": goal,
        "holds": holds,
    }


def _signing(authority: Authority, folder: Path) -> Any:
    packed = authority.pkcs12("bupati", PASSPHRASE)
    pdfs = [letter(f"Surat Uji Nomor {number}") for number in range(FAST)]
    fast, plain = [], []
    for number in range(ROUNDS):
        plain.append(_per_letter(lambda pdf: _plain(packed, pdf), pdfs[:PLAIN]))
        began = time.perf_counter()
        signed = _letters(packed, pdfs)
        fast.append((time.perf_counter() - began) / len(pdfs))
        for one in [*signed[::20], signed[-1]]:
            _judged_in_full(authority, one, folder)
        _say(f"round {number + 1}, plain {plain[-1] * 1e3:.1f} ms, ours {fast[-1] * 1e3:.2f} ms")
    ours, theirs = (1 / statistics.median(values) for values in (fast, plain))
    ratio = ours / theirs
    name = "letters signed B-B, a second, key opened once"
    return _row(name, ours, theirs, ratio, f">= {SIGN_GOAL:.0f}", ratio >= SIGN_GOAL)


def _letters(packed: bytes, pdfs: list[bytes]) -> list[bytes]:
    """As the provider does: open the key once, then sign and check letter by letter."""
    opened = open_pkcs12(packed, Secret(PASSPHRASE))
    certificate, chain = _certificate(opened.certificate), [_certificate(o) for o in opened.chain]
    signer = LetterSigner(CmsBuilder(opened.key, certificate, chain))
    person, now, secret = uuid4(), dt.datetime.now(dt.UTC), Secret(PASSPHRASE)
    signed = []
    for pdf in pdfs:
        answer = signer.sign(SignOrder(pdf, person, secret, "TTE1", "B-B", now))
        check_signed(pdf, answer, certificate)
        signed.append(answer)
    return signed


def _plain(packed: bytes, pdf: bytes) -> bytes:
    signer = SimpleSigner.load_pkcs12_data(packed, [], PASSPHRASE.encode())
    metadata = PdfSignatureMetadata(
        field_name="TTE1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return bytes(PdfSigner(metadata, signer=signer).sign_pdf(writer).getvalue())


def _per_letter(sign: Callable[[bytes], bytes], pdfs: list[bytes]) -> float:
    began = time.perf_counter()
    for pdf in pdfs:
        sign(pdf)
    return (time.perf_counter() - began) / len(pdfs)


def _judged_in_full(authority: Authority, signed: bytes, folder: Path) -> None:
    """PyHanko and openssl both accept the signature, or the figures are worth nothing."""
    signature = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures[0]
    context = ValidationContext(trust_roots=[_root(authority)], allow_fetching=False)
    status = asyncio.run(async_validate_pdf_signature(signature, context))
    if not status.bottom_line:
        raise RuntimeError(status.summary())
    _zero, first, second, rest = (int(number) for number in signature.byte_range)
    held = cms.ContentInfo.load(bytes.fromhex(signed[first + 1 : second - 1].decode())).dump()
    (folder / "content").write_bytes(signed[:first] + signed[second : second + rest])
    (folder / "signature").write_bytes(held)
    (folder / "root").write_text(authority.root_pem)
    openssl = shutil.which("openssl")
    if openssl is None:
        raise RuntimeError("openssl is not installed")
    command = [openssl, "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature"]
    command += ["-content", "content", "-CAfile", "root", "-purpose", "any", "-out", "told"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _judging(authority: Authority, folder: Path) -> Any:
    pdf = _signed(authority, letter(), SIGNATURES)
    path = folder / "twenty.pdf"
    path.write_bytes(pdf)
    instructions = Instructions(str(path), (authority.root_pem,), online=False)
    ours, theirs = [], []
    with Examiner() as examiner:
        examiner.examine(instructions)
        for number in range(ROUNDS):
            began = time.perf_counter()
            found = examiner.examine(instructions)
            ours.append(time.perf_counter() - began)
            began = time.perf_counter()
            told = _validated_one_by_one(authority, pdf)
            theirs.append(time.perf_counter() - began)
            verdict = judge(found)
            if [one.word == "VALID" for one in verdict.signatures] != told or len(told) != 20:
                raise RuntimeError("the answers differ")
            _say(f"round {number + 1}, naive {theirs[-1]:.2f} s, ours {ours[-1]:.2f} s")
    value, baseline = statistics.median(ours), statistics.median(theirs)
    ratio = baseline / value
    name = "verdict on 20 signatures, s, warm"
    return _row(name, value, baseline, ratio, f">= {JUDGE_GOAL:.0f}", ratio >= JUDGE_GOAL)


def _signed(authority: Authority, pdf: bytes, signatures: int) -> bytes:
    opened = open_pkcs12(authority.pkcs12("bupati", PASSPHRASE), Secret(PASSPHRASE))
    chain = [_certificate(one) for one in opened.chain]
    signer = LetterSigner(CmsBuilder(opened.key, _certificate(opened.certificate), chain))
    person, now, secret = uuid4(), dt.datetime.now(dt.UTC), Secret(PASSPHRASE)
    for number in range(signatures):
        pdf = signer.sign(SignOrder(pdf, person, secret, f"TTE{number + 1}", "B-B", now))
    return pdf


def _validated_one_by_one(authority: Authority, pdf: bytes) -> list[bool]:
    """Each signature for itself: its own reader, its own context."""
    names = [one.field_name for one in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures]
    told = []
    for name in names:
        reader = PdfFileReader(io.BytesIO(pdf))
        one = next(s for s in reader.embedded_regular_signatures if s.field_name == name)
        context = ValidationContext(trust_roots=[_root(authority)], allow_fetching=False)
        told.append(asyncio.run(async_validate_pdf_signature(one, context)).bottom_line)
    return told


def _cold(authority: Authority, folder: Path) -> Any:
    path = folder / "one.pdf"
    path.write_bytes(_plain(authority.pkcs12("bupati", PASSPHRASE), letter()))
    instructions = Instructions(str(path), (authority.root_pem,), online=False)
    ours, theirs = [], []
    for number in range(ROUNDS * 2):
        began = time.perf_counter()
        with Examiner() as examiner:
            judge(examiner.examine(instructions))
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        command = [sys.executable, "-c", "import pyhanko.sign.validation"]
        subprocess.run(command, cwd=REPOSITORY, check=True)
        theirs.append(time.perf_counter() - began)
        _say(f"round {number + 1}, import {theirs[-1]:.2f} s, ours {ours[-1]:.2f} s")
    value, baseline = statistics.median(ours), statistics.median(theirs)
    ratio = value / baseline
    name = "cold examination, s, beside importing pyhanko.sign.validation"
    return _row(name, value, baseline, ratio, f"<= {COLD_GOAL}", ratio <= COLD_GOAL)


def _command(authority: Authority, folder: Path) -> Any:
    """The command as people type it; modules are compiled, as an installation has them."""
    (folder / "root.pem").write_text(authority.root_pem)
    (folder / "asked.pdf").write_bytes(_signed(authority, letter(), 1))
    program = str(Path(sys.executable).with_name("leuit"))
    command = [program, "esign", "verify", str(folder / "asked.pdf")]
    command += ["--trust", str(folder / "root.pem"), "--json"]
    plain = [sys.executable, "-c", "import pyhanko.sign.validation"]
    pairs = [(_seconds(command), _seconds(plain)) for _number in range(ROUNDS * 3 + 1)][1:]
    for number, (ours, theirs) in enumerate(pairs, 1):
        _say(f"round {number}, import {theirs:.2f} s, command {ours:.2f} s")
    value, baseline = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    name = "cold command `esign verify`, s, beside importing pyhanko.sign.validation"
    return _row(name, value, baseline, ratio, f"<= {COLD_GOAL}", ratio <= COLD_GOAL)


def _seconds(command: list[str]) -> float:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _memory(authority: Authority, folder: Path) -> Any:
    """The baseline is the file's size, the ratio how much of it the worker held."""
    path = folder / "large.pdf"
    path.write_bytes(_signed(authority, _with_picture(LARGE), 3))
    instructions = Instructions(str(path), (authority.root_pem,), online=False)
    with Examiner() as examiner:
        verdict = judge(examiner.examine(instructions))
        assert examiner._process is not None
        status = Path(f"/proc/{examiner._process.pid}/status").read_text()
    if [one.word for one in verdict.signatures] != ["VALID"] * 3:
        raise RuntimeError(verdict.reason)
    held = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    value, size = held / 1024, path.stat().st_size / MEGABYTE
    name = "memory for a verdict on 50 MB with 3 signatures, MB"
    return _row(name, value, size, value / size, f"< {MEMORY_GOAL}", value < MEMORY_GOAL)


def _with_picture(size: int) -> bytes:
    """A letter with a picture of so many bytes that no filter makes smaller."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    page += b"/Resources<</XObject<</Im 5 0 R>>>>>>"
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page,
            stream(b"q 400 0 0 400 72 300 cm /Im Do Q"),
            stream(os.urandom(size)).replace(b"<<", picture + b"/BitsPerComponent 8", 1),
        ]
    )


def _root(authority: Authority) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(authority.root_pem.encode())[2])


def _certificate(certificate: Any) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _say(line: str) -> None:
    sys.stderr.write(f"esign {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    for result in measure():
        sys.stdout.write(f"{result}\n")
