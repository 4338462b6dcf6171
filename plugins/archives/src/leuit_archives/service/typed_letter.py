"""A letter as somebody types it or a program sends it: posts by their names become content."""

from collections.abc import Callable
from typing import Any

import attrs

from leuit.values import FieldError, InvalidInputError, _, one_line
from leuit.work import View
from leuit_archives.rules.letter_content import LetterContent, clean_text
from leuit_archives.rules.name_line import AUTHORITIES, ON_BEHALF, OWN

from .draft_content import parties_of, post_named


@attrs.frozen(kw_only=True)
class TypedLetter:
    """What a letter says, with posts as `position_named` finds them.

    `to_groups` and `copy_groups` are kinds of units whose heads get it; `to_outside` and
    `copy_outside` are words, one addressee a line.
    """

    subject: str = ""
    body: str = ""
    closing: str = ""
    attached: str = ""
    place: str = ""
    to: tuple[str, ...] = ()
    to_groups: tuple[str, ...] = ()
    to_outside: str = ""
    copies: tuple[str, ...] = ()
    copy_groups: tuple[str, ...] = ()
    copy_outside: str = ""
    urgency: str = ""
    secrecy: str = ""
    class_code: str = ""
    signer: str = ""
    authority: str = ""
    principal: str = ""
    through: str = ""
    parafs: tuple[str, ...] = ()
    mode: str = ""


def content_of(view: View, typed: TypedLetter) -> LetterContent:
    """The content of a draft; InvalidInputError with every post that is not found, by its field."""
    found: dict[str, Any] = {}
    faults: list[FieldError] = []

    def read(name: str, make: Callable[[], Any]) -> None:
        try:
            found[name] = make()
        except InvalidInputError as error:
            faults.extend(error.fields)

    read("signer", lambda: post_named(view, typed.signer, "signer"))
    read("principal", lambda: post_named(view, typed.principal, "principal"))
    read("through", lambda: post_named(view, typed.through, "through"))
    read("to", lambda: parties_of(view, typed.to, typed.to_groups, typed.to_outside, "to"))
    read(
        "copies",
        lambda: parties_of(view, typed.copies, typed.copy_groups, typed.copy_outside, "copies"),
    )
    read("parafs", lambda: _parafs(view, typed.parafs))
    if faults:
        raise InvalidInputError(_("Periksa isi surat."), fields=faults)
    for name in ("to", "copies"):  # a group of heads, one of whom signs
        found[name] = tuple(
            one for one in found[name] if not (one.group and one.post == found["signer"])
        )
    authority = typed.authority if typed.authority in AUTHORITIES else OWN
    if authority == OWN:
        found |= {"principal": "", "through": ""}
    elif authority == ON_BEHALF:
        found["through"] = ""
    return LetterContent(
        subject=one_line(typed.subject),
        body=clean_text(typed.body),
        closing=clean_text(typed.closing),
        attached=one_line(typed.attached),
        place=one_line(typed.place),
        urgency=one_line(typed.urgency),
        secrecy=one_line(typed.secrecy),
        class_code=one_line(typed.class_code),
        authority=authority,
        mode="wet" if typed.mode == "wet" else "electronic",
        **found,
    )


def _parafs(view: View, texts: tuple[str, ...]) -> tuple[str, ...]:
    posts = (post_named(view, text, "parafs") for text in texts)
    return tuple(dict.fromkeys(post for post in posts if post))
