"""Letters of the demonstration: what waits for whom, so that a task can be tried at once."""

import datetime as dt
from pathlib import Path

import attrs
from sqlalchemy import select

from leuit.builtin.documents import letterhead_on, render_document
from leuit.builtin.organisation import CAST, CastMember, cast_identity
from leuit.builtin.regulations import Draft, enact_edition
from leuit.identity import SYSTEM, Unit, UnitLink
from leuit.plugins import CommandContext, DemoPlan
from leuit.values import _, format_date, local_day, local_time, to_utc
from leuit.work import Leuit, View
from leuit_esign.models import FOR_NUMBER, PARAF, SIGN, Document
from leuit_esign.rules import Place
from leuit_esign.service.chain import NewStep, add_step
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.numbering import NUMBERING
from leuit_esign.service.places import add_place, close_placing
from leuit_esign.service.sending import SendOptions, send, set_options

TEMPLATE = Path(__file__).parent / "documents" / "demo_letter.typ"


@attrs.frozen
class _Letter:
    """A letter: who made it, its steps as kind and unit whose head acts, days until it is due."""

    maker: str
    subject: str
    parts: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    days: int | None = None


LETTERS = (
    _Letter(
        "staff",
        "Undangan rapat koordinasi data desa",
        (
            "Dalam rangka penyelarasan data desa, kami mengundang Saudara ke rapat koordinasi.",
            "Saudara diharapkan hadir tepat waktu dengan membawa data terbaru setiap desa.",
        ),
        ((SIGN, "DINKES"),),
        1,
    ),
    _Letter(
        "officer",
        "Surat tugas pendampingan posyandu",
        ("Menugaskan pegawai dalam lampiran untuk mendampingi posyandu selama satu bulan.",),
        ((PARAF, "DINKES"), (SIGN, "")),
        4,
    ),
    _Letter(
        "staff",
        "Permohonan data stok vaksin",
        ("Mohon bantuan Saudara mengirimkan data stok vaksin bulan ini.",),
        ((SIGN, "DINKES"),),
    ),
)


def fill(context: CommandContext, plan: DemoPlan) -> None:
    """A numbering, and letters on their way; nothing where letters are already."""
    app = context.app
    pattern = "{kode}/{urut:03}/{unit}/{tahun}"
    draft = Draft(
        title=_("Contoh: penomoran naskah"),
        legal_basis=_("Data contoh; pola yang lazim dipakai"),
        confidence="secondary",
        effective_from=local_day(app.clock.now(), app.zone) - dt.timedelta(weeks=plan.weeks),
        body={"patterns": [{"name": _("Surat keluar"), "pattern": pattern}]},
        source=_("Data contoh"),
    )
    enact_edition(
        app,
        NUMBERING,
        draft,
        drafter=cast_identity(app, "personnel"),
        activator=cast_identity(app, "regent"),
    )
    with app.read(SYSTEM) as view:
        if view.session.execute(select(Document.id).limit(1)).first() is not None:
            return
    for letter in LETTERS:
        _send(app, letter)


def _send(app: Leuit, letter: _Letter) -> None:
    identity = cast_identity(app, letter.maker)
    last = letter.steps[-1][1]
    signer = next(one for one in CAST.values() if one.is_head and one.unit == last)
    pdf, places = _written(app, letter, signer)
    received = receive(app, pdf, "surat.pdf")
    with app.change(identity) as work:
        document_id = bring(work, letter.subject, received).id
    with app.change(identity) as work:
        add_place(work, document_id, 1, places["signer"])
    with app.change(identity) as work:
        add_place(work, document_id, 2, places["nomor"], FOR_NUMBER)
    with app.change(identity) as work:
        close_placing(work, document_id, 3)
    version = 4
    for number, (kind, unit) in enumerate(letter.steps, 1):
        with app.change(identity) as work:
            add_step(work, document_id, version, NewStep(_code(work, unit), kind, number))
        version += 1
    with app.change(identity) as work:
        due = None
        if letter.days is not None:
            at = dt.datetime.combine(work.today + dt.timedelta(days=letter.days), dt.time(16))
            due = to_utc(at, app.zone)
        wanted = SendOptions(due, pattern=_("Surat keluar"), classification="400.7")
        set_options(work, document_id, version, wanted)
    send(app, identity, document_id, version + 1)


def _written(app: Leuit, letter: _Letter, signer: CastMember) -> tuple[bytes, dict[str, Place]]:
    """The letter as PDF, and where its number and signature stand."""
    with app.read(SYSTEM) as view:
        unit_id = view.session.scalars(
            select(Unit.id).where(Unit.code == _code(view, signer.unit))
        ).one()
        head = letterhead_on(view, unit_id, view.today)
        day = format_date(local_time(view.now, app.zone))
        now = view.now
    values = {
        "letterhead": attrs.asdict(head),
        "day": day,
        "subject": letter.subject,
        "parts": letter.parts,
        "signer": {"place": "", "post": signer.position, "name": signer.name, "nip": signer.nip},
    }
    made = render_document(TEMPLATE, values, title=letter.subject, now=now)
    return made.pdf, {name: Place(**attrs.asdict(place)) for name, place in made.places.items()}


def _code(view: View, unit: str) -> str:
    """The code of a unit of the cast; the regency itself has the only one without a parent."""
    if unit:
        return unit
    root = ~select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists()
    return view.session.scalars(select(Unit.code).where(root)).one()
