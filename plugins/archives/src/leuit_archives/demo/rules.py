"""Rules of letters in the demonstration, drafted by one office and activated by another.

No rule of the regency was read for them: each says where its figures come from, and that nobody has
compared them yet.
"""

import datetime as dt
from typing import Any

import attrs

from leuit.builtin.organisation import cast_identity
from leuit.builtin.regulations import Draft, activate, draft_edition, edition, propose
from leuit.values import Text, _
from leuit.work import Leuit
from leuit_archives.rules.number_pattern import Numbering
from leuit_archives.service.disposition_rules import EXAMPLE as DISPOSITION
from leuit_archives.service.disposition_rules import KIND as DISPOSITION_KIND
from leuit_archives.service.letter_rules import EXAMPLE as PAGE
from leuit_archives.service.letter_rules import numbering_kind, page_kind


@attrs.frozen
class _Sample:
    kind: Any
    figures: Any
    title: Text
    basis: Text
    source: Text


_OF_NOBODY = _("Contoh; belum dari peraturan daerah")
_SAMPLES = (
    _Sample(
        DISPOSITION_KIND,
        DISPOSITION,
        _("Contoh: disposisi"),
        _OF_NOBODY,
        _("Instruksi yang lazim dipakai kantor"),
    ),
    _Sample(
        page_kind(),
        PAGE,
        _("Contoh: tampilan surat keluar"),
        _("Permendagri 1/2023 Pasal 28(2) dan 34(2)"),
        _("Ringkasan sumber kedua: A4 dan tepi halaman; kata-kata jenis naskah hanya contoh"),
    ),
    _Sample(
        numbering_kind(),
        Numbering(),
        _("Contoh: penomoran surat keluar"),
        _OF_NOBODY,
        _("Tiap unit dan kelompok naskah satu urutan; polanya dari edisi jenis naskah dinas"),
    ),
)


def rules_in_force(app: Leuit) -> None:
    """An edition of each since two weeks ago, where none holds."""
    for sample in _SAMPLES:
        _put_in_force(app, sample)


def _put_in_force(app: Leuit, sample: _Sample) -> None:
    drafter, activator = cast_identity(app, "personnel"), cast_identity(app, "regent")
    name = sample.kind.name
    with app.change(drafter) as work:
        if edition(work, name, work.today) is not None:
            return
        draft = Draft(
            str(sample.title),
            str(sample.basis),
            "unverified",
            work.today - dt.timedelta(weeks=2),
            sample.kind.unstructure(sample.figures),
            str(sample.source),
        )
        made = draft_edition(work, name, draft)
        edition_id, version = made.id, propose(work, made.id, made.version).version
    with app.change(activator) as work:
        activate(work, edition_id, version)
