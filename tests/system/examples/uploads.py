"""Examples of big files: one that an account of its own began, which nobody else finds."""

from sqlalchemy import insert

from leuit.builtin.uploads.models import OPEN, SentFile
from leuit.identity import SYSTEM
from leuit.values import new_id
from tests.system.access import Example, Region

FILES = "/api/uploads/v1/files"


def examples(region: Region) -> dict[str, Example]:
    """Whoever is signed in may ask; what may be begun depends on its purpose."""
    file_id = new_id()
    with region.app.change(SYSTEM) as work:
        work.connection.execute(
            insert(SentFile).values(
                id=file_id,
                account_id=region.account,
                purpose="uji.besar",
                name="arsip.zip",
                metadata_text="",
                size=3,
                received=0,
                pieces=0,
                state=OPEN,
                begun_at=work.now,
                expires_at=work.now.replace(year=work.now.year + 1),
            )
        )
    one = f"{FILES}/{{file_id:uuid}}"
    private = Example(params={"file_id": file_id}, private=True)
    return {
        f"OPTIONS {FILES}": Example(),
        f"POST {FILES}": Example(),
        f"HEAD {one}": private,
        f"PATCH {one}": private,
        f"DELETE {one}": private,
        f"POST {one}": Example(params={"file_id": file_id}),
    }
