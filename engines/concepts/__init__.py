"""The concept guard: what a prompt speaks of, and taking it out of what the picture network is told.

`Guard(policy).apply(prompt, …)` composes words → surgery → closed form → values (`guard.py`); `check` tells what it would do.
`read_policy()` reads what a person decided. The room is NumPy alone: whoever calls brings the text encoder. It is a filter of
intent and no guarantee of safety; `docs/concepts.md` says what gets past it.
"""

from typing import TYPE_CHECKING

from homespun.doors import lazily

if TYPE_CHECKING:
    from engines.concepts.coder import Coder
    from engines.concepts.findings import Finding, Guarded, Stage
    from engines.concepts.guard import Guard
    from engines.concepts.literal import Span, Terms
    from engines.concepts.policy import Concept, Method, Policy
    from engines.concepts.policy_file import as_toml, policy_path, read_policy, save_measured
    from engines.concepts.removal import without
    from engines.concepts.thresholds import Calibration, calibrate
    from engines.concepts.uce import ClosedForm, closed_form
    from engines.concepts.visual import Detector, with_second_look

__all__ = [
    "Calibration",
    "ClosedForm",
    "Coder",
    "Concept",
    "Detector",
    "Finding",
    "Guard",
    "Guarded",
    "Method",
    "Policy",
    "Span",
    "Stage",
    "Terms",
    "as_toml",
    "calibrate",
    "closed_form",
    "policy_path",
    "read_policy",
    "save_measured",
    "with_second_look",
    "without",
]

_WHERE = {
    "Calibration": "engines.concepts.thresholds",
    "calibrate": "engines.concepts.thresholds",
    "ClosedForm": "engines.concepts.uce",
    "closed_form": "engines.concepts.uce",
    "Coder": "engines.concepts.coder",
    "Finding": "engines.concepts.findings",
    "Guarded": "engines.concepts.findings",
    "Stage": "engines.concepts.findings",
    "Guard": "engines.concepts.guard",
    "Span": "engines.concepts.literal",
    "Terms": "engines.concepts.literal",
    "Concept": "engines.concepts.policy",
    "Method": "engines.concepts.policy",
    "Policy": "engines.concepts.policy",
    "as_toml": "engines.concepts.policy_file",
    "policy_path": "engines.concepts.policy_file",
    "read_policy": "engines.concepts.policy_file",
    "save_measured": "engines.concepts.policy_file",
    "without": "engines.concepts.removal",
    "Detector": "engines.concepts.visual",
    "with_second_look": "engines.concepts.visual",
}

__getattr__ = lazily(__name__, _WHERE)
