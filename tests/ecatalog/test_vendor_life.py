"""A vendor from registration to being active, what came back, and changes afterwards."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from leuit.builtin.organisation import outsider
from leuit.identity import ANONYMOUS, SYSTEM, Account
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    StaleEditError,
    new_id,
)
from leuit.work import Leuit
from leuit_ecatalog.models import Vendor, VendorCheck, VendorMember
from leuit_ecatalog.models.vendors import ACTIVE, CLOSED, CORRECT, DRAFT, REFUSED, WAITING
from leuit_ecatalog.rules.vendor_checks import ACCEPT, REFUSE, RETURN, Finding
from leuit_ecatalog.service.answers import (
    answers_of,
    differing,
    drop_change,
    save_answers,
    save_contact,
)
from leuit_ecatalog.service.closing import turn_vendor
from leuit_ecatalog.service.membership import may_sell, own_vendor
from leuit_ecatalog.service.registering import Registered, Registration, register
from leuit_ecatalog.service.submitting import may_submit, parts_of, submit, withdraw
from leuit_ecatalog.service.vendor_listing import (
    VendorFilter,
    count_vendors,
    counts_by_state,
    list_vendors,
    steps_of,
    waiting,
)
from leuit_ecatalog.service.verifying import (
    Verification,
    asked_fields,
    last_findings,
    machine_checks,
    verify,
)
from tests.ecatalog.shop_office import (
    AREN,
    BATIK,
    BAYAH,
    CONTACT,
    KERTAS,
    PASSWORD,
    ShopOffice,
    shop_office,
)

pytestmark = pytest.mark.ci


@pytest.fixture
def office(app: Leuit) -> ShopOffice:
    """The regency."""
    return shop_office(app)


def asked(**changes: object) -> Registration:
    """What a stranger types."""
    typed = {
        "vendor": "UD Contoh Aren  Sobang",
        "name": "Ibu Contoh",
        "login": "Aren@Contoh.id",
        "password": PASSWORD,
        "key": new_id(),
    }
    return Registration(**{**typed, **changes})  # type: ignore[arg-type]  # the fields above


def test_registering_makes_account_and_vendor_together(app: Leuit) -> None:
    """A stranger gets an account, a draft of his firm, and acts for it."""
    made = register(app, ANONYMOUS, asked(), "r1")
    with app.read(outsider(made.account)) as view:
        vendor = own_vendor(view)
        assert (vendor.state, vendor.name) == (DRAFT, "UD Contoh Aren Sobang")
        assert [step.step for step in steps_of(view, vendor.id)] == ["registered"]
    assert not made.again


def test_the_same_registration_twice_is_one(app: Leuit) -> None:
    """The same key gives the same account back; another address under it is refused."""
    key = new_id()
    first = register(app, ANONYMOUS, asked(key=key), "r1")
    second = register(app, ANONYMOUS, asked(key=key), "r2")
    assert second.again
    assert first.account.id == second.account.id
    with pytest.raises(ConflictError):
        register(app, ANONYMOUS, asked(key=key, login="lain@contoh.id"), "r3")
    with app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(Vendor)) == 1


def test_the_same_registration_at_once_is_one(app: Leuit) -> None:
    """Four that come at the same moment, with one key, open one account for one vendor."""
    typed, start = asked(), Barrier(4)

    def send(number: int) -> Registered:
        start.wait()
        return register(app, ANONYMOUS, typed, f"r{number}")

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(send, range(4)))
    assert sorted(one.again for one in made) == [False, True, True, True]
    assert len({one.account.id for one in made}) == 1


def test_what_is_wrong_with_a_registration_is_told_at_once(app: Leuit) -> None:
    """No name of the firm, no address, a weak password: three faults; nothing is left behind."""
    with pytest.raises(InvalidInputError) as caught:
        register(app, ANONYMOUS, asked(vendor=" ", login="x", password="pendek"), "r1")
    assert [fault.path for fault in caught.value.fields] == ["vendor", "login", "password"]
    register(app, ANONYMOUS, asked(), "r2")
    with pytest.raises(InvalidInputError) as taken:
        register(app, ANONYMOUS, asked(), "r3")
    assert [(fault.path, fault.code) for fault in taken.value.fields] == [("login", "taken")]
    with app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(Account)) == 1


def test_the_task_list_tells_what_is_missing(office: ShopOffice) -> None:
    """A fresh draft lacks every part; answered and with its papers it may be sent."""
    who = office.open("aren@contoh.id")
    with office.app.read(who) as view:
        vendor = own_vendor(view)
        assert [part.code for part in parts_of(view, vendor) if not part.is_done] == [
            "identity",
            "scale",
            "contact",
            "account",
            "papers",
        ]
        assert not may_submit(view, vendor)
    with pytest.raises(InvalidInputError) as caught:
        office.send(who)
    assert {fault.path for fault in caught.value.fields} == {
        "identity",
        "scale",
        "contact",
        "account",
        "papers",
    }
    office.fill(who)
    with office.app.read(who) as view:
        assert may_submit(view, own_vendor(view))


def test_answers_wait_until_they_are_verified(office: ShopOffice) -> None:
    """Numbers of a registration are in no column that holds before somebody verified them."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    office.send(who)
    vendor = office.vendor(who)
    assert (vendor.state, vendor.nib, vendor.npwp) == (WAITING, None, None)
    assert answers_of(vendor)["nib"] == AREN["nib"]
    office.judge(who)
    vendor = office.vendor(who)
    assert (vendor.state, vendor.nib, vendor.npwp) == (ACTIVE, AREN["nib"], AREN["npwp"])
    assert (vendor.kbli, vendor.account_number) == (["10721"], "00123456789")
    assert vendor.pending == {}
    assert vendor.verified_by == office.manager.person_id


def test_what_waits_cannot_be_changed_but_taken_back(office: ShopOffice) -> None:
    """While it is being verified answers are refused; taken back, they may be changed again."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    office.send(who)
    with pytest.raises(ConflictError), office.app.change(who) as work:
        save_answers(work, office.version(who), {"bank": "002"})
    with pytest.raises(ConflictError), office.app.change(who) as work:
        submit(work, office.version(who))
    with office.app.change(who) as work:
        withdraw(work, office.version(who))
    with pytest.raises(ConflictError), office.app.change(office.manager) as work:
        vendor = office.vendor(who)
        verify(work, vendor.id, vendor.version, Verification((), ACCEPT))
    with office.app.change(who) as work:
        save_answers(work, office.version(who), {"bank": "002"})
    assert answers_of(office.vendor(who))["bank"] == "002"


def test_what_came_back_is_mended_and_accepted(office: ShopOffice) -> None:
    """Returned with a reason and a note of a field, corrected, sent again, and active."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    office.send(who)
    office.judge(who, RETURN, nib=("nib_unknown", "Tidak ada di OSS."))
    vendor = office.vendor(who)
    assert vendor.state == CORRECT
    with office.app.read(who) as view:
        found = last_findings(view, vendor)
        assert found["nib"] == Finding("nib", "nib_unknown", "Tidak ada di OSS.")
        assert not found["name"].reason
    with office.app.change(who) as work:
        save_answers(work, vendor.version, {"nib": "9999829348965"})
    office.send(who)
    office.judge(who)
    assert office.vendor(who).nib == "9999829348965"
    with office.app.read(who) as view:
        steps = [step.step for step in steps_of(view, vendor.id)]
        assert steps == ["accepted", "submitted", "returned", "submitted", "registered"]
        rounds = select(VendorCheck.round).distinct().order_by(VendorCheck.round)
        assert list(view.session.scalars(rounds)) == [1, 2]


def test_a_refused_registration_ends(office: ShopOffice) -> None:
    """Refused, it can neither be answered nor sent again, and does not sell."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    office.send(who)
    office.judge(who, REFUSE, name=("blacklisted", ""))
    vendor = office.vendor(who)
    assert vendor.state == REFUSED
    with pytest.raises(ConflictError):
        office.send(who)
    with pytest.raises(ConflictError), office.app.change(who) as work:
        save_contact(work, vendor.version, CONTACT)
    with office.app.read(SYSTEM) as view:
        assert not may_sell(view, vendor.id, view.today)


def test_a_number_belongs_to_one_vendor(office: ShopOffice) -> None:
    """Who wants a verified number of another is told at his task list; of two that wait, the first
    verified has it, and the other cannot be accepted with it.
    """
    first, second = office.open("satu@contoh.id"), office.open("dua@contoh.id")
    for who in (first, second):
        office.fill(who)
        office.send(who)
    office.judge(first)
    with pytest.raises(ConflictError):
        office.judge(second)
    office.judge(second, RETURN, nib=("nib_other", ""))
    with pytest.raises(InvalidInputError) as caught:
        office.send(second)
    assert [fault.path for fault in caught.value.fields] == ["identity", "identity"]
    third = office.active("tiga@contoh.id", KERTAS)
    assert office.vendor(third).state == ACTIVE


def test_a_change_waits_while_the_old_holds(office: ShopOffice) -> None:
    """A new account number of an active vendor holds only when it was verified; it sells on."""
    who = office.active("aren@contoh.id")
    with office.app.change(who) as work:
        save_answers(work, office.version(who), {"account_number": "998877665"})
    office.send(who)
    vendor = office.vendor(who)
    assert vendor.account_number == "00123456789"
    assert differing(vendor) == {"account_number": ("00123456789", "998877665")}
    with office.app.read(office.manager) as view:
        assert may_sell(view, vendor.id, view.today)
        assert asked_fields(view, vendor) == ("account",)
        assert [row.changing for row in waiting(view, 5)] == [True]
        assert count_vendors(view, VendorFilter("perubahan")) == 1
    office.judge(who)
    vendor = office.vendor(who)
    assert (vendor.account_number, vendor.pending, vendor.pending_at) == ("998877665", {}, None)


def test_a_change_that_is_not_right_leaves_what_held(office: ShopOffice) -> None:
    """Returned it may be mended, refused it is gone; what was verified holds in both cases."""
    who = office.active("aren@contoh.id")
    for outcome, kept in ((RETURN, {"bank": "002"}), (REFUSE, {})):
        with office.app.change(who) as work:
            save_answers(work, office.version(who), {"bank": "002"})
        office.send(who)
        office.judge(who, outcome, account=("account_holder", ""))
        vendor = office.vendor(who)
        assert (vendor.state, vendor.bank, vendor.pending) == (ACTIVE, "110", kept)


def test_a_change_may_be_given_up(office: ShopOffice) -> None:
    """Dropped, nothing waits; what was not changed cannot be dropped or sent."""
    who = office.active("aren@contoh.id")
    with office.app.change(who) as work:
        save_answers(work, office.version(who), {"bank": "002"})
    with office.app.change(who) as work:
        drop_change(work, office.version(who))
    assert office.vendor(who).pending == {}
    with pytest.raises(ConflictError), office.app.change(who) as work:
        drop_change(work, office.version(who))
    with pytest.raises(ConflictError):
        office.send(who)


def test_an_answer_that_changes_nothing_is_no_change(office: ShopOffice) -> None:
    """Saving a page of an active vendor as it stands leaves nothing to verify."""
    who = office.active("aren@contoh.id")
    with office.app.change(who) as work:
        save_answers(work, office.version(who), AREN)
    assert office.vendor(who).pending == {}


def test_contact_of_an_active_vendor_holds_at_once(office: ShopOffice) -> None:
    """Address and telephone are the vendor's own to keep; while a change waits, too."""
    who = office.active("aren@contoh.id")
    with office.app.change(who) as work:
        save_answers(work, office.version(who), {"bank": "002"})
    office.send(who)
    with office.app.change(who) as work:
        save_contact(work, office.version(who), {**CONTACT, "district": BAYAH})
    vendor = office.vendor(who)
    assert vendor.district == BAYAH
    assert vendor.pending_at is not None


def test_faults_of_a_page_are_told_at_once(office: ShopOffice) -> None:
    """Every wrong answer of a page is told at its own field, and nothing is kept."""
    who = office.open("aren@contoh.id")
    bad = {"name": " ", "legal_form": "?", "nib": "1", "npwp": "2", "kbli": "x"}
    with pytest.raises(InvalidInputError) as caught, office.app.change(who) as work:
        save_answers(work, office.version(who), bad)
    assert [fault.path for fault in caught.value.fields] == [*bad]
    with pytest.raises(InvalidInputError) as contact, office.app.change(who) as work:
        save_contact(work, office.version(who), {"phone": "abc", "email": "x", "district": "?"})
    assert [fault.path for fault in contact.value.fields] == [
        "address",
        "district",
        "phone",
        "email",
    ]
    with pytest.raises(InvalidInputError) as account, office.app.change(who) as work:
        save_answers(work, office.version(who), {"account_number": "12", "scale": "raksasa"})
    assert [fault.path for fault in account.value.fields] == ["scale", "account_number"]
    assert "nib" not in office.vendor(who).pending


def test_a_stale_page_is_refused(office: ShopOffice) -> None:
    """What was read before another change is refused, for the vendor and for the officer."""
    who = office.open("aren@contoh.id")
    old = office.version(who)
    office.fill(who)
    with pytest.raises(StaleEditError), office.app.change(who) as work:
        save_answers(work, old, {"bank": "002"})
    office.send(who)
    vendor_id = office.vendor(who).id
    with pytest.raises(StaleEditError), office.app.change(office.manager) as work:
        verify(work, vendor_id, old, Verification((), ACCEPT))


def test_who_may_verify(office: ShopOffice) -> None:
    """Verifying takes the permission for the whole region; a vendor verifies nobody."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    office.send(who)
    vendor = office.vendor(who)
    for asker in (office.plain, office.reader, office.local, who):
        with pytest.raises(PermissionDeniedError), office.app.change(asker) as work:
            verify(work, vendor.id, vendor.version, Verification((), ACCEPT))
    for asker in (office.plain, office.local, who):
        with pytest.raises(PermissionDeniedError), office.app.read(asker) as view:
            list_vendors(view, VendorFilter(), 0, 10)


def test_an_account_reaches_its_own_vendor_only(office: ShopOffice) -> None:
    """Staff act for no vendor; an account whose membership ended reaches none."""
    who = office.open("aren@contoh.id")
    with pytest.raises(PermissionDeniedError), office.app.read(office.manager) as view:
        own_vendor(view)
    with office.app.change(SYSTEM) as work:
        member = work.session.get_one(VendorMember, who.account_id)
        member.until = work.now
        work.session.flush()
        work.audit("ecatalog.vendor.closed", RecordRef("ecatalog.vendor", "x"))
    with pytest.raises(NotFoundError), office.app.read(who) as view:
        own_vendor(view)


def test_an_answer_must_be_whole(office: ShopOffice) -> None:
    """A verification without a judgement of every field is refused with each of them named."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    office.send(who)
    vendor = office.vendor(who)
    with (
        pytest.raises(InvalidInputError) as caught,
        office.app.change(office.manager) as work,
    ):
        verify(work, vendor.id, vendor.version, Verification((), ACCEPT, "x" * 1_001))
    paths = {fault.path for fault in caught.value.fields}
    assert {"findings.nib", "findings.paper.ktp", "note"} <= paths
    assert office.vendor(who).state == WAITING


def test_the_program_looks_first(office: ShopOffice) -> None:
    """A firm with a person's NIK is pointed out; a person with it is not."""
    person = office.open("batik@contoh.id")
    office.fill(person, BATIK)
    firm = office.open("firma@contoh.id")
    office.fill(firm, {**KERTAS, "npwp": BATIK["npwp"]})
    with office.app.read(office.manager) as view:
        assert all(check.ok for check in machine_checks(view, office.vendor(person)))
        wrong = [check.title for check in machine_checks(view, office.vendor(firm)) if not check.ok]
    assert wrong == ["NPWP sesuai bentuk usaha"]


def test_a_firm_may_be_closed_and_opened_again(office: ShopOffice) -> None:
    """Closed it sells nothing, opened again it does; each for a reason."""
    who = office.active("aren@contoh.id")
    for state, sells in ((CLOSED, False), (ACTIVE, True)):
        vendor = office.vendor(who)
        with pytest.raises(InvalidInputError), office.app.change(office.manager) as work:
            turn_vendor(work, vendor.id, vendor.version, " ")
        with office.app.change(office.manager) as work:
            turn_vendor(work, vendor.id, vendor.version, "Usaha tutup sementara.")
        assert office.vendor(who).state == state
        with office.app.read(SYSTEM) as view:
            assert may_sell(view, vendor.id, view.today) == sells
    draft = office.vendor(office.open("draf@contoh.id"))
    with pytest.raises(ConflictError), office.app.change(office.manager) as work:
        turn_vendor(work, draft.id, draft.version, "Alasan.")


def test_lists_are_narrowed(office: ShopOffice) -> None:
    """By state, kecamatan, a part of the name and the whole NIB; a percent sign is a letter."""
    office.active("aren@contoh.id")
    office.active("kertas@contoh.id", KERTAS)
    office.open("draf@contoh.id", "Warung 100% Contoh")
    with office.app.read(office.reader) as view:

        def named(**wanted: str) -> list[str]:
            rows = list_vendors(view, VendorFilter(**wanted), 0, 10)
            assert count_vendors(view, VendorFilter(**wanted)) == len(rows)
            return [row.name for row in rows]

        assert named(state="aktif") == [KERTAS["name"], AREN["name"]]
        assert named(text="aren") == [AREN["name"]]
        assert named(text="9999829348964") == [AREN["name"]]
        assert named(text="100%") == ["Warung 100% Contoh"]
        assert named(text="%%") == []
        assert named(district=BAYAH) == []
        counts = counts_by_state(view)
        assert (counts["aktif"], counts["draf"], counts["perubahan"]) == (2, 1, 0)
        assert [row.name for row in list_vendors(view, VendorFilter(), 1, 1)] == [AREN["name"]]
