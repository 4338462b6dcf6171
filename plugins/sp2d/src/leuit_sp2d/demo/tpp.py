"""The demonstration's TPP: an invented base amount for everybody with a NIP, more for heads, and a
claim for the month before, as attendance hands it over when a recap was signed.
"""

import csv
import datetime as dt
import io
from itertools import cycle
from uuid import UUID

from sqlalchemy import exists, select

from leuit.contracts import PaymentEvidence, PaymentRequest, PayPercent
from leuit.identity import SYSTEM, Assignment, Identity, Person, Position, Unit, people_in, subtree
from leuit.plugins import CommandContext
from leuit.values import RecordRef, _, format_date
from leuit.work import Leuit, register_file
from leuit_sp2d.models import TppBase
from leuit_sp2d.rules.tpp import last_day
from leuit_sp2d.service.evidence import store_evidence
from leuit_sp2d.service.tpp_file import COLUMNS
from leuit_sp2d.service.tpp_import import apply_bases, receive_bases

from .paper import evidence_pdf

HEAD, STAFF = 12_500_000, 4_250_000
DECREE = "Keputusan contoh tentang TPP"
CUTS = (0, 0, 150, 0, 425, 0, 0, 1_275, 50)
"""What is cut from one person after another, in 1/100 percent: some are late, one was absent."""

RECAP_KIND, RECAP_ITEM = "sp2d.demo_recap", "rekap_absensi"


def grant_tpp(context: CommandContext, keeper: Identity) -> None:
    """Bring the amounts in by file, from the year before on, where there are none."""
    app = context.app
    heads = exists().where(
        Assignment.person_id == Person.id,
        Position.id == Assignment.position_id,
        Position.is_head,
    )
    with app.read(context.identity) as view:
        if view.session.scalars(select(TppBase.person_id).limit(1)).first() is not None:
            return
        since = dt.date(view.today.year - 1, 1, 1)
        people = view.connection.execute(
            select(Person.nip, Person.name, heads.label("heads"))
            .where(Person.nip.is_not(None))
            .order_by(Person.nip)
        ).all()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for nip, name, is_head in people:
        writer.writerow((nip, name, HEAD if is_head else STAFF, since.isoformat(), DECREE))
    apply_bases(app, keeper, receive_bases(app, text.getvalue().encode(), "besaran-tpp.csv"))


def hand_recap_over(app: Leuit, unit_id: UUID) -> None:
    """Ask for the TPP of the unit's people for the month before; the claim waits to be taken up.

    The recap is invented: the demonstration's days of attendance do not fill a month.
    """
    with app.read(SYSTEM) as view:
        month = (view.today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
        unit = view.session.get_one(Unit, unit_id)
        end = last_day(month)
        people = view.connection.execute(
            select(Person.id)
            .where(Person.id.in_(people_in(subtree(unit_id, end), end)), Person.nip.is_not(None))
            .order_by(Person.nip)
        ).scalars()
        allowance = tuple(PayPercent(*pair) for pair in zip(people, cycle(CUTS), strict=False))
    named = f"{unit.short}, {format_date(month).partition(' ')[2]}"
    label = _("Rekap kehadiran contoh %s") % named
    pdf = evidence_pdf(_("Rekap kehadiran"), label, unit.name, 201, app.clock.now())
    name = f"rekap-contoh-{month:%Y-%m}.pdf"
    file = store_evidence(app, name, pdf)
    request = PaymentRequest(
        key=f"{unit.code}:{month:%Y-%m}",
        ref=RecordRef(RECAP_KIND, f"{unit.code}:{month:%Y-%m}", label),
        unit_id=unit_id,
        kind="LS_GAJI",
        purpose=f"TPP {named}",
        basis=_("%s, naskah 1, ditandatangani kepala unit") % label,
        evidence=(PaymentEvidence(RECAP_ITEM, file.sha256, name),),
        month=month,
        allowance=allowance,
    )
    with app.change(SYSTEM) as work:
        register_file(work, file)
        app.port("request_payment")(work, request)
