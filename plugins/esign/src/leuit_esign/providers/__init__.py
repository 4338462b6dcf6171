"""Providers: who turns a PDF and a signer's consent into a signed PDF."""

from .provider import Place, Provider, SignOrder
from .secret import Secret

__all__ = ["Place", "Provider", "Secret", "SignOrder"]
