"""Examples of payments: one of the unit DIN.A in each state that an address asks for."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import (
    assign,
    create_account,
    create_person,
    create_position,
    grant_role,
)
from leuit.identity import DEFINITIF, SYSTEM, Grant, Identity
from leuit.work import Leuit, Work
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import Dpa, Evidence, Instruction, Line, Spd
from leuit_sp2d.rules.chain import BANK, DRAFT, PAID, RETUR, SP2D, SPM, SPP, TEST, VERIFY
from leuit_sp2d.service.dpa import DpaHead
from leuit_sp2d.service.dpa_import import apply_dpa, receive_dpa
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.spd import SpdHead, issue_spd
from leuit_sp2d.service.spd_request import Share
from leuit_sp2d.service.statements import read_bank_statement
from leuit_sp2d.service.tpp_import import receive_bases
from tests.sp2d.treasury import (
    PPN,
    RKUD,
    ROLES,
    YEAR,
    Treasury,
    claim,
    put_rules_in_force,
    walked,
)
from tests.system.access import MINE, ROOT, Example, Region

API = "/api/sp2d/v1"
DAY = dt.date(YEAR, 1, 5)
KEEPER = "keeper"
NAMES = {
    DRAFT: "Nenden Contoh",
    SPP: "Asep Contoh",
    VERIFY: "Iis Contoh",
    SPM: "Tatang Contoh",
    TEST: "Dadan Contoh",
    SP2D: "Euis Contoh",
    KEEPER: "Ujang Contoh",
}
REGIONAL = (TEST, SP2D, KEEPER)
DPA = b"""sub_kegiatan,nama_sub_kegiatan,rekening,nama_rekening,pagu
7.01.01.2.06.0002,Penyediaan peralatan kantor,5.1.02.01.01.0024,Belanja alat tulis,100000000
7.01.01.2.06.0002,Penyediaan peralatan kantor,5.2.02.10.01.0003,Belanja modal komputer,480000000
"""
SPD = b"""sub_kegiatan,rekening,nilai
7.01.01.2.06.0002,5.1.02.01.01.0024,1000
"""
TPP = b"""nip,nama,nominal,berlaku_sejak,dasar_keputusan
198001012005012091,Nenden Contoh,4500000,2026-01-01,Perbup Contoh 5/2026
198001012005012099,Siapa Saja,4500000,2026-01-01,Perbup Contoh 5/2026
"""
LATER_DPA = DPA.replace(b"480000000", b"500000000")
SKPD_CODE = "7.01.0.00.0.00.06.0000"
STATES = (PAID, RETUR, DRAFT, SPP, TEST, BANK)
PAYEES = (
    "CV Contoh Rangkas",
    "Toko Contoh Malingping",
    "CV Contoh Komputer",
    "PT Contoh Jaringan Banten",
    "Dapur Contoh Multatuli",
    "CV Contoh Cipanas",
)


@attrs.frozen
class Payments:
    """A payment in each of `STATES`, and what the addresses name beside it."""

    office: Treasury
    by_state: Mapping[str, UUID]
    evidence: UUID
    batch: UUID
    dpa: UUID
    spd: UUID
    statement: bytes


def founded(
    app: Leuit, unit: UUID, home: UUID, stranger: Identity, administrator: Identity
) -> Treasury:
    """A treasury in an installation that has units and an administrator already.

    Its people have their posts in the unit `home`, so that lists of `unit` stay as they were.
    """
    app.vocabulary = attrs.evolve(
        app.vocabulary, settings={**app.vocabulary.settings, "sp2d": RKUD}
    )
    roles = {**ROLES, KEEPER: "sp2d.budget_keeper"}
    with app.change(SYSTEM) as work:
        root = work.session.scalars(
            select(Grant.unit_id).where(Grant.role == "core.administrator").limit(1)
        ).one()
        people = {
            key: _person(work, number, name, home, roles[key], root if key in REGIONAL else unit)
            for number, (key, name) in enumerate(NAMES.items(), start=1)
        }
    keeper = people.pop(KEEPER)
    put_rules_in_force(app, administrator, keeper)
    fund(app, keeper, unit, 1)
    with app.read(SYSTEM) as view:
        line, other = view.session.scalars(
            select(Line.id).where(Line.unit_id == unit).order_by(Line.account)
        )
    return Treasury(app, people, unit, home, line, other, stranger, keeper, administrator, keeper)


def fund(app: Leuit, keeper: Identity, unit: UUID, number: int) -> None:
    """A DPA for a unit, three quarters of it released by an SPD."""
    apply_dpa(app, keeper, receive_dpa(app, _head(unit, number), DPA, "dpa.csv"))
    spd = SpdHead(unit, YEAR, 1, f"SPD/{number}/{YEAR}", DAY)
    issue_spd(app, keeper, spd, Share(Decimal(75)))


def in_each_state(office: Treasury) -> Payments:
    """A payment walked to each of `STATES`; the bank has paid one and returned another."""
    app, delegate = office.app, office.people[SP2D]
    found = {state: _bill(office, number, BANK) for number, state in enumerate(STATES[:2])}
    batch = send_orders(app, delegate)
    with app.read(SYSTEM) as view:
        name = view.session.scalars(
            select(Instruction.end_to_end).where(Instruction.payment_id == found[RETUR])
        ).one()
        now = view.now
    statement = answer_orders(
        app.blobs.get(batch.sha256), now, returned={name: "AC04"}, opening=10_000_000_000
    )
    read_bank_statement(app, delegate, "rekening-koran.xml", statement)
    found |= {state: _bill(office, number, state) for number, state in enumerate(STATES[2:], 2)}
    with app.read(SYSTEM) as view:
        evidence = view.session.scalars(
            select(Evidence.id).where(Evidence.payment_id == found[DRAFT]).limit(1)
        ).one()
        dpa = view.session.scalars(select(Dpa.id).where(Dpa.unit_id == office.unit)).one()
        spd = view.session.scalars(select(Spd.id).where(Spd.unit_id == office.unit)).one()
    return Payments(office, found, evidence, batch.id, dpa, spd, statement)


def asked_report(app: Leuit, unit: UUID) -> dict[str, str]:
    """What the address of the report of a second DPA holds; its file lies in the store."""
    head = attrs.evolve(_head(unit, 9), stage="P")
    received = receive_dpa(app, head, LATER_DPA, "dpa-perubahan.csv")
    return {
        "file": received.file.sha256,
        "name": received.file.name,
        "unit": str(unit),
        "year": str(head.year),
        "stage": head.stage,
        "number": head.number,
        "dated": head.dated.isoformat(),
        "skpd_code": head.skpd_code,
    }


def asked_bases(app: Leuit) -> dict[str, str]:
    """What the address of a report of TPP base amounts holds; its file lies in the store."""
    received = receive_bases(app, TPP, "tpp.csv")
    return {"file": received.file.sha256, "name": received.file.name}


def examples(region: Region) -> dict[str, Example]:
    """Whoever holds a step on a unit acts on its payments; the bank is of the whole regency."""
    office = region.office
    treasury = founded(
        region.app, region.unit, office.unit("DIN.B"), office.staff(3), office.identity("admin")
    )
    fund(region.app, treasury.keeper, treasury.sibling, 2)
    made = in_each_state(treasury)
    return _payments(made) | _budget(region, made) | _bank(made)


def _payments(made: Payments) -> dict[str, Example]:
    one = "/sp2d/payments/{payment_id}"
    stale = {"version": "99"}
    draft, spp = ({"payment_id": made.by_state[state]} for state in (DRAFT, SPP))
    file = {**draft, "evidence_id": made.evidence}
    step = {"step": SPP, **stale}
    form: dict[str, Any] = {"unit": str(made.office.unit), "purpose": "Kertas"}
    found = {
        f"{method} {one}/{verb}": Example(
            params={"payment_id": made.by_state[state]}, form=stale, unit=MINE
        )
        for method in ("GET", "POST")
        for verb, state in (("void", BANK), ("repeat", RETUR), ("refund", PAID), ("edit", DRAFT))
    }
    return found | {
        "GET /sp2d": Example(),
        "GET /sp2d/registers/{kind}": Example(params={"kind": "spm"}),
        "GET /sp2d/payments/new": Example(),
        "POST /sp2d/payments/new": Example(
            form=form, unit=MINE, shape_first="unit and kind are asked before the form"
        ),
        f"GET {one}": Example(params=spp, unit=MINE),
        f"POST {one}/evidence": Example(
            params=draft,
            form={"item": "bast"},
            file=("bast.pdf", b"%PDF-1.7\n%berita acara\n"),
            unit=MINE,
            person=True,
        ),
        f"GET {one}/evidence/{{evidence_id}}": Example(params=file, unit=MINE),
        f"POST {one}/evidence/{{evidence_id}}/remove": Example(
            params=file, form={}, unit=MINE, person=True
        ),
        f"POST {one}/steps": Example(params=spp, form=step, unit=MINE),
        f"POST {one}/return": Example(params=spp, form=step, unit=MINE),
        f"POST {one}/refuse": Example(params=spp, form=step, unit=MINE),
        f"POST {one}/cancel": Example(params=draft, form=stale, unit=MINE, person=True),
    }


def _budget(region: Region, made: Payments) -> dict[str, Example]:
    office = made.office
    year = {"unit_id": office.unit, "year": YEAR}
    report = asked_report(region.app, office.unit)
    return _api_budget(made) | {
        "GET /sp2d/budget": Example(),
        "GET /sp2d/budget/import": Example(),
        "POST /sp2d/budget/import": Example(form={"year": "2026"}, file=("dpa.csv", DPA)),
        "GET /sp2d/budget/import/report": Example(query=report, unit=MINE),
        "POST /sp2d/budget/import/report": Example(form={**report, "digest": "lain"}, unit=MINE),
        "GET /sp2d/tpp": Example(unit=ROOT),
        "GET /sp2d/tpp/import": Example(unit=ROOT),
        "POST /sp2d/tpp/import": Example(form={}, file=("tpp.csv", TPP), unit=ROOT),
        "GET /sp2d/tpp/import/report": Example(query=asked_bases(region.app), unit=ROOT),
        "POST /sp2d/tpp/import/report": Example(
            form={**asked_bases(region.app), "digest": "lain"}, unit=ROOT
        ),
        "GET /sp2d/budget/lines/{line_id}": Example(params={"line_id": office.line}, unit=MINE),
        "GET /sp2d/budget/{unit_id}/{year}": Example(params=year, unit=MINE),
        "GET /sp2d/budget/{unit_id}/{year}/spd/new": Example(params=year, unit=MINE),
        "POST /sp2d/budget/{unit_id}/{year}/spd/new": Example(params=year, form={}, unit=MINE),
        "GET /sp2d/spd/{spd_id}": Example(params={"spd_id": made.spd}, unit=MINE),
    }


def _api_budget(made: Payments) -> dict[str, Example]:
    office = made.office
    head = _head(office.unit, 9)
    paper = {"unit": str(office.unit), "year": f"{YEAR}", "dated": head.dated.isoformat()}
    stale = {"digest": "lain"}
    dpa = {**paper, "stage": "P", "number": head.number, "skpd_code": head.skpd_code}
    spd = {**paper, "quarter": "2", "number": "SPD/9"}
    share = {**spd, "year": YEAR, "quarter": 2, "percent": "5"}
    return {
        f"POST {API}/budget/dpa/try": Example(form=dpa, file=("dpa.csv", LATER_DPA), unit=MINE),
        f"POST {API}/budget/dpa": Example(
            form={**dpa, **stale}, file=("dpa.csv", LATER_DPA), unit=MINE
        ),
        f"POST {API}/budget/spd/try": Example(form=spd, file=("spd.csv", SPD), unit=MINE),
        f"POST {API}/budget/spd": Example(form={**spd, **stale}, file=("spd.csv", SPD), unit=MINE),
        f"POST {API}/budget/spd/share/try": Example(json=share, unit=MINE),
        f"POST {API}/budget/spd/share": Example(json={**share, **stale}, unit=MINE),
        f"GET {API}/budget/dpa": Example(),
        f"GET {API}/budget/dpa/{{dpa_id:uuid}}": Example(params={"dpa_id": made.dpa}, unit=MINE),
        f"GET {API}/budget/spd": Example(),
        f"GET {API}/budget/spd/{{spd_id:uuid}}": Example(params={"spd_id": made.spd}, unit=MINE),
        f"GET {API}/tpp/bases": Example(unit=ROOT),
        f"POST {API}/tpp/bases/try": Example(form={}, file=("tpp.csv", TPP), unit=ROOT),
        f"POST {API}/tpp/bases": Example(form=stale, file=("tpp.csv", TPP), unit=ROOT),
    }


def _bank(made: Payments) -> dict[str, Example]:
    return {
        "GET /sp2d/bank": Example(unit=ROOT),
        "POST /sp2d/bank/send": Example(form={}, unit=ROOT),
        "GET /sp2d/bank/orders/{batch_id}": Example(params={"batch_id": made.batch}, unit=ROOT),
        "POST /sp2d/bank/statements": Example(file=("rk.xml", made.statement), unit=ROOT),
    }


def _head(unit: UUID, number: int) -> DpaHead:
    return DpaHead(unit, YEAR, "M", f"DPA/{number}/{YEAR}", DAY, SKPD_CODE)


def _bill(office: Treasury, number: int, until: str) -> UUID:
    payee = PAYEES[number]
    wanted = claim(
        office,
        purpose=f"Belanja alat tulis kantor, bagian {number + 1}",
        basis=f"SP/{number + 1:03}/{YEAR}",
        payee=payee,
        holder=payee.upper(),
        account=f"00123456{number:02}",
        npwp=f"0123456749010{number:02}",
        invoice=f"INV/{number + 1:03}/{YEAR}",
        deductions=(PPN,),
    )
    return walked(office, until, wanted)


def _person(work: Work, number: int, name: str, home: UUID, role: str, over: UUID) -> Identity:
    person = create_person(work, name=name, nip=f"19800101200501209{number}")
    position = create_position(work, home, f"Jabatan {name}")
    assign(work, person.id, position.id, DEFINITIF, work.today)
    account = create_account(work, person.id)
    grant_role(work, role, over, account_id=account.id, valid_from=work.today)
    return Identity("person", name, account.id, person.id, login=account.login)
