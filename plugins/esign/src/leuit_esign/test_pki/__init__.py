"""A certificate authority for tests and demonstrations: root, issuer, OCSP, CRL and time stamps.

Nothing here is a real authority, person or key. Needs the extra `leuit-esign[test-pki]`.
"""

from .authority import Authority, Holder

__all__ = ["Authority", "Holder"]
