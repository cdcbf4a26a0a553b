"""Whether a text that another person will read carries, asks for or offers contact or bank details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.contact_guard.engine import ORDER, spans
from app.contact_guard.history import History
from app.contact_guard.rules import Rules, load_rules


@dataclass(frozen=True, slots=True)
class Verdict:
    """``spans`` are the [start, end) character ranges of the text that was checked to which ``code`` applies;
    ``offending`` are those of every finding, whatever its code.
    """

    blocked: bool
    code: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    offending: tuple[tuple[int, int], ...] = ()


DEFAULT = load_rules()


def check(text: str, recent: Sequence[str] = (), rules: Rules = DEFAULT) -> Verdict:
    """Judge one text. Of a text beyond the rules' ``longest`` (4,000 characters) only that much is read.

    :param text: what is about to be sent
    :param recent: the same sender's latest messages in the same conversation, oldest first
    :param rules: another set, to compare it with the one in force
    """
    engine = rules.engine
    current = engine.analysed(text)
    found = current.findings
    if not found and recent:
        texts = recent[-engine.messages :]
        earlier = [engine.analysed(message) for message in texts]
        found = History(engine).find(earlier, current, texts, text)
    if not found:
        return Verdict(False)
    code = min((finding.code for finding in found), key=ORDER.index)
    marked = spans([finding for finding in found if finding.code == code], current.folded, len(text))
    return Verdict(True, code, marked, spans(found, current.folded, len(text)))


def looks_back(text: str, rules: Rules = DEFAULT) -> bool:
    """Whether the verdict on a text can depend on what its sender wrote just before. Where not, ``check`` needs no
    ``recent``.
    """
    return History(rules.engine).may_complete(rules.engine.analysed(text))
