"""The audit log's own formats: standard library only, no SQL, no web."""

from .action import AuditAction
from .entry import Entry, Sealed, seal, verify_body

__all__ = ["AuditAction", "Entry", "Sealed", "seal", "verify_body"]
