"""Dispositions: what may be instructed, who may receive, and how one ends.

The list of instructions, how far down a disposition may go, and who may receive what is secret are
set by each region (`archives.disposition`). Without an edition only free words are given, the
whole subtree may receive, and secret letters go to nobody but those cleared for them.
"""

from collections.abc import Sequence
from typing import Literal

import attrs

from leuit.values import ConflictError, FieldError, InvalidInputError, Text, _

SUBTREE, NEXT_LEVEL = "subtree", "next_level"
SCOPES = (SUBTREE, NEXT_LEVEL)
ANYBODY, HEADS, CLEARED = "anybody", "heads", "cleared"
CLEARANCES = (ANYBODY, HEADS, CLEARED)
"""Who may receive a letter of a grade: every post in reach, those that head a unit, or those only
that hold the right to secret papers. Each takes in the ones after it."""

LONGEST_INSTRUCTION = 120
MOST_INSTRUCTIONS = 40
State = Literal["new", "read", "acted", "done", "cancelled"]
OPEN: frozenset[str] = frozenset({"new", "read", "acted"})


@attrs.frozen
class Instruction:
    """One instruction of the list, by its code."""

    code: str
    text: str


@attrs.frozen
class DispositionRules:
    """The rules of an edition; `limited`, `secret` and `top_secret` are words of `CLEARANCES`."""

    instructions: tuple[Instruction, ...] = ()
    scope: str = SUBTREE
    limited: str = ANYBODY
    secret: str = CLEARED
    top_secret: str = CLEARED

    def clearance(self, grade: int) -> str:
        """Who may receive a letter of a grade (1 to 4); what is open may be received by all."""
        return (ANYBODY, self.limited, self.secret, self.top_secret)[grade - 1]


def check_rules(rules: DispositionRules) -> DispositionRules:
    """The rules themselves; InvalidInputError with every fault by its path."""
    faults = list(_faults(rules))
    if faults:
        raise InvalidInputError(_("Isi edisi keliru."), fields=faults)
    return rules


def _faults(rules: DispositionRules) -> Sequence[FieldError]:
    found: list[FieldError] = []
    seen: set[str] = set()
    if len(rules.instructions) > MOST_INSTRUCTIONS:
        sentence = _("Paling banyak %(most)s instruksi.")
        found.append(FieldError("instructions", sentence, "many", {"most": MOST_INSTRUCTIONS}))
    for index, one in enumerate(rules.instructions):
        path = f"instructions[{index}]"
        if not one.code.strip() or one.code in seen:
            sentence = _("Setiap instruksi perlu kode sendiri.")
            found.append(FieldError(f"{path}.code", sentence, "twice"))
        seen.add(one.code)
        if not one.text.strip() or len(one.text) > LONGEST_INSTRUCTION:
            sentence = _("Tulis instruksinya, paling banyak %(most)s huruf.")
            told = {"most": LONGEST_INSTRUCTION}
            found.append(FieldError(f"{path}.text", sentence, "length", told))
    if rules.scope not in SCOPES:
        found.append(_unknown("scope", SCOPES))
    grades = ("limited", "secret", "top_secret")
    found += [_unknown(name, CLEARANCES) for name in grades if not _is_clearance(rules, name)]
    if not found:
        order = [CLEARANCES.index(getattr(rules, name)) for name in grades]
        if order != sorted(order):
            sentence = _("Yang lebih rahasia tidak boleh lebih longgar.")
            found.append(FieldError("top_secret", sentence, "looser"))
    return found


def _is_clearance(rules: DispositionRules, name: str) -> bool:
    return getattr(rules, name) in CLEARANCES


def _unknown(path: str, choices: Sequence[str]) -> FieldError:
    sentence = _("Pilih salah satu: %(choices)s.")
    return FieldError(path, sentence, "unknown", {"choices": ", ".join(choices)})


def require_recallable(state: str) -> None:
    """A disposition is taken back only while nobody has read it; ConflictError after that."""
    if state != "new":
        raise ConflictError(_REFUSED[state], advice=_("Beri disposisi baru bila perlu."))


def require_open(state: str) -> None:
    """Something may still be done with it; ConflictError when it has ended."""
    if state not in OPEN:
        raise ConflictError(_REFUSED[state], advice=_("Muat ulang halaman."))


_REFUSED: dict[str, Text] = {
    "read": _("Disposisi ini sudah dibaca, jadi tidak dapat ditarik."),
    "acted": _("Disposisi ini sudah ditindaklanjuti, jadi tidak dapat ditarik."),
    "done": _("Disposisi ini sudah selesai."),
    "cancelled": _("Disposisi ini sudah ditarik kembali."),
}
