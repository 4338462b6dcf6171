"""Opening the place where files are kept: a folder of this machine, or S3."""

from collections.abc import Mapping
from typing import Any

from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from leuit.values import SetupError, _


def opened_store(url: str, options: Mapping[str, str], **local: Any) -> ObjectStore:
    """The store at a `file://` or `s3://bucket/prefix` URL; `local` is for a folder only.

    Raises SetupError for what is no such place.
    """
    try:
        if url.startswith("file://"):
            return from_url(url, mkdir=True, **local)
        # obstore refuses plain HTTP unless told; an endpoint that says http:// tells it.
        plain = options.get("endpoint", "").startswith("http://")
        return from_url(  # type: ignore[call-overload,no-any-return]  # keys depend on the scheme
            url, config=dict(options) or None, client_options={"allow_http": plain}
        )
    except (BaseError, ValueError, OSError) as error:
        raise SetupError(
            _("Tempat berkas di pengaturan tidak dapat dibuka: %(reason)s."), reason=str(error)
        ) from error
