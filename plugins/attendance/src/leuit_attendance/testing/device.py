"""Device: one simulated terminal, the client of the push protocol from handshake to commands.

It behaves as the protocol says: asks for options, pushes its own, pushes records as they come,
polls, executes what it is told, and believes a record sent only when the server answered OK. A
stamp of 0 or None makes it send everything again. It executes DATA QUERY ATTLOG, VERIFY SUM,
DATA UPDATE and DELETE USERINFO, CHECK, LOG, INFO, REBOOT and RELOAD OPTIONS; what it does not know
it answers with -1002.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from urllib.parse import quote

from attrs import define

from .behaviour import HONEST, Behaviour
from .dice import dice
from .link import Answer, Link, LinkError
from .memory import DeviceMemory, MemoryLine, write_upload
from .punch_plan import PlannedTap

VERSION = "2.4.1"
_BACK_FILL = 100
_POLLS_IN_A_ROW = 20
_UNKNOWN_COMMAND = -1002
_NO_SUCH_USER = -10


@define
class DeviceCounts:
    """What happened: numbers of requests and faults; `errors` are requests given up."""

    handshakes: int = 0
    uploads: int = 0
    resent: int = 0
    stalls: int = 0
    lost_replies: int = 0
    full_resends: int = 0
    polls: int = 0
    commands: int = 0
    errors: int = 0


class Device:
    """A terminal. `memory` is the truth, `counts` the story, `refused` whether it was sent away."""

    def __init__(
        self,
        serial: str,
        *,
        behaviour: Behaviour = HONEST,
        seed: int = 1,
        zone_offset: int = 25200,
        push_key: str = "",
    ) -> None:
        self.serial = serial
        self.behaviour = behaviour
        self.memory = DeviceMemory(serial, behaviour.clock_offset)
        self.counts = DeviceCounts()
        self.options: dict[str, str] = {}
        self.users: dict[str, str] = {}
        self.results: list[tuple[str, int]] = []
        self.refused = False
        self._chance = dice(seed, "device", serial)
        self._zone_offset = zone_offset
        self._push_key = push_key
        self._stamp = "9999"
        self._known = 0

    async def run(
        self, link: Link, taps: Sequence[PlannedTap], sent: Callable[[int], None] | None = None
    ) -> None:
        """Live through these taps: sign in, push as they come, poll, and send what is left.

        `sent` hears how many records the server has acknowledged for the first time.
        """
        report = sent or (lambda _count: None)
        await self.start(link)
        waiting = list(taps)
        done = uploads = 0
        while done < len(waiting):
            end = done + self._chance.randint(1, max(1, self.behaviour.batch))
            while end < len(waiting) and waiting[end] == waiting[end - 1]:
                end += 1  # exact repeats stay in one upload, see `DeviceMemory.next_batch`
            for tap in waiting[done:end]:
                self.memory.add(tap)
            done = end
            if self.refused or self._happens(self.behaviour.offline):
                continue
            if self._happens(self.behaviour.restart):
                await self.handshake(link)
            await self.push_all(link, report)
            uploads += 1
            if uploads % max(1, self.behaviour.poll_every) == 0:
                await self.poll(link)
        if not self.refused:
            await self.push_all(link, report)
            await self.poll_until_idle(link)
            await self.push_all(link, report)

    async def start(self, link: Link) -> None:
        """What a device does when it is switched on: handshake, then its own options."""
        if await self.handshake(link):
            await self.push_options(link)

    async def handshake(self, link: Link) -> bool:
        """Ask for options; False where the server sends the device away or cannot be reached."""
        query = f"SN={self.serial}&options=all&pushver={VERSION}&DeviceType=att&language=73"
        if self._push_key:
            query += f"&pushcommkey={self._push_key}"
        answer = await self._try(lambda: link.get(f"/iclock/cdata?{query}"))
        self.counts.handshakes += 1
        if answer is None:
            return False
        if answer.status in {401, 403}:
            self.refused = True
            return False
        rows = answer.text.replace("\r\n", "\n").split("\n")
        if answer.status != 200 or rows[0] != f"GET OPTION FROM: {self.serial}":
            self.counts.errors += 1
            return False
        self.options = {name: value for name, _m, value in (row.partition("=") for row in rows[1:])}
        self._stamp = self.options.get("ATTLOGStamp", self.options.get("Stamp", "0"))
        if self._stamp in {"0", "None"} and self.memory.sent:
            self.memory.sent = 0
            self.counts.full_resends += 1
        return True

    async def push_options(self, link: Link) -> bool:
        """Tell the server what this device can do."""
        body = b"~DeviceName=SIM-100,FingerFunOn=1,FaceFunOn=1,MultiBioDataSupport=0:1:0:0:0:0:0:0"
        return await self._post(link, f"/iclock/cdata?SN={self.serial}&table=options", body)

    async def push_all(self, link: Link, sent: Callable[[int], None] | None = None) -> bool:
        """Send what the server does not know yet; False where some of it stays for later."""
        memory = self.memory
        while batch := memory.next_batch(self.behaviour.batch):
            first = memory.sent
            if not await self._upload(link, batch):
                return False
            memory.sent = first + len(batch)
            fresh = max(0, memory.sent - self._known)
            self._known += fresh
            if sent is not None and fresh:
                sent(fresh)
        return True

    async def poll(self, link: Link) -> int:
        """Ask for commands and execute them; the number of commands that came."""
        info = (
            f"Ver {VERSION}-20240115,{len(self.users)},0,{len(self.memory.lines)},"
            "192.0.2.17,10,58,1,0,111"
        )
        target = f"/iclock/getrequest?SN={self.serial}&INFO={quote(info)}"
        answer = await self._try(lambda: link.get(target))
        self.counts.polls += 1
        if answer is None or answer.status != 200:
            return 0
        rows = [row for row in answer.text.replace("\r\n", "\n").split("\n") if row[:2] == "C:"]
        replies = [await self._execute(link, *row[2:].partition(":")[::2]) for row in rows]
        if replies:
            body = "\n".join(replies).encode()
            await self._post(link, f"/iclock/devicecmd?SN={self.serial}", body)
        return len(replies)

    async def poll_until_idle(self, link: Link) -> None:
        """Poll until nothing waits; a server that never runs out of commands is left."""
        for _round in range(_POLLS_IN_A_ROW):
            if not await self.poll(link):
                return

    async def ping(self, link: Link) -> bool:
        """What a device does during long work."""
        answer = await self._try(lambda: link.get(f"/iclock/ping?SN={self.serial}"))
        return answer is not None and answer.text.startswith("OK")

    async def _upload(self, link: Link, batch: Sequence[MemoryLine]) -> bool:
        """One upload with the faults of this device; True when an answer to it was read."""
        form = self.behaviour.form
        target = f"/iclock/cdata?SN={self.serial}&table=ATTLOG&Stamp={self._stamp}"
        body = write_upload(batch, form, self._zone_offset)
        stall = self.behaviour.stall_seconds if self._happens(self.behaviour.stall) else 0.0
        lost = self._happens(self.behaviour.lost_reply)
        wait = self._happens(0.5)
        repeat = self._happens(self.behaviour.repeat)
        self.counts.uploads += 1
        self.counts.stalls += stall > 0
        if lost:
            self.counts.lost_replies += 1
            self.counts.resent += 1
            try:
                await link.post_and_hang_up(target, body, wait=wait)
            except LinkError:
                self.counts.errors += 1
        taken = await self._post(link, target, body, stall=stall)
        if taken and repeat:
            self.counts.resent += 1
            taken = await self._post(link, target, body)
        return taken

    async def _post(self, link: Link, target: str, body: bytes, *, stall: float = 0.0) -> bool:
        answer = await self._try(lambda: link.post(target, body, stall=stall))
        return answer is not None and answer.status == 200 and answer.text.startswith("OK")

    async def _try(self, request: Callable[[], Awaitable[Answer]]) -> Answer | None:
        """Send until the server answers with something else than trouble of its own."""
        answer: Answer | None = None
        for attempt in range(self.behaviour.attempts):
            if attempt:
                await asyncio.sleep(min(1.0, self.behaviour.retry_seconds * 2**attempt))
            try:
                answer = await request()
            except LinkError:
                continue
            if answer.status < 500 and answer.status != 429:
                return answer
        self.counts.errors += 1
        return answer

    async def _execute(self, link: Link, id_: str, command: str) -> str:
        self.counts.commands += 1
        verb, more = "DATA", ""
        code = 0
        words = command.split(" ", 3)
        fields = dict(pair.partition("=")[::2] for pair in words[-1].split("\t") if "=" in pair)
        if command.startswith("DATA QUERY ATTLOG "):
            code = await self._back_fill(link, fields)
        elif command.startswith("VERIFY SUM ATTLOG "):
            verb = "VERIFY SUM"
            code, more = self._verify_sum(fields)
        elif command.startswith("DATA UPDATE USERINFO ") and "PIN" in fields:
            self.users[fields["PIN"]] = fields.get("Name", "")
        elif command.startswith("DATA DELETE USERINFO "):
            known = fields.get("PIN", "") in self.users
            self.users.pop(fields.get("PIN", ""), "")
            code = 0 if known else _NO_SUCH_USER
        elif command in {"CHECK", "REBOOT", "RELOAD OPTIONS"}:
            verb = command
            await self.start(link)
            await self.push_all(link)
        elif command == "LOG":
            verb = command
            await self.push_all(link)
        elif command == "INFO":
            verb = command
            more = f"\n~SerialNumber={self.serial}\nTransactionCount={len(self.memory.lines)}"
        else:
            verb, code = words[0], _UNKNOWN_COMMAND
        self.results.append((id_, code))
        return f"ID={id_}&Return={code}&CMD={verb}{more}"

    async def _back_fill(self, link: Link, fields: dict[str, str]) -> int:
        interval = _interval(fields)
        if interval is None:
            return -1
        lines = self.memory.between(*interval)
        target = f"/iclock/cdata?SN={self.serial}&table=ATTLOG&Stamp={self._stamp}"
        for first in range(0, len(lines), _BACK_FILL):
            part = lines[first : first + _BACK_FILL]
            body = write_upload(part, self.behaviour.form, self._zone_offset)
            self.counts.resent += 1
            if not await self._post(link, target, body):
                return -3
        return 0

    def _verify_sum(self, fields: dict[str, str]) -> tuple[int, str]:
        interval = _interval(fields)
        if interval is None:
            return -1, ""
        start, end = fields["StartTime"], fields["EndTime"]
        count = len(self.memory.between(*interval))
        return 0, f"&StartTime={start}&EndTime={end}&AttlogSum={count}"

    def _happens(self, odds: float) -> bool:
        return self._chance.random() < odds


def _interval(fields: dict[str, str]) -> tuple[datetime, datetime] | None:
    try:
        start, end = (datetime.fromisoformat(fields[name]) for name in ("StartTime", "EndTime"))
    except (KeyError, ValueError):
        return None
    return start, end
