"""Kecamatan by which vendors are found."""

from sqlalchemy import select

from leuit.work import View
from leuit_ecatalog.models import District


def districts(view: View) -> list[tuple[str, str]]:
    """Code and name of every kecamatan, by name."""
    query = select(District.code, District.name).order_by(District.name)
    return [(code, name) for code, name in view.session.execute(query)]


def district_name(view: View, code: str | None) -> str:
    """The name of a kecamatan; its code where it is not known, empty for none."""
    known = view.session.get(District, code) if code else None
    return known.name if known else code or ""
