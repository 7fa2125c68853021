"""How much a graph computes, and which share of it a device did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from engines.runtime.contract import Node, Placement, Reason
from engines.runtime.proof import Share, judge, read_profile, work_of, work_of_file

CPU = "CPUExecutionProvider"
NPU = "QNNExecutionProvider"
GPU = "WebGpuExecutionProvider"

Work = dict[str, tuple[str, int | None]]

SIZES: dict[str, tuple[str, Sequence[tuple[int, ...]], Sequence[tuple[int, ...]], int | None]] = {
    "a convolution": ("Conv", [(1, 3, 8, 8), (16, 3, 3, 3), (16,)], [(1, 16, 8, 8)], 2 * 16 * 64 * 27),
    "a strided one": ("Conv", [(2, 4, 8, 8), (16, 4, 2, 2)], [(2, 16, 4, 4)], 2 * 2 * 16 * 16 * 16),
    "one in groups": ("Conv", [(1, 8, 8, 8), (8, 1, 3, 3)], [(1, 8, 8, 8)], 2 * 8 * 64 * 9),
    "one in one dimension": ("Conv", [(1, 4, 10), (6, 4, 3)], [(1, 6, 10)], 2 * 60 * 12),
    "a fused one with a sum": (
        "FusedConv",
        [(1, 3, 8, 8), (3, 3, 3, 3), (3,), (1, 3, 8, 8)],
        [(1, 3, 8, 8)],
        2 * 192 * 27,
    ),
    "channels last": ("NhwcFusedConv", [(1, 8, 8, 4), (16, 4, 3, 3)], [(1, 8, 8, 16)], 2 * 1024 * 36),
    "a quantised one": (
        "QLinearConv",
        [(1, 3, 8, 8), (), (), (16, 3, 3, 3), (), (), (), (), (16,)],
        [(1, 16, 8, 8)],
        2 * 1024 * 27,
    ),
    "whole numbers": ("ConvInteger", [(1, 3, 8, 8), (16, 3, 3, 3), ()], [(1, 16, 8, 8)], 2 * 1024 * 27),
    "weights packed away": ("Conv", [(1, 3, 8, 8), (16,)], [(1, 16, 8, 8)], None),
    "transposed": ("ConvTranspose", [(1, 8, 4, 4), (8, 5, 2, 2)], [(1, 5, 8, 8)], 2 * 128 * 20),
    "matrices": ("MatMul", [(5, 7), (7, 3)], [(5, 3)], 2 * 5 * 7 * 3),
    "many matrices": ("MatMul", [(2, 12, 32, 16), (2, 12, 16, 32)], [(2, 12, 32, 32)], 2 * 24 * 32 * 32 * 16),
    "a matrix for all": ("MatMulInteger", [(1, 32, 384), (), (384,)], [(1, 32, 384)], 2 * 32 * 384 * 384),
    "a row": ("MatMul", [(7,), (7, 3)], [(3,)], 2 * 21),
    "a row and a column": ("MatMul", [(7,), (7,)], [()], 14),
    "matrices and a column": ("MatMul", [(2, 5, 7), (7,)], [(2, 5)], 140),
    "a matrix and a column": ("MatMul", [(5, 7), (7,)], [(5,)], 70),
    "quantised matrices": ("QLinearMatMul", [(5, 7), (), (), (7, 3), (), (), (), ()], [(5, 3)], 210),
    "few bits": ("MatMulNBits", [(1, 5, 64), (32, 2, 16)], [(1, 5, 32)], 2 * 5 * 64 * 32),
    "transposed first": ("FusedMatMul", [(7, 5), (7, 3)], [(5, 3)], 210),
    "with a sum": ("Gemm", [(5, 7), (3, 7), (3,)], [(5, 3)], 210),
    "attention with its weights": (
        "Attention",
        [(1, 10, 64), (64, 192), (192,)],
        [(1, 10, 64)],
        2 * 10 * 64 * 192 + 4 * 10 * 10 * 64,
    ),
    "attention of three": ("MultiHeadAttention", [(1, 10, 64), (1, 20, 64), (1, 20, 32)], [(1, 10, 32)], 2 * 200 * 96),
    "attention of heads": ("Attention", [(1, 4, 10, 16)] * 3, [(1, 4, 10, 16)], 2 * 4 * 100 * 32),
    "recurrent": ("LSTM", [(9, 1, 8), (1, 64, 8), (1, 64, 16)], [(9, 1, 1, 16)], 2 * 9 * (512 + 1024)),
    "nobody knows": ("Einsum", [(5, 7), (7, 3)], [(5, 3)], None),
    "no shapes": ("Conv", [], [], None),
    "no output": ("MatMul", [(5, 7), (7, 3)], [], None),
    "an activation": ("Relu", [(1, 16, 8, 8)], [(1, 16, 8, 8)], 0),
    "a sum": ("Add", [], [], 0),
    "quantising": ("QuantizeLinear", [(1, 3, 8, 8), (), ()], [(1, 3, 8, 8)], 0),
}


@pytest.mark.parametrize("case", SIZES)
def test_the_work_of_an_operator_comes_from_its_shapes(case: str) -> None:
    operator, inputs, outputs, expected = SIZES[case]
    assert work_of(operator, inputs, outputs) == expected


# Real files


def _encoder(tokens: int) -> Work:
    ids = np.ones((1, tokens), np.int64)
    file = models.locate("all-minilm-l6-v2").folder / "model.onnx"
    return work_of_file(file, {"batch": 1, "tokens": tokens}, {"input_ids": ids, "attention_mask": ids})


def _heavy(work: Mapping[str, tuple[str, int | None]]) -> Work:
    return {name: told for name, told in work.items() if told[1] != 0}


def test_the_work_of_the_sentence_encoder_is_that_of_its_layers() -> None:
    tokens = 32
    projections, feed_forward = 4 * 384 * 384, 2 * 384 * 1536
    attention = 2 * tokens * 384
    work = _encoder(tokens)
    assert sum(amount or 0 for _, amount in work.values()) == 6 * 2 * tokens * (projections + feed_forward + attention)
    assert {operator for operator, _ in _heavy(work).values()} == {"MatMul", "MatMulInteger"}
    assert len(work) > 400


@pytest.mark.parametrize("file", ["x2.onnx", "x4-int8.onnx"])
def test_the_work_of_an_enlarger_grows_with_the_picture(file: str) -> None:
    path = models.locate("enlarge-faithful").folder / file
    small, large = (
        work_of_file(path, {"height": n, "width": n}, {"picture": np.zeros((1, 3, n, n), np.float32)}) for n in (32, 64)
    )
    assert _heavy(small).keys() == _heavy(large).keys()
    assert all(amount == 4 * (small[name][1] or 0) for name, (_, amount) in large.items())
    assert small["conv1"] == ("Conv", 2 * 32 * 32 * 9 * 32 * 32)


def test_a_profile_names_what_ran_with_its_work(tmp_path: Path) -> None:
    text = """[
      {"cat": "Session", "name": "model_run", "args": {}},
      {"cat": "Node", "name": "a_fence_before", "args": {"op_name": "MatMul"}},
      {"cat": "Node", "name": "a_kernel_time", "args": {"op_name": "MatMul", "provider": "CPUExecutionProvider",
        "input_type_shape": [{"float": [5, 7]}, {"float": [7, 3]}], "output_type_shape": [{"float": [5, 3]}]}},
      {"cat": "Node", "name": "b_kernel_time", "args": {"op_name": "Relu", "provider": "QNNExecutionProvider"}}
    ]"""
    assert read_profile(text) == [Node("a", "MatMul", CPU, 210), Node("b", "Relu", NPU, 0)]


# Whose share it was

WORK: Work = {
    "conv0": ("Conv", 100),
    "relu0": ("Relu", 0),
    "conv1": ("Conv", 700),
    "unique": ("Unique", 0),
    "matmul": ("MatMul", 200),
}


def nodes(where: Mapping[str, str], work: Work = WORK) -> tuple[Node, ...]:
    return tuple(Node(name, work[name][0], provider) for name, provider in where.items())


def everywhere(provider: str) -> dict[str, str]:
    return dict.fromkeys(WORK, provider)


FUSED = (Node("QNN_graph_0", "QNN_graph_0", NPU, 0),)


def test_a_graph_that_is_all_on_the_device_is_enough() -> None:
    share = judge(Placement(nodes(everywhere(NPU)), FUSED), WORK, {NPU})
    assert share == Share(1.0, 0)
    assert share.reason is None


def test_a_graph_that_is_all_on_the_processor_is_found_out() -> None:
    for placement in (
        Placement(nodes(everywhere(CPU)), nodes(everywhere(CPU))),
        Placement(nodes(everywhere(CPU)), ()),
        Placement((), nodes(everywhere(CPU))),
    ):
        share = judge(placement, WORK, {NPU})
        assert share == Share(0.0, 0)
        assert share.reason is Reason.SILENT_CPU


def test_work_counts_and_not_the_number_of_nodes() -> None:
    where = everywhere(CPU) | {"conv1": NPU, "matmul": NPU, "conv0": NPU}
    assert judge(Placement(nodes(where), ()), WORK) == Share(1.0, 4)
    where = everywhere(NPU) | {"conv1": CPU}
    share = judge(Placement(nodes(where), ()), WORK)
    assert share == Share(0.3, 2)
    assert share.reason is Reason.PARTIAL


@pytest.mark.parametrize(("share", "crossings", "reason"), [
    (0.95, 4, None), (0.949, 0, Reason.PARTIAL), (1.0, 5, Reason.PARTIAL), (0.009, 0, Reason.SILENT_CPU), (0.02, 0, Reason.PARTIAL),
])  # fmt: skip
def test_the_gates_are_those_of_the_design(share: float, crossings: int, reason: Reason | None) -> None:
    assert Share(share, crossings).reason is reason


def test_names_that_a_layout_pass_changed_are_recognised() -> None:
    assigned = (
        Node("conv0_token_3", "Conv", NPU),
        Node("conv1_nchwc", "Conv", NPU),
        Node("matmul/MatMulAddFusion", "Gemm", CPU),
    )
    assert judge(Placement(assigned, ()), WORK) == Share(0.8, 1)


def test_names_that_nobody_recognises_are_taken_in_order() -> None:
    assigned = (Node("a", "NhwcFusedConv", NPU), Node("b", "NhwcFusedConv", CPU), Node("c", "FusedMatMul", NPU))
    assert judge(Placement(assigned, ()), WORK) == Share(0.3, 2)


def test_nodes_without_a_name_are_taken_in_order() -> None:
    assigned = (Node("", "Conv", NPU), Node("", "Conv", NPU), Node("", "MatMul", CPU))
    assert judge(Placement(assigned, ()), WORK) == Share(0.8, 1)


def test_an_old_runtime_that_leaves_kernels_out_of_its_record_is_judged_by_the_profile() -> None:
    """ONNX Runtime 1.24.4 with a provider of kernels: the record lists transposes, the profile all."""
    assigned = (Node("t", "Transpose", GPU), Node("unique", "Unique", CPU))
    profiled = (
        Node("t", "Transpose", GPU, 0),
        Node("conv0_token_1", "Conv", GPU, 100),
        Node("conv1_token_2", "Conv", GPU, 700),
        Node("Memcpy_1", "MemcpyToHost", GPU, 0),
        Node("unique", "Unique", CPU, 0),
        Node("Memcpy_2", "MemcpyFromHost", GPU, 0),
        Node("matmul", "MatMul", GPU, 200),
    )
    assert judge(Placement(assigned, profiled), WORK, {GPU}) == Share(1.0, 2)
    on_cpu = tuple(Node(n.name, n.operator, CPU, n.work) if n.name == "conv1_token_2" else n for n in profiled)
    share = judge(Placement(assigned, on_cpu), WORK, {GPU})
    assert share is not None
    assert share.share == pytest.approx(0.3)


def test_a_profile_of_fused_nodes_is_judged_by_its_own_work() -> None:
    profiled = (Node("x", "FusedConv", GPU, 100), Node("y", "Nameless", GPU, 0), Node("z", "FusedConv", GPU, 700))
    rest = (Node("w1", "Gemm", CPU, 120), Node("w2", "Gemm", GPU, 80))
    share = judge(Placement((), (*profiled, *rest)), WORK)
    assert share is not None
    assert share.share == pytest.approx(0.88)


def test_nothing_on_record_is_unknown_and_not_well() -> None:
    assert judge(Placement((), ()), WORK, {NPU}) is None
    assert judge(Placement((), FUSED), WORK, {NPU}) is None
    assert judge(Placement(nodes({"relu0": NPU}), FUSED), WORK, {NPU}) is None


def test_a_record_that_the_run_contradicts_is_unknown() -> None:
    assert judge(Placement(nodes(everywhere(NPU)), nodes(everywhere(CPU))), WORK, {NPU}) is None


def test_a_graph_without_such_work_is_unknown() -> None:
    assert judge(Placement(nodes({"relu0": NPU}), FUSED), {"relu0": ("Relu", 0)}, {NPU}) is None


def test_a_node_of_unknown_work_counts_for_nothing_on_the_device_and_is_unknown_elsewhere() -> None:
    work: Work = WORK | {"einsum": ("Einsum", None)}
    assert judge(Placement(nodes(dict.fromkeys(work, NPU), work), ()), work) == Share(1.0, 0)
    assert judge(Placement(nodes(dict.fromkeys(work, NPU) | {"einsum": CPU}, work), ()), work) is None


def test_several_runs_in_one_profile_are_one() -> None:
    once = nodes(everywhere(CPU) | {"conv1": GPU, "matmul": GPU})
    one = judge(Placement((), once), WORK)
    assert one == Share(0.9, 3)
    assert judge(Placement((), once * 5), WORK) == one


def test_another_providers_work_is_not_the_devices() -> None:
    assert judge(Placement(nodes(everywhere(GPU)), ()), WORK, {NPU}) == Share(0.0, 0)
    assert judge(Placement(nodes(everywhere(GPU)), ()), WORK) == Share(1.0, 0)


def test_the_real_encoder_run_by_the_processor_is_judged_as_such() -> None:
    work = _encoder(16)
    run = tuple(Node(name, operator, CPU, amount) for name, (operator, amount) in work.items())
    assert judge(Placement((), run), work, {NPU}) == Share(0.0, 0)
    moved = tuple(Node(n.name, n.operator, NPU if "MatMul" in n.operator else CPU, n.work) for n in run)
    share = judge(Placement((), moved), work, {NPU})
    assert share is not None
    assert (share.share, share.reason) == (1.0, Reason.PARTIAL)  # all the work, but to and fro at each layer


@given(
    st.lists(st.tuples(st.sampled_from(["Conv", "MatMul", "Relu"]), st.integers(1, 999), st.booleans()), min_size=1),
    st.booleans(),
    st.booleans(),
)
def test_the_share_is_the_work_on_the_device_whatever_the_order_and_the_suffixes(
    drawn: list[tuple[str, int, bool]], renamed: bool, in_profile: bool
) -> None:
    work: Work = {
        f"n{i}": (operator, 0 if operator == "Relu" else amount) for i, (operator, amount, _) in enumerate(drawn)
    }
    ran = tuple(
        Node(f"{name}_token_{i}" if renamed else name, told[0], NPU if drawn[i][2] else CPU, told[1])
        for i, (name, told) in enumerate(work.items())
    )
    total = sum(amount or 0 for _, amount in work.values())
    done = sum(node.work or 0 for node in ran if node.provider == NPU)
    share = judge(Placement((), ran) if in_profile else Placement(ran[::-1], ()), work, {NPU})
    if total == 0:
        assert share is None
    else:
        assert share is not None
        assert share.share == pytest.approx(done / total)
        assert share.crossings == sum(a.provider != b.provider for a, b in pairwise(ran))
