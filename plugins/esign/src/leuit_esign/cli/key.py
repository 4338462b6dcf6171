"""`leuit esign key`: keys of people for the provider `lokal`."""

from pathlib import Path

from sqlalchemy import select

from leuit.identity import Person
from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, NotFoundError, _, format_date
from leuit.work import View
from leuit_esign.providers import Secret
from leuit_esign.service.keys import LARGEST, add_key


def add(context: CommandContext, nip: str, file: Path, *, passphrase: str = "") -> int:
    """Keep the key and certificate of NIP out of FILE (PKCS#12); an older key is retired.

    The passphrase that opens FILE is asked for, or read from LEUIT_PASSPHRASE; from then on the
    person signs with it. It is stored nowhere.
    """
    source = context.path(file)
    if not source.is_file() or source.stat().st_size > LARGEST:
        raise InvalidInputError(_("Berkas %(name)s tidak ada."), name=source.name)
    with context.app.change(context.identity) as work:
        person = person_with(work, nip)
        key = add_key(work, person, source.read_bytes(), Secret(passphrase))
        told = (person.name, key.subject, format_date(key.not_after))
    context.print(_("%s: sertifikat %s, berlaku sampai %s.") % told)
    return 0


def person_with(view: View, nip: str) -> Person:
    """The person of a NIP, spaces allowed; NotFoundError for nobody."""
    found = view.session.scalar(select(Person).where(Person.nip == nip.replace(" ", "")))
    if found is None:
        raise NotFoundError(_("Tidak ada pegawai dengan NIP %(nip)s."), nip=nip)
    return found
