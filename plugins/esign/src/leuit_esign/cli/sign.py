"""`leuit esign sign FILE --as POSITION`: one signature, by who holds the position today."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, _
from leuit_esign.providers import Secret
from leuit_esign.service.sign import sign_as

ENDING = "-ttd"


def sign(
    context: CommandContext,
    file: Path,
    *,
    position: Annotated[str, Parameter(name="--as")],
    output: Annotated[Path | None, Parameter(name=("--output", "-o"))] = None,
    level: Literal["B-B", "B-T", "B-LT", "B-LTA"] | None = None,
    reason: str = "",
    location: str = "",
    passphrase: str = "",
) -> int:
    """Sign FILE for a position (its name, or a unit's code for the head) by its holder of today.

    Writes FILE with `-ttd` before its ending, or --output; an existing file is never replaced. The
    passphrase is asked for, or read from LEUIT_PASSPHRASE. Exit status 1 when nothing was signed.
    """
    source = context.path(file)
    target = context.path(output or file.with_name(f"{file.stem}{ENDING}{file.suffix}"))
    if not source.is_file():
        raise InvalidInputError(_("Berkas %(name)s tidak ada."), name=source.name)
    if target.exists():
        raise InvalidInputError(
            _("Berkas %(name)s sudah ada dan tidak diganti."),
            advice=_("Beri nama lain dengan --output."),
            name=target.name,
        )
    signed = sign_as(
        context.app,
        source.read_bytes(),
        position,
        Secret(passphrase),
        name=source.name,
        reason=reason,
        location=location,
        level=level or "",
    )
    with target.open("xb") as stream:
        stream.write(signed.pdf)
    kind = "" if signed.signer.kind == "definitif" else f"{signed.signer.kind} "
    context.print(f"{signed.signer.name}, {kind}{signed.signer.title} ({signed.level})")
    context.print(_("Tersimpan: %s") % target)
    return 0
