"""Fixtures of e-sign: a test authority that answers over HTTP, and pens that sign."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leuit_esign.judging.examiner import Examiner
from leuit_esign.judging.instructions import Instructions
from leuit_esign.rules import Examination, Verdict, judge
from leuit_esign.test_pki import Authority, Holder
from leuit_esign.test_pki.server import bound, give, serving
from tests.esign.letters import Pen

HOLDERS = [
    Holder("bupati", "SITI CONTOH, S.E., M.Si."),
    Holder("sekda", "BUDI CONTOH, S.H."),
    Holder("kadis", "ANI CONTOH, S.Kom.", "Diskominfo"),
    Holder("habis", "DEDI CONTOH", fate="expired"),
    Holder("dicabut", "RINA CONTOH", fate="revoked"),
    Holder("asing", "PENYAMAR CONTOH", fate="foreign"),
]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """The test authority, served on a free port while the tests run."""
    server = bound("127.0.0.1", 0)
    made = Authority(
        tmp_path_factory.mktemp("pki"), HOLDERS, f"http://127.0.0.1:{server.server_port}"
    )
    give(server, made)
    with serving(server):
        yield made


@pytest.fixture(scope="session")
def pen(authority: Authority) -> Pen:
    """Signs as the holders of the authority."""
    return Pen(authority)


@pytest.fixture(scope="session")
def examiner() -> Iterator[Examiner]:
    """One worker process for all files of the run."""
    with Examiner() as made:
        yield made


Examine = Callable[..., Examination]
Judge = Callable[..., Verdict]


@pytest.fixture
def examine(tmp_path: Path, authority: Authority, examiner: Examiner) -> Examine:
    """Examine bytes with the authority's root trusted; options as of Instructions."""

    def examined(pdf: bytes, **options: object) -> Examination:
        path = tmp_path / "file.pdf"
        path.write_bytes(pdf)
        trusted = {"roots": (authority.root_pem,)} | options
        return examiner.examine(Instructions(str(path), **trusted))  # type: ignore[arg-type]  # as given

    return examined


@pytest.fixture
def verdict_of(examine: Examine) -> Judge:
    """The verdict about bytes, with the authority's root trusted."""

    def judged(pdf: bytes, **options: object) -> Verdict:
        return judge(examine(pdf, **options))

    return judged
