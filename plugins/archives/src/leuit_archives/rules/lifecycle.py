"""The states of a dossier and the steps of a disposal, each as one table.

A dossier is active, then inactive, and ends in a disposal; from inactive it may come back while it
lies in no proposal. A disposal can be undone up to its fifth step, the determination: what is
signed as destroyed is not taken back. Under a legal hold no step towards an end is taken.
"""

from collections.abc import Mapping
from typing import Literal

import attrs

from leuit.values import Text, _

ACTIVE, INACTIVE = "active", "inactive"
TO_DESTROY, DESTROYED = "to_destroy", "destroyed"
TO_HAND_OVER, HANDED_OVER = "to_hand_over", "handed_over"

STATES: Mapping[str, Text] = {
    ACTIVE: _("Aktif"),
    INACTIVE: _("Inaktif"),
    TO_DESTROY: _("Usul musnah"),
    DESTROYED: _("Dimusnahkan"),
    TO_HAND_OVER: _("Usul serah"),
    HANDED_OVER: _("Diserahkan (statis)"),
}
"""States of a dossier and their titles."""

MOVES: Mapping[tuple[str, str], str] = {
    (ACTIVE, "transfer"): INACTIVE,
    (INACTIVE, "take_back"): ACTIVE,
    (INACTIVE, "propose_destroy"): TO_DESTROY,
    (INACTIVE, "propose_hand_over"): TO_HAND_OVER,
    (TO_DESTROY, "let_go"): INACTIVE,
    (TO_HAND_OVER, "let_go"): INACTIVE,
    (TO_DESTROY, "destroy"): DESTROYED,
    (TO_HAND_OVER, "hand_over"): HANDED_OVER,
}
"""From a state by a move to the next one; what is not here is refused."""

ENDING = frozenset({"propose_destroy", "propose_hand_over", "destroy", "hand_over"})
"""Moves that a legal hold stops."""

DisposalKind = Literal["destroy", "hand_over"]
DISPOSAL_KINDS: Mapping[str, Text] = {
    "destroy": _("Pemusnahan"),
    "hand_over": _("Penyerahan statis"),
}

PROPOSED, APPRAISED, APPROVED, DETERMINED = "proposed", "appraised", "approved", "determined"
SIGNED, RUNNING, DONE, UNDONE = "signed", "running", "done", "undone"

DISPOSAL_STATES: Mapping[str, Text] = {
    PROPOSED: _("Diusulkan"),
    APPRAISED: _("Dinilai panitia"),
    APPROVED: _("Disetujui"),
    DETERMINED: _("Ditetapkan"),
    SIGNED: _("Berita acara ditandatangani"),
    RUNNING: _("Sedang dilaksanakan"),
    DONE: _("Selesai"),
    UNDONE: _("Dibatalkan"),
}
"""States of a disposal and their titles."""


@attrs.frozen
class DisposalStep:
    """A step of a disposal: its number in the checklist, and from where to where it leads."""

    key: str
    number: int
    before: str
    after: str
    title: Text


DISPOSAL_STEPS: tuple[DisposalStep, ...] = (
    DisposalStep("appraise", 3, PROPOSED, APPRAISED, _("Pertimbangan panitia penilai")),
    DisposalStep("approve", 4, APPRAISED, APPROVED, _("Persetujuan")),
    DisposalStep("determine", 5, APPROVED, DETERMINED, _("Penetapan")),
    DisposalStep("sign", 7, DETERMINED, SIGNED, _("Berita acara")),
    DisposalStep("execute", 6, SIGNED, RUNNING, _("Pelaksanaan oleh dua orang")),
    DisposalStep("finish", 8, RUNNING, DONE, _("Laporan lengkap")),
)
"""After the proposal, in their order: nothing is deleted before the berita acara is signed."""

_STEPS = {step.key: step for step in DISPOSAL_STEPS}


def moved(state: str, move: str, *, held: bool) -> str | None:
    """The state after a move; None where it is refused."""
    if held and move in ENDING:
        return None
    return MOVES.get((state, move))


def advanced(state: str, step: str) -> str | None:
    """The state of a disposal after a step; None out of turn."""
    found = _STEPS[step]
    return found.after if found.before == state else None


def may_undo(state: str) -> bool:
    """Whether a disposal may still be undone: up to step 5."""
    return state in {PROPOSED, APPRAISED, APPROVED, DETERMINED}
