"""The exemplar filler: fills a hole from its surroundings, with no model and nothing to download."""

from engines.erase.exemplar.filler import Effort, Exemplar, Synthesis, synthesise

__all__ = ["Effort", "Exemplar", "Synthesis", "synthesise"]
