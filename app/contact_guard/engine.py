"""The pipeline over one text, and over what was written just before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.contact_guard.addresses import Addresses
from app.contact_guard.atoms import Atom, Atoms
from app.contact_guard.findings import Finding
from app.contact_guard.masks import Masks
from app.contact_guard.normalise import Folded, Folding
from app.contact_guard.numbers import Item, Numerals
from app.contact_guard.rules import Rules
from app.contact_guard.syllables import Syllables
from app.contact_guard.talk import Talk
from app.contact_guard.windows import Windows
from app.contact_guard.words import Word

#: Raised with each change of what the code finds; the rules have a version of their own.
ENGINE_VERSION = "5"
#: How many analyses are remembered: the sender's last messages are looked at with each new one. They are of private
#: texts and stay in memory, so there are no more than the conversations of a moment need.
REMEMBERED = 128
#: What several findings of one text are called by: the first of these.
ORDER = ("CARD", "PHONE", "BANK", "EMAIL", "URL", "MESSENGER", "REQUEST", "SPLIT")


@dataclass(frozen=True)
class Analysis:
    """Everything that is known of one text by itself."""

    folded: Folded
    words: list[Word]
    atoms: list[Atom]
    items: list[Item]
    findings: list[Finding]
    #: Where a bank, a wallet or an account is named, in the folded text.
    accounts: list[int] = field(default_factory=list)
    #: Whether it is digits and nothing else but filler.
    only_digits: bool = False
    is_filler: bool = False


class Engine:
    """One set of rules, ready to be asked."""

    def __init__(self, rules: Rules) -> None:
        files = rules.files
        self.longest = int(files["engine"]["longest"])
        self.messages = int(files["engine"]["messages"])
        self.folding = Folding(files["characters"], files["lookalikes"])
        self.atoms = Atoms(files["numbers"], files["lookalikes"])
        self.syllables = Syllables(files["numbers"])
        self.numerals = Numerals(files["numbers"])
        self.masks = Masks(rules)
        self.talk = Talk(rules, self.folding)
        self.addresses = Addresses(files["addresses"])
        self.windows = Windows(rules)
        self.analysed = lru_cache(maxsize=REMEMBERED)(self.analyse)

    def analyse(self, text: str) -> Analysis:
        """What one text says by itself."""
        folded = self.folding.fold(text[: self.longest])
        words = self.talk.split(folded.text)
        heard = self.talk.listen(folded.text, words)
        atoms = self.syllables.joined(self.atoms.read(folded.text), folded.text)
        items = self.numerals.items(atoms, folded.text)
        findings = heard.findings + self.addresses.find(folded.text, words)
        if items:
            self.masks.apply(folded.text, atoms, items)
            findings += self.windows.find(atoms, items, heard.accounts)
        in_items = sum(item.last - item.first + 1 for item in items)
        fillers = sum(1 for atom in atoms if atom.text in self.talk.fillers and atom.kind in "ow")
        only_digits = bool(items) and in_items + fillers >= len(atoms) and not any(item.mask for item in items)
        return Analysis(
            folded, words, atoms, items, findings, heard.accounts, only_digits, bool(atoms) and fillers == len(atoms)
        )


def spans(findings: Sequence[Finding], folded: Folded, length: int) -> tuple[tuple[int, int], ...]:
    """The places of the findings in the original text, in order, none within another."""
    places = sorted(
        (folded.origin[finding.start], folded.origin[finding.end - 1] + 1)
        for finding in findings
        if finding.end > finding.start
    )
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, min(end, length)))
    return tuple(merged)
