"""Writing a planned import of staff: a few statements for however many rows."""

from sqlalchemy import insert

from leuit.identity import Account, Person, Position
from leuit.values import RecordRef
from leuit.work import Work

from .events import BATCH, StaffChanged
from .import_staff import StaffPlan
from .ledger import metadata_table, update_many


def apply_staff(work: Work, plan: StaffPlan, import_id: str) -> None:
    """Write the plan of rows none of which is refused."""
    connection = work.connection
    state = plan.state
    people = [person for person in state.people.values() if person.new]
    if people:
        connection.execute(
            insert(metadata_table(Person)),
            [
                {
                    "id": person.id,
                    "nip": person.nip,
                    "nik": person.nik,
                    "name": person.name,
                    "sex": person.sex,
                    "email": person.email,
                    "version": 1,
                }
                for person in people
            ],
        )
    changed = {
        person.id: {field: getattr(person, field) for field in sorted(person.changed - {"login"})}
        for person in state.people.values()
        if person.changed - {"login"} and not person.new
    }
    update_many(work, metadata_table(Person), changed)
    posts = [post for post in state.posts.values() if post.new]
    if posts:
        connection.execute(
            insert(metadata_table(Position)),
            [
                {
                    "id": post.id,
                    "unit_id": post.unit_id,
                    "title": post.title,
                    "is_head": post.is_head,
                }
                for post in posts
            ],
        )
    update_many(
        work,
        metadata_table(Position),
        {
            post.id: {"is_head": post.is_head}
            for post in state.posts.values()
            if post.changed and not post.new
        },
    )
    state.assignments.write(work)
    state.pins.write(work)
    _write_accounts(work, plan)
    for row in plan.rows:
        if row.status in ("baru", "berubah"):
            person = plan.people[row.number]
            work.audit(
                "core.person.imported",
                RecordRef("core.person", str(person.id), person.name),
                file=import_id,
                row=row.number,
                changes=row.changes,
            )
    touched = sorted(plan.since)
    for start in range(0, len(touched), BATCH):
        some = touched[start : start + BATCH]
        since = min(plan.since[person_id] for person_id in some)
        work.emit(StaffChanged(people=tuple(str(person_id) for person_id in some), since=since))


def _write_accounts(work: Work, plan: StaffPlan) -> None:
    accounts = [
        {
            "login": person.login,
            "kind": "person",
            "person_id": person.id,
            "created_at": work.now,
        }
        for person in plan.state.people.values()
        if person.new_account
    ]
    if accounts:
        work.connection.execute(insert(metadata_table(Account)), accounts)
    for person in plan.state.people.values():
        if "login" in person.changed and not person.new_account:
            work.session.query(Account).filter(Account.person_id == person.id).update(
                {"login": person.login}
            )
