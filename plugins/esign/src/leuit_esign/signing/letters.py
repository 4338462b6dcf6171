"""Many letters with one key: PAdES B-B at the speed of the signature itself.

pyHanko's own signer loads the key anew for every signature and makes each one twice, to learn how
long it will be; here the key is opened once and room is reserved. The file is still written by
pyHanko's incremental writer.
"""

import datetime as dt
from io import BytesIO

from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigAppearanceSetup,
    SigIOSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from leuit.values import InvalidInputError, _
from leuit_esign.providers import SignOrder

from .cms import DIGEST, CmsBuilder
from .look import style_of
from .pades import new_field, writer_of


class LetterSigner:
    """Signs letters one after another with a key that is open."""

    def __init__(self, builder: CmsBuilder) -> None:
        self._builder = builder

    def sign(self, order: SignOrder) -> bytes:
        """The order's PDF with one more signature of level B-B, as an incremental update of it.

        Raises InvalidInputError for a PDF that cannot be signed, or whose field is filled already.
        """
        writer = writer_of(order.pdf)
        steps = PdfCMSEmbedder(new_field_spec=new_field(order)).write_cms(order.field, writer)
        try:
            next(steps)
        except SigningError as error:
            raise InvalidInputError(
                _("Tempat tanda tangan “%(field)s” sudah terisi."), field=order.field
            ) from error
        appearance = None
        if order.look is not None:
            appearance = SigAppearanceSetup(style_of(order.look), order.now, None)
        steps.send(
            SigObjSetup(
                sig_placeholder=SignatureObject(
                    timestamp=order.now.astimezone(dt.UTC),
                    subfilter=SigSeedSubFilter.PADES,
                    reason=order.reason or None,
                    location=order.location or None,
                    bytes_reserved=self._builder.size * 2,
                ),
                appearance_setup=appearance,
            )
        )
        digest, output = steps.send(SigIOSetup(md_algorithm=DIGEST, output=BytesIO()))
        steps.send(self._builder.build(digest.document_digest))
        signed: bytes = output.getvalue()
        return signed
