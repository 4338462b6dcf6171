"""The oracle: the word that a file must get, naively, from the house rule's text alone.

Written from section 3.7 of the e-sign reference (the house rule), with sections 3.4 (the words of
coverage and of modification), 4.4 (the subindications of trust) and vectors ES-33 to ES-43a. It
shares nothing with the engine but the values that are judged, and it tells words only.

Everything that speaks against a signature is written down, one sentence of the rule after the
other; nothing ends the search early. Then the worst is taken. A sentence in quotation marks is the
text that a line is read from.
"""

from leuit_esign.rules import ChangedField, Examination, Finding

VALID = "VALID"
INVALID = "TIDAK VALID"
OPEN = "TIDAK DAPAT DIVERIFIKASI"
UNSIGNED = "TIDAK ADA TANDA TANGAN"

SAYS_INVALID = [
    "digest_mismatch",
    "signature_broken",
    "coverage",
    "suspicious_change",
    "forbidden_change",
    "field_changed",
    "revoked",
]
"""Codes of failure that name something which is *tidak valid* by sentences 1 to 3, 7 and 8."""


def word_of_file(examination: Examination, *, ask_status: bool = False) -> str:
    """Sentence 4: "The verdict of the document is that of its worst signature"."""
    if examination.failure != "":
        return word_of_failure(examination.failure)
    # ES-43: "unsigned PDF": "tidak ada tanda tangan elektronik"
    if len(examination.findings) == 0:
        return UNSIGNED
    return worst([word_of_signature(f, ask_status=ask_status) for f in examination.findings])


def word_of_signature(finding: Finding, *, ask_status: bool = False) -> str:
    """The worst of what speaks against it, VALID when nothing does."""
    return worst([word for word, _why in speaks_against(finding, ask_status=ask_status)])


def worst(words: list[str]) -> str:
    """Sentence 4: "Three words", from the worst; ES-42: VALID, TIDAK VALID, VALID → TIDAK VALID."""
    if INVALID in words:
        return INVALID
    if OPEN in words:
        return OPEN
    return VALID


def speaks_against(finding: Finding, *, ask_status: bool = False) -> list[tuple[str, str]]:
    """Every objection, as a word and why; a signature nobody could examine has only that one."""
    if finding.failure != "":
        return [(word_of_failure(finding.failure), "exception")]
    found = [
        *_against_the_signature(finding),
        *_against_the_changes(finding),
        *_against_the_trust(finding),
    ]
    if ask_status and not finding.revocation_known:  # who asks for a status that is not known
        found.append((OPEN, "status not known"))
    return found


def word_of_failure(code: str) -> str:
    """Sentence 4: "Any exception, time-out or memory limit is *tidak dapat diverifikasi*, never
    valid". Sentence 7: "a hash mismatch is *tidak valid*".
    """
    return INVALID if code in SAYS_INVALID else OPEN


def _against_the_signature(finding: Finding) -> list[tuple[str, str]]:
    """Sentence 1: "`intact` and `valid` and `trusted`, no exception, `docmdp_ok`; coverage
    ENTIRE_FILE or ENTIRE_REVISION"; trust is asked below.
    """
    found = []
    if not finding.intact:  # 7: "a hash mismatch is *tidak valid*"
        found.append((INVALID, "not intact"))
    if not finding.valid:
        found.append((INVALID, "not valid"))
    if not finding.docmdp_ok:  # 3.6: what the signer forbade makes the signature invalid
        found.append((INVALID, "forbidden by the signer"))
    if finding.coverage not in ["ENTIRE_FILE", "ENTIRE_REVISION"]:  # ES-41: TIDAK VALID
        found.append((INVALID, "coverage"))
    return found


def _against_the_changes(finding: Finding) -> list[tuple[str, str]]:
    """Sentences 2 and 3: which changes after the signature are borne."""
    # 2: "`diff_result` is not `SuspiciousModification`", which is the empty word
    if finding.modification == "":
        return [(INVALID, "suspicious modification")]
    # 3: "modification_level NONE or LTA_UPDATES: nothing more"; ES-39
    if finding.modification in ["NONE", "LTA_UPDATES"]:
        return []
    # 3: "FORM_FILLING: every name in `changed_form_fields` must be a signature field"; ES-37, ES-38
    if finding.modification == "FORM_FILLING":
        return [
            (INVALID, f"changed field {field.name}")
            for field in finding.changed_fields
            if not is_signature_field(field)
        ]
    # 3: "ANNOTATIONS or OTHER: reject"; a level that the rule does not name is not accepted either
    return [(INVALID, "level of modification")]


def is_signature_field(field: ChangedField) -> bool:
    """Sentence 3: "`/FT` = `/Sig`"; "a name that is not found counts as not a signature field".

    A signature must stand in it now: one that was emptied is not signed.
    """
    return field.kind == "/Sig" and field.signed


def _against_the_trust(finding: Finding) -> list[tuple[str, str]]:
    """Sentence 8: "Trust problems are three different sentences for the citizen"."""
    found = []
    if not finding.trusted:  # 1: "and `trusted`"; without more said it is only not proven
        found.append((OPEN, "not trusted"))
    problem = finding.trust_problem
    if problem.startswith("REVOKED"):  # 8: "REVOKED_NO_POE and REVOKED → *tidak valid*"
        found.append((INVALID, "revoked"))
    elif problem == "HASH_FAILURE":  # 7: "a hash mismatch is *tidak valid*"
        found.append((INVALID, "hash"))
    elif problem == "SIG_CRYPTO_FAILURE":  # a signature that the key did not make
        found.append((INVALID, "cryptography"))
    elif problem != "":  # 8: NO_CERTIFICATE_CHAIN_FOUND and OUT_OF_BOUNDS_NO_POE; and all others
        found.append((OPEN, problem))
    return found
