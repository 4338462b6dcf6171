"""What e-sign registers: commands, audit actions, its regulation and its provider."""

from typing import Any

from leuit.audit import AuditAction
from leuit.plugins import Command
from leuit.values import _
from leuit_esign.cli import key, sign, test_pki, verify
from leuit_esign.providers import Provider
from leuit_esign.providers.lokal import LOKAL
from leuit_esign.service.trust import trust_kind

COMMANDS: list[Command] = [
    Command(("esign", "sign"), sign.sign, writes=True, secrets=("passphrase",)),
    Command(("esign", "verify"), verify.verify),
    Command(("esign", "key", "add"), key.add, writes=True, secrets=("passphrase",)),
    Command(("esign", "test-pki"), test_pki.serve_authority),
    Command(("esign", "install-test-keys"), test_pki.install_test_keys, writes=True),
]

ACTIONS: list[AuditAction] = [
    AuditAction("esign.key.added", _("Kunci tanda tangan dipasang")),
    AuditAction("esign.key.retired", _("Kunci tanda tangan diganti")),
    AuditAction("esign.file.signed", _("Berkas ditandatangani")),
]

REGULATIONS: list[Any] = [trust_kind()]

PROVIDERS: list[Provider] = [LOKAL]
