"""Taking a PDF in: checked as hostile, flattened where it is a form.

All of it happens in a process of its own (`worker`), the only place where pikepdf and PDFium read
what came from outside.
"""

from .reader import Found, Intake, Reader, RefusedPdfError

__all__ = ["Found", "Intake", "Reader", "RefusedPdfError"]
