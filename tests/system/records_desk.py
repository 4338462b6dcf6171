"""Records for the cases of the API contract, each in the state that its operation needs."""

import datetime as dt
from itertools import count
from typing import Any
from uuid import UUID

import attrs

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_archives.models import Record
from leuit_archives.service.dossiers import close_dossier
from leuit_archives.service.filing import ChosenRecord, NewDossier, file_records
from tests.system.examples.archives import in_force
from tests.system.examples.archives_records import hand_over, rules_in_force

RECORDS = "/api/archives/v1/"
PREPARED = ("records", "dossiers", "instruments")
"""What the desk makes ready."""
_NUMBERS = count(1)


@attrs.frozen
class RecordsDesk:
    """The archive of one unit, with its instruments in force."""

    app: Leuit
    unit: UUID
    day: dt.date

    @classmethod
    def opened(cls, app: Leuit, unit: UUID) -> "RecordsDesk":
        """Put the instruments in force."""
        in_force(app)
        rules_in_force(app)
        with app.read(SYSTEM) as view:
            return cls(app, unit, view.today)

    def to_known(self, case: Any) -> None:
        """Let a case be about a record or dossier that is there, as it stands."""
        inner = case.operation.path.removeprefix(RECORDS)
        if inner == "records/file":
            sent = {"id": str(self._record()), "version": 1}
            case.body = {"records": [sent], "code": "000.1.2", "title": "Rapat"}
        elif inner.startswith("records/"):
            known: dict[str, Any] = {"record_id": str(self._record())}
            if "place" in inner:
                known["place"] = 1
            case.path_parameters = known
            if case.method == "POST":
                case.body = {"version": 1, "reason": "Uji", "title": "Judul lain"}
        elif inner.startswith("dossiers/"):
            closed = inner.endswith("reopen")
            case.path_parameters = {"dossier_id": str(self._dossier(closed=closed))}
            if case.method == "POST":
                said = {"reason": "Uji"} if closed else {"on": self.day.isoformat()}
                case.body = {"version": 2 if closed else 1, **said}

        elif inner.startswith("instruments/"):
            case.path_parameters = {"name": "classification"}

    def _record(self) -> UUID:
        return hand_over(self.app, self.unit, self.day, "uji.surat", str(next(_NUMBERS)))

    def _dossier(self, *, closed: bool) -> UUID:
        record_id = self._record()
        with self.app.change(SYSTEM) as work:
            version = work.session.get_one(Record, record_id).version
            wanted = NewDossier("000.1.2", f"Uji {next(_NUMBERS)}")
            dossier = file_records(work, [ChosenRecord(record_id, version)], wanted)
            if closed:
                close_dossier(work, dossier.id, dossier.version, self.day)
            return dossier.id
