"""What services agree on: the ports by which one asks another for a service."""

from .ports import PORTS, DescribeRecord, Description, PortSpec
from .signing import (
    DocumentSigned,
    SignDocument,
    SigningEnded,
    SigningPlace,
    SigningRequest,
    SigningStep,
    Verification,
    VerifiedSignature,
    VerifyDocument,
)

__all__ = [
    "PORTS",
    "DescribeRecord",
    "Description",
    "DocumentSigned",
    "PortSpec",
    "SignDocument",
    "SigningEnded",
    "SigningPlace",
    "SigningRequest",
    "SigningStep",
    "Verification",
    "VerifiedSignature",
    "VerifyDocument",
]
