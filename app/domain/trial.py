"""A second set of rules for the contact filter, on trial: asked beside the one in force, never obeyed."""

from collections.abc import Sequence

import structlog

from app import contact_guard
from app.contact_guard import Rules, Verdict

logger = structlog.get_logger(__name__)

# One element at most, set once by the composition root.
_rules: list[Rules] = []


def use_trial_rules(rules: Rules | None) -> None:
    """Set the rules on trial; None: there are none."""
    _rules[:] = [rules] if rules else []


def version() -> str | None:
    """The version of the rules on trial."""
    return _rules[0].version if _rules else None


def verdict(text: str, recent: Sequence[str]) -> Verdict | None:
    """What the rules on trial say; None when there are none, or when they fail."""
    if not _rules:
        return None
    try:
        return contact_guard.check(text, recent, _rules[0])
    except Exception as error:  # noqa: BLE001  # nobody's message waits for, or fails by, rules on trial
        # Neither the error's words nor its frames: both can hold the text.
        logger.warning("trial.failed", error=type(error).__name__, version=version())
        return None
