"""What the composition root sets once, set anew for each test."""

from __future__ import annotations

from app.domain import policies, trial
from app.domain.rates import use_account_rate, use_booking_rate, use_draft_rate, use_message_rate
from app.storage.columns import use_field_keys


def usual_terms(field_key: str) -> None:
    """The usual deadlines, rates that no test reaches by accident, and one key for private fields."""
    policies.use_terms(policies.Terms())
    trial.use_trial_rules(None)
    use_message_rate(burst=1_000, per_second=10)
    use_booking_rate(burst=1_000, per_second=10)
    use_draft_rate(burst=1_000, per_second=10)
    use_account_rate(burst=1_000, per_second=10)
    use_field_keys((field_key,))
