"""The S3 that tests run on, spoken to through the core's own blob store."""

from collections.abc import Iterator

import obstore
import pytest
from obstore.exceptions import AlreadyExistsError

from leuit.storage import Blobs
from tests.support.s3 import StorageServer, start_storage


@pytest.fixture(scope="module")
def storage() -> Iterator[StorageServer]:
    """A server of this module's own."""
    server = start_storage()
    yield server
    server.close()


def test_blobs_come_back_from_s3(storage: StorageServer) -> None:
    """What Blobs stores at an s3:// URL it reads again; prefixes keep tests apart."""
    here = Blobs(storage.url("here"), **storage.options)
    there = Blobs(storage.url("there"), **storage.options)
    name = here.put(b"surat")
    assert here.get(name) == b"surat"
    assert here.exists(name)
    assert not there.exists(name)
    assert b"".join(here.pieces(name)) == b"surat"
    assert (here.fixity(name), there.fixity(name)) == ("sound", "missing")


def test_a_conditional_put_is_refused_the_second_time(storage: StorageServer) -> None:
    """`mode="create"` never overwrites: blobs stand on that."""
    store = storage.store("conditional")
    obstore.put(store, "one", b"first", mode="create")
    with pytest.raises(AlreadyExistsError):
        obstore.put(store, "one", b"second", mode="create")
    assert bytes(obstore.get(store, "one").bytes()) == b"first"
