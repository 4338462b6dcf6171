"""`leuit esign …` on an installation: keys, signatures by position, verdicts with exit statuses."""

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from leuit.builtin.regulations import Draft, seed_edition
from leuit.cli.main import execute
from leuit.identity import SYSTEM, Assignment, Person, Position, Unit
from leuit.plugins import Host
from leuit.values import ManualClock, RecordRef
from leuit.work import Leuit
from leuit_esign.models import SigningKey
from leuit_esign.providers import Secret
from leuit_esign.service.keys import WrongPassphraseError, open_pkcs12
from leuit_esign.service.trust import TRUST
from leuit_esign.test_pki import Authority
from tests.esign.attacks_cms import forged_key, forger, real, sign_as
from tests.esign.letters import PASSPHRASE, Pen, letter

pytestmark = pytest.mark.ci

Run = Callable[..., tuple[int, str, str]]
NIPS = {"bupati": "197001011990011001", "sekda": "197101011990011001", "dicabut": "1972" + "0" * 14}


@pytest.fixture
def office(app: Leuit, clock: ManualClock, authority: Authority) -> Leuit:
    """A unit with a head and a deputy, and an edition that trusts the test authority.

    The clock goes as the authority's does, which lives in the present.
    """
    clock.set(dt.datetime.now(dt.UTC))
    since = dt.date(2020, 1, 1)
    with app.change(SYSTEM) as work:
        unit = Unit(code="SETDA", name="Sekretariat", short="Setda", kind="dinas", valid_from=since)
        work.session.add(unit)
        work.session.flush()
        for label, title, head in (
            ("bupati", "Bupati", True),
            ("sekda", "Sekretaris Daerah", False),
            ("dicabut", "Asisten", False),
        ):
            person = Person(name=authority.holders[label].name, nip=NIPS[label])
            position = Position(unit_id=unit.id, title=title, is_head=head)
            work.session.add_all([person, position])
            work.session.flush()
            work.session.add(
                Assignment(
                    person_id=person.id,
                    position_id=position.id,
                    kind="definitif",
                    valid_from=since,
                )
            )
        vacant = Position(unit_id=unit.id, title="Staf Ahli")
        work.session.add(vacant)
        seed_edition(
            work,
            TRUST,
            Draft(
                "Uji",
                "Uji",
                "unverified",
                since,
                {
                    "roots": [{"name": "Root CA Uji", "pem": authority.root_pem}],
                    "level": "B-T",
                    "time_stamp_url": authority.time_stamp_url,
                },
            ),
        )
    return app


@pytest.fixture
def run(office: Leuit, host: Host, tmp_path: Path) -> Run:
    """Runs a command in the test's folder; returns exit status, output and complaints."""

    def ran(*words: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        status = execute(office, host, list(words), folder=tmp_path, out=out, err=err)
        return status, out.getvalue(), err.getvalue()

    return ran


@pytest.fixture
def keyed(run: Run, authority: Authority, tmp_path: Path) -> Run:
    """The same, with keys for the three people."""
    for label, nip in NIPS.items():
        (tmp_path / f"{label}.p12").write_bytes(authority.pkcs12(label, PASSPHRASE))
        status, out, err = run(
            "esign", "key", "add", nip, f"{label}.p12", f"--passphrase={PASSPHRASE}"
        )
        assert (status, err) == (0, "")
        assert authority.holders[label].name in out
    (tmp_path / "surat.pdf").write_bytes(letter())
    return run


def test_a_letter_is_signed_by_positions_and_judged(keyed: Run, tmp_path: Path) -> None:
    """Two signatures for two positions, one named by its unit's code; the verdict names both."""
    secret = f"--passphrase={PASSPHRASE}"
    status, out, err = keyed("esign", "sign", "surat.pdf", "--as", "sekretaris daerah", secret)
    assert (status, err) == (0, "")
    assert "BUDI CONTOH" in out
    status, _out, err = keyed(
        "esign", "sign", "surat-ttd.pdf", "--as", "SETDA", "-o", "dua.pdf", secret
    )
    assert (status, err) == (0, "")
    assert (tmp_path / "dua.pdf").read_bytes().startswith((tmp_path / "surat-ttd.pdf").read_bytes())
    status, out, _err = keyed("esign", "verify", "dua.pdf", "--json")
    told = json.loads(out)
    assert (status, told["verdict"], told["reason_code"]) == (0, "VALID", "valid")
    assert [(one["field"], one["signer"], one["level"]) for one in told["signatures"]] == [
        ("TTE1", "BUDI CONTOH, S.H.", "B-T"),
        ("TTE2", "SITI CONTOH, S.E., M.Si.", "B-T"),
    ]
    assert set(told) == {"verdict", "reason_code", "reason", "signatures"}
    assert set(told["signatures"][0]) == {
        "field",
        "signer",
        "signed_at",
        "level",
        "verdict",
        "reason_code",
    }


def test_verdicts_have_exit_statuses(
    keyed: Run, pen: Pen, authority: Authority, tmp_path: Path
) -> None:
    """0 VALID, 1 TIDAK VALID, 2 TIDAK DAPAT DIVERIFIKASI, 3 TIDAK ADA TANDA TANGAN."""
    (tmp_path / "root.pem").write_text(authority.root_pem)
    files = {
        "baik.pdf": (pen.sign(letter(), "bupati"), 0, "VALID"),
        "dicabut.pdf": (pen.sign(letter(), "dicabut"), 1, "TIDAK VALID"),
        "asing.pdf": (pen.sign(letter(), "asing"), 2, "TIDAK DAPAT DIVERIFIKASI"),
        "rusak.pdf": (b"%PDF-1.7 rusak", 2, "TIDAK DAPAT DIVERIFIKASI"),
        "polos.pdf": (letter(), 3, "TIDAK ADA TANDA TANGAN"),
    }
    for name, (data, status, word) in files.items():
        (tmp_path / name).write_bytes(data)
        assert keyed("esign", "verify", name)[:2][0] == status, name
        code, out, _err = keyed("esign", "verify", name, "--trust", "root.pem", "--json")
        assert (code, json.loads(out)["verdict"]) == (status, word), name
    code, out, _err = keyed("esign", "verify", "tidak-ada.pdf", "--json")
    assert (code, json.loads(out)["reason_code"]) == (2, "no_file")
    assert keyed("esign", "verify", "baik.pdf", "--trust", "polos.pdf")[0] == 1


HOSTILE = {
    "SITI\n- TTE2: BUDI  VALID": "SITI\ufffd- TTE2: BUDI VALID",
    "SITI\r\x1b[2K\x0b\x85\u2028X": "SITI\ufffd\ufffd[2K\ufffd\ufffd\ufffdX",
    "\u202eITIS\u202c \u200eX\u202a": "\ufffdITIS\ufffd \ufffdX\ufffd",
    "\u2067ITIS\u2069": "-",  # pyHanko takes no such name, and so the signature is not examined
    "SI\u200bTI\u00ad\ufeff\U000e0041": "SI\ufffdTI\ufffd\ufffd\ufffd",
    "SITI    1 Januari 2026   B-B   VALID": "SITI 1 Januari 2026 B-B VALID",
    "S" * 60 + " <b>": "S" * 60 + " <b>",
}
"""Names in certificates, and how they are shown."""


def test_a_name_in_a_certificate_fakes_no_line(
    run: Run, pen: Pen, authority: Authority, tmp_path: Path
) -> None:
    """Marks that end lines, turn the writing or hide are shown as such, in text and in JSON."""
    own = real(pen, "bupati")
    (tmp_path / "root.pem").write_text(authority.root_pem)
    words = ("esign", "verify", "surat.pdf", "--trust", "root.pem")
    for name, shown in HOSTILE.items():
        subject = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, name)])
        forged = (
            certificates.CertificateBuilder(subject, subject, forged_key().public_key(), 7)
            .not_valid_before(own.not_valid_before_utc)
            .not_valid_after(own.not_valid_after_utc)
            .sign(forged_key(), hashes.SHA256())
        )
        (tmp_path / "surat.pdf").write_bytes(sign_as(letter(), forger(forged)))
        status, out, _err = run(*words)
        assert status == 2
        assert len(out.splitlines()) == 3
        assert out.splitlines()[2].startswith(f"- TTE1: {shown}  ")
    (told,) = json.loads(run(*words, "--json")[1])["signatures"]
    assert told["signer"] == shown


def test_a_wrong_passphrase_signs_nothing(keyed: Run, tmp_path: Path) -> None:
    """The refusal says what to do and shows no secret; no file appears."""
    status, out, err = keyed(
        "esign", "sign", "surat.pdf", "--as", "Bupati", "--passphrase=salah-sekali"
    )
    assert (status, out) == (1, "")
    assert "Frasa sandi tidak cocok" in err
    assert "salah-sekali" not in err
    assert not (tmp_path / "surat-ttd.pdf").exists()


@pytest.mark.parametrize("level", ["B-B", "B-LT"])
def test_a_revoked_certificate_signs_at_no_level(keyed: Run, tmp_path: Path, level: str) -> None:
    """ES-34, and the same for B-B, where pyHanko alone would sign."""
    words = ("--as", "Asisten", "--level", level, f"--passphrase={PASSPHRASE}")
    status, _out, err = keyed("esign", "sign", "surat.pdf", *words)
    assert status == 1
    assert "dicabut" in err
    assert not (tmp_path / "surat-ttd.pdf").exists()


@pytest.mark.parametrize(
    "words, part",
    [
        (("surat.pdf", "--as", "Camat"), "Tidak ada jabatan"),
        (("surat.pdf", "--as", "Staf Ahli"), "sedang kosong"),
        (("tidak-ada.pdf", "--as", "Bupati"), "tidak ada"),
        (("surat.pdf", "--as", "Bupati", "-o", "surat.pdf"), "sudah ada"),
        (("bukan.pdf", "--as", "Bupati"), "bukan PDF"),
    ],
)
def test_what_cannot_be_signed_is_told(
    keyed: Run, tmp_path: Path, words: tuple[str, ...], part: str
) -> None:
    """Each refusal is one sentence, and leaves every file as it was."""
    (tmp_path / "bukan.pdf").write_bytes(b"GIF89a")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")}
    status, _out, err = keyed("esign", "sign", *words, f"--passphrase={PASSPHRASE}")
    assert status == 1
    assert part in err
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")} == before


def test_keys_are_kept_closed_and_replaced(
    keyed: Run, office: Leuit, authority: Authority, tmp_path: Path
) -> None:
    """The stored box does not open with another passphrase; the same key again changes nothing."""
    nip = NIPS["bupati"]
    assert keyed("esign", "key", "add", nip, "bupati.p12", f"--passphrase={PASSPHRASE}")[0] == 0
    other = authority.pkcs12("sekda", PASSPHRASE)
    (tmp_path / "baru.p12").write_bytes(other)
    assert keyed("esign", "key", "add", nip, "baru.p12", f"--passphrase={PASSPHRASE}")[0] == 0
    with office.read(SYSTEM) as view:
        person = view.session.query(Person).filter_by(nip=nip).one()
        keys = view.session.query(SigningKey).filter_by(person_id=person.id).all()
    assert sorted(key.retired_at is None for key in keys) == [False, True]
    with pytest.raises(WrongPassphraseError):
        open_pkcs12(keys[0].pkcs12, Secret("bukan itu"))
    assert keyed("esign", "key", "add", nip, "surat.pdf", "--passphrase=x")[0] == 1
    assert keyed("esign", "key", "add", "1", "baru.p12", "--passphrase=x")[0] == 1


def test_who_stands_in_signs(keyed: Run, office: Leuit) -> None:
    """While a Plh. stands in for the Bupati, `--as Bupati` is signed with the Plh.'s own key."""
    with office.change(SYSTEM) as work:
        position = work.session.query(Position).filter_by(title="Bupati").one()
        deputy = work.session.query(Person).filter_by(nip=NIPS["sekda"]).one()
        work.session.add(
            Assignment(
                person_id=deputy.id,
                position_id=position.id,
                kind="Plh.",
                valid_from=work.today,
            )
        )
        work.audit("core.assignment.started", RecordRef("core.person", str(deputy.id), deputy.name))
    status, out, _err = keyed(
        "esign", "sign", "surat.pdf", "--as", "Bupati", f"--passphrase={PASSPHRASE}"
    )
    assert status == 0
    assert "BUDI CONTOH, S.H., Plh. Bupati" in out
