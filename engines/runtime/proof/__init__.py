"""The proof that a device may be used: where the work went, whether the numbers are right, and what is remembered.

`work_of_file` and `judge` tell the share of the work that a device did, `samples` and `compare` whether its numbers are
the processor's, `fingerprint` what a proof belongs to; `Ledger` keeps verdicts, failures and quarantines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from homespun.doors import lazily

if TYPE_CHECKING:
    from engines.runtime.proof.alive import boot_id
    from engines.runtime.proof.cleaning import cleaned
    from engines.runtime.proof.fingerprints import context_key, file_sha256, fingerprint
    from engines.runtime.proof.inputs import in_pairs, samples
    from engines.runtime.proof.ledger import Ledger
    from engines.runtime.proof.parity import Parity, black_or_nan, compare
    from engines.runtime.proof.records import Interrupted, Quarantine, Verdict
    from engines.runtime.proof.work import (
        LEAST_SHARE,
        MOST_CROSSINGS,
        Share,
        judge,
        read_profile,
        work_of,
        work_of_file,
    )

__all__ = [
    "LEAST_SHARE",
    "MOST_CROSSINGS",
    "Interrupted",
    "Ledger",
    "Parity",
    "Quarantine",
    "Share",
    "Verdict",
    "black_or_nan",
    "boot_id",
    "cleaned",
    "compare",
    "context_key",
    "file_sha256",
    "fingerprint",
    "in_pairs",
    "judge",
    "read_profile",
    "samples",
    "work_of",
    "work_of_file",
]

_WHERE = {
    "Interrupted": "engines.runtime.proof.records",
    "LEAST_SHARE": "engines.runtime.proof.work",
    "Ledger": "engines.runtime.proof.ledger",
    "MOST_CROSSINGS": "engines.runtime.proof.work",
    "Parity": "engines.runtime.proof.parity",
    "Quarantine": "engines.runtime.proof.records",
    "Share": "engines.runtime.proof.work",
    "Verdict": "engines.runtime.proof.records",
    "black_or_nan": "engines.runtime.proof.parity",
    "boot_id": "engines.runtime.proof.alive",
    "cleaned": "engines.runtime.proof.cleaning",
    "compare": "engines.runtime.proof.parity",
    "context_key": "engines.runtime.proof.fingerprints",
    "file_sha256": "engines.runtime.proof.fingerprints",
    "fingerprint": "engines.runtime.proof.fingerprints",
    "judge": "engines.runtime.proof.work",
    "read_profile": "engines.runtime.proof.work",
    "in_pairs": "engines.runtime.proof.inputs",
    "samples": "engines.runtime.proof.inputs",
    "work_of": "engines.runtime.proof.work",
    "work_of_file": "engines.runtime.proof.work",
}
"""Where each name is. It is imported when somebody asks for it: reading what was proved needs no arrays."""

__getattr__ = lazily(__name__, _WHERE)
