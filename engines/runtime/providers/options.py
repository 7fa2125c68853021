"""The words that ONNX Runtime knows only as texts. A misspelt one is accepted in silence, so each stands here once."""

from __future__ import annotations

import os
from enum import StrEnum


class Key(StrEnum):
    """Entries of a session's configuration."""

    SPIN_WITHIN = "session.intra_op.allow_spinning"
    SPIN_BETWEEN = "session.inter_op.allow_spinning"
    RECORD_PLACEMENT = "session.record_ep_graph_assignment_info"


SIMULATED = "HOMESPUN_SIMULATED_DEVICES"
"""The environment variable that offers simulated devices: they prove the code and are slow."""


def simulated_wanted() -> bool:
    """Whether simulated devices are offered."""
    return os.environ.get(SIMULATED, "") not in ("", "0")
