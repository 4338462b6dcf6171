"""The demonstration's TPP: an invented base amount for everybody with a NIP, more for heads."""

import csv
import datetime as dt
import io

from sqlalchemy import exists, select

from leuit.identity import Assignment, Identity, Person, Position
from leuit.plugins import CommandContext
from leuit_sp2d.models import TppBase
from leuit_sp2d.service.tpp_file import COLUMNS
from leuit_sp2d.service.tpp_import import apply_bases, receive_bases

HEAD, STAFF = 12_500_000, 4_250_000
DECREE = "Keputusan contoh tentang TPP"


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
