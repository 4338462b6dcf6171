"""The closed vocabulary of what may be written to the log."""

import re

import attrs

from leuit.values import SetupError, _

_SHAPE = re.compile(r"[a-z0-9]+(\.[a-z0-9_]+){1,4}")


@attrs.frozen
class AuditAction:
    """One kind of entry: `name` is `<plugin>.<noun>.<past participle>`, `title` is Indonesian.

    A name outlives the code that wrote it: it is never renamed or re-used.
    """

    name: str
    title: str

    def __attrs_post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.name):
            raise SetupError(
                _("Nama tindakan audit “%(name)s” harus berbentuk layanan.benda.tindakan."),
                name=self.name,
            )
