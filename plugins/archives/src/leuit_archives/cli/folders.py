"""`leuit archives import`: a folder of old files with its table becomes records."""

import attrs

from leuit.builtin.organisation import print_report
from leuit.plugins import CommandContext
from leuit.values import _
from leuit_archives.service.folder_import import apply_folder, try_folder
from leuit_archives.service.folder_source import FolderSource


def import_folder(
    context: CommandContext, folder: str, *, unit: str, apply: bool = False, json: bool = False
) -> int:
    """Try a folder that has `arsip.csv` in it, for the unit of a code; with --apply take it.

    Files are opened as files of strangers. Exit status 1 when a row is refused: then nothing is
    taken. One that was stopped is run again: what is there already is left alone.
    """
    source = FolderSource(context.path(folder))

    plan = try_folder(
        context.app,
        context.identity,
        source,
        unit,
        told=lambda done, total: context.progress(done, total, str(_("Memeriksa berkas"))),
    )
    if not json:
        for note in plan.notes:
            context.print(note)
    if plan.report.refused or not apply:
        return print_report(context, plan.report, json=json)
    taken = apply_folder(
        context.app,
        context.identity,
        source,
        plan,
        told=lambda done, total: context.progress(done, total, str(_("Memasukkan arsip"))),
    )
    status = print_report(context, attrs.evolve(plan.report, applied=True), json=json)
    if not json:
        context.print(_("%s arsip masuk.") % taken)
    return status
