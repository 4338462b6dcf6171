"""Events that a schedule names in words of its own (`lain`): each has its own date."""

import datetime as dt
import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit.work import Leuit
from leuit_archives.rules.periods import counted_trigger, parse_period
from leuit_archives.rules.retention import HeldRule, retention_of
from leuit_archives.rules.triggers import MOST_LABEL, OTHER, event_key, trigger_of
from leuit_archives.service.events import Happened, record_event
from tests.archives import oracle_retention as law
from tests.archives.archive_room import put_in_force
from tests.archives.ending import Ending, ending
from tests.archives.keepers import table
from tests.support.client import Client

WORDS = ("restorasi", "permohonan ditolak", "gempa reda", "penetapan pensiun")
KNOWN = {"penetapan pensiun": "pegawai_berhenti"}
DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2024, 12, 31))
RULE = "2 Tahun setelah restorasi dan permohonan ditolak"
HEADING = "code,title,raw_active,raw_inactive,raw_final_action"


def written(words: str) -> str:
    """The same words as somebody else may write them."""
    return f"  {words.upper().replace(' ', '  ')}. "


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True),
    st.sampled_from([("dan", "+"), ("atau", "|")]),
    st.dictionaries(st.sampled_from(WORDS), DAYS),
    DAYS,
    st.integers(0, 4),
)
def test_each_wording_counts_by_its_own_date(
    named: list[str],
    joiner: tuple[str, str],
    happened: dict[str, dt.date],
    closed_on: dt.date,
    years: int,
) -> None:
    """Of `dan` the later, of `atau` the first, as the calendar tells it of the published words."""
    word, sign = joiner
    phrase = f"{years} Tahun setelah {f' {word} '.join(named)}"
    period = parse_period(phrase)
    assert period is not None
    assert period.trigger is not None
    counted = counted_trigger(period.trigger.text, phrase)
    events = {
        event_key(KNOWN.get(words, OTHER), written(words)): day for words, day in happened.items()
    }
    rule = HeldRule("000.1", years, counted, 0, "", "musnah")
    found = retention_of([rule], events, closed_on)
    told = HeldRule("000.1", years, sign.join(named), 0, "", "musnah")
    days = [closed_on, *happened.values()]
    if found.inactive_from is not None:
        days += [found.inactive_from, found.inactive_from - dt.timedelta(days=1)]
    for day in days:
        over = found.inactive_from is not None and found.inactive_from <= day
        assert over != law.is_active([told], happened, closed_on, day)
    if found.inactive_from is None:
        assert found.next_step == "event"
        assert set(found.waits_for) <= {OTHER, *KNOWN.values()}


def test_a_rule_without_such_words_stays_as_it_is() -> None:
    """Known kinds count by kind; both joiners at once make one event of all the words."""
    assert counted_trigger("ditetapkan+pensiun", "2 Tahun setelah apa pun") == "ditetapkan+pensiun"
    assert counted_trigger(OTHER, "-") == OTHER
    both = trigger_of("restorasi dan gempa reda atau permohonan ditolak").counted
    assert both == event_key(OTHER, "Restorasi dan gempa reda, atau permohonan ditolak")
    assert len(event_key(OTHER, "kata " * 99)) <= MOST_LABEL + len(OTHER) + 1


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency whose schedule knows an event in words of its own."""
    made = ending(app)
    row = f"000.1.3,Rapat,{RULE},3 Tahun,Musnah"
    put_in_force(app, "retention", table(row, heading=HEADING), dt.date(2026, 9, 1))
    return made


def happened(end: Ending, dossier: UUID, label: str, year: int) -> None:
    with end.app.change(end.room.archivist) as work:
        told = Happened(OTHER, dt.date(year, 5, 17), "SK", label)
        record_event(work, dossier, told)


def test_another_event_starts_no_clock(end: Ending) -> None:
    """Section 5.3: both must have happened, the later counts; each is corrected by itself."""
    dossier = end.dossier(inactive=False)
    for label, year in (("Gempa reda", 2014), ("Restorasi", 2015)):
        happened(end, dossier, label, year)
        kept = end.retention(dossier)
        assert (kept.next_step, kept.due_on, kept.waits_for) == ("event", None, "lain")
    happened(end, dossier, "permohonan, ditolak", 2013)
    assert end.retention(dossier).inactive_from == dt.date(2017, 5, 17)
    happened(end, dossier, "restorasi", 2012)
    assert end.retention(dossier).inactive_from == dt.date(2015, 5, 17)


@pytest.mark.ci
def test_the_form_offers_the_words_of_the_rule(end: Ending, client: Client) -> None:
    """So that whoever records it need not guess how the schedule writes it."""
    dossier = end.dossier(inactive=False)
    path = f"/archives/dossiers/{dossier}"
    with client.as_(end.room.archivist):
        form = client.get(f"{path}/events").text
        offered = re.findall(r'value="(lain:[^"]+)"', form)
        assert offered == ["lain:restorasi", "lain:permohonan ditolak"]
        for one in offered:
            values = {"kind": one, "happened_on": "17/05/2013", "evidence": "SK"}
            assert client.post_form(f"{path}/events", values).status_code == 303
    assert end.retention(dossier).inactive_from == dt.date(2015, 5, 17)
