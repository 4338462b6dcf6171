"""Disposal from proposal to certificate: who may, in what order, and what is left at the end."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, update

from leuit.contracts import RecordEnded
from leuit.identity import SYSTEM
from leuit.storage import Blob
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    StaleEditError,
)
from leuit.work import AuditEntry, Leuit
from leuit_archives.models import DisposalItem, RecordFile, Retention
from leuit_archives.service.committee import GivenOpinion, give_opinions, name_committee
from leuit_archives.service.disposal_steps import Minutes
from leuit_archives.service.disposals import (
    candidates,
    frozen_items,
    list_hash,
    propose,
    undo,
)
from leuit_archives.service.executing import execute, report_of
from leuit_archives.service.record_files import read_file
from leuit_archives.service.vital import mark_vital
from tests.archives.archive_room import PDF
from tests.archives.ending import Ending, ending


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def audited(end: Ending, action: str) -> int:
    with end.app.read(SYSTEM) as view:
        found = view.session.scalars(select(AuditEntry.id).where(AuditEntry.action == action))
        return len(found.all())


def test_a_destroyed_record_leaves_a_stub_and_nothing_else(end: Ending) -> None:
    """AR-29: its file is gone from the store, the register keeps the hash; stub and proof stay."""
    dossier = end.dossier(records=2)
    records = end.records_of(dossier)
    with end.app.read(end.room.trusted) as view:
        hashes = [read_file(view, one.id, 1).sha256 for one in records]
    [disposal] = end.proposed(dossier)
    end.through(disposal)
    assert all(end.app.blobs.exists(one) for one in hashes)
    end.work_off()
    assert not any(end.app.blobs.exists(one) for one in hashes)
    with end.app.read(SYSTEM) as view:
        assert view.session.scalars(select(RecordFile)).all() == []
        assert [view.session.get_one(Blob, one).name for one in hashes] == ["", ""]
        found = end.disposal(disposal)
        assert report_of(view, found) == {
            "ended": 1,
            "left": 0,
            "files_gone": 2,
            "files_kept": 0,
        }
    assert (found.state, end.state(dossier)) == ("done", "destroyed")
    assert sorted(one.sha256 for one in end.files()) == sorted(hashes)
    stubs = end.records_of(dossier)
    assert [one.title for one in stubs] == [one.title for one in records]
    assert {one.record_id for one in end.tombstones()} == {one.id for one in records}
    with pytest.raises(NotFoundError), end.app.read(end.room.trusted) as view:
        read_file(view, records[0].id, 1)
    assert audited(end, "archives.disposal.item_ended") == 1


def test_a_secret_record_leaves_no_title(end: Ending) -> None:
    """Of a secret record the words are redacted, number and title."""
    end.cleared("proposer")
    dossier = end.dossier(records=1, source="uji.lain", secrecy="secret")
    [disposal] = end.proposed(dossier)
    end.through(disposal)
    end.work_off()
    [stub] = end.records_of(dossier)
    assert (stub.title, stub.number, stub.ref_label) == ("(uraian disamarkan)", "", "")


def test_the_list_is_frozen_with_its_hash(end: Ending) -> None:
    """Count, periods, codes, editions: what was proposed can be proved at any later time."""
    dossiers = [end.dossier(), end.dossier("000.1.3", records=0)]
    [disposal] = end.proposed(*dossiers)
    found, items = end.disposal(disposal), end.items(disposal)
    assert (found.count, found.longest, found.authority) == (2, 5, "head")
    assert list_hash(frozen_items(items)) == found.list_sha256
    assert sorted(one.records for one in items) == [0, 2]
    assert {one.due_on for one in items} == {dt.date(2017, 5, 17)}
    assert all(len(one.editions) == 1 for one in items)
    assert [end.state(one) for one in dossiers] == ["to_destroy"] * 2


def test_a_list_that_is_not_the_frozen_one_is_not_executed(end: Ending) -> None:
    """Changed behind the program's back, it is refused at the first confirmation; nothing ends."""
    dossier, other = end.dossier(), end.dossier(inactive=False)
    [disposal] = end.proposed(dossier)
    end.through(disposal, "sign")
    with end.app.change(SYSTEM) as work:
        work.session.execute(update(DisposalItem).values(dossier_id=other))
        work.audit("core.token.created", RecordRef("uji.daftar", "1"))
    with pytest.raises(ConflictError, match="dibekukan"):
        end.confirmed(disposal, "executor")
    assert (end.disposal(disposal).first_by, end.state(dossier)) == (None, "to_destroy")


def test_a_mixed_list_is_split_by_authority(end: Ending) -> None:
    """AR-24: 2 + 3 years go to the head of the region, 5 + 5 to Kepala ANRI."""
    short, long = end.dossier(), end.dossier("900")
    made = [end.disposal(one) for one in end.proposed(short, long)]
    assert [(one.authority, one.count) for one in made] == [("anri", 1), ("head", 1)]
    assert len({one.number for one in made}) == 2


def test_the_wrong_authority_approves_nothing(end: Ending) -> None:
    """What is kept for ten years is not destroyed on the word of the head of the region."""
    [disposal] = end.proposed(end.dossier("900"))
    end.committee_named(disposal)
    end.opined(disposal)
    end.step(disposal, "appraise")
    for authority in ("head", "institution", ""):
        with pytest.raises(ConflictError, match="Kepala ANRI"):
            end.step(disposal, "approve", authority=authority)
    assert end.step(disposal, "approve", authority="anri").state == "approved"


def test_what_may_not_be_listed_is_refused_with_its_reason(end: Ending) -> None:
    """Not over, conditional, waiting, active, other final action, proposed already, held."""
    free, taken, held = end.dossier(), end.dossier(), end.dossier()
    end.proposed(taken)
    end.hold("1/Pdt/2026", held)
    cases = {
        end.dossier(closed=dt.date(2023, 10, 1)): "belum habis",
        end.dossier("000.1"): "bersyarat",
        end.dossier("900.1"): "Nasib akhirnya lain",
        end.dossier(inactive=False): "Masih aktif",
        taken: "usul lain",
        held: "Ditahan",
    }
    for dossier, words in cases.items():
        with pytest.raises(ConflictError) as refused:
            end.proposed(free, dossier)
        assert words in str(refused.value)
    waits = end.dossier("000.1.2", inactive=False)
    assert end.retention(waits).next_step == "event"
    assert end.state(free) == "inactive"
    with pytest.raises(InvalidInputError):
        end.proposed()
    with pytest.raises(NotFoundError):
        end.proposed(end.dossier(unit=end.room.office.unit("KEC"), inactive=False))


def test_legacy_and_unverified_editions(end: Ending) -> None:
    """AR-26: without any edition a dossier is on no list; an unchecked one needs a confirmation."""
    dossier = end.dossier()
    with end.app.read(end.who["proposer"]) as view:
        [found] = candidates(view, end.root, "destroy")
    assert found.reasons == ("unverified_edition",)
    with pytest.raises(ConflictError, match="Edisi"), end.app.change(end.who["proposer"]) as work:
        propose(work, end.root, "destroy", [dossier], "Retensi habis")
    with end.app.change(SYSTEM) as work:
        work.session.execute(update(Retention).values(legacy=True))
        work.audit("archives.retention.reckoned", RecordRef("uji.retensi", "1"))
    with pytest.raises(ConflictError, match="Warisan"):
        end.proposed(dossier)


def test_only_who_may_takes_each_step(end: Ending) -> None:
    """Proposing, appraising, deciding, executing are rights of their own."""
    dossier = end.dossier()
    with pytest.raises(PermissionDeniedError), end.app.change(end.who["keeper"]) as work:
        propose(work, end.root, "destroy", [dossier], "Retensi habis", confirmed=True)
    [disposal] = end.proposed(dossier)
    end.committee_named(disposal)
    with pytest.raises(PermissionDeniedError), end.app.change(end.who["keeper"]) as work:
        give_opinions(work, disposal, {1: GivenOpinion("agree")})
    end.opined(disposal)
    for who in ("proposer", "first_member", "executor"):
        with pytest.raises(PermissionDeniedError):
            end.step(disposal, "appraise", who=end.who[who])
    with pytest.raises(NotFoundError):
        end.step(disposal, "appraise", who=end.room.stranger)


def test_steps_are_taken_in_turn(end: Ending) -> None:
    """None before its time, none twice, none on an older picture."""
    [disposal] = end.proposed(end.dossier())
    for step in ("approve", "determine", "sign", "execute", "finish", "lompat"):
        with pytest.raises(ConflictError):
            end.step(disposal, step)
    with pytest.raises(ConflictError, match="anggota"):
        end.step(disposal, "appraise")
    end.through(disposal, "sign")
    assert end.disposal(disposal).state == "signed"
    with pytest.raises(ConflictError):
        end.step(disposal, "sign")
    paper = end.paper()
    with pytest.raises(StaleEditError), end.app.change(end.who["keeper"]) as work:
        undo(work, disposal, 1, "Salah")
    with (
        pytest.raises(ConflictError, match="dibatalkan lagi"),
        end.app.change(end.who["keeper"]) as work,
    ):
        undo(work, disposal, end.version(disposal), "Salah")
    assert paper.file is not None


def test_a_proposal_is_undone_up_to_its_determination(end: Ending) -> None:
    """Step 5 of the checklist: the dossier is inactive again and may be proposed anew."""
    dossier = end.dossier()
    for last in ("appraise", "approve", "determine"):
        [disposal] = end.proposed(dossier)
        end.through(disposal, last)
        with end.app.change(end.who["keeper"]) as work:
            undo(work, disposal, end.version(disposal), "Ada data baru")
        assert (end.disposal(disposal).state, end.state(dossier)) == ("undone", "inactive")
        assert [(one.state, one.outcome) for one in end.items(disposal)] == [("left", "undone")]


@pytest.mark.parametrize("fault", ["number", "file", "dated", "text", "backups_until"])
def test_each_paper_needs_number_day_and_scan(end: Ending, fault: str) -> None:
    """A berita acara without one of them, or without its witnesses, signs nothing."""
    import attrs

    [disposal] = end.proposed(end.dossier())
    end.through(disposal, "determine")
    wrong: dict[str, Any] = {
        "number": " ",
        "file": None,
        "dated": dt.date(2030, 1, 1),
        "text": "",
    }
    paper, options = end.paper(), {}
    if fault in wrong:
        paper = attrs.evolve(paper, **{fault: wrong[fault]})
    else:
        options["minutes"] = Minutes()
    with pytest.raises(InvalidInputError) as refused:
        end.step(disposal, "sign", paper=paper, **options)
    assert [one.path for one in refused.value.fields] == [{"file": "document"}.get(fault, fault)]
    with pytest.raises(InvalidInputError):
        end.step(disposal, "sign", paper=end.paper(dated=dt.date(2020, 1, 1)))
    assert end.disposal(disposal).state == "determined"


def test_the_committee_is_odd_and_without_the_proposer(end: Ending) -> None:
    """Two, four, or the proposer among them: refused; once it has spoken it stays as it is."""
    [disposal] = end.proposed(end.dossier())
    ids = [one.person_id for one in end.committee if one.person_id]
    proposer = end.who["proposer"].person_id
    assert proposer is not None
    keeper = end.who["keeper"].person_id
    assert keeper is not None
    for members in (ids[:2], [*ids, keeper], [*ids[:2], proposer], [*ids[:2], disposal]):
        paper = end.paper()
        with pytest.raises(InvalidInputError), end.app.change(end.who["keeper"]) as work:
            name_committee(work, disposal, 1, members, paper)
    end.committee_named(disposal)
    end.committee_named(disposal)
    end.opined(disposal)
    with pytest.raises(ConflictError, match="mulai menilai"):
        end.committee_named(disposal)


def test_what_the_committee_does_not_agree_to_stays(end: Ending) -> None:
    """One against two is outvoted; two against one take the item off the list; a reason is due."""
    dossiers = [end.dossier() for _ in range(3)]
    [disposal] = end.proposed(*dossiers)
    end.committee_named(disposal)
    with pytest.raises(InvalidInputError), end.app.change(end.committee[0]) as work:
        give_opinions(work, disposal, {1: GivenOpinion("refuse")})
    with pytest.raises(InvalidInputError), end.app.change(end.committee[0]) as work:
        give_opinions(work, disposal, {9: GivenOpinion("agree")})
    end.opined(
        disposal,
        {
            1: ["agree", "agree", "refuse"],
            2: ["agree", "refuse", "refuse"],
            3: ["again", "again", "refuse"],
        },
    )
    end.step(disposal, "appraise")
    items = end.items(disposal)
    assert [(one.state, one.outcome) for one in items] == [
        ("listed", ""),
        ("left", "committee_refuse"),
        ("left", "committee_again"),
    ]
    states = {one.dossier_id: end.state(one.dossier_id) for one in items}
    assert sorted(states.values()) == ["inactive", "inactive", "to_destroy"]


def test_a_list_of_which_nothing_is_left_ends(end: Ending) -> None:
    """All refused: there is nothing to approve."""
    [disposal] = end.proposed(end.dossier())
    end.committee_named(disposal)
    end.opined(disposal, {1: ["refuse"] * 3})
    assert end.step(disposal, "appraise").state == "undone"


def test_two_others_execute(end: Ending) -> None:
    """Neither proposer nor appraiser, not one person twice, and each with his password."""
    [disposal] = end.proposed(end.dossier())
    end.through(disposal, "determine")
    with pytest.raises(ConflictError):
        end.confirmed(disposal, "executor")
    end.step(disposal, "sign")
    office = end.room.office
    with end.app.change(SYSTEM) as work:
        from leuit.builtin.organisation import grant_role

        for number in (20, 21):
            account = office.account(office.nip(number))
            grant_role(
                work, "archives.executor", end.root, account_id=account, valid_from=work.today
            )
    for who in ("proposer", "first_member"):
        with pytest.raises(PermissionDeniedError, match="Pengusul dan penilai"):
            end.confirmed(disposal, who)
    with pytest.raises(PermissionDeniedError):
        end.confirmed(disposal, "keeper")
    with pytest.raises(InvalidInputError):
        execute(end.app, end.who["executor"], disposal, end.version(disposal), "salah")
    end.confirmed(disposal, "executor")
    with pytest.raises(PermissionDeniedError, match="orang lain"):
        end.confirmed(disposal, "executor")
    end.work_off()
    assert end.tombstones() == []
    end.confirmed(disposal, "witness")
    end.work_off()
    assert end.disposal(disposal).state == "done"


def test_a_file_of_two_records_goes_with_the_last(end: Ending) -> None:
    """While another record has the same file its bytes stay, and who needs them is told."""
    same = end.room.stored(PDF + b"sama").sha256
    first = end.dossier(records=1, sha256=same)
    second = end.dossier(records=1, sha256=same)
    [disposal] = end.proposed(first)
    end.through(disposal)
    end.work_off()
    [file] = end.files()
    assert (file.gone_at, file.kept_by) == (None, "archives_record_file")
    assert end.app.blobs.exists(same)
    assert end.disposal(disposal).state == "done"
    [later] = end.proposed(second)
    end.through(later)
    end.work_off()
    assert not end.app.blobs.exists(same)
    assert {one.kept_by for one in end.files()} == {""}
    assert all(one.gone_at for one in end.files())


def test_other_services_are_told_before_the_bytes_go(end: Ending) -> None:
    """Each file of a record is named to whoever handed the record over, and not twice."""
    heard: list[RecordEnded] = []

    def listen(_context: Any, event: RecordEnded) -> None:
        heard.append(event)
        assert end.app.blobs.exists(event.sha256)

    hear(end.app, listen)
    dossier = end.dossier(records=2)
    [disposal] = end.proposed(dossier)
    end.through(disposal)
    end.work_off()
    assert {one.ref.kind for one in heard} == {"uji.surat"}
    assert {one.sha256 for one in heard} == {one.sha256 for one in end.files()}
    assert len(heard) == 2


def hear(app: Leuit, listen: Any) -> None:
    """Let somebody listen for the ends of records."""
    import attrs

    from leuit.work import JobKind, Listener, by_event
    from leuit.work.delivery import deliver

    listener = Listener(RecordEnded, "uji.ended", listen)
    vocabulary = app.vocabulary
    kinds = {**vocabulary.kinds, listener.kind: JobKind(listener.kind, deliver(listener))}
    listeners = {**vocabulary.listeners, **by_event([listener])}
    app.vocabulary = attrs.evolve(vocabulary, kinds=kinds, listeners=listeners)


def test_handing_over_marks_what_is_handed_over(end: Ending) -> None:
    """Permanent records: the archival institution approves, the four qualities are stated."""
    dossier = end.dossier("900.1", records=1)
    [disposal] = end.proposed(dossier, kind="hand_over")
    assert end.disposal(disposal).authority == "institution"
    end.through(disposal, "determine")
    with pytest.raises(InvalidInputError, match="autentik"):
        end.step(disposal, "sign", minutes=Minutes())
    end.step(disposal, "sign")
    end.confirmed(disposal, "executor")
    end.confirmed(disposal, "witness")
    end.work_off()
    assert end.state(dossier) == "handed_over"
    assert [one.outcome for one in end.items(disposal)] == ["handed_over"]
    assert end.tombstones() == []


def test_what_is_not_due_any_more_is_left_at_the_last_check(end: Ending) -> None:
    """A correction that lengthened the retention, or a mark as vital, after the determination."""
    late, vital, plain = (end.dossier() for _ in range(3))
    [disposal] = end.proposed(late, vital, plain)
    end.through(disposal)
    with end.app.change(SYSTEM) as work:
        rows = update(Retention)
        work.session.execute(
            rows.where(Retention.dossier_id == late).values(ends_on=dt.date(2040, 1, 1))
        )
        work.audit("archives.retention.reckoned", RecordRef("uji.retensi", "1"))
    with end.app.change(end.room.archivist) as work:
        mark_vital(work, vital, "Arsip vital", vital=True)
    with pytest.raises(ConflictError), end.app.change(end.room.archivist) as work:
        mark_vital(work, vital, "Arsip vital", vital=True)
    end.work_off()
    outcomes = {one.dossier_id: one.outcome for one in end.items(disposal)}
    assert outcomes == {late: "period", vital: "vital", plain: "destroyed"}
    assert [end.state(one) for one in (late, vital, plain)] == [
        "inactive",
        "inactive",
        "destroyed",
    ]


@pytest.mark.parametrize("broken", [1, 2, 3, 4])
def test_a_run_that_breaks_goes_on_where_it_stopped(
    end: Ending, monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    """AR-28: each item ends once, each file goes once, and the report is complete."""
    from leuit_archives.service import executing

    monkeypatch.setattr(executing, "BATCH", 1)
    dossiers = [end.dossier(records=1) for _ in range(4)]
    [disposal] = end.proposed(*dossiers)
    end.through(disposal)
    calls = {"n": 0}
    real = executing._end_batch

    def failing(*args: Any) -> Any:
        calls["n"] += 1
        if calls["n"] == broken:
            raise RuntimeError("listrik padam")
        return real(*args)

    monkeypatch.setattr(executing, "_end_batch", failing)
    end.work_off(faults=True)
    for _ in range(3):
        end.work_off()
    assert calls["n"] == 5
    assert audited(end, "archives.disposal.item_ended") == 4
    assert end.disposal(disposal).state == "done"
    with end.app.read(SYSTEM) as view:
        report = report_of(view, end.disposal(disposal))
    assert report == {"ended": 4, "left": 0, "files_gone": 4, "files_kept": 0}
    assert {end.state(one) for one in dossiers} == {"destroyed"}


def test_undoing_needs_a_right_and_a_reason(end: Ending) -> None:
    """Whoever merely reads, or proposed it, undoes nothing."""
    [disposal] = end.proposed(end.dossier())
    for who in ("executor", "proposer"):
        with pytest.raises(PermissionDeniedError), end.app.change(end.who[who]) as work:
            undo(work, disposal, 1, "Salah")
    with pytest.raises(InvalidInputError), end.app.change(end.who["keeper"]) as work:
        undo(work, disposal, 1, " ")
