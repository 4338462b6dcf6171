"""Signing PDFs with a key at hand; the only place where pyHanko's signing is imported."""

from .certificate import check_certificate
from .pades import sign_pdf

__all__ = ["check_certificate", "sign_pdf"]
