"""What services agree on: every port has its agreement, and what crosses it cannot be changed."""

import datetime as dt
import inspect
from uuid import uuid4

import attrs
import pytest

from leuit import contracts
from leuit.contracts import PORTS, ArchiveRequest
from leuit.values import RecordRef

VALUES = [
    value
    for name in contracts.__all__
    if inspect.isclass(value := getattr(contracts, name)) and attrs.has(value)
]


@pytest.mark.parametrize("name", PORTS)
def test_every_port_has_an_agreement(name: str) -> None:
    """A port is described by a class of its name, with words; what changes gets the unit first."""
    agreement = getattr(contracts, "".join(part.title() for part in name.split("_")))
    assert inspect.getdoc(agreement)
    assert PORTS[name].title
    given = list(inspect.signature(agreement.__call__).parameters)[1:]
    if name in ("sign_document", "archive_record"):
        assert given == ["work", "request"]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: str(value.__name__))
def test_values_of_agreements_are_frozen(value: type) -> None:
    """Neither side changes what the other holds."""
    assert "__setattr__" in vars(value)


def test_a_record_to_be_filed_tells_who_made_it_and_when() -> None:
    """Key, own record, file, date, unit and whether it is signed are asked for; the rest is not."""
    request = ArchiveRequest(
        key="uji:1",
        ref=RecordRef("uji.surat", "1", "Surat uji"),
        title="Surat uji",
        sha256="0" * 64,
        date=dt.date(2026, 10, 5),
        unit_id=uuid4(),
        signed=False,
    )
    assert (request.number, request.secrecy) == ("", None)
    for name in ("key", "ref", "title", "sha256", "date", "unit_id", "signed"):
        given = {field.name: getattr(request, field.name) for field in attrs.fields(ArchiveRequest)}
        del given[name]
        with pytest.raises(TypeError):
            ArchiveRequest(**given)
