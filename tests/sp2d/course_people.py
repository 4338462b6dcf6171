"""Who acts in a course: the six people of the treasury, and others with more or fewer rights."""

from sqlalchemy import select

from leuit.identity import DEFINITIF, SYSTEM, Account, Assignment, Grant, Identity, Person, Position
from leuit.values import RecordRef
from tests.sp2d.oracle import STEPS
from tests.sp2d.treasury import SINCE, Treasury

EXTRA = {
    "many": ("sp2d.pptk", "sp2d.treasurer", "sp2d.verifier", "sp2d.budget_user"),
    "bud": ("sp2d.bud_verifier", "sp2d.bud_delegate"),
    "second": ("sp2d.pptk",),
}
RIGHTS = {
    **{step: [step] for step in STEPS},
    "sp2d": ["sp2d", "exchange"],
    "many": ["draft", "spp", "verify", "spm"],
    "bud": ["test", "sp2d", "exchange"],
    "second": ["draft"],
    "keeper": ["budget"],
    "stranger": [],
}


def everybody(office: Treasury) -> dict[str, Identity]:
    """The people of the treasury and those of `EXTRA`, by the names of `RIGHTS`."""
    app = office.app
    people = {**office.people, "keeper": office.keeper, "stranger": office.stranger}
    with app.change(SYSTEM) as work:
        regency = work.session.scalars(
            select(Grant.unit_id).where(Grant.role == "sp2d.bud_delegate")
        ).one()
        for login, roles in EXTRA.items():
            person = Person(name=f"{login.title()} Contoh")
            position = Position(unit_id=office.unit, title=f"Pelaksana {login}")
            work.session.add_all([person, position])
            work.session.flush()
            work.session.add(
                Assignment(
                    person_id=person.id, position_id=position.id, kind=DEFINITIF, valid_from=SINCE
                )
            )
            account = Account(login=f"{login}.uji", person_id=person.id, created_at=work.now)
            work.session.add(account)
            work.session.flush()
            for role in roles:
                over = regency if login == "bud" else office.unit
                work.session.add(
                    Grant(role=role, unit_id=over, account_id=account.id, valid_from=SINCE)
                )
            people[login] = Identity(
                "person",
                person.name,
                account_id=account.id,
                person_id=person.id,
                login=account.login,
            )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    return people
