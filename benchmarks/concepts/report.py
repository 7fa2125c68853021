"""The two tables: what each method does around a target, and which attacks get past it."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.concepts.attacks import ATTACKS, Searched, search
from benchmarks.concepts.encoders import Side
from benchmarks.concepts.grammar import sets, targets
from benchmarks.concepts.measures import Measured, interval, mean, middle
from benchmarks.concepts.methods import NEGATIVE, Bench, Threshold, deleted, threshold, ways

ENDS = "everything refused"
"""The other end of the scale, beside no guard."""

MEANING = ("efficacy", "evasion", "overall", "leakage")
"""Columns that say something about language, and so nothing with random weights."""

COLUMNS = ("efficacy", "evasion", "sibling", "attribute", "far", "near/far", "leakage", "identity", "overall")


@dataclass(frozen=True)
class Evaluated:
    """All of one encoder: a `Measured` for each method, silent shares by attack and method, searches, thresholds."""

    side: Side
    methods: dict[str, Measured]
    attacks: dict[str, dict[str, list[float]]]
    searches: dict[str, list[Searched]]
    thresholds: dict[str, Threshold]

    @property
    def semantic(self) -> bool:
        """Whether scores mean anything: the encoder is meant to know language, and tells most targets from their absence."""
        told = [one.measured for one in self.thresholds.values()]
        return self.side.semantic and 2 * sum(told) >= len(told)

    def figures(self) -> dict[str, Any]:
        """Everything, for a program."""
        return {
            "encoder": self.side.name,
            "about": self.side.about,
            "semantic": self.semantic,
            "methods": {name: dict(zip(COLUMNS, _numbers(found), strict=True)) for name, found in self.methods.items()},
            "attacks": {
                attack: {name: mean(values) for name, values in found.items()} for attack, found in self.attacks.items()
            },
            "search": {name: mean([float(one.past) for one in found]) for name, found in self.searches.items()},
            "thresholds": {
                name: {"value": one.value, "measured": one.measured, "gate": one.gate}
                for name, one in self.thresholds.items()
            },
        }


def evaluate(side: Side, *, targets: int, split: str, tries: int) -> Evaluated:
    """Measure every method with one encoder, over the first `targets` classes taken evenly (0 = all)."""
    bench = Bench(side)
    result = Evaluated(side, {}, {}, {}, {})
    for number, kind in enumerate(chosen(targets), 1):
        print(f"  {number} {kind.name}", file=sys.stderr, flush=True)
        around = sets(kind).split(split)
        result.thresholds[kind.name] = found = threshold(bench, kind)
        for way in ways(bench, kind, found):
            result.methods.setdefault(way.name, Measured.empty()).add(bench, kind.name, around, way.say, found)
            for attack, made in ATTACKS.items():
                silent = [float(not way.say(text).fired) for text in made(kind)]
                result.attacks.setdefault(attack, {}).setdefault(way.name, []).extend(silent)
            if tries:
                result.searches.setdefault(way.name, []).append(search(bench, kind, way.say, number, tries))
        refused = result.methods.setdefault(ENDS, Measured.empty())
        refused.add(bench, kind.name, around, lambda prompt: deleted(bench, prompt), found)
    return result


def chosen(count: int) -> Sequence[Any]:
    """`count` classes, one of each family first."""
    everything = targets()
    turned = [everything[4 * family + place] for place in range(4) for family in range(len(everything) // 4)]
    return turned[:count] if count else turned


def _numbers(found: Measured) -> tuple[float, ...]:
    return (
        mean(found.gone),
        mean(found.silent),
        middle(found.sibling),
        middle(found.attribute),
        middle(found.far),
        found.auc(),
        mean(found.leaked),
        mean(found.same),
        found.overall(),
    )


def tables(part: Evaluated, *, markdown: bool) -> Iterator[str]:
    """Both tables as lines, with what they mean above them."""
    yield from ("", f"Encoder: {part.side.name} ({part.side.about}).")
    measured = [one.value for one in part.thresholds.values() if one.measured]
    yield (
        f"{len(part.thresholds)} targets; a threshold tells with from without for {len(measured)} of them"
        + (f" ({min(measured):.3f} to {max(measured):.3f})" if measured else "")
        + ("." if len(measured) == len(part.thresholds) else "; for the others the paper's 0.12 is used.")
    )
    gates = [one.gate for one in part.thresholds.values() if one.gate is not None]
    yield (
        f"A gate for values tells with from without for {len(gates)} of them"
        + (f" ({min(gates):.3f} to {max(gates):.3f})" if gates else "")
        + ("." if len(gates) == len(part.thresholds) else "; for the others it is 0.86.")
    )
    yield f"Efficacy is over the {len(part.methods['no guard'].gone)} prompts in which the target is seen at all."
    if not part.semantic:
        why = "it doesn't tell with from without" if part.side.semantic else "random weights know no language"
        yield f"Columns {', '.join(MEANING)} and the attacks: algebra only, {why}."
    yield from ("", *_grid([("method", *_heads(part)), *_method_rows(part)], markdown=markdown))
    worth = "" if part.semantic else "; algebra only, but for the word filter and words"
    yield from ("", f"Share of prompts on which the guard is silent (lower is better{worth}), by attack:", "")
    yield from _grid(list(_attack_rows(part)), markdown=markdown)
    yield ""


def _heads(part: Evaluated) -> tuple[str, ...]:
    return tuple(f"{name} (algebra only)" if name in MEANING and not part.semantic else name for name in COLUMNS)


def _method_rows(part: Evaluated) -> Iterator[tuple[str, ...]]:
    for name, found in part.methods.items():
        numbers = _numbers(found)
        spans: dict[int, tuple[float, float]] = {
            0: interval(found.gone),
            1: interval(found.silent),
            2: interval(found.sibling, middle),
            3: interval(found.attribute, middle),
            4: interval(found.far, middle),
            6: interval(found.leaked),
            7: interval(found.same),
        }
        yield (name, *(_shown(number, spans.get(place)) for place, number in enumerate(numbers)))
    yield (NEGATIVE, *("not visible: acts in the sampler" if not place else "–" for place in range(len(COLUMNS))))


def _shown(number: float, span: tuple[float, float] | None) -> str:
    if math.isnan(number):
        return "–"
    return f"{number:.2f}" + (f" [{span[0]:.2f}, {span[1]:.2f}]" if span else "")


def _attack_rows(part: Evaluated) -> Iterator[tuple[str, ...]]:
    names = [name for name in part.methods if name != ENDS]
    yield ("attack", *names)
    for attack, found in part.attacks.items():
        yield (attack, *(_shown(mean(found[name]), interval(found[name])) for name in names))
    if part.searches:
        cells = []
        for name in names:
            past = [float(one.past) for one in part.searches.get(name, [])]
            cells.append(_shown(mean(past), interval(past) if past else None))
        yield ("token search, cosine ≥ 0.8", *cells)


def _grid(rows: Sequence[tuple[str, ...]], *, markdown: bool) -> Iterator[str]:
    if markdown:
        yield f"| {' | '.join(rows[0])} |"
        yield f"|{'---|' * len(rows[0])}"
        yield from (f"| {' | '.join(row)} |" for row in rows[1:])
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
