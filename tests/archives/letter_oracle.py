"""A literal account of one letter and its dispositions, kept beside the service by the tests.

Written from the rules of the domain (3.5: baru → dibaca → ditindaklanjuti → selesai; dibatalkan
only from baru) and of the house: posts act, by whoever decides for them today; one instructs those
below; a part that has ended is not touched again. Every act answers "ok" or "no", as the service
must; what the act changes is told here in plain words and compared as a whole.
"""

from collections.abc import Iterator

import attrs

from tests.archives.letter_office import HEADS, POSTS
from tests.archives.test_dispositions import BELOW

OPEN = ("new", "read", "acted")
HEAD_OF = {"KAB": "bupati", "DIN": "kadis", "BID": "kabid", "SEK": "kasi", "SIB": "sibling"}


@attrs.define
class Got:
    """A disposition at a post: who gave it (a post), where it hangs, and how far it is."""

    giver: str
    post: str
    above: int | None
    state: str = "new"
    handed: bool = False
    report: str = ""


@attrs.define
class Account:
    """The letter to kadis with a copy to sibling, and everything that hangs on it."""

    secret: bool
    read: set[str] = attrs.field(factory=set)
    settled: set[str] = attrs.field(factory=set)
    got: list[Got] = attrs.field(factory=list)
    stand_ins: dict[str, str] = attrs.field(factory=dict)
    entries: int = 0

    def posts_of(self, who: str) -> set[str]:
        """The posts for which somebody decides today."""
        own = set() if who in self.stand_ins else {who}
        return own | {post for post, one in self.stand_ins.items() if one == who}

    def holds(self, who: str) -> set[str]:
        """The posts that somebody holds, whoever decides for them."""
        return {who} | {post for post, one in self.stand_ins.items() if one == who}

    def readers(self) -> set[str]:
        """Who reads the letter."""
        parts = {"kadis", "sibling"} | {one.post for one in self.got if one.state != "cancelled"}
        found = {who for who in POSTS if self.holds(who) & parts} | {"registrar"}
        if not self.secret:
            heads = {who for who in POSTS if self.holds(who) & {"kadis", "bupati"}}
            found |= heads | {"clerk"}
        return found

    def may_receive(self, giver: str) -> set[str]:
        """To whom a post hands this letter."""
        cleared = HEADS | {"arsiparis"} if self.secret else set(POSTS)
        return BELOW.get(giver, set()) & cleared

    def waits(self, who: str) -> dict[str, int]:
        """What waits for somebody by tile; empty ones are left out."""
        mine = self.posts_of(who)
        found = {"unread": 0, "unsettled": 0, "copies": 0, "dispositions": 0}
        if "kadis" in mine and "kadis" not in self.settled:
            found["unsettled" if "kadis" in self.read else "unread"] = 1
        if "sibling" in mine and "sibling" not in self.read:
            found["copies"] = 1
        found["dispositions"] = sum(one.post in mine and one.state == "new" for one in self.got)
        found["open-dispositions"] = sum(
            one.post in mine
            and one.state in ("read", "acted")
            and not (one.handed and any(self.open_below(place)))
            for place, one in enumerate(self.got)
        )
        return {name: number for name, number in found.items() if number}

    def open_below(self, place: int) -> Iterator[bool]:
        """For each post to which it was handed on, whether it has it open."""
        return (one.state in OPEN for one in self.got if one.above == place)

    # ------------------------------------------------------------------------------- what is done

    def reads(self, who: str) -> bool:
        """Somebody opens the letter."""
        if who not in self.readers():
            return False
        mine = self.posts_of(who)
        parts = {post for post in ("kadis", "sibling") if post in mine and post not in self.read}
        new = [one for one in self.got if one.post in mine and one.state == "new"]
        self.read |= parts
        for one in new:
            one.state = "read"
        self.entries += bool(parts or new)
        return True

    def instructs(self, who: str, to: set[str]) -> bool:
        """Somebody gives the disposition of the addressee."""
        if "kadis" not in self.posts_of(who) or not to or not to <= self.may_receive("kadis"):
            return False
        self.read.add("kadis")
        self.settled.add("kadis")
        self._gives("kadis", None, to)
        return True

    def hands_on(self, who: str, place: int, to: set[str]) -> bool:
        """Somebody hands a disposition on."""
        one = self.got[place]
        if one.post not in self.posts_of(who) or one.state not in OPEN:
            return False
        if not to or not to <= self.may_receive(one.post):
            return False
        one.state, one.handed = "acted", True
        self._gives(one.post, place, to)
        return True

    def recalls(self, who: str, place: int) -> bool:
        """Somebody takes a disposition back; done already, it stays done."""
        one = self.got[place]
        if one.giver not in self.posts_of(who) or one.state not in ("new", "cancelled"):
            return False
        self.entries += one.state == "new"
        one.state = "cancelled"
        return True

    def reports(self, who: str, place: int, words: str, *, done: bool) -> bool:
        """Somebody says how far it is, or that it has ended."""
        one = self.got[place]
        if one.post not in self.posts_of(who) or one.state == "cancelled":
            return False
        if one.state == "done":
            return done and words in ("", one.report)
        if not words and not done:
            return False
        one.state, one.report = "done" if done else "acted", words or one.report
        self.entries += 1
        return True

    def settles(self, who: str, post: str) -> bool:
        """Somebody says that nothing more is needed of a post with a part."""
        if post not in self.posts_of(who):
            return False
        self.entries += post not in self.settled
        self.settled.add(post)
        self.read.add(post)
        return True

    def _gives(self, giver: str, above: int | None, to: set[str]) -> None:
        self.got += [Got(giver, post, above) for post in sorted(to)]
        self.entries += 1
