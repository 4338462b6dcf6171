"""Opening the place where files are kept: a folder of this machine, or S3."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from leuit.values import SetupError, _


def opened_store(url: str, options: Mapping[str, str]) -> ObjectStore:
    """The store at a `file://` or `s3://bucket/prefix` URL; SetupError for no such place."""
    try:
        if url.startswith("file://"):
            return from_url(url, mkdir=True)
        # obstore refuses plain HTTP unless told; an endpoint that says http:// tells it.
        plain = options.get("endpoint", "").startswith("http://")
        return from_url(  # type: ignore[call-overload,no-any-return]  # keys depend on the scheme
            url, config=dict(options) or None, client_options={"allow_http": plain}
        )
    except (BaseError, ValueError, OSError) as error:
        raise SetupError(
            _("Tempat berkas di pengaturan tidak dapat dibuka: %(reason)s."), reason=str(error)
        ) from error


def folder_of(url: str) -> Path | None:
    """The folder of this machine that a URL names; None for a place elsewhere."""
    return Path(url2pathname(urlsplit(url).path)) if url.startswith("file://") else None
