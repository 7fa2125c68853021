"""Known items: real files of this machine, each asked for by its description, a paraphrase, and with a typo."""

from __future__ import annotations

import os
from collections.abc import Callable

from benchmarks.judged import KnownItems, known_items
from benchmarks.metrics import CUT, mean, reciprocal_rank
from benchmarks.peers.recoll import Recoll
from benchmarks.scratch import Bench, fingerprint, kept_index, remembering_encoder
from benchmarks.table import Row, Skipped

FORMS = {"plain": "≥ 0.70", "paraphrase": "≥ 0.57", "typo": "≥ 0.69"}


def known(bench: Bench) -> list[Row]:
    """MRR@10 of the three forms, beside Recoll over the same files."""
    items = known_items(bench)
    with remembering_encoder(bench) as encoder, kept_index(bench, "known", items.folder, encoder) as index:
        searcher = index.searcher()
        root = os.fsencode(items.folder)

        def product(sentence: str) -> list[str]:
            return [os.fsdecode(os.path.relpath(hit.path, root)) for hit in searcher.search(sentence, limit=CUT).hits]

        ours = {form: _mrr(items, form, product) for form in FORMS}
    peers, peer_note = _recoll(bench, items)
    about = f"{items.files:,} files, {len(items.questions)} questions, {items.absent} targets not on this machine"
    return [
        Row(
            f"known item MRR@10, {form}",
            f"{ours[form]:.3f}",
            target,
            peers.get(form, peer_note),
            (about,) if form == "plain" else (),
            {"mrr10": ours[form]},
        )
        for form, target in FORMS.items()
    ]


def _mrr(items: KnownItems, form: str, search: Callable[[str], list[str]]) -> float:
    return mean(reciprocal_rank(search(one[form]), one["target"]) for one in items.questions)


def recoll_over(bench: Bench, items: KnownItems) -> Recoll:
    """Recoll with an index of the known-item corpus, kept between runs. Raises `Skipped`."""
    if not bench.peers:
        raise Skipped("no peers asked for")
    peer = Recoll(bench.folder("known") / "recoll", items.folder)
    mark = bench.folder("known") / "recoll-made-from.txt"
    wanted = fingerprint(sorted(path for path in items.folder.rglob("*") if path.is_file()), peer.name)
    if not peer.built or not mark.exists() or mark.read_text("ascii") != wanted:
        peer.build()
        mark.write_text(wanted, "ascii")
    return peer


def _recoll(bench: Bench, items: KnownItems) -> tuple[dict[str, str], str]:
    try:
        peer = recoll_over(bench, items)
    except Skipped as reason:
        return {}, str(reason)

    def any_term(sentence: str) -> list[str]:
        return peer.search(sentence, CUT)

    def all_terms(sentence: str) -> list[str]:
        return peer.search(sentence, CUT, all_terms=True)

    return {
        form: f"{peer.name}: any term {_mrr(items, form, any_term):.3f}, all terms {_mrr(items, form, all_terms):.3f}"
        for form in FORMS
    }, ""
