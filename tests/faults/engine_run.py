"""A run of the shipped client engine under Node: who takes part, on which network, and the judge's verdict."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.proxy import FaultProxy
from tests.faults.weather import RandomWeather
from tests.support.cast import Cast, Person
from tests.support.damage import unreported
from tests.support.databases import ROOT
from tests.support.history import Account, Fault, judge

BUILT = ROOT / ".stamps" / "faults"
CONFIG = "tests/faults/engine/vite.config.ts"
PATIENCE_SECONDS = 30
LONGEST_GAP_MS = 500


def build() -> None:
    """Bundles the engine as a page of the harness loads it, and the harness."""
    for mode in ("page", "run"):
        subprocess.run(
            ["npx", "--no-install", "vite", "build", "-c", CONFIG, "--mode", mode], cwd=ROOT, check=True, timeout=120
        )


@dataclass
class Verdict:
    """What a run came to. `faults` are the judge's, `sights` what was wrong on a screen at some moment, `overlooked`
    what nobody reported of the damage done on purpose to the accounts and screens of this run.
    """

    is_settled: bool
    acknowledged: int
    troubles: int
    faults: list[Fault]
    sights: list[str]
    overlooked: list[str]
    states: list[str] = field(default_factory=list)

    def problems(self) -> list[str]:
        """All that was wrong, one line each; empty when nothing was."""
        late = [] if self.is_settled else ["not settled", *self.states]
        blind = [f"overlooked: {what}" for what in self.overlooked]
        return [*late, *(f"{fault.rule}: {fault.detail}" for fault in self.faults), *self.sights, *blind]


@dataclass(frozen=True)
class Party:
    """Customers, each in a chat of her own with one of the therapists; everybody on several devices."""

    cast: Cast
    customers: int = 3
    devices_each: int = 2

    def devices(self, messages: int) -> list[dict[str, object]]:
        """The devices of a plan; each sends about the same share of `messages`."""
        rooms: dict[str, list[str]] = {}
        people: dict[str, Person] = {"ayu": self.cast.ayu}
        for number in range(self.customers):
            name = f"customer-{number}"
            people[name] = self.cast.guest()
            booking = people[name].api.book(self.cast.form())
            self.cast.ayu.api.act("accept", booking["bookingId"])
            for member in ("ayu", name):
                rooms.setdefault(member, []).append(booking["conversationId"])
        count = len(people) * self.devices_each
        return [
            {
                "name": f"{name}-{device}",
                "cookie": person.api.cookie,
                "rooms": rooms[name],
                "messages": messages // count + (1 if index < messages % count else 0),
            }
            for index, (name, person, device) in enumerate(
                (name, person, device) for name, person in people.items() for device in range(self.devices_each)
            )
        ]


def run(proxy: FaultProxy, devices: list[dict[str, object]], journals: Path, seed: int, kills: float) -> Verdict:
    """Lets the devices send all they have to through `proxy`, in bad weather until the last tap and in fine weather
    from then on; `kills` is how often a page dies, per message.
    """
    plan = {
        "url": proxy.url,
        "bundle": str(BUILT / "page.js"),
        "journals": str(journals),
        "seed": seed,
        "patience": PATIENCE_SECONDS,
        "kills": kills,
        "gap": LONGEST_GAP_MS,
        "devices": devices,
    }
    node = subprocess.Popen(
        ["node", str(BUILT / "run.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with node:
        assert node.stdin
        assert node.stdout
        with RandomWeather(proxy, seed) as weather:
            node.stdin.write(json.dumps(plan))
            node.stdin.close()
            node.stdout.readline()
        told = json.loads(node.stdout.read() or "{}")
    assert node.returncode == 0, "the harness failed; what it said is above"
    accounts = [Account.load(path) for path in sorted(journals.glob("*.jsonl"))]
    promised = {promise.thing for account in accounts for promise in account.acknowledged}
    return Verdict(
        told["isSettled"],
        len(promised),
        len(weather.had),
        judge(accounts),
        told["faults"],
        [*(f"{what}, by the judge" for what in unreported(accounts, seed)), *told["overlooked"]],
        told["states"],
    )
