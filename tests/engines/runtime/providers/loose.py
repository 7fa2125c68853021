"""QNN without the rule that every size is fixed: what the plug-in does then by itself."""

from __future__ import annotations

from engines.runtime.providers.qnn import Qnn


class LooseQnn(Qnn):
    """Loads whatever it is given."""

    name = "loose-qnn"
    static = False


ROW = "tests.engines.runtime.providers.loose:LooseQnn"
