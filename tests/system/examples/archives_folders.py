"""Examples of folders brought in by page: one that was tried, of an account of its own."""

from uuid import UUID

from leuit.identity import SYSTEM
from leuit.values import RecordRef, new_id
from leuit.work import Leuit
from leuit_archives.models import FolderImport, FolderImportRow
from leuit_archives.models.folder_imports import TRIED
from tests.system.access import Example, Region

ROWS = (
    ("baru", "surat-1.pdf", "Surat undangan rapat koordinasi tahun 2019", "Baru."),
    ("ditolak", "surat-2.pdf", "Surat tugas perjalanan dinas", "Berkas itu tidak ada di ZIP."),
)


def tried_folder(app: Leuit, account_id: UUID, unit_id: UUID) -> UUID:
    """A folder of two rows that was tried, of which one is refused."""
    with app.change(SYSTEM) as work:
        brought = FolderImport(
            asked_by=account_id,
            unit_id=unit_id,
            upload_id=new_id(),
            name="arsip-lama-2019.zip",
            size_megabytes=12,
            state=TRIED,
            counts={"baru": 1, "ditolak": 1},
            notes=["1 berkas tidak disebut di tabel dan tidak ikut: sisa.txt."],
            ignored=["catatan"],
            asked_at=work.now,
        )
        work.session.add(brought)
        work.session.flush()
        for number, (outcome, key, label, sentence) in enumerate(ROWS, 2):
            work.session.add(
                FolderImportRow(
                    import_id=brought.id,
                    number=number,
                    key=key,
                    label=label,
                    outcome=outcome,
                    sentences=[sentence],
                )
            )
        work.audit("archives.folder.tried", RecordRef("archives.folder", str(brought.id)))
        return brought.id


def examples(region: Region) -> dict[str, Example]:
    """Who may file somewhere may send a folder; what came of one is its sender's alone."""
    home, one = "/archives/import", "/archives/import/{import_id:uuid}"
    import_id = tried_folder(region.app, region.account, region.unit)
    private = Example(params={"import_id": import_id, "act": "drop"}, private=True)
    return {
        f"GET {home}": Example(),
        f"POST {home}": Example(form={"unit": str(region.unit)}),
        f"GET {one}": private,
        f"GET {one}/rows": private,
        f"POST {one}/{{act}}": private,
        f"POST {home}/sent/{{file_id:uuid}}/drop": Example(
            params={"file_id": new_id()}, private=True
        ),
    }
