"""Importing a file from a memory stick: which device, what it holds, and storing it.

The device is the one that is named, or the one that the file names (its first line, its name, the
number in its records). A dry run tells beforehand what storing would do; the file is kept whole.
"""

import attrs
from sqlalchemy import select

from leuit.identity import Identity
from leuit.values import InvalidInputError, NotFoundError, RecordRef, _
from leuit.work import Leuit, StoredFile, View, Work, register_file
from leuit.work import store_file as stored
from leuit_attendance.models import Device, ImportedFile, PunchRow
from leuit_attendance.wire import AttlogFile, Junk, parse_attlog_file

from .devices import device_by_serial, device_of_file, known
from .punches import store_punches

IMPORT = "attendance.punch.import"
MAX_FILE = 32 * 1024 * 1024
"""Bytes; half a million records."""


@attrs.frozen
class ImportReport:
    """What storing a file does, or would do: `new` and `known` are distinct taps."""

    form: str
    lines: int
    records: int
    new: int
    known: int
    repeats: int
    blank: int
    junk_count: int
    junk: tuple[Junk, ...]
    checksum: str | None
    foreign: int
    """Records that bear the number of another device."""


def read_file(data: bytes, name: str, device: Device | None = None) -> AttlogFile:
    """The file's contents; raises InvalidInputError for one that holds no punches at all."""
    swapped = device is not None and device.column_map == "swapped"
    parsed = parse_attlog_file(data, name, column_map="swapped" if swapped else "standard")
    if not parsed.records and device is not None:
        raise InvalidInputError(
            _("Berkas %(name)s tidak memuat satu pun rekaman absensi."),
            advice=_("Ambil berkas attlog.dat dari menu unduh pada mesin."),
            name=name[:100],
        )
    return parsed


def device_for(view: View, parsed: AttlogFile, serial: str | None) -> Device:
    """The registered device of a file: the one of `serial`, else the one that the file names.

    Raises NotFoundError that tells how to register it.
    """
    if serial is not None:
        device: Device | None = device_by_serial(view, serial.strip(), IMPORT)
        if device is not None and device.status == "active":
            return device
        device = None
    else:
        device = device_of_file(view, parsed.device_id, parsed.serial)
    if device is None:
        raise NotFoundError(
            _("Mesin pemilik berkas ini belum terdaftar: %(mark)s."),
            advice=_(
                "Daftarkan dengan leuit attendance device add SERIAL --unit UNIT --usb-id N, "
                "atau sebut mesinnya dengan --device SERIAL."
            ),
            mark=serial or parsed.serial or parsed.device_id or _("tidak bernama"),
        )
    view.require(IMPORT, device.unit_id)
    return device


def dry_run(view: View, device: Device, parsed: AttlogFile) -> ImportReport:
    """What storing would do, without doing it."""
    keys = {record.key for record in parsed.records}
    times = [key[1] for key in keys]
    stored = view.session.execute(
        select(PunchRow.pin, PunchRow.at, PunchRow.status).where(
            PunchRow.device_id == device.id, PunchRow.at.between(min(times), max(times))
        )
    )
    familiar = len(keys & {(row.pin, row.at, row.status) for row in stored})
    return _report(device, parsed, len(keys), len(keys) - familiar)


def store_file(work: Work, device: Device, file: StoredFile, parsed: AttlogFile) -> ImportReport:
    """Store the taps of a kept file, and remember the file."""
    work.require(IMPORT, device.unit_id)
    row = keep_file(work, device, file)
    return confirm(work, device, row, parsed)


def keep_file(work: Work, device: Device, file: StoredFile) -> ImportedFile:
    """Name a stored file in the register, waiting for its confirmation."""
    work.require(IMPORT, device.unit_id)
    row = ImportedFile(
        device_id=device.id,
        sha256=register_file(work, file),
        name=file.name,
        uploaded_by=work.identity.account_id,
        uploaded_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.audit(
        "attendance.import.kept",
        RecordRef("attendance.import", str(row.id), file.name),
        device=device.id,
        sha256=file.sha256,
    )
    return row


def confirm(work: Work, device: Device, row: ImportedFile, parsed: AttlogFile) -> ImportReport:
    """Store the taps of a file that was kept; doing it again stores nothing twice."""
    work.require(IMPORT, device.unit_id)
    stored = store_punches(
        work,
        known(work, device),
        parsed.records,
        source="file",
        file=row.name,
        sha256=row.sha256,
        bad=parsed.junk_count,
    )
    row.confirmed_at, row.stored = work.now, stored.new
    return _report(device, parsed, stored.distinct, stored.new)


def import_file(
    app: Leuit, identity: Identity, data: bytes, name: str, serial: str | None = None
) -> tuple[Device, ImportReport]:
    """Find the device of a file, keep the file and store its taps, in one go."""
    file = put_file(app, data, name)
    with app.read(identity) as view:
        device = device_for(view, read_file(data, name), serial)
    parsed = read_file(data, name, device)
    with app.change(identity) as work:
        return device, store_file(work, device, file, parsed)


def put_file(app: Leuit, data: bytes, name: str) -> StoredFile:
    """Put the bytes into the store; raises InvalidInputError for a file that is too large."""
    if len(data) > MAX_FILE:
        raise InvalidInputError(
            _("Berkas lebih besar daripada 32 MB."), advice=_("Bagi menjadi beberapa berkas.")
        )
    shown = "".join(character for character in name if character.isprintable())[-200:]
    return stored(app, data, "text/plain", shown or "attlog.dat")


def _report(device: Device, parsed: AttlogFile, distinct: int, new: int) -> ImportReport:
    own = {device.usb_id, ""} if device.usb_id else set()
    return ImportReport(
        form=parsed.form,
        lines=parsed.lines,
        records=len(parsed.records),
        new=new,
        known=distinct - new,
        repeats=len(parsed.records) - distinct,
        blank=parsed.blank,
        junk_count=parsed.junk_count,
        junk=parsed.junk,
        checksum=parsed.checksum,
        foreign=sum(bool(own) and record.device_id not in own for record in parsed.records),
    )
