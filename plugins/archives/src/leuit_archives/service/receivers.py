"""Who may receive a disposition: posts below the one that gives it, cleared for what is secret."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from leuit.identity import (
    Account,
    Assignment,
    Grant,
    Person,
    Position,
    Unit,
    UnitClosure,
    UnitLink,
    holds_on,
    subtree,
)
from leuit.values import FieldError, InvalidInputError, _
from leuit.work import View
from leuit_archives.models import Letter
from leuit_archives.permissions import READ_CLASSIFIED
from leuit_archives.rules.disposition import ANYBODY, HEADS, NEXT_LEVEL, DispositionRules

from .posts import Post, posts_by_id

MOST_SHOWN = 200


def receivers(view: View, giver_id: UUID, letter: Letter, rules: DispositionRules) -> list[Post]:
    """The posts to which a post may hand a letter, heads first and the nearest first, held by
    somebody today.
    """
    giver = view.session.get_one(Position, giver_id)
    query = (
        select(Position.id)
        .join(Unit, Unit.id == Position.unit_id)
        .join(
            UnitClosure,
            and_(
                UnitClosure.ancestor_id == giver.unit_id,
                UnitClosure.descendant_id == Position.unit_id,
                holds_on(UnitClosure.valid_from, UnitClosure.valid_to, view.today),
            ),
        )
        .where(
            _in_reach(view, giver, rules),
            cleared(view, letter.secrecy, rules),
            exists().where(
                Assignment.position_id == Position.id,
                holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
            ),
        )
        .order_by(Position.is_head.desc(), UnitClosure.depth, Unit.code, Position.title)
        .limit(MOST_SHOWN)
    )
    ids = list(view.session.scalars(query))
    known = posts_by_id(view, ids)
    return [known[one] for one in ids]


def require_receivers(
    view: View, giver_id: UUID, letter: Letter, rules: DispositionRules, wanted: Sequence[UUID]
) -> None:
    """InvalidInputError that names the posts which may not receive this letter from this post."""
    giver = view.session.get_one(Position, giver_id)
    reached = set(
        view.session.scalars(
            select(Position.id).where(Position.id.in_(wanted), _in_reach(view, giver, rules))
        )
    )
    allowed = set(
        view.session.scalars(
            select(Position.id).where(
                Position.id.in_(reached), cleared(view, letter.secrecy, rules)
            )
        )
    )
    for ids, sentence, code in (
        (
            [one for one in wanted if one not in reached],
            _("Bukan jabatan di bawah Anda: %(titles)s."),
            "not_below",
        ),
        (
            [one for one in wanted if one in reached and one not in allowed],
            _("Tidak berhak menerima surat serahasia ini: %(titles)s."),
            "not_cleared",
        ),
    ):
        if ids:
            known = posts_by_id(view, ids)
            titles = ", ".join(known[one].title if one in known else str(one) for one in ids)
            fault = FieldError("receivers", sentence, code, {"titles": titles})
            raise InvalidInputError(sentence, fields=[fault], titles=titles)


def cleared(view: View, grade: int, rules: DispositionRules) -> ColumnElement[bool]:
    """The condition that a post may receive a letter of a grade (1 to 4)."""
    clearance = rules.clearance(grade)
    if clearance == ANYBODY:
        return true()
    today = view.today
    roles = view.app.vocabulary.rights.roles_with(READ_CLASSIFIED)
    above = (
        select(UnitClosure.ancestor_id)
        .where(
            UnitClosure.descendant_id == Position.unit_id,
            holds_on(UnitClosure.valid_from, UnitClosure.valid_to, today),
        )
        .correlate(Position)
    )
    holders = (
        select(Account.id)
        .join(Person, Person.id == Account.person_id)
        .join(Assignment, Assignment.person_id == Person.id)
        .where(
            Assignment.position_id == Position.id,
            holds_on(Assignment.valid_from, Assignment.valid_to, today),
        )
        .correlate(Position)
    )
    granted = exists().where(
        Grant.role.in_(roles),
        holds_on(Grant.valid_from, Grant.valid_to, today),
        Grant.unit_id.in_(above),
        or_(Grant.position_id == Position.id, Grant.account_id.in_(holders)),
    )
    return or_(Position.is_head, granted) if clearance == HEADS else granted


def _in_reach(view: View, giver: Position, rules: DispositionRules) -> ColumnElement[bool]:
    """Below the giver: who heads a unit reaches all posts of it and of the units below; others the
    posts of their unit and below, but never its head.
    """
    today = view.today
    below: ColumnElement[bool]
    if rules.scope == NEXT_LEVEL:
        children = select(UnitLink.unit_id).where(
            UnitLink.parent_id == giver.unit_id,
            holds_on(UnitLink.valid_from, UnitLink.valid_to, today),
        )
        below = or_(
            Position.unit_id == giver.unit_id,
            and_(Position.unit_id.in_(children), Position.is_head),
        )
    else:
        below = Position.unit_id.in_(subtree(giver.unit_id, today))
    not_above = or_(Position.unit_id != giver.unit_id, ~Position.is_head)
    return and_(Position.id != giver.id, below, not_above)
