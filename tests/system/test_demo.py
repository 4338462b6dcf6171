"""`leuit demo`: an invented region that is whole, and never stands beside real people."""

import io

import pytest
from sqlalchemy import func, select

from leuit.builtin.core import first_administrator
from leuit.builtin.organisation import CAST, create_person
from leuit.builtin.regulations import RegulationEdition
from leuit.cli.main import execute
from leuit.identity import SYSTEM, Assignment, Person, Position, Unit, UnitLink
from leuit.plugins import Host
from leuit.work import Job, Leuit
from leuit_archives.demo.ending import OLD
from leuit_archives.demo.people import MEMBERS as KEEPERS
from leuit_archives.demo.records import PAPERS
from leuit_archives.models import FILED, Dossier, Letter, Record
from leuit_archives.models.letters import OUT
from leuit_archives.service.retention_desk import pile_counts
from leuit_attendance.models import AttendanceDay, Device, PunchRow, UnknownDevice
from leuit_ecatalog.demo.buyers import BUYERS
from leuit_ecatalog.demo.people import NIP as MANAGER
from leuit_ecatalog.demo.vendors import LOGINS
from leuit_ecatalog.models import Sanction, Vendor
from leuit_sp2d.demo.cast import MEMBERS
from leuit_sp2d.models import OPEN, Payment, PaymentClaim
from leuit_sp2d.rules.chain import TEST
from leuit_sp2d.service.allowances import payable
from leuit_sp2d.service.checks import machine_checks, warnings
from leuit_sp2d.service.ledger_check import check_ledger
from tests.support.client import Client

SMALL = ("--people", "140", "--weeks", "1")
PASSWORD = "kata-sandi-uji-panjang"
CATALOGUE = (MANAGER,)
VENDORS = tuple(LOGINS.values())


def demo(app: Leuit, host: Host, *words: str) -> tuple[int, str, str]:
    """Exit status, output and errors of `leuit demo`."""
    out, err = io.StringIO(), io.StringIO()
    return execute(app, host, ["demo", *words], out=out, err=err), out.getvalue(), err.getvalue()


@pytest.mark.ci
def test_the_demo_is_a_whole_region(app: Leuit, host: Host, client: Client) -> None:
    """28 kecamatan, 30 units, everybody invented, heads everywhere, rules under four eyes, days
    from punches of devices, accounts that open the site; doing it again changes nothing.
    """
    assert first_administrator(app, "admin", PASSWORD)
    status, out, err = demo(app, host, *SMALL)
    assert (status, err) == (0, "")
    assert all(member.nip in out for member in CAST.values())
    with app.read(SYSTEM) as view:
        session = view.session
        root = session.scalars(
            select(Unit.id).where(~select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists())
        ).one()
        kinds = session.scalars(
            select(Unit.kind)
            .join(UnitLink, UnitLink.unit_id == Unit.id)
            .where(UnitLink.parent_id == root)
        ).all()
        assert kinds.count("kecamatan") == 28
        assert len(kinds) - 28 == 30
        people = session.scalars(select(Person)).all()
        assert len(people) == 140 + len(MEMBERS) + len(KEEPERS) + len(CATALOGUE) + len(BUYERS)
        assert all(person.nik and person.nik[4:6] == "99" for person in people)
        assert len({person.name for person in people}) == len(people)
        headed = set(
            session.scalars(
                select(Position.unit_id)
                .join(Assignment, Assignment.position_id == Position.id)
                .where(Position.is_head)
            )
        )
        assert headed == set(session.scalars(select(Unit.id)))
        acting = session.scalars(select(Assignment.kind)).all()
        assert {"Plt.", "Plh."} < set(acting)
        served = set(session.scalars(select(Device.unit_id)))
        assert served == set(session.scalars(select(Unit.id).where(Unit.id != root)))
        editions = session.scalars(select(RegulationEdition)).all()
        assert sorted(edition.kind for edition in editions) == [
            "archives.classification",
            "archives.disposition",
            "archives.filing",
            "archives.letter_kinds",
            "archives.numbering",
            "archives.page",
            "archives.retention",
            "archives.secrecy",
            "archives.urgency",
            "attendance.deductions",
            "attendance.schedule",
            "attendance.shifts",
            "core.document_footer",
            "core.letterhead",
            "ecatalog.buying",
            "ecatalog.buying",
            "ecatalog.local_content",
            "ecatalog.sanctions",
            "esign.numbering",
            "sp2d.rules",
            "sp2d.taxes",
        ]
        for edition in editions:
            assert edition.status == "active"
            assert edition.drafted_by != edition.activated_by
            assert not edition.seeded
        statuses = set(session.scalars(select(AttendanceDay.status).distinct()))
        assert {"hadir", "bebas", "cuti"} <= statuses
        nights = session.execute(
            select(func.count())
            .select_from(AttendanceDay)
            .where(func.date(AttendanceDay.check_out) > func.date(AttendanceDay.check_in))
        ).scalar_one()
        assert nights > 0
        assert session.execute(select(func.count()).select_from(UnknownDevice)).scalar_one() == 1
        assert not session.scalars(select(Job.id).where(Job.status != "done")).all()
    with app.read(SYSTEM) as view:
        assert check_ledger(view).disagreements == ()
        written = select(Letter.state).where(Letter.direction == OUT).order_by(Letter.state)
        assert view.session.scalars(written).all() == ["draft", "sent", "signing", "signing"]
        numbers = view.session.scalars(
            select(Letter.number).where(Letter.direction == OUT, Letter.number != "")
        ).all()  # by the pattern of kinds, in one series of the unit
        year = view.today.year
        assert sorted(numbers) == [
            f"400.7/3/Dinkes/{year}",
            f"B.400.7/1/Dinkes/{year}",
            f"B.400.7/2/Dinkes/{year}",
        ]
        by_kind = select(Record.state).where(Record.ref_kind == "archives.demo_letter")
        filed = view.session.scalars(by_kind).all()  # signed letters, by their kind
        assert (filed.count(FILED), len(filed)) == (3, len(PAPERS))
        codes = {"800.1.11.1", *(old.code for old in OLD)}
        assert set(view.session.scalars(select(Dossier.class_code))) == codes
        assert pile_counts(view) == {
            "transfer": 2,
            "disposal": 1,
            "appraise": 1,
            "event": 0,
            "decide": 0,
            "held": 1,
        }
        states = set(view.session.scalars(select(Payment.state)))
        assert {"draft", "verify", "spm", "test", "sp2d", "bank", "paid"} <= states
        [claim] = view.session.scalars(select(PaymentClaim))  # of the TPP, to be taken up
        assert claim.state == OPEN
        assert payable(view, claim).missing == ()
        tested = view.session.scalars(select(Payment).where(Payment.state == TEST)).one()
        assert [one.code for one in warnings(machine_checks(view, tested))] == ["account"]
        vendors = dict(
            view.session.execute(select(Vendor.state, func.count()).group_by(Vendor.state)).all()
        )
        assert vendors == {"aktif": 39, "menunggu_verifikasi": 1}
        under = view.session.scalars(
            select(Vendor.name).join(Sanction, Sanction.vendor_id == Vendor.id)
        ).all()
        assert under == ["CV Contoh Siaga Bencana Bayah"]
    keepers = [member.nip for member in KEEPERS]
    treasury = [member.nip for member in MEMBERS.values()]
    for login in [
        *(member.nip for member in CAST.values()),
        *treasury,
        *keepers,
        *CATALOGUE,
        *VENDORS,
    ]:
        answer = client.post_form("/sign-in", {"login": login, "password": "padi-di-leuit"})
        assert answer.status_code == 303
        assert client.get("/").status_code == 200
        client.sign_out()
    before = _counts(app)
    status, out, _err = demo(app, host, *SMALL)
    assert (status, "tidak ada yang diubah" in out) == (0, True)
    assert demo(app, host, "--if-empty") == (0, "", "")
    assert _counts(app) == before


def test_real_people_are_left_alone(app: Leuit, host: Host) -> None:
    """Beside a real person the demo is refused; with --if-empty it does nothing, silently."""
    first_administrator(app, "admin", PASSWORD)
    with app.change(SYSTEM) as work:
        create_person(work, name="Pegawai Sungguhan", nip="198503122010011001")
    before = _counts(app)
    status, out, err = demo(app, host, *SMALL)
    assert (status, out) == (1, "")
    assert "LEUIT_DATA" in err
    assert demo(app, host, "--if-empty") == (0, "", "")
    assert _counts(app) == before


@pytest.mark.parametrize("words", [("--people", "3"), ("--weeks", "0"), ("--weeks", "99")])
def test_impossible_sizes_are_refused(app: Leuit, host: Host, words: tuple[str, str]) -> None:
    """Fewer people than posts, or no weeks, is told and nothing is begun."""
    first_administrator(app, "admin", PASSWORD)
    assert demo(app, host, *words)[0] == 1
    assert _counts(app) == (0, 0)


def _counts(app: Leuit) -> tuple[int, int]:
    with app.read(SYSTEM) as view:
        return (
            view.session.execute(select(func.count()).select_from(Person)).scalar_one(),
            view.session.execute(select(func.count()).select_from(PunchRow)).scalar_one(),
        )
