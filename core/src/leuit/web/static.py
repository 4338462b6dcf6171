"""Static files: their address holds a hash of the content, so that they may be kept for ever."""

import functools
import gzip
import hashlib
import mimetypes
from pathlib import Path

import attrs
from starlette.requests import Request as RawRequest
from starlette.responses import Response

from leuit.plugins import Host
from leuit.values import NotFoundError, _

IMMUTABLE = "public, max-age=31536000, immutable"
_TEXT = (".css", ".js", ".svg", ".webmanifest")


@attrs.frozen
class Asset:
    """One file in memory, plain and compressed."""

    data: bytes = attrs.field(repr=False)
    packed: bytes | None = attrs.field(repr=False)
    media_type: str
    digest: str


@attrs.frozen(eq=False)  # hashed for each icon of a page: as the one object that an app has
class Assets:
    """The static folders of the core (no prefix) and of each plugin (its name as prefix)."""

    folders: tuple[tuple[str, Path], ...]

    @classmethod
    def of(cls, host: Host) -> "Assets":
        """The folders of a host's active plugins."""
        plugins = [
            (plugin.name, folder)
            for plugin in host.plugins
            if (folder := plugin.folder("static")) is not None
        ]
        return cls((("", Path(__file__).parent / "static"), *plugins))

    def url(self, name: str) -> str:
        """The address of a file such as `leuit.css` or `attendance/attendance.css`."""
        return _address(self, name)

    def get(self, name: str) -> Asset:
        """The file of that name; raises NotFoundError outside the folders."""
        for prefix, folder in self.folders:
            inner = name.removeprefix(prefix + "/") if prefix else name
            if prefix and inner == name:
                continue
            path = (folder / inner).resolve()
            if path.is_file() and path.is_relative_to(folder.resolve()):
                return _read(path, path.stat().st_mtime_ns)
        raise NotFoundError(_("Berkas tampilan “%(name)s” tidak ada."), name=name)

    async def serve(self, raw: RawRequest) -> Response:
        """Answer `/static/<digest>/<name>`; an old digest gets the present file, not for keeps."""
        try:
            asset = self.get(raw.path_params["name"])
        except NotFoundError:
            return Response(status_code=404)
        headers = {
            "Cache-Control": IMMUTABLE if raw.path_params["digest"] == asset.digest else "no-cache",
            "Vary": "Accept-Encoding",
        }
        packed = asset.packed is not None and "gzip" in raw.headers.get("accept-encoding", "")
        if packed:
            headers["Content-Encoding"] = "gzip"
        return Response(
            asset.packed if packed else asset.data, headers=headers, media_type=asset.media_type
        )


@functools.lru_cache(maxsize=1024)
def _address(assets: Assets, name: str) -> str:
    """Looked up once in a process: a page names dozens of icons, and files change with releases."""
    return f"/static/{assets.get(name).digest}/{name}"


@functools.lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> Asset:
    data = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(
        data=data,
        packed=gzip.compress(data, 9, mtime=0) if path.suffix in _TEXT else None,
        media_type="text/javascript" if path.suffix == ".js" else kind,
        digest=hashlib.sha256(data).hexdigest()[:16],
    )
