"""One purchase: found, held for a change, acted on by somebody with the right and the role."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.identity import Person
from leuit.storage import insert_into
from leuit.values import NotFoundError, PermissionDeniedError, RecordRef, StaleEditError, _
from leuit.work import View, Work
from leuit_ecatalog.models import Purchase, PurchaseAct, PurchaseDuty, PurchaseLine
from leuit_ecatalog.permissions import APPROVE, AUTHORISE, PAY, PREPARE, READ_PURCHASES
from leuit_ecatalog.rules.buying_rules import PA, PP, PPK
from leuit_ecatalog.rules.purchase_duties import TREASURER, same_person

REF = "ecatalog.purchase"
RIGHTS: Mapping[str, str] = {PP: PREPARE, PPK: APPROVE, PA: AUTHORISE, TREASURER: PAY}
"""The right that a role needs on the unit of the purchase."""


def find_purchase(view: View, purchase_id: UUID) -> Purchase:
    """A purchase that the asker may read; NotFoundError for any other."""
    found = view.session.scalars(
        select(Purchase).where(
            Purchase.id == purchase_id, Purchase.unit_id.in_(view.units(READ_PURCHASES))
        )
    ).one_or_none()
    if found is None:
        raise _missing()
    return found


def held_purchase(work: Work, purchase_id: UUID, version: int) -> Purchase:
    """The purchase for a change: nobody else changes it until the unit ends.

    Raises NotFoundError, PermissionDeniedError for an account without a person, StaleEditError for
    another version.
    """
    found = find_purchase(work, purchase_id)
    require_person(work)
    return held(work, found, version)


def held(work: Work, purchase: Purchase, version: int) -> Purchase:
    """As `held_purchase`, of one that was found by another right."""
    work.session.refresh(purchase, with_for_update=True)
    if purchase.version != version:
        raise StaleEditError(
            _("Pembelian itu baru saja diubah orang lain."), advice=_("Muat ulang halaman.")
        )
    return purchase


def lines_of(view: View, purchase_id: UUID) -> Sequence[PurchaseLine]:
    """The lines of a purchase in their order."""
    query = (
        select(PurchaseLine)
        .where(PurchaseLine.purchase_id == purchase_id)
        .order_by(PurchaseLine.place)
    )
    return view.session.scalars(query).all()


def acts_of(view: View, purchase_id: UUID) -> Sequence[PurchaseAct]:
    """What was done, the oldest first."""
    query = (
        select(PurchaseAct)
        .where(PurchaseAct.purchase_id == purchase_id)
        .order_by(PurchaseAct.at, PurchaseAct.id)
    )
    return view.session.scalars(query).all()


def names_of(view: View, people: set[UUID]) -> dict[UUID, str]:
    """The names of people by id."""
    rows = view.connection.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return {row.id: row.name for row in rows}


def ref_of(purchase: Purchase) -> RecordRef:
    """How log and tasks name a purchase."""
    return RecordRef(REF, str(purchase.id), purchase.number or purchase.need)


def duty_of(view: View, purchase_id: UUID) -> str | None:
    """The role in which the asker has acted on a purchase, if any."""
    query = select(PurchaseDuty.role).where(
        PurchaseDuty.purchase_id == purchase_id,
        PurchaseDuty.person_id == view.identity.person_id,
    )
    return view.session.scalar(query)


def may_act(view: View, purchase: Purchase, role: str) -> bool:
    """Whether the asker holds the right of a role there and has acted in no other."""
    return (
        view.identity.person_id is not None
        and view.allows(RIGHTS[role], purchase.unit_id)
        and duty_of(view, purchase.id) in (None, role)
    )


def drafting_role(view: View, purchase: Purchase) -> str:
    """In which role the asker writes a draft: his own so far, else PP where he may, else PPK."""
    held_role = duty_of(view, purchase.id)
    if held_role in (PP, PPK):
        return held_role
    return PP if view.allows(PREPARE, purchase.unit_id) else PPK


def require_person(view: View) -> UUID:
    """The person of the asker; PermissionDeniedError for an account without one."""
    if view.identity.person_id is None:
        raise PermissionDeniedError(
            _("Langkah pembelian hanya dapat dilakukan oleh seorang pegawai."),
            advice=_("Masuk dengan akun pegawai Anda."),
        )
    return view.identity.person_id


def take_duty(work: Work, purchase: Purchase, role: str) -> UUID:
    """Bind the asker to a role on the purchase for good; returns the person.

    This is the one place where duties are kept apart; the key of the table keeps them where two
    units of work bind at once. Raises PermissionDeniedError without the right of the role,
    SeparateDutiesError for somebody who has acted in another one.
    """
    work.require(RIGHTS[role], purchase.unit_id)
    person_id = require_person(work)
    row = {"purchase_id": purchase.id, "person_id": person_id, "role": role}
    bound = work.connection.execute(
        insert_into(work.database.dialect, PurchaseDuty).values(row).on_conflict_do_nothing()
    )
    if bound.rowcount != 1 and (known := duty_of(work, purchase.id)) not in (None, role):
        raise same_person(str(known))
    return person_id


def note_act(
    work: Work,
    purchase: Purchase,
    what: str,
    *,
    role: str = "",
    note: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write an act down and count the purchase's version up; the audit log hears of it too."""
    identity = work.identity
    work.session.add(
        PurchaseAct(
            purchase_id=purchase.id,
            attempt=purchase.attempt,
            what=what,
            role=role,
            at=work.now,
            person_id=identity.person_id,
            account_id=identity.account_id if identity.kind == "external" else None,
            note=note,
            facts=dict(facts or {}),
        )
    )
    purchase.version += 1
    work.session.flush()
    work.audit(
        f"ecatalog.purchase.{what}",
        ref_of(purchase),
        state=purchase.state,
        total=purchase.total,
        attempt=purchase.attempt,
    )


def quantities_of(lines: Sequence[PurchaseLine]) -> dict[UUID, int]:
    """How many of each variant."""
    return {line.variant_id: line.quantity for line in lines}


def _missing() -> NotFoundError:
    return NotFoundError(_("Pembelian itu tidak ada."), advice=_("Pilih dari daftar."))
