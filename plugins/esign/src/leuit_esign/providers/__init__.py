"""Providers: who turns a PDF and a signer's consent into a signed PDF."""

from .provider import Look, Provider, SignOrder
from .secret import Secret

__all__ = ["Look", "Provider", "Secret", "SignOrder"]
