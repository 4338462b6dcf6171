"""Certificates out of PEM texts, as asn1crypto reads them."""

from collections.abc import Iterable

from asn1crypto import pem, x509


def certificates(texts: Iterable[str]) -> list[x509.Certificate]:
    """The certificates of PEM texts, each of which may hold several."""
    found = []
    for text in texts:
        for kind, _headers, der in pem.unarmor(text.encode(), multiple=True):
            if kind == "CERTIFICATE":
                found.append(x509.Certificate.load(der))
    return found
