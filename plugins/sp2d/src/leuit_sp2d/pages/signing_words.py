"""How the signatures of a payment's papers are told on its page, and whose may be asked anew."""

from collections.abc import Iterable
from uuid import UUID

from leuit.values import Text, _
from leuit.work import View
from leuit_sp2d.models import STANDING, Paper
from leuit_sp2d.rules.chain import BY_KEY
from leuit_sp2d.service.paper_content import STEPS
from leuit_sp2d.service.paper_sending import ENDED, SIGNED, can_be_asked_again
from leuit_sp2d.service.papers import SIGN
from leuit_sp2d.service.people import step_of

_SIGNING: dict[str, tuple[Text, str]] = {
    "": (_("Belum ditandatangani"), "abu"),
    "waiting": (_("Menunggu tanda tangan"), "tunggu"),
    "signed": (_("Ditandatangani"), "daun"),
    "refused": (_("Tanda tangan ditolak"), "bata"),
    "recalled": (_("Permintaan tanda tangan ditarik"), "bata"),
    "expired": (_("Batas waktu tanda tangan lewat"), "bata"),
    "unfit": (_("Tidak dapat ditandatangani"), "bata"),
}


def signing_words(view: View, papers: Iterable[Paper]) -> dict[UUID, tuple[Text, str]]:
    """How far the signatures of each paper are, as word and tone.

    Nothing of one that nobody was ever to sign, nor of a voided one that was not signed.
    """
    told = {}
    for paper in papers:
        asked = paper.signing or view.app.has_port(SIGN)
        if asked and (paper.state == STANDING or paper.signing == SIGNED):
            told[paper.id] = _SIGNING[paper.signing]
    return told


def to_sign_again(view: View, papers: Iterable[Paper]) -> set[UUID]:
    """The papers whose signatures the reader may ask for anew."""
    ended = [paper for paper in papers if paper.signing in ENDED]
    held = step_of(view, ended[0].payment_id, view.identity.person_id) if ended else None
    return {
        paper.id
        for paper in ended
        if held in (None, STEPS[paper.kind])
        and view.allows(BY_KEY[STEPS[paper.kind]].permission, paper.unit_id)
        and can_be_asked_again(view, paper)
    }
