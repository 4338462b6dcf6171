"""Mutants of the rule that judges, and the fixed files over which they are held to the oracle.

Each mutant is one text of `verdict.py` replaced by another, compiled as a module of its own that
nobody imports. The text must occur just once, so a change of the engine that moves it is told
rather than passed over. None is equivalent: each changes a word that the house rule decides.
"""

from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType

from attrs import evolve, frozen

from leuit_esign.rules import ChangedField, Examination, Finding, verdict

SOURCE = Path(verdict.__file__)

GOOD = Finding(
    "TTE1",
    intact=True,
    valid=True,
    trusted=True,
    coverage="ENTIRE_FILE",
    modification="NONE",
    docmdp_ok=True,
)
"""A signature that nothing speaks against."""
SIGNATURE = ChangedField("TTE2", "/Sig")
EMPTIED = ChangedField("TTE3", "/Sig", signed=False)
TEXT = ChangedField("Text1", "/Tx")
TEXT_UNSIGNED = ChangedField("Text2", "/Tx", signed=False)
UNFOUND = ChangedField("Text3", "", signed=False)
UNFOUND_SIGNED = ChangedField("Text4", "")
BUTTON = ChangedField("Kotak1", "/Btn")


@frozen
class Mutant:
    """One change: `name` says what breaks, `old` in the source becomes `new`."""

    name: str
    old: str
    new: str


_BORNE = """all(field.kind == "/Sig" and field.signed for field in finding.changed_fields)"""

MUTANTS = (
    # ----------------------------------------------------------------------- the signature itself
    Mutant(
        "the digest is not asked for",
        '    if not finding.intact:\n        return "digest_mismatch"\n',
        "",
    ),
    Mutant(
        "the cryptography is not asked for",
        '    if not finding.valid:\n        return "signature_broken"\n',
        "",
    ),
    Mutant("a mismatch is merely open", '"digest_mismatch": (INVALID', '"digest_mismatch": (OPEN'),
    Mutant(
        "broken cryptography is merely open",
        '"signature_broken": (INVALID',
        '"signature_broken": (OPEN',
    ),
    Mutant(
        "coverage is not asked for",
        '    if finding.coverage not in _WHOLE:\n        return "coverage"\n',
        "",
    ),
    Mutant(
        "unknown coverage is enough",
        "finding.coverage not in _WHOLE",
        'finding.coverage in ("UNCLEAR", "CONTIGUOUS_BLOCK_FROM_START")',
    ),
    Mutant(
        "only the last signature covers enough",
        '_WHOLE = ("ENTIRE_FILE", "ENTIRE_REVISION")',
        '_WHOLE = ("ENTIRE_FILE",)',
    ),
    Mutant(
        "the beginning of the file is enough",
        '_WHOLE = ("ENTIRE_FILE",',
        '_WHOLE = ("CONTIGUOUS_BLOCK_FROM_START", "ENTIRE_FILE",',
    ),
    # ------------------------------------------------------------------------ changes afterwards
    Mutant("changes are not asked for", "    if change:\n        return change\n", ""),
    Mutant("validation data are a change", '("NONE", "LTA_UPDATES")', '("NONE",)'),
    Mutant(
        "the library's default: any form filling is borne",
        '("NONE", "LTA_UPDATES")',
        '("NONE", "LTA_UPDATES", "FORM_FILLING")',
    ),
    Mutant(
        "annotations are borne",
        '("NONE", "LTA_UPDATES")',
        '("NONE", "LTA_UPDATES", "ANNOTATIONS")',
    ),
    Mutant(
        "a suspicious change is borne",
        '("NONE", "LTA_UPDATES")',
        '("NONE", "LTA_UPDATES", "")',
    ),
    Mutant(
        "other changes are like form filling",
        'finding.modification != "FORM_FILLING"',
        'finding.modification not in ("FORM_FILLING", "OTHER")',
    ),
    Mutant(
        "unknown levels are like form filling",
        'finding.modification != "FORM_FILLING"',
        'finding.modification in ("", "ANNOTATIONS", "OTHER")',
    ),
    Mutant(
        "fields are asked for at validation data too",
        "if finding.modification in _NOTHING_MORE:",
        f"if finding.modification in _NOTHING_MORE and {_BORNE}:",
    ),
    Mutant("one signature field excuses the others", "if not all(", "if not any("),
    Mutant(
        "only the first field counts",
        "for field in finding.changed_fields)",
        "for field in finding.changed_fields[:1])",
    ),
    Mutant(
        "an emptied signature is one",
        'field.kind == "/Sig" and field.signed',
        'field.kind == "/Sig"',
    ),
    Mutant(
        "what is signed may be of any kind",
        'field.kind == "/Sig" and field.signed',
        "field.signed",
    ),
    Mutant(
        "kind or signature is enough",
        'field.kind == "/Sig" and field.signed',
        'field.kind == "/Sig" or field.signed',
    ),
    Mutant("only text fields are rejected", 'field.kind == "/Sig" and', 'field.kind != "/Tx" and'),
    Mutant(
        "a name that is not found is a signature",
        'field.kind == "/Sig" and',
        'field.kind in ("/Sig", "") and',
    ),
    Mutant(
        "a lock is forgotten where nothing changed",
        'in _NOTHING_MORE:\n        return "" if finding.docmdp_ok else "forbidden_change"',
        'in _NOTHING_MORE:\n        return ""',
    ),
    Mutant(
        "a lock is forgotten where signatures followed",
        '"field_changed"\n    return "" if finding.docmdp_ok else "forbidden_change"',
        '"field_changed"\n    return ""',
    ),
    # ------------------------------------------------------------------------------------- trust
    Mutant(
        "trust is not asked for", "if not finding.trusted or finding.trust_problem:", "if False:"
    ),
    Mutant(
        "without a named trouble all are trusted",
        "if not finding.trusted or finding.trust_problem:",
        "if finding.trust_problem:",
    ),
    Mutant(
        "a proven time excuses every trouble",
        "if not finding.trusted or finding.trust_problem:",
        "if not finding.trusted and not finding.time_proven:",
    ),
    Mutant(
        "trust is asked for before the changes",
        "    if change:\n",
        '    if not finding.trusted and finding.trust_problem != "REVOKED":\n'
        "        return _trust_reason(finding.trust_problem, trust_reasons)\n"
        "    if change:\n",
    ),
    Mutant(
        "unknown troubles are none",
        'else "trust_unproven"\n',
        'else "valid"\n',
    ),
    Mutant("unknown troubles are fatal", '"trust_unproven": (OPEN', '"trust_unproven": (INVALID'),
    Mutant("revocation is merely open", '"revoked": (INVALID', '"revoked": (OPEN'),
    Mutant("an unknown issuer is fatal", '"unknown_issuer": (OPEN', '"unknown_issuer": (INVALID'),
    Mutant(
        "a revoked issuer is unknown",
        '"REVOKED_CA_NO_POE": "revoked"',
        '"REVOKED_CA_NO_POE": "unknown_issuer"',
    ),
    Mutant(
        "only known words revoke",
        '"revoked" if problem.startswith',
        '"trust_unproven" if problem.startswith',
    ),
    Mutant("a setting makes good", "[0] in (OPEN, INVALID)", "[0] in (VALID, OPEN, INVALID)"),
    Mutant(
        "revocation without proof of time is expiry",
        '"REVOKED_NO_POE": "revoked"',
        '"REVOKED_NO_POE": "expired_without_proof"',
    ),
    Mutant(
        "an old answer is a revocation",
        '"REVOCATION_OUT_OF_BOUNDS_NO_POE": "status_unknown"',
        '"REVOCATION_OUT_OF_BOUNDS_NO_POE": "revoked"',
    ),
    Mutant(
        "an expired certificate is revoked",
        '"OUT_OF_BOUNDS_NO_POE": "expired_without_proof"',
        '"OUT_OF_BOUNDS_NO_POE": "revoked"',
    ),
    Mutant("a failed hash is unknown", '    "HASH_FAILURE": "digest_mismatch",\n', ""),
    Mutant(
        "failed cryptography is an algorithm",
        '"SIG_CRYPTO_FAILURE": "signature_broken"',
        '"SIG_CRYPTO_FAILURE": "algorithm"',
    ),
    # ---------------------------------------------------------------------------------- the status
    Mutant(
        "the status counts unasked",
        '"status_unknown" if ask_status else "valid_status_unchecked"',
        '"status_unknown"',
    ),
    Mutant(
        "the status never counts",
        '"status_unknown" if ask_status else "valid_status_unchecked"',
        '"valid_status_unchecked"',
    ),
    Mutant(
        "asking is not handed on", "reason_of(finding, ask_status,", "reason_of(finding, False,"
    ),
    Mutant(
        "the status is asked for before trust",
        "    if not finding.trusted or finding.trust_problem:\n",
        "    if ask_status and not finding.revocation_known:\n"
        '        return "status_unknown"\n'
        "    if not finding.trusted or finding.trust_problem:\n",
    ),
    # ------------------------------------------------------------------------------------ failures
    Mutant(
        "a failed signature is judged by the rest",
        '    if finding.failure:\n        return _against(finding.failure, "crashed")\n',
        "",
    ),
    Mutant(
        "a failure counts last", "if finding.failure:", "if finding.failure and finding.intact:"
    ),
    Mutant(
        "a failed file is judged by the rest",
        "    if examination.failure:\n"
        '        return Verdict(_against(examination.failure, "crashed"))\n',
        "",
    ),
    Mutant(
        "what was found excuses a failed file",
        "if examination.failure:",
        "if examination.failure and not examination.findings:",
    ),
    Mutant("too slow is fatal", '"time_out": (OPEN', '"time_out": (INVALID'),
    Mutant("an unknown format is fatal", '"format": (OPEN', '"format": (INVALID'),
    Mutant("an unknown algorithm is fatal", '"algorithm": (OPEN', '"algorithm": (INVALID'),
    # ---------------------------------------------------------------------------------- the file
    Mutant("an unsigned file is good", 'Verdict("no_signature")', 'Verdict("valid")'),
    Mutant("an unsigned file is open", '"no_signature": (UNSIGNED', '"no_signature": (OPEN'),
    Mutant("the best signature counts", "worst = max(told", "worst = min(told"),
    Mutant("the first signature counts", "worst = max(told", "worst = max(told[:1]"),
    Mutant("the last signature counts", "worst = max(told", "worst = max(told[-1:]"),
    Mutant(
        "the first signature alone is told",
        "for finding in examination.findings\n",
        "for finding in examination.findings[:1]\n",
    ),
    Mutant("open is worse than invalid", "OPEN: 1, INVALID: 2", "OPEN: 2, INVALID: 1"),
    Mutant("open is as bad as invalid", "OPEN: 1, INVALID: 2", "OPEN: 2, INVALID: 2"),
    Mutant("open is as good as valid", "OPEN: 1, INVALID: 2", "OPEN: 0, INVALID: 2"),
)


def mutated(mutant: Mutant) -> ModuleType:
    """The rule with that change, as a module of its own; the real one stays untouched."""
    source = SOURCE.read_text(encoding="utf-8")
    if source.count(mutant.old) != 1:
        raise LookupError(f"{mutant.name}: {SOURCE.name} must hold {mutant.old!r} exactly once.")
    module = ModuleType("mutated_verdict")
    module.__package__ = verdict.__package__  # so that it takes its values from the real package
    text = source.replace(mutant.old, mutant.new)
    exec(compile(text, "<mutant verdict>", "exec", dont_inherit=True), module.__dict__)
    return module


@cache
def examinations() -> list[tuple[Examination, bool]]:
    """Some thousands of files, each with and without the status being asked for."""
    files = [*map(_alone, _whole()), *map(_alone, _trust()), *map(_alone, _both()), *_several()]
    return [(file, ask_status) for file in files for ask_status in (False, True)]


def _alone(found: Finding) -> Examination:
    return Examination((found,))


def _whole() -> list[Finding]:
    """Every way in which the signature and its changes may be good or bad, trust aside."""
    fields = [
        (),
        (SIGNATURE,),
        (TEXT,),
        (TEXT_UNSIGNED,),
        (EMPTIED,),
        (UNFOUND,),
        (UNFOUND_SIGNED,),
        (BUTTON,),
        (SIGNATURE, TEXT),
        (EMPTIED, SIGNATURE),
    ]
    coverages = ["ENTIRE_FILE", "ENTIRE_REVISION", "CONTIGUOUS_BLOCK_FROM_START", "UNCLEAR", "X"]
    levels = ["NONE", "LTA_UPDATES", "FORM_FILLING", "ANNOTATIONS", "OTHER", "", "X"]
    flags = [True, False]
    return [
        evolve(
            GOOD,
            intact=intact,
            valid=valid,
            docmdp_ok=allowed,
            coverage=coverage,
            modification=level,
            changed_fields=changed,
        )
        for intact, valid, allowed, coverage, level, changed in product(
            flags, flags, flags, coverages, levels, fields
        )
    ]


def _trust() -> list[Finding]:
    """Every subindication, known status or not, and one beside a trust that contradicts it."""
    problems = [
        "",
        "REVOKED",
        "REVOKED_NO_POE",
        "REVOKED_CA_NO_POE",
        "REVOKED_SOMEHOW",
        "HASH_FAILURE",
        "SIG_CRYPTO_FAILURE",
        "NO_CERTIFICATE_CHAIN_FOUND",
        "OUT_OF_BOUNDS_NO_POE",
        "OUT_OF_BOUNDS_NOT_REVOKED",
        "REVOCATION_OUT_OF_BOUNDS_NO_POE",
        "CRYPTO_CONSTRAINTS_FAILURE",
        "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
        "TRY_LATER",
        "NOT_YET_VALID",
        "FORMAT_FAILURE",
        "GENERIC",
        "X",
    ]
    return [
        evolve(
            GOOD,
            trusted=trusted,
            trust_problem=problem,
            revocation_known=known,
            time_proven=proven,
        )
        for trusted, problem in [(True, ""), (True, "REVOKED"), *product([False], problems)]
        for known, proven in product([True, False], repeat=2)
    ]


def _both() -> list[Finding]:
    """One fault of the signature beside one of its trust, and failures beside either."""
    whole = [
        GOOD,
        evolve(GOOD, intact=False),
        evolve(GOOD, valid=False),
        evolve(GOOD, docmdp_ok=False),
        evolve(GOOD, coverage="UNCLEAR"),
        evolve(GOOD, modification=""),
        evolve(GOOD, modification="OTHER"),
        evolve(GOOD, modification="FORM_FILLING", changed_fields=(TEXT,)),
    ]
    trust = [(True, ""), (False, ""), (False, "REVOKED"), (False, "OUT_OF_BOUNDS_NO_POE")]
    failures = ["", "unreadable", "algorithm", "format"]
    return [
        evolve(found, trusted=trusted, trust_problem=problem, revocation_known=known, failure=code)
        for found, (trusted, problem), known, code in product(whole, trust, [True, False], failures)
    ]


def _several() -> list[Examination]:
    """No signature, up to three of every word in every order, and files that failed."""
    kinds = [
        GOOD,
        evolve(GOOD, revocation_known=False),
        evolve(GOOD, trusted=False, trust_problem="NO_CERTIFICATE_CHAIN_FOUND"),
        evolve(GOOD, intact=False),
        evolve(GOOD, trusted=False, trust_problem="REVOKED_NO_POE"),
        Finding("TTE9", failure="format"),
    ]
    groups = [group for size in range(4) for group in product(kinds, repeat=size)]
    failures = ["time_out", "memory", "crashed", "encrypted", "valid", "no_such_code"]
    return [
        *[Examination(group) for group in groups],
        *[Examination(group, failure=code) for group in groups[:7] for code in failures],
    ]
