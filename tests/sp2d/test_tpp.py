"""TPP: base amounts come in by file, a claim of percentages is priced, fixed, and paid once."""

import datetime as dt
import io
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select

from leuit.builtin.organisation import ChangedReportError, RefusedRowsError
from leuit.contracts import PaymentPayee, PaymentRequest, PaymentShare, PayPercent
from leuit.identity import DEFINITIF, SYSTEM, Assignment, Identity, Person, Position
from leuit.values import ConflictError, InvalidInputError, PermissionDeniedError, RecordRef, new_id
from leuit.work import AuditEntry, Leuit
from leuit_sp2d.models import OPEN, TAKEN, Evidence, Payment, PaymentClaim, TppBase
from leuit_sp2d.rules.chain import DRAFT, SPP, STEPS, VERIFY
from leuit_sp2d.rules.rupiah import LARGEST
from leuit_sp2d.rules.tpp import last_day, tpp_amount
from leuit_sp2d.service.allowance_list import draw_list
from leuit_sp2d.service.allowances import NoBaseError, priced, salary_of
from leuit_sp2d.service.checks import failed_checks, machine_checks
from leuit_sp2d.service.claim_desk import find_claim, take_claim
from leuit_sp2d.service.claim_intake import hand_in
from leuit_sp2d.service.claims import Claim, ClaimedLine
from leuit_sp2d.service.evidence import remove_evidence
from leuit_sp2d.service.payments import cancel, evidence_of, revise
from leuit_sp2d.service.tpp_import import apply_bases, receive_bases, try_bases
from tests.sp2d.treasury import Treasury, claim, drafted, state_of, step, treasury
from tests.support.client import Client

pytestmark = pytest.mark.ci

SEPTEMBER = dt.date(2026, 9, 1)
HEAD = "nip,nama,nominal,berlaku_sejak,dasar_keputusan\n"
NIPS = ("198703142010012011", "199001202014021012", "198209052006042013")
DECREE = "Perbup 5/2026"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


@pytest.fixture
def people(office: Treasury) -> tuple[UUID, ...]:
    """Three of the staff of the unit, by their NIPs; none of them takes a step."""
    with office.app.change(SYSTEM) as work:
        made = [
            Person(name=f"Pegawai {letter}", nip=nip)
            for letter, nip in zip("ABC", NIPS, strict=True)
        ]
        posts = [Position(unit_id=office.unit, title=f"Jabatan {one.name}") for one in made]
        work.session.add_all([*made, *posts])
        work.session.flush()
        work.session.add_all(
            Assignment(
                person_id=one.id,
                position_id=post.id,
                kind=DEFINITIF,
                valid_from=dt.date(2020, 1, 1),
            )
            for one, post in zip(made, posts, strict=True)
        )
        work.audit("core.job.hastened", RecordRef("core.person", "x"))
        return tuple(one.id for one in made)


def row(
    nip: str, amount: str = "4.000.000", since: str = "01/01/2026", decree: str = DECREE
) -> str:
    """A line of the file."""
    return f"{nip},Siapa saja,{amount},{since},{decree}\n"


def bring_in(office: Treasury, text: str, **options: Any) -> dict[str, int]:
    """Store a file; how many rows had which outcome."""
    received = receive_bases(office.app, (HEAD + text).encode(), "tpp.csv", **options)
    return apply_bases(office.app, office.keeper, received).counts


def outcome(office: Treasury, text: str) -> list[tuple[str, list[str]]]:
    """What a dry run says of each row: its status, and where its faults are."""
    received = receive_bases(office.app, (HEAD + text).encode(), "tpp.csv")
    with office.app.read(office.keeper) as view:
        report = try_bases(view, received)
    return [(one.status, [fault.path for fault in one.faults]) for one in report.rows]


def ask(office: Treasury, cuts: Mapping[UUID, int], key: str = "rekap-10", **changes: Any) -> UUID:
    """Hand a claim of percentages in, as attendance does."""
    values: dict[str, Any] = {
        "key": key,
        "ref": RecordRef("uji.rekap", key, "Rekap September"),
        "unit_id": office.unit,
        "kind": "LS_GAJI",
        "purpose": f"TPP Dinas Contoh, September 2026 ({key})",
        "basis": "Rekap September",
        "month": SEPTEMBER,
        "allowance": tuple(PayPercent(*pair) for pair in cuts.items()),
    }
    with office.app.change(SYSTEM) as work:
        ref = office.app.port("request_payment")(work, PaymentRequest(**(values | changes)))
        work.audit("core.job.hastened", RecordRef("uji.rekap", key))
    return UUID(ref.id)


def wanted(office: Treasury, total: int, **changes: Any) -> Claim:
    """The payment that fits an allowance."""
    plain = claim(office, kind="LS_GAJI", invoice="", invoice_date=None)
    lines = (ClaimedLine(office.line, total),)
    return attrs.evolve(plain, salary=salary_of(SEPTEMBER), lines=lines, **changes)


def take(
    office: Treasury, claim_id: UUID, payment: Claim, who: Identity | None = None, **options: Any
) -> Payment:
    """The PPTK draws the list and takes the claim up."""
    pptk = who or office.people[DRAFT]
    drawn = draw_list(office.app, pptk, claim_id)
    with office.app.change(pptk) as work:
        version = find_claim(work, claim_id).version
        return take_claim(work, claim_id, version, payment, drawn=drawn, **options)


@given(st.integers(0, LARGEST), st.integers(0, 10_000))
def test_what_is_left_is_the_whole_rupiah_below(base: int, deduction: int) -> None:
    """Against exact fractions: never more than is due, and less by less than one rupiah."""
    due = Fraction(base) * (1 - Fraction(deduction, 10_000))
    left = tpp_amount(base, deduction)
    assert left <= due < left + 1
    assert 0 <= left <= base


@pytest.mark.parametrize("base,deduction", [(-1, 0), (1, -1), (1, 10_001)])
def test_what_is_out_of_bounds_has_no_amount(base: int, deduction: int) -> None:
    """A wrong base or cut is refused, not worked with."""
    with pytest.raises(ValueError, match="di luar batas"):
        tpp_amount(base, deduction)


def test_the_last_day_of_a_month() -> None:
    """Also of February, and of December."""
    days = [last_day(dt.date(2028, month, 1)) for month in (2, 4, 12)]
    assert days == [dt.date(2028, 2, 29), dt.date(2028, 4, 30), dt.date(2028, 12, 31)]


def test_each_row_of_a_file_is_told(office: Treasury, people: tuple[UUID, ...]) -> None:
    """Unknown and faulty NIPs, amounts, dates and decrees, and rows that come twice."""
    text = (
        row(NIPS[0])
        + row(NIPS[0])
        + row("198703142010012099")
        + row("123")
        + row(NIPS[1], "4.5 juta")
        + row(NIPS[1], since="31/11/2026")
        + row(NIPS[1], decree="")
        + row(NIPS[2], "0")
    )
    assert outcome(office, text) == [
        ("baru", []),
        ("ditolak", ["nip"]),
        ("ditolak", ["nip"]),
        ("ditolak", ["nip"]),
        ("ditolak", ["nominal"]),
        ("ditolak", ["berlaku_sejak"]),
        ("ditolak", ["dasar_keputusan"]),
        ("baru", []),
    ]
    with pytest.raises(RefusedRowsError):
        bring_in(office, text)
    assert bases(office) == []
    for data in (b"", HEAD.encode(), b"nip,nominal\n1,2\n"):
        with pytest.raises(InvalidInputError):
            receive_bases(office.app, data, "tpp.csv")


def test_nothing_is_overwritten_in_silence(office: Treasury, people: tuple[UUID, ...]) -> None:
    """The same row changes nothing; another amount of a day is refused, or leaves a trace."""
    assert bring_in(office, row(NIPS[0]))["baru"] == 1
    assert bring_in(office, row(NIPS[0]))["sama"] == 1
    other = row(NIPS[0], "4.100.000")
    assert outcome(office, other) == [("ditolak", ["nominal"])]
    with pytest.raises(RefusedRowsError):
        bring_in(office, other)
    assert bases(office) == [(people[0], dt.date(2026, 1, 1), 4_000_000)]
    assert bring_in(office, row(NIPS[0], "5.000.000", "2026-07-01"))["baru"] == 1
    assert bring_in(office, other, replace=True)["berubah"] == 1
    assert bases(office) == [
        (people[0], dt.date(2026, 1, 1), 4_100_000),
        (people[0], dt.date(2026, 7, 1), 5_000_000),
    ]
    with office.app.read(SYSTEM) as view:
        (entry,) = view.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "sp2d.tpp.replaced")
        )
    assert entry.body is not None
    assert b'"before":4000000' in entry.body.replace(b": ", b":")


def test_only_the_budget_keeper_brings_amounts_in(
    office: Treasury, people: tuple[UUID, ...]
) -> None:
    """Nobody of the chain, and not against another report than the one that was read."""
    received = receive_bases(office.app, (HEAD + row(NIPS[0])).encode(), "tpp.csv")
    for who in office.people.values():
        with pytest.raises(PermissionDeniedError):
            apply_bases(office.app, who, received)
    with office.app.read(office.keeper) as view:
        digest = try_bases(view, received).digest
    bring_in(office, row(NIPS[0]))
    with pytest.raises(ChangedReportError):
        apply_bases(office.app, office.keeper, received, digest=digest)


def test_a_workbook_is_read_as_a_text(office: Treasury, people: tuple[UUID, ...]) -> None:
    """XLSX with dates and numbers as spreadsheets keep them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.strip().split(","))
    sheet.append([NIPS[0], "Pegawai A", 4_000_000, dt.date(2026, 1, 1), DECREE])
    stream = io.BytesIO()
    book.save(stream)
    received = receive_bases(office.app, stream.getvalue(), "tpp.xlsx")
    assert apply_bases(office.app, office.keeper, received).counts["baru"] == 1
    assert bases(office) == [(people[0], dt.date(2026, 1, 1), 4_000_000)]


def test_every_fault_of_an_allowance_is_told(office: Treasury, people: tuple[UUID, ...]) -> None:
    """Kind, payee, amount, shares, month, and of each person who he is and what is cut."""
    with pytest.raises(InvalidInputError) as refused:
        ask(
            office,
            {},
            kind="LS_BJ",
            payee=PaymentPayee("CV", "110", "1", "CV"),
            amount=5,
            shares=(PaymentShare("5.1.02.01.01.0024", 5),),
            month=dt.date(2026, 9, 2),
            allowance=(
                PayPercent(people[0], 10_001),
                PayPercent(people[0], 0),
                PayPercent(new_id(), True),
            ),
        )
    assert [fault.path for fault in refused.value.fields] == [
        "kind",
        "payee",
        "amount",
        "shares",
        "month",
        "allowance[0].deduction",
        "allowance[1].person_id",
        "allowance[2].person_id",
        "allowance[2].deduction",
    ]
    later: list[tuple[dict[str, Any], set[str]]] = [
        ({"month": None}, {"month"}),
        ({"month": dt.date(2027, 1, 1)}, {"month"}),
        ({"allowance": ()}, {"month", "payee", "amount"}),
        ({"allowance": (PayPercent(people[0], 0),) * 10_001}, {"allowance"}),
    ]
    for changes, paths in later:
        with pytest.raises(InvalidInputError) as refused:
            ask(office, {people[0]: 0}, **changes)
        assert {fault.path for fault in refused.value.fields} == paths


def test_without_a_base_it_cannot_be_taken_up(office: Treasury, people: tuple[UUID, ...]) -> None:
    """Who has no base amount on the last day of the month is named; 0 is an amount."""
    claim_id = ask(office, dict.fromkeys(people, 150))
    bring_in(office, row(NIPS[0], since="2026-09-30") + row(NIPS[1], since="2026-10-01"))
    with pytest.raises(NoBaseError) as refused:
        take(office, claim_id, wanted(office, 3_940_000))
    assert f"Pegawai B ({NIPS[1]}), Pegawai C" in str(refused.value)
    assert "Pegawai A" not in str(refused.value)
    bring_in(office, row(NIPS[1], "0") + row(NIPS[2], "1"))
    payment = take(office, claim_id, wanted(office, 3_940_000))
    assert payment.gross == 3_940_000


def test_amounts_are_fixed_at_taking_up(office: Treasury, people: tuple[UUID, ...]) -> None:
    """The sum must be the list's; what is replaced later changes neither claim nor payment."""
    bring_in(office, row(NIPS[0], "4.000.001") + row(NIPS[1], "3.999.999"))
    claim_id = ask(office, {people[0]: 1_234, people[1]: 10_000})
    total = 4_000_001 * 8_766 // 10_000
    faulty: list[tuple[Claim, str]] = [
        (wanted(office, total + 1), "lines"),
        (
            attrs.evolve(wanted(office, total), salary=salary_of(dt.date(2026, 8, 1))),
            "salary_month",
        ),
        (attrs.evolve(wanted(office, total), salary=None), "salary_type"),
    ]
    for payment, path in faulty:
        with pytest.raises(InvalidInputError) as refused:
            take(office, claim_id, payment)
        assert path in {fault.path for fault in refused.value.fields}
    taken = take(office, claim_id, wanted(office, total))
    with office.app.read(SYSTEM) as view:
        kept = view.session.get_one(PaymentClaim, claim_id)
        assert (kept.state, kept.amount) == (TAKEN, total)
        (file,) = view.session.scalars(select(Evidence).where(Evidence.payment_id == taken.id))
        assert (file.item, file.name[-11:]) == ("daftar_gaji", "2026-09.pdf")
        assert office.app.blobs.get(file.sha256).startswith(b"%PDF-")
        assert failed_checks(machine_checks(view, view.session.get_one(Payment, taken.id))) == ()
    bring_in(office, row(NIPS[0], "9.000.000"), replace=True)
    with office.app.read(SYSTEM) as view:
        kept = view.session.get_one(PaymentClaim, claim_id)
        assert priced(view, kept).total == total


def test_the_machine_compares_with_the_sum(office: Treasury, people: tuple[UUID, ...]) -> None:
    """A payment that was changed to another sum, or to another salary, is held at verification."""
    bring_in(office, row(NIPS[0]))
    payment = take(office, ask(office, {people[0]: 0}), wanted(office, 4_000_000))
    pptk = office.people[DRAFT]
    induk = attrs.evolve(salary_of(SEPTEMBER), type="induk")
    for changed in (
        wanted(office, 3_999_999),
        attrs.evolve(wanted(office, 4_000_000), salary=induk),
    ):
        with office.app.change(pptk) as work:
            version = work.session.get_one(Payment, payment.id).version
            revise(work, payment.id, changed, version)
        with office.app.read(SYSTEM) as view:
            found = failed_checks(machine_checks(view, view.session.get_one(Payment, payment.id)))
        assert [one.code for one in found] == ["claim"]
    for key in (DRAFT, SPP):
        step(office, payment.id, key)
    with pytest.raises(ConflictError, match="Sama dengan klaimnya"):
        step(office, payment.id, VERIFY)


def test_an_allowance_goes_through_to_its_sp2d(office: Treasury, people: tuple[UUID, ...]) -> None:
    """The drawn list is all that the checklist wants."""
    bring_in(office, row(NIPS[0]))
    payment = take(office, ask(office, {people[0]: 25}), wanted(office, 3_990_000))
    for one in STEPS:
        step(office, payment.id, one.key)
    assert state_of(office, payment.id) == "bank"


def test_amounts_that_changed_since_the_list_are_refused(
    office: Treasury, people: tuple[UUID, ...]
) -> None:
    """What is stored is what was drawn; without a list nothing is taken up."""
    bring_in(office, row(NIPS[0]))
    claim_id = ask(office, {people[0]: 0})
    pptk = office.people[DRAFT]
    drawn = draw_list(office.app, pptk, claim_id)
    bring_in(office, row(NIPS[0], "4.000.001"), replace=True)
    for given_list in (drawn, None):
        with (
            pytest.raises(ConflictError, match="baru saja berubah"),
            office.app.change(pptk) as work,
        ):
            take_claim(work, claim_id, 1, wanted(office, 4_000_000), drawn=given_list)


def test_a_month_of_a_unit_is_taken_up_once(office: Treasury, people: tuple[UUID, ...]) -> None:
    """A later claim waits until the earlier payment is given up, and then goes before it."""
    bring_in(office, row(NIPS[0]))
    first = ask(office, {people[0]: 0}, key="rekap-0")
    payment = take(office, first, wanted(office, 4_000_000))
    second = ask(office, {people[0]: 100}, key="rekap-100")
    with pytest.raises(ConflictError, match="klaim lain: TPP Dinas Contoh"):
        take(office, second, wanted(office, 3_960_000))
    with office.app.change(office.people[DRAFT]) as work:
        cancel(work, payment.id, payment.version, "diganti")
    with office.app.read(SYSTEM) as view:
        kept = view.session.get_one(PaymentClaim, first)
        assert (kept.state, kept.amount, kept.list_sha256) == (OPEN, None, "")
    with pytest.raises(ConflictError, match="yang lebih baru"):
        take(office, first, wanted(office, 4_000_000))
    assert take(office, second, wanted(office, 3_960_000)).gross == 3_960_000


def test_nobody_is_paid_by_two_units(office: Treasury, people: tuple[UUID, ...]) -> None:
    """Whoever another unit's claim pays for the month is listed without an amount."""
    bring_in(office, row(NIPS[0]) + row(NIPS[1]))
    take(office, ask(office, {people[0]: 0}), wanted(office, 4_000_000))
    other = ask(office, {people[0]: 0, people[1]: 0}, key="bidang", unit_id=office.sibling)
    with office.app.read(SYSTEM) as view:
        found = priced(view, view.session.get_one(PaymentClaim, other))
    assert [one.amount for one in found.people] == [None, 4_000_000]
    assert [one.elsewhere is None for one in found.people] == [False, True]
    assert (found.total, found.missing) == (4_000_000, ())


def test_what_pays_nobody_is_not_taken_up(office: Treasury, people: tuple[UUID, ...]) -> None:
    """A claim that cuts all is refused by hand."""
    bring_in(office, row(NIPS[0]))
    with pytest.raises(ConflictError, match="Tidak ada yang dibayar"):
        take(office, ask(office, {people[0]: 10_000}), wanted(office, 1))


def test_by_the_pages_amounts_come_in_and_a_claim_is_taken_up(
    office: Treasury, people: tuple[UUID, ...], client: Client
) -> None:
    """The file and its report, the desk that names who is missing, the form that it fills in."""
    again = ask(office, {people[0]: 0}, key="lain")
    claim_id = ask(office, {people[0]: 225, people[1]: 0})
    desk = f"/sp2d/claims/{claim_id}"
    with client.as_(office.people[DRAFT]):
        shown = client.get(desk).text
        assert "belum lengkap" in shown
        assert f"Pegawai A ({NIPS[0]})" in shown
        assert f"/sp2d/claims/{again}" in shown
        assert client.get(f"/sp2d/payments/new?claim={claim_id}").status_code == 409
        assert client.get("/sp2d/tpp").status_code == 403
        assert "menurut kehadiran" in client.get("/sp2d/claims").text
        assert "TPP menurut kehadiran" in client.get("/tasks").text
    with client.as_(office.keeper):
        assert "Belum ada besaran TPP" in client.get("/sp2d/tpp").text
        text = (HEAD + row(NIPS[0]) + row(NIPS[1], "3.000.000")).encode()
        bad = client.post_form("/sp2d/tpp/import", {}, files={"file": ("t.csv", b"x")})
        assert bad.status_code == 422
        sent = client.post_form("/sp2d/tpp/import", {}, files={"file": ("tpp.csv", text)})
        assert sent.status_code == 303, sent.text
        report = client.get(sent.headers["location"]).text
        assert "Berkas ini dapat disimpan." in report
        assert bases(office) == []
        stored = client.post_form("/sp2d/tpp/import/report", hidden_in(report))
        assert stored.headers["location"] == "/sp2d/tpp"
        listed = client.get("/sp2d/tpp?q=pegawai").text
        assert "2 besaran TPP tersimpan." in listed
        assert "Rp3.000.000" in listed
    with client.as_(office.people[DRAFT]):
        shown = client.get(desk).text
        for text_shown in ("2,25%", "Rp3.910.000", "Rp6.910.000", "Ambil klaim"):
            assert text_shown in shown
        form = client.get(f"/sp2d/payments/new?claim={claim_id}").text
        assert 'value="Rp6.910.000"' in form
        assert 'value="tpp" selected' in form
        fields = {
            "kind": "LS_GAJI",
            "salary_type": "tpp",
            "salary_month": "2026-09",
            "salary_run": "1",
            "purpose": "TPP September",
            "payee": "Bendahara Contoh",
            "bank": "110",
            "account": "0066550044",
            "holder": "BENDAHARA CONTOH",
            "line-0": str(office.line),
            "amount-0": "6.910.001",
            "claim": str(claim_id),
            "claim_version": "1",
            "key": str(new_id()),
        }
        wrong = client.post_form("/sp2d/payments/new", fields)
        assert wrong.status_code == 422
        assert "Jumlahnya harus Rp6.910.000" in wrong.text
        fields["amount-0"] = "6.910.000"
        for _again in range(2):
            sent = client.post_form("/sp2d/payments/new", fields)
            assert sent.status_code == 303, sent.text
        assert "daftar-tpp" in client.get(sent.headers["location"]).text
        assert "Lihat pembayarannya" in client.get(desk).text


def test_programs_hand_in_and_take_up(
    office: Treasury, people: tuple[UUID, ...], client: Client
) -> None:
    """The same checks by JSON; who handed it in takes no step; the answer shows the allowance."""
    bring_in(office, row(NIPS[0]))
    home = "/api/sp2d/v1/claims"
    same_site = {"Sec-Fetch-Site": "same-origin"}
    body: dict[str, Any] = {
        "unit": str(office.unit),
        "kind": "LS_GAJI",
        "purpose": "TPP September",
        "month": "2026-09-01",
        "allowance": [{"person": str(people[0]), "deduction": 50}],
    }
    with client.as_(office.people[SPP]):
        for wrong, path in (
            ({"payee": "CV"}, "payee"),
            ({"month": None}, "month"),
            ({"amount": 5}, "amount"),
            ({"allowance": [{"person": str(people[0]), "deduction": 10_001}]}, "deduction"),
        ):
            refused = client.post(home, json=body | wrong, headers=same_site)
            assert refused.status_code == 422, wrong
            assert path in refused.text
        made = client.post(home, json=body, headers=same_site)
        assert made.status_code == 201, made.text
    told = made.json()
    assert (told["amount"], told["month"], told["payee"]) == (None, "2026-09-01", "")
    (one,) = told["allowance"]
    assert (one["nip"], one["base"], one["amount"]) == (NIPS[0], 4_000_000, 3_980_000)
    taking = {
        **{name: body[name] for name in ("unit", "kind", "purpose")},
        "version": 1,
        "year": 2026,
        "payee": "Bendahara Contoh",
        "bank": "110",
        "account": "0066550044",
        "holder": "BENDAHARA CONTOH",
        "lines": [{"line": str(office.line), "amount": 3_980_000}],
    }
    with client.as_(office.people[DRAFT]):
        taken = client.post(f"{home}/{told['id']}/take", json=taking, headers=same_site)
        assert taken.status_code == 200, taken.text
        assert taken.json()["gross"] == 3_980_000
        assert client.get(f"{home}/{told['id']}").json()["amount"] == 3_980_000


def bases(office: Treasury) -> list[tuple[UUID, dt.date, int]]:
    """All amounts by person and day."""
    with office.app.read(SYSTEM) as view:
        rows = view.session.scalars(select(TppBase).order_by(TppBase.person_id, TppBase.valid_from))
        return [(one.person_id, one.valid_from, one.amount) for one in rows]


def hidden_in(page: str) -> dict[str, str]:
    """The hidden fields of the form that stores."""

    form = page.partition('action="/sp2d/tpp/import/report"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_the_drawn_list_stays_where_it_is(office: Treasury, people: tuple[UUID, ...]) -> None:
    """What was drawn from the claim is not taken off or replaced by whoever drafts the payment."""
    bring_in(office, row(NIPS[0]))
    claim_id = ask(office, {people[0]: 0})
    payment = take(office, claim_id, wanted(office, 4_000_000))
    pptk = office.people[DRAFT]
    with office.app.read(SYSTEM) as view:
        listed = view.session.get_one(PaymentClaim, claim_id).list_sha256
        (drawn,) = (one for one in evidence_of(view, payment.id) if one.sha256 == listed)
    with pytest.raises(ConflictError, match="tetap terlampir"), office.app.change(pptk) as work:
        remove_evidence(work, payment.id, drawn.id)


def test_an_old_form_pays_no_claim(office: Treasury, people: tuple[UUID, ...]) -> None:
    """A form whose key names another payment is refused; the claim stays on the desk."""
    bring_in(office, row(NIPS[0]))
    earlier = drafted(office)
    claim_id = ask(office, {people[0]: 0})
    with pytest.raises(ConflictError, match="sudah dipakai"):
        take(office, claim_id, wanted(office, 4_000_000), key=earlier.id)
    with office.app.read(SYSTEM) as view:
        assert view.session.get_one(PaymentClaim, claim_id).state == OPEN


def test_by_hand_only_people_of_the_unit_are_claimed(
    office: Treasury, people: tuple[UUID, ...]
) -> None:
    """Whoever hands in sees what people get, so it is those of his unit."""
    asked = PaymentRequest(
        key="",
        ref=RecordRef("sp2d.claim", ""),
        unit_id=office.unit,
        kind="LS_GAJI",
        purpose="TPP",
        basis="",
        month=SEPTEMBER,
        allowance=(PayPercent(people[0], 0), PayPercent(_elsewhere(office), 0)),
    )
    with (
        pytest.raises(InvalidInputError) as refused,
        office.app.change(office.people[SPP]) as work,
    ):
        hand_in(work, asked)
    assert [fault.path for fault in refused.value.fields] == ["allowance[1].person_id"]


@pytest.mark.parametrize("month", [dt.date(1, 1, 1), dt.date(2024, 12, 1), dt.date(2026, 10, 1)])
def test_a_month_that_cannot_be_paid_is_refused(
    office: Treasury, people: tuple[UUID, ...], month: dt.date
) -> None:
    """One that goes on still, and one from before the last year."""
    with pytest.raises(InvalidInputError) as refused:
        ask(office, {people[0]: 0}, month=month)
    assert [fault.path for fault in refused.value.fields] == ["month"]


def _elsewhere(office: Treasury) -> UUID:
    """Somebody with a post in the sibling unit."""
    person_id = office.stranger.person_id
    assert person_id is not None
    return person_id
