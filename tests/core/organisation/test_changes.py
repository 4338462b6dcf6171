"""Changing units, people, posts, roles and accounts: dated, guarded, audited."""

import datetime as dt

import pytest
from sqlalchemy import select

from leuit.builtin.organisation import (
    EDIT,
    READ,
    StaffChanged,
    assign,
    change_person,
    close_unit,
    create_account,
    create_person,
    create_position,
    create_unit,
    disable_account,
    enable_account,
    end_assignment,
    grant_role,
    move_unit,
    rename_unit,
    revoke_grant,
    set_password,
    set_pin,
)
from leuit.identity import (
    DEFINITIF,
    PLH,
    PLT,
    SYSTEM,
    Account,
    Assignment,
    Grant,
    Person,
    PersonPin,
    Unit,
    WebSession,
    holders_of,
    superior_of,
)
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    ManualClock,
    PermissionDeniedError,
    StaleEditError,
)
from leuit.web import open_session
from tests.core.organisation.office import DAY, Office

NEXT = DAY + dt.timedelta(days=1)


def units_of(office: Office, number: int, permission: str, on: dt.date) -> set[str]:
    """Codes of the units on which a person holds a permission on a day."""
    with office.app.read(office.staff(number)) as view:
        rows = view.session.execute(
            select(Unit.code).where(Unit.id.in_(view.units(permission, on)))
        )
        return set(rows.scalars())


def test_a_move_keeps_the_past(office: Office) -> None:
    """From its day a unit lies below the new parent; on the day before it lay below the old."""
    with office.app.change(SYSTEM) as work:
        move_unit(work, office.unit("DIN.A"), office.unit("KEC"), NEXT)
    assert "DIN.A" in units_of(office, 1, READ, DAY)
    assert "DIN.A" not in units_of(office, 1, READ, NEXT)


def test_a_unit_cannot_lie_below_itself(office: Office) -> None:
    """A move that closes a circle is refused and nothing is stored."""
    with pytest.raises(ConflictError), office.app.change(SYSTEM) as work:
        move_unit(work, office.unit("DIN"), office.unit("DIN.A"), NEXT)
    assert "DIN.A" in units_of(office, 1, READ, NEXT)


def test_a_unit_with_people_or_units_is_not_closed(office: Office) -> None:
    """Closing refuses while anybody or any unit would be left behind, and works when empty."""
    for code in ("DIN", "DIN.A"):
        with pytest.raises(ConflictError), office.app.change(SYSTEM) as work:
            close_unit(work, office.unit(code), NEXT)
    with office.app.change(SYSTEM) as work:
        empty = create_unit(
            work, code="X", name="X", kind="upt", parent_id=office.unit("DIN"), on=DAY
        )
        close_unit(work, empty.id, NEXT)
        assert empty.valid_to == NEXT
    assert "X" in units_of(office, 1, READ, DAY)
    assert "X" not in units_of(office, 1, READ, NEXT)


def test_a_stale_rename_is_refused(office: Office) -> None:
    """Who read an older version hears of the newer name instead of overwriting it."""
    unit_id = office.unit("DIN.A")
    with office.app.change(SYSTEM) as work:
        rename_unit(work, unit_id, name="Bidang Baru", short="Baru", version=1)
    with pytest.raises(StaleEditError, match="Bidang Baru"), office.app.change(SYSTEM) as work:
        rename_unit(work, unit_id, name="Bidang Lama", short="Lama", version=1)


def test_faults_of_a_unit_come_together(office: Office) -> None:
    """Code, name and kind are all named when all are wrong."""
    with pytest.raises(InvalidInputError) as caught, office.app.change(SYSTEM) as work:
        create_unit(work, code="a b", name=" ", kind="x", parent_id=office.unit("DIN"), on=DAY)
    assert {"code", "name", "kind"} <= {fault.path for fault in caught.value.fields}


def test_no_two_people_have_one_pin_at_one_time(office: Office) -> None:
    """A PIN in use is refused; once its owner gave it up, it may be given from that day on."""
    one, two = office.person(4), office.person(5)
    with pytest.raises(ConflictError, match="Staf B"), office.app.change(SYSTEM) as work:
        set_pin(work, one, "5", NEXT)
    with office.app.change(SYSTEM) as work:
        set_pin(work, two, None, NEXT)
        set_pin(work, one, "5", NEXT)
    with office.app.read(SYSTEM) as view:
        rows = view.session.execute(
            select(PersonPin.person_id, PersonPin.valid_from).where(PersonPin.pin == "5")
        ).all()
    assert [row.person_id for row in sorted(rows, key=lambda row: row.valid_from)] == [two, one]


def test_a_transfer_moves_rights_on_its_date(office: Office) -> None:
    """The head of bidang A becomes head of the kecamatan: his rights move on that day."""
    with office.app.change(SYSTEM) as work:
        post = create_position(work, office.unit("KEC"), "Camat", is_head=True)
        assign(work, office.person(2), post.id, DEFINITIF, NEXT)
    assert units_of(office, 2, READ, DAY) == {"DIN.A"}
    assert units_of(office, 2, READ, NEXT) == {"KEC"}
    with office.app.read(SYSTEM) as view:
        spans = view.session.execute(
            select(Assignment.valid_from, Assignment.valid_to)
            .where(Assignment.person_id == office.person(2))
            .order_by(Assignment.valid_from)
        ).all()
    assert [tuple(span) for span in spans] == [(dt.date(2024, 1, 1), NEXT), (NEXT, None)]


def test_a_delegation_ends_by_itself(office: Office, clock: ManualClock) -> None:
    """A Plh. of three days heads the unit on those days and on no other, with nobody's doing."""
    last = DAY + dt.timedelta(days=3)
    with office.app.change(SYSTEM) as work:
        assign(work, office.person(4), office.post("DIN.A", "Kepala Bidang A"), PLH, DAY, last)
    unit_id, post = office.unit("DIN.A"), office.post("DIN.A", "Kepala Bidang A")
    for offset in range(-1, 5):
        day = DAY + dt.timedelta(days=offset)
        stands_in = 0 <= offset < 3
        assert units_of(office, 4, READ, day) == ({"DIN.A"} if stands_in else set())
        with office.app.read(SYSTEM) as view:
            head = view.session.execute(holders_of(post, day)).scalars().first()
            chief = superior_of(view.session, office.person(2), day)
        assert head == office.person(4 if stands_in else 2)
        assert chief == office.person(1), "nobody's superior is his own stand-in"
    clock.advance(dt.timedelta(days=3))
    with office.app.read(office.staff(4)) as view:
        assert not view.allows(READ, unit_id)


def test_a_plh_decides_before_a_plt(office: Office) -> None:
    """With both on one day the Plh. heads the unit, who is there for just that day."""
    post = office.post("DIN.A", "Kepala Bidang A")
    with office.app.change(SYSTEM) as work:
        assign(work, office.person(5), post, PLT, DAY)
        assign(work, office.person(4), post, PLH, DAY, NEXT)
    with office.app.read(SYSTEM) as view:
        assert view.session.execute(holders_of(post, DAY)).scalars().first() == office.person(4)
        assert view.session.execute(holders_of(post, NEXT)).scalars().first() == office.person(5)


def test_the_nearest_head_decides_after_a_unit_moved_down(office: Office) -> None:
    """A unit that comes to lie below its sister is decided about by the sister's head."""
    with office.app.change(SYSTEM) as work:
        row = work.session.execute(
            select(Assignment.id).where(Assignment.person_id == office.person(2))
        ).scalar_one()
        end_assignment(work, row, DAY)
        assign(work, office.person(6), office.post("DIN", "Kepala Dinas"), PLT, DAY)
        move_unit(work, office.unit("DIN.A"), office.unit("DIN.B"), NEXT)
    with office.app.read(SYSTEM) as view:
        staff = office.person(4)
        assert superior_of(view.session, staff, DAY) == office.person(6)
        assert superior_of(view.session, staff, NEXT) == office.person(3)


def test_a_head_post_has_one_definitif_holder(office: Office) -> None:
    """A second definitif head is refused by name; a Plt. is not."""
    post = office.post("DIN.A", "Kepala Bidang A")
    with pytest.raises(ConflictError, match="Kepala A"), office.app.change(SYSTEM) as work:
        assign(work, office.person(4), post, DEFINITIF, DAY)
    with office.app.change(SYSTEM) as work:
        assign(work, office.person(4), post, PLT, DAY)
    with pytest.raises(InvalidInputError), office.app.change(SYSTEM) as work:
        create_position(work, office.unit("DIN.A"), "Kepala Lain", is_head=True)


def test_ending_a_post_ends_its_rights(office: Office) -> None:
    """The day after the last day the former head holds nothing."""
    with office.app.change(SYSTEM) as work:
        row = work.session.execute(
            select(Assignment.id).where(Assignment.person_id == office.person(3))
        ).scalar_one()
        end_assignment(work, row, NEXT)
    assert units_of(office, 3, READ, DAY) == {"DIN.B"}
    assert units_of(office, 3, READ, NEXT) == set()


def officer(office: Office) -> None:
    """Person 6 becomes personnel officer of the dinas."""
    with office.app.change(SYSTEM) as work:
        grant_role(
            work,
            "core.personnel_officer",
            office.unit("DIN"),
            account_id=office.account(office.nip(6)),
            valid_from=DAY,
        )


def test_an_officer_works_in_his_units_only(office: Office) -> None:
    """The officer of the dinas changes its people and nobody in the kecamatan."""
    officer(office)
    me = office.staff(6)
    with office.app.change(me) as work:
        set_pin(work, office.person(4), "44", NEXT)
    with pytest.raises(PermissionDeniedError), office.app.change(me) as work:
        create_unit(work, code="Y", name="Y", kind="upt", parent_id=office.unit("KEC"), on=DAY)
    with pytest.raises(PermissionDeniedError), office.app.change(me) as work:
        post = create_position(work, office.unit("KEC"), "Staf")
        assign(work, office.person(4), post.id, DEFINITIF, NEXT)
    with pytest.raises(PermissionDeniedError), office.app.change(office.staff(2)) as work:
        set_pin(work, office.person(4), "45", NEXT)


def test_nobody_moves_himself(office: Office) -> None:
    """The officer cannot give himself the head's post, nor end his own."""
    officer(office)
    post = office.post("DIN", "Kepala Dinas")
    with pytest.raises(PermissionDeniedError), office.app.change(office.staff(6)) as work:
        assign(work, office.person(6), post, PLT, DAY)


def test_nobody_grants_more_than_he_holds(office: Office) -> None:
    """A role keeper grants what he holds, where and as long as he holds it, and no more."""
    until = DAY + dt.timedelta(days=30)
    keeper = office.staff(6)
    with office.app.change(SYSTEM) as work:
        grant_role(
            work,
            "core.role_keeper",
            office.unit("DIN"),
            account_id=keeper.account_id,
            valid_from=DAY,
            valid_to=until,
        )
    other = office.account(office.nip(4))

    def give(role: str, code: str, valid_to: dt.date | None) -> None:
        with office.app.change(keeper) as work:
            grant_role(
                work, role, office.unit(code), account_id=other, valid_from=DAY, valid_to=valid_to
            )

    give("core.role_keeper", "DIN.A", until)
    refused: list[tuple[str, str, dt.date | None]] = [
        ("core.personnel_officer", "DIN.A", until),
        ("core.administrator", "DIN.A", until),
        ("core.role_keeper", "KEC", until),
        ("core.role_keeper", "DIN", None),
        ("core.role_keeper", "DIN", until + dt.timedelta(days=1)),
    ]
    for role, code, valid_to in refused:
        with pytest.raises(PermissionDeniedError):
            give(role, code, valid_to)


def test_a_grant_to_a_post_follows_the_post(office: Office) -> None:
    """Whoever holds the post holds its role, from the day on which he holds it."""
    with office.app.change(SYSTEM) as work:
        grant_role(
            work,
            "core.personnel_officer",
            office.unit("KEC"),
            position_id=office.post("KEC", "Petugas Kepegawaian"),
            valid_from=DAY,
        )
        assign(work, office.person(4), office.post("KEC", "Petugas Kepegawaian"), DEFINITIF, NEXT)
    assert units_of(office, 6, EDIT, DAY) == {"KEC"}
    assert units_of(office, 4, EDIT, DAY) == set()
    assert units_of(office, 4, EDIT, NEXT) == {"KEC"}


def test_a_revoked_role_is_gone_and_the_last_administrator_stays(office: Office) -> None:
    """Revoking takes effect on its day; the only administrator cannot be revoked."""
    officer(office)
    with office.app.read(SYSTEM) as view:
        grants = {row.role: row.id for row in view.session.execute(select(Grant)).scalars()}
    with office.app.change(SYSTEM) as work:
        revoke_grant(work, grants["core.personnel_officer"], NEXT)
    assert units_of(office, 6, EDIT, DAY)
    assert not units_of(office, 6, EDIT, NEXT)
    with pytest.raises(ConflictError, match="terakhir"), office.app.change(SYSTEM) as work:
        revoke_grant(work, grants["core.administrator"], NEXT)


def test_setting_a_password_or_disabling_ends_sessions(office: Office) -> None:
    """A stolen session is worth nothing after a new password, nor after the account is closed."""
    me, account = office.staff(4), office.account(office.nip(4))
    for end in ("password", "disable"):
        open_session(office.app, me, own_phone=False, request_id="")
        if end == "password":
            set_password(office.app, SYSTEM, account, "sandi-baru-123")
        else:
            with office.app.change(SYSTEM) as work:
                disable_account(work, account)
        with office.app.read(SYSTEM) as view:
            open_ones = select(WebSession).where(
                WebSession.account_id == account, WebSession.ended_at.is_(None)
            )
            assert view.session.execute(open_ones).first() is None
    with office.app.change(SYSTEM) as work:
        enable_account(work, account)


def test_an_account_with_more_rights_cannot_be_taken_over(office: Office) -> None:
    """The officer sets passwords of his people, but not of one who was granted more."""
    officer(office)
    with office.app.change(SYSTEM) as work:
        grant_role(
            work,
            "core.administrator",
            office.unit("36.02"),
            account_id=office.account(office.nip(5)),
            valid_from=DAY,
        )
    set_password(office.app, office.staff(6), office.account(office.nip(4)), "sandi-baru-123")
    for number in (5, 6):
        with pytest.raises(PermissionDeniedError):
            set_password(
                office.app, office.staff(6), office.account(office.nip(number)), "sandi-baru-123"
            )


def test_a_person_gets_one_account_with_his_nip(office: Office) -> None:
    """The login is the NIP; a second account, and one without NIP, are refused."""
    with office.app.change(SYSTEM) as work:
        person = create_person(work, name="Baru", nip="199001012020121007")
        assert create_account(work, person.id).login == person.nip
        bare = create_person(work, name="Tanpa NIP", nik="3602141212900001")
    for person_id in (person.id, bare.id):
        with pytest.raises(ConflictError), office.app.change(SYSTEM) as work:
            create_account(work, person_id)


def test_details_are_corrected_and_checked(office: Office) -> None:
    """A NIP of somebody else is refused at its field; a version that is old is refused too."""
    person_id = office.person(4)

    def change(nip: str, version: int) -> None:
        with office.app.change(SYSTEM) as work:
            change_person(
                work, person_id, name="Staf A", nip=nip, nik="", sex="", email="", version=version
            )

    with pytest.raises(InvalidInputError) as caught:
        change(office.nip(5), 1)
    assert [fault.path for fault in caught.value.fields] == ["nip"]
    change(office.nip(9), 1)
    with pytest.raises(StaleEditError):
        change(office.nip(4), 1)
    with office.app.read(SYSTEM) as view:
        found = view.session.get(Person, person_id)
        assert found is not None
        assert found.nip == office.nip(9)


def test_refusals_leave_nothing_behind(office: Office) -> None:
    """After a refused change neither rows nor accounts differ from before."""

    def state() -> tuple[int, ...]:
        with office.app.read(SYSTEM) as view:
            return tuple(
                len(view.session.execute(select(model)).scalars().all())
                for model in (Unit, Person, Assignment, Grant, Account)
            )

    before = state()
    with pytest.raises(LeuitError), office.app.change(SYSTEM) as work:
        person = create_person(work, name="Baru", nip="199001012020121007")
        assign(work, person.id, office.post("DIN.A", "Kepala Bidang A"), DEFINITIF, DAY)
    assert state() == before


def test_the_event_names_people_and_day() -> None:
    """Listeners are told who is another from which day on."""
    event = StaffChanged(people=("x",), since=DAY)
    assert (event.event_name, event.version, event.since) == ("core.staff_changed", 1, DAY)
