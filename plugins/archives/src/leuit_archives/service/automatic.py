"""Automatic filing as an instrument: where records of each source go, by rule or by hand."""

from leuit.builtin.organisation import Line
from leuit.builtin.regulations import Edition, edition
from leuit.values import FieldError, _
from leuit.work import View
from leuit_archives.rules.filing import FilingRule, FilingRules, faults_of_filing, rule_for

from .instrument import ReadRow
from .short_instrument import Cells, short_instrument

REGULATION = "archives.filing"
_YES_NO = {"ya": True, "tidak": False, "": False}


def filing_rule(view: View, kind: str, source: str) -> FilingRule | None:
    """The rule of today for a record of a kind of naskah, or of another service's kind."""
    held: Edition | None = edition(view, REGULATION, view.today)
    return rule_for(held.figures.rules, kind, source) if held else None


def _read(line: Line) -> ReadRow[FilingRule]:
    cells = Cells(line)
    said = cells.text("automatic", required=False).casefold()
    rule = FilingRule(
        cells.text("source"),
        cells.text("code"),
        cells.text("title"),
        cells.text("secrecy", required=False).casefold(),
        _YES_NO.get(said, False),
    )
    if said not in _YES_NO:
        cells.faults.append(FieldError("automatic", _("Tulis ya atau tidak."), "unknown"))
    return ReadRow(line.number, rule, rule.source.casefold(), rule.source, tuple(cells.faults))


INSTRUMENT, KIND = short_instrument(
    name="filing",
    title=_("Pemberkasan otomatis"),
    schema=FilingRules,
    field="rules",
    columns=("source", "code", "title", "secrecy", "automatic"),
    required=("source", "code", "title"),
    read=_read,
    check=faults_of_filing,
    key=lambda rule: rule.source.casefold(),
    label=lambda rule: rule.source,
    labels={
        "rules": _("Aturan"),
        "source": _("Sumber"),
        "code": _("Kode"),
        "title": _("Judul berkas"),
        "secrecy": _("Keamanan"),
        "automatic": _("Otomatis"),
    },
)
