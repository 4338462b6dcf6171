"""`leuit esign test-pki`: an authority to try with, and who may sign with its certificates."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from leuit.plugins import CommandContext
from leuit.values import SetupError, UnavailableError, _
from leuit_esign.service.test_keys import (
    PASSPHRASE,
    candidates,
    folder_of,
    install,
    require_demonstration,
)

if TYPE_CHECKING:
    from leuit_esign.test_pki import Authority

PORT = 9000


def serve_authority(context: CommandContext, *, port: int = PORT) -> int:
    """Serve root, OCSP, CRLs and time stamps on 127.0.0.1 until stopped, for demonstration data.

    Gives the heads of units and everybody with an account a key, and lets this installation trust
    their authority. Beside them lie `expired.p12`, `revoked.p12` and `foreign.p12`, to see how such
    signatures are judged. Keys are kept: started again, everything signed before stays valid.
    """
    try:
        from leuit_esign.test_pki import Authority, Holder  # late: an extra
        from leuit_esign.test_pki.server import bound, give, serving
    except ImportError as error:
        raise SetupError(_("Otoritas uji memerlukan pip install leuit-esign[test-pki].")) from error
    with context.app.read(context.identity) as view:
        require_demonstration(view)
        people = candidates(view)
    holders = [
        *(Holder(one.nip, one.name, one.unit) for one in people),
        Holder("expired", "DEDI CONTOH", fate="expired"),
        Holder("revoked", "RINA CONTOH", fate="revoked"),
        Holder("foreign", "PENYAMAR CONTOH", fate="foreign"),
    ]
    try:
        server = bound("127.0.0.1", port)
    except OSError as error:
        raise UnavailableError(
            _("Port %(port)s sudah dipakai."), advice=_("Pilih lain dengan --port."), port=port
        ) from error
    folder = folder_of(context.app.settings.data)
    context.print(_("Menyiapkan kunci untuk %s orang …") % len(people))
    authority = Authority(folder, holders, f"http://127.0.0.1:{server.server_port}")
    give(server, authority)
    _write(authority, folder)
    with serving(server):
        status = context.run("esign", "install-test-keys", authority.time_stamp_url)
        if status:
            return status
        context.print(_("Frasa sandi semua kunci: %s") % PASSPHRASE)
        context.print(_("Sertifikat induk: %s") % (folder / "root.crt"))
        context.print(_("Melayani di %s; hentikan dengan Ctrl-C.") % authority.prefix)
        context.out.flush()
        wait_for_ever()
    return 0


def install_test_keys(context: CommandContext, time_stamp_url: str) -> int:
    """Put the keys that `leuit esign test-pki` made beside their people; it calls this itself."""
    folder = folder_of(context.app.settings.data)
    with context.app.change(context.identity) as work:
        installed = install(work, folder, time_stamp_url)
    context.print(_("%s orang dapat menandatangani.") % installed)
    return 0


def wait_for_ever() -> None:
    """Return never; the interrupt of Ctrl-C ends the command."""
    threading.Event().wait()


def _write(authority: "Authority", folder: Path) -> None:
    (folder / "root.crt").write_text(authority.root_pem)
    (folder / "issuer.crt").write_text(authority.issuer_pem)
    for label in authority.holders:
        path = folder / f"{label}.p12"
        path.touch(mode=0o600)
        path.write_bytes(authority.pkcs12(label, PASSPHRASE))
