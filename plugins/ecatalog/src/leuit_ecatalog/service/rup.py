"""Packages of the procurement plan: found, listed, and how much of them live purchases hold."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Select, func, or_, select, update

from leuit.identity import Unit
from leuit.values import ConflictError, NotFoundError, _, format_rupiah
from leuit.work import View, Work
from leuit_ecatalog.models import Purchase, RupPackage
from leuit_ecatalog.permissions import BUY, READ_PURCHASES
from leuit_ecatalog.rules.buying_proposal import RUP_METHOD
from leuit_ecatalog.rules.purchase_states import HOLDING

MOST_OFFERED = 200


class OverPaguError(ConflictError):
    """More would be held than the package has left; nothing was changed."""

    code = "over_pagu"


class UnfitPackageError(ConflictError):
    """The package cannot be bought for here: another method, another year, or not announced."""

    code = "unfit_package"


@attrs.frozen
class RupFilter:
    """What a list of packages is narrowed to."""

    year: int | None = None
    unit_id: UUID | None = None
    text: str = ""


def find_package(view: View, package_id: UUID, permission: str = READ_PURCHASES) -> RupPackage:
    """A package that the asker may see; NotFoundError for any other."""
    found = view.session.scalars(
        select(RupPackage).where(
            RupPackage.id == package_id, RupPackage.unit_id.in_(view.units(permission))
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError(_("Paket RUP itu tidak ada."), advice=_("Pilih dari daftar."))
    return found


def require_fit(view: View, package: RupPackage) -> None:
    """Raise UnfitPackageError unless it is announced, of this year or later, by e-purchasing."""
    if package.method != RUP_METHOD:
        raise UnfitPackageError(
            _("Metode paket ini %(method)s, bukan e-purchasing."),
            advice=_("Pilih paket lain, atau ubah RUP-nya di SiRUP lalu impor lagi."),
            method=package.method,
        )
    if package.announced_on is None or package.announced_on > view.today:
        raise UnfitPackageError(
            _("Paket RUP ini belum diumumkan."), advice=_("Umumkan di SiRUP, lalu impor lagi.")
        )
    if package.year < view.today.year:
        raise UnfitPackageError(
            _("Paket RUP ini untuk tahun %(year)s."),
            advice=_("Pilih paket tahun ini."),
            year=package.year,
        )


def move_held(work: Work, package_id: UUID, by: int) -> None:
    """Hold more of a package (`by` above zero) or let it go, by one statement.

    Raises OverPaguError where the pagu would be passed.
    """
    if not by:
        return
    moved = work.connection.execute(
        update(RupPackage)
        .where(
            RupPackage.id == package_id,
            RupPackage.committed + by >= 0,
            RupPackage.committed + by <= RupPackage.pagu,
        )
        .values(committed=RupPackage.committed + by)
    )
    if moved.rowcount == 1:
        return
    left = work.connection.execute(
        select(RupPackage.pagu - RupPackage.committed).where(RupPackage.id == package_id)
    ).scalar_one()
    raise OverPaguError(
        _("Sisa pagu paket RUP %(left)s; pembelian ini membutuhkan %(asked)s."),
        advice=_("Kurangi jumlahnya, atau pilih paket lain."),
        left=format_rupiah(left),
        asked=format_rupiah(by),
    )


def offered_packages(view: View) -> list[RupPackage]:
    """Packages for which the asker may prepare a purchase now, those with the most left first."""
    query = (
        select(RupPackage)
        .where(
            RupPackage.unit_id.in_(view.units(BUY)),
            RupPackage.method == RUP_METHOD,
            RupPackage.announced_on <= view.today,
            RupPackage.year >= view.today.year,
            RupPackage.committed < RupPackage.pagu,
        )
        .order_by((RupPackage.pagu - RupPackage.committed).desc(), RupPackage.id)
        .limit(MOST_OFFERED)
    )
    return list(view.session.scalars(query))


def package_by_code(view: View, rup_id: str) -> RupPackage:
    """A package of a unit for which the asker buys, by its id in SiRUP; NotFoundError."""
    found = view.session.scalars(
        select(RupPackage).where(
            RupPackage.rup_id == rup_id, RupPackage.unit_id.in_(view.units(BUY))
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError(
            _("Paket RUP %(id)s tidak ada di unit Anda."), advice=_("Pilih dari daftar."), id=rup_id
        )
    return found


def packages(view: View, wanted: RupFilter, start: int, limit: int) -> Sequence[Any]:
    """A page of packages with the name of their unit, by id."""
    rows: Any = select(RupPackage, Unit.name)
    query = (
        _narrowed(view, rows, wanted)
        .join(Unit, Unit.id == RupPackage.unit_id)
        .order_by(RupPackage.year.desc(), RupPackage.rup_id)
    )
    return view.session.execute(query.offset(start).limit(limit)).all()


def count_packages(view: View, wanted: RupFilter) -> int:
    """How many there are."""
    query = _narrowed(view, select(func.count()).select_from(RupPackage), wanted)
    total: int = view.connection.execute(query).scalar_one()
    return total


def purchases_of(view: View, package_id: UUID) -> Sequence[Purchase]:
    """Purchases that hold money of a package, the oldest first."""
    query = (
        select(Purchase)
        .where(Purchase.rup_id == package_id, Purchase.state.in_(HOLDING))
        .order_by(Purchase.created_at, Purchase.id)
    )
    return view.session.scalars(query).all()


def _narrowed(view: View, query: Select[Any], wanted: RupFilter) -> Select[Any]:
    query = query.where(RupPackage.unit_id.in_(view.units(READ_PURCHASES)))
    if wanted.year:
        query = query.where(RupPackage.year == wanted.year)
    if wanted.unit_id:
        query = query.where(RupPackage.unit_id == wanted.unit_id)
    if wanted.text:
        query = query.where(
            or_(
                RupPackage.rup_id.startswith(wanted.text, autoescape=True),
                RupPackage.name.icontains(wanted.text, autoescape=True),
            )
        )
    return query
