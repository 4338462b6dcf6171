"""Signing PDFs with a key at hand; the only place where pyHanko's signing is imported."""

from .certificate import check_certificate
from .checks import check_signed
from .cms import CmsBuilder
from .letters import LetterSigner
from .pades import sign_pdf

__all__ = ["CmsBuilder", "LetterSigner", "check_certificate", "check_signed", "sign_pdf"]
