"""The public address of a page that stands on paper, in a printed code."""

from leuit.work import View

from .demo import has_real_people


def public_address(view: View, path: str) -> str:
    """The whole address of a path of this installation; empty while none is set.

    A printed address stays for years: that of the server itself does only where all people are
    invented.
    """
    server = view.app.settings.server
    root = server.public_url
    if not root and not has_real_people(view):
        root = f"http://{server.host}:{server.port}"
    return f"{root.rstrip('/')}{path}" if root else ""
