"""Who must approve a disposal, what may not be on its list, and what its committee decided.

The retention that counts is the sum of both periods: from 10 years on Kepala ANRI approves a
destruction, below that the head of the region; of permanent records the head of the archival
institution. Only what an unconditional rule destroys is on a list, or what an appraisal decided;
each exclusion has a code.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import attrs

from leuit.values import Text, _

from .final_actions import APPRAISE, DESTROY, EXTEND, KEEP
from .lifecycle import ACTIVE, INACTIVE, TO_DESTROY, TO_HAND_OVER, DisposalKind

Authority = Literal["anri", "head", "institution"]
Opinion = Literal["agree", "refuse", "again"]

ANRI_FROM = 10
"""Years of active and inactive retention together from which Kepala ANRI approves."""

AUTHORITIES: Mapping[str, Text] = {
    "anri": _("Kepala ANRI"),
    "head": _("Kepala daerah"),
    "institution": _("Kepala lembaga kearsipan daerah"),
}
OPINIONS: Mapping[str, Text] = {
    "agree": _("Setuju"),
    "refuse": _("Tolak"),
    "again": _("Nilai kembali"),
}

EXCLUSIONS: Mapping[str, Text] = {
    "ended": _("Sudah dimusnahkan atau diserahkan."),
    "active": _("Masih aktif: belum dipindahkan ke unit kearsipan."),
    "in_proposal": _("Sudah ada dalam usul lain."),
    "open_rule": _("Aturannya belum dipahami; orang harus memutuskan."),
    "period": _("Masa retensinya belum habis."),
    "event": _("Menunggu peristiwa; masanya belum berjalan."),
    "final_action": _("Nasib akhirnya lain."),
    "extended": _("Masa simpannya diperpanjang oleh penilaian kembali."),
    "conditional": _("Aturannya bersyarat: dinilai kembali dahulu, tidak diusulkan otomatis."),
    "legacy_unverified": _("Warisan tanpa jadwal retensi yang berlaku."),
    "unverified_edition": _("Edisi jadwalnya belum dibandingkan dengan peraturan."),
    "hold": _("Ditahan untuk perkara (penahanan hukum)."),
    "vital": _("Arsip vital atau terjaga."),
}
"""Reasons why something is not on a list, and their sentences."""


@attrs.frozen
class Candidate:
    """What of a dossier decides whether it may be on a list.

    `over` says that both periods are; `waits` that an event lacks its date. `legacy` is one whose
    rules come of no edition, `unverified` one of an edition that nobody has compared yet.
    `appraised` is the decision of people that holds, which `final_action` and `years` follow.
    """

    state: str = INACTIVE
    final_action: str = DESTROY
    over: bool = True
    waits: bool = False
    years: int | None = 5
    held: bool = False
    legacy: bool = False
    unverified: bool = False
    vital: bool = False
    appraised: str = ""


def exclusions(
    one: Candidate, kind: DisposalKind = "destroy", *, confirmed: bool = False
) -> list[str]:
    """Every reason why a dossier may not be on a list of that kind; empty when it may.

    `confirmed`: people take the responsibility for editions that nobody has compared yet.
    """
    return [*_of_its_course(one), *_of_its_kind(one, kind, confirmed)]


def _of_its_course(one: Candidate) -> Iterator[str]:
    if one.state == ACTIVE:
        yield "active"
    elif one.state in {TO_DESTROY, TO_HAND_OVER}:
        yield "in_proposal"
    elif one.state != INACTIVE:
        yield "ended"
    if one.years is None:
        yield "open_rule"
    elif one.waits:
        yield "event"
    elif not one.over:
        yield "extended" if one.appraised == EXTEND else "period"


def _of_its_kind(one: Candidate, kind: DisposalKind, confirmed: bool) -> Iterator[str]:
    wanted = DESTROY if kind == "destroy" else KEEP
    if one.final_action == APPRAISE:
        yield "conditional"
    elif one.final_action != wanted:
        yield "final_action"
    if one.legacy:
        yield "legacy_unverified"
    elif one.unverified and not confirmed:
        yield "unverified_edition"
    if one.held:
        yield "hold"
    if one.vital and kind == "destroy":
        yield "vital"


def authority_of(years: int, kind: DisposalKind = "destroy") -> Authority:
    """Who approves what is kept for so many years, both periods together."""
    if kind == "hand_over":
        return "institution"
    return "anri" if years >= ANRI_FROM else "head"


def split_by_authority(
    years: Iterable[int], kind: DisposalKind = "destroy"
) -> dict[Authority, list[int]]:
    """The places of a list, from 0, by who must approve them: each is a proposal of its own."""
    parts: dict[Authority, list[int]] = {}
    for place, one in enumerate(years):
        parts.setdefault(authority_of(one, kind), []).append(place)
    return parts


def is_committee(size: int) -> bool:
    """A committee has an odd number of members, so that it decides: three at the least."""
    return size >= 3 and size % 2 == 1


def decided(opinions: Sequence[Opinion], members: int) -> Opinion:
    """What a committee decided on one item, once all members have spoken.

    Agreed is what more than half agree to. Else it is refused, unless most of the others want to
    weigh it again.
    """
    if len(opinions) != members:
        raise ValueError("not all members have spoken")
    count = Counter(opinions)
    if 2 * count["agree"] > members:
        return "agree"
    return "again" if count["again"] > count["refuse"] else "refuse"
