"""`leuit archives fixity`: read stored files, and name what is gone or changed."""

from collections.abc import Callable
from typing import Any

from leuit.plugins import CommandContext
from leuit.values import _
from leuit.work import Work
from leuit_archives.service.fixity import NIGHTLY_BYTES, Progress, check_files
from leuit_archives.service.fixity_findings import FAULT_WORDS, findings

MOST_TOLD = 10_000


def check(context: CommandContext, *, all: bool = False) -> int:  # noqa: A002 -- the option's name
    """Read files of records and letters against their hashes, as the job of the night does.

    Goes on where the last pass stopped, for as much as one night reads; with --all to its end.
    Exit status 1 when a file is gone or changed.
    """

    def write(_name: str, act: Callable[[Work], dict[str, Any]]) -> dict[str, Any]:
        with context.app.change(context.identity) as work:
            return act(work)

    def told(progress: Progress) -> None:
        context.progress(progress.checked, 0, str(_("%s berkas dibaca") % progress.checked))

    most = None if all else NIGHTLY_BYTES
    progress = check_files(context.app, write, most, told=told)
    with context.app.read(context.identity) as view:
        found = findings(view, MOST_TOLD)
    for one in found:
        context.print(f"{one.sha256}  {FAULT_WORDS[one.fault]}")
        for named in one.named:
            context.print(f"    {named.title} · {named.name}")
    over = _("selesai") if progress.finished else _("dilanjutkan lain kali")
    told_words = {"checked": progress.checked, "faulty": len(found), "over": over}
    context.print(
        _("%(checked)s berkas dibaca, %(faulty)s hilang atau berubah; %(over)s.") % told_words
    )
    return 1 if found else 0
