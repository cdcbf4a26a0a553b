"""The contact filter: pure, without I/O but for reading its rules once.

``check`` judges a text; ``looks_back`` says whether it has to know those before; ``load_rules`` reads another set of
rules to judge by.
"""

from app.contact_guard.check import DEFAULT, Verdict, check, looks_back
from app.contact_guard.engine import ENGINE_VERSION
from app.contact_guard.rules import RuleError, Rules, load_rules

__all__ = ["DEFAULT", "ENGINE_VERSION", "RuleError", "Rules", "Verdict", "check", "load_rules", "looks_back"]
