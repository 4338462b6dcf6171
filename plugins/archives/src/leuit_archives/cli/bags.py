"""`leuit archives bag`: a dossier as a BagIt package, in a ZIP file."""

import os
import tempfile
from pathlib import Path
from uuid import UUID

from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, _
from leuit_archives.service.bags import write_bag


def pack(context: CommandContext, dossier: UUID, *, to: str) -> int:
    """Write the dossier of that id into the ZIP file TO, which must not be there yet.

    As a whole or not at all: a file that is gone or changed is named, and no package is left.
    """
    target = context.path(to)
    if target.exists():
        raise InvalidInputError(_("%(file)s sudah ada."), file=to)
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".leuit-", delete=False) as out:
            try:
                write_bag(context.app, context.identity, dossier, out)
                out.flush()
                os.fsync(out.fileno())
                os.link(out.name, target)
            finally:
                Path(out.name).unlink()
    except OSError as error:
        raise InvalidInputError(
            _("%(file)s tidak dapat ditulis: %(reason)s."),
            file=to,
            reason=error.strerror or str(error),
        ) from error
    context.print(_("%(file)s: %(size)s byte") % {"file": to, "size": target.stat().st_size})
    return 0
