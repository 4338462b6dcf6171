"""Ports: services that one plugin offers and any other may ask for by name.

A port has one provider; two active providers are an error at start-up unless
`[plugins.providers]` in the settings names one. The asker hands over values only and gets values
back, so that either side can be replaced.
"""

from typing import Protocol

import attrs

from leuit.values import RecordRef


@attrs.frozen
class PortSpec:
    """A named agreement; `title` says in Indonesian what a provider does."""

    name: str
    title: str


@attrs.frozen
class Description:
    """How a record of another service is shown: a label, and a path when the reader may open it."""

    label: str
    path: str = ""


class DescribeRecord(Protocol):
    """Provider of `describe_record`: names a record that another plugin points to.

    Returns None for a kind it does not keep or a record that is gone; the asker then shows the
    label it stored with the reference.
    """

    def __call__(self, ref: RecordRef) -> Description | None: ...


PORTS: dict[str, PortSpec] = {
    spec.name: spec
    for spec in (
        PortSpec("describe_record", "Menyebut nama dan alamat arsip"),
        PortSpec("request_payment", "Membayar klaim"),
        PortSpec("sign_document", "Menandatangani dokumen"),
        PortSpec("verify_document", "Memeriksa tanda tangan dokumen"),
        PortSpec("archive_record", "Memberkaskan arsip"),
    )
}
