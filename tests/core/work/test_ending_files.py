"""Files whose content ends: who names them, who let them go, and what is left of them."""

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.storage import Blob, BlobRelease
from leuit.values import NotFoundError, RecordRef
from leuit.work import (
    Leuit,
    StoredFile,
    files_in_use,
    forget_name,
    register_file,
    release_file,
    released_files,
    store_file,
    take_bytes_away,
)
from tests.core.organisation.office import open_office

REF = RecordRef("uji.berkas", "1")


def registered(app: Leuit, data: bytes = b"%PDF-1.7 uji") -> StoredFile:
    """A file in the register."""
    file = store_file(app, data, "application/pdf", "uji.pdf")
    with app.change(SYSTEM) as work:
        register_file(work, file)
        work.audit("core.token.created", REF)
    return file


def released(app: Leuit, sha256: str, owner: str) -> None:
    with app.change(SYSTEM) as work:
        release_file(work, sha256, owner)
        work.audit("core.token.created", REF)


def test_bytes_that_nobody_names_are_taken_away(app: Leuit) -> None:
    """Gone for good, twice is no error; the register keeps hash and size alone."""
    file = registered(app)
    with app.read(SYSTEM) as view:
        assert files_in_use(view, [file.sha256]) == {}
    for _ in range(2):
        take_bytes_away(app, [file.sha256])
    with pytest.raises(NotFoundError):
        app.blobs.get(file.sha256)
    with app.change(SYSTEM) as work:
        forget_name(work, file.sha256)
        work.audit("core.token.created", REF)
    with app.read(SYSTEM) as view:
        row = view.session.get_one(Blob, file.sha256)
    assert (row.name, row.size) == ("", file.size)


def test_who_names_a_file_is_told_until_its_service_lets_it_go(app: Leuit) -> None:
    """By a column that refers to the register or whose name says so; by the whole service."""
    open_office(app)
    with app.read(SYSTEM) as view:
        [sha256] = view.session.scalars(select(Blob.sha256).limit(1)).all()
        [(told, names)] = files_in_use(view, [sha256, "f" * 64]).items()
        assert (told, names) == (sha256, ("import_file",))
        assert files_in_use(view, [sha256], apart=names) == {}
    released(app, sha256, "esign")
    with app.read(SYSTEM) as view:
        assert files_in_use(view, [sha256])
        assert released_files(view, 9) == [sha256]
        assert released_files(view, 9, after=sha256) == []
    released(app, sha256, "core")
    released(app, sha256, "core")
    with app.read(SYSTEM) as view:
        assert files_in_use(view, [sha256]) == {}


def test_a_file_that_is_brought_again_is_needed_again(app: Leuit) -> None:
    """With its name, its bytes, and without what was said before."""
    file = registered(app)
    released(app, file.sha256, "core")
    take_bytes_away(app, [file.sha256])
    with app.change(SYSTEM) as work:
        forget_name(work, file.sha256)
        work.audit("core.token.created", REF)
    assert registered(app).sha256 == file.sha256
    with app.read(SYSTEM) as view:
        assert view.session.get_one(Blob, file.sha256).name == "uji.pdf"
        assert view.session.scalars(select(BlobRelease)).all() == []
    assert app.blobs.get(file.sha256) == b"%PDF-1.7 uji"
