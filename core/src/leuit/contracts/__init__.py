"""What services agree on: the ports by which one asks another for a service."""

from .archiving import ArchiveRecord, ArchiveRequest, RecordEnded, Secrecy
from .claims import (
    PAYMENT_REPLACED,
    EarlierActor,
    PaymentEvidence,
    PaymentMade,
    PaymentPayee,
    PaymentProgressed,
    PaymentRefused,
    PaymentRequest,
    PaymentShare,
    PayPercent,
    RequestPayment,
)
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
    "PAYMENT_REPLACED",
    "PORTS",
    "ArchiveRecord",
    "ArchiveRequest",
    "DescribeRecord",
    "Description",
    "DocumentSigned",
    "EarlierActor",
    "PayPercent",
    "PaymentEvidence",
    "PaymentMade",
    "PaymentPayee",
    "PaymentProgressed",
    "PaymentRefused",
    "PaymentRequest",
    "PaymentShare",
    "PortSpec",
    "RecordEnded",
    "RequestPayment",
    "Secrecy",
    "SignDocument",
    "SigningEnded",
    "SigningPlace",
    "SigningRequest",
    "SigningStep",
    "Verification",
    "VerifiedSignature",
    "VerifyDocument",
]
