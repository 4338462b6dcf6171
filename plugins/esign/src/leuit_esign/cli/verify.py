"""`leuit esign verify FILE`: the verdict about a signed PDF, and why."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, _, format_date, format_time, local_time
from leuit_esign.judging.examiner import examine_file
from leuit_esign.judging.instructions import Instructions
from leuit_esign.rules import Examination, Verdict, judge
from leuit_esign.service.trust import trust_on
from leuit_esign.told import EXITS, plain

LARGEST_TRUST = 1024 * 1024


def verify(
    context: CommandContext,
    file: Path,
    *,
    trust: Path | None = None,
    json_output: Annotated[bool, Parameter(name="--json")] = False,
) -> int:
    """Say whether the signatures of FILE are valid.

    Trusted are the authorities of the edition in force, or with --trust those of a PEM file; then
    a certificate whose issuer cannot be asked about it is believed, and the reason says so.
    Exit status 0 VALID, 1 TIDAK VALID, 2 TIDAK DAPAT DIVERIFIKASI, 3 TIDAK ADA TANDA TANGAN.
    """
    path = context.path(file)
    instructions, ask_status = _whom_to_trust(context, path, trust)
    if path.is_file():
        verdict = judge(examine_file(instructions), ask_status=ask_status)
    else:
        verdict = judge(Examination(failure="no_file"))
    if json_output:
        context.print_json(plain(verdict))
    else:
        _print(context, verdict)
    return EXITS[verdict.word]


def _whom_to_trust(
    context: CommandContext, path: Path, pem: Path | None
) -> tuple[Instructions, bool]:
    settings = context.app.vocabulary.settings["esign"]
    largest = settings.max_megabytes * 1024 * 1024
    if pem is None:
        with context.app.read(context.identity) as view:
            known = trust_on(view, view.today)
        found = Instructions(str(path), known.root_pems, known.issuer_pems, max_bytes=largest)
        return found, known.ask_status
    source = context.path(pem)
    if not source.is_file() or source.stat().st_size > LARGEST_TRUST:
        raise InvalidInputError(_("Berkas sertifikat %(name)s tidak ada."), name=source.name)
    text = source.read_text("ascii", errors="replace")
    if "-----BEGIN CERTIFICATE-----" not in text:
        raise InvalidInputError(_("Berkas %(name)s tidak memuat sertifikat PEM."), name=source.name)
    return Instructions(str(path), (text,), max_bytes=largest), False


def _print(context: CommandContext, verdict: Verdict) -> None:
    context.print(verdict.word)
    context.print(verdict.reason)
    for one in verdict.signatures:
        finding = one.finding
        when = ""
        if finding.signed_at is not None:
            local = local_time(finding.signed_at, context.app.zone)
            when = f"{format_date(local)} {format_time(local)}"
            when += "" if finding.time_proven else _(" (menurut penanda tangan)")
        context.print(
            f"- {finding.field}: {finding.signer or '-'}  {when}  {one.level}  {one.word}"
        )
