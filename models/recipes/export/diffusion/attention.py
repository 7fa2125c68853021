"""Attention with its text outside and a bias inside: what replaces diffusers' processors while a UNet is exported.

A cross-attention takes its keys and values from `Given` instead of making them from the text; a self-attention adds a bias
to its logits (design: diffusion.md §2.4, papers.md §0 decision 1). The arithmetic is diffusers' own, written out with its
softmax visible, because the fused form has no place for a bias that an exporter keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor


@dataclass
class Given:
    """What one run of the UNet is given: a key and a value tensor [1, tokens, W], and biases [1, 1, 1, N] by N."""

    k: Tensor
    v: Tensor
    biases: Mapping[int, Tensor] = field(default_factory=dict)


@dataclass
class Hand:
    """Hands `Given` to the processors during one run, and nothing in between: a tensor that stays would be traced in."""

    given: Given | None = None

    def now(self) -> Given:
        """What this run was given."""
        assert self.given is not None, "an attention ran outside of the wrapper"
        return self.given


def heads_apart(attention: torch.nn.Module, x: Tensor) -> Tensor:
    """[1, N, inner] → [1, heads, N, inner / heads]."""
    batch, tokens, inner = x.shape
    return x.view(batch, tokens, attention.heads, inner // attention.heads).transpose(1, 2)


def attended(attention: torch.nn.Module, query: Tensor, key: Tensor, value: Tensor, bias: Tensor | None) -> Tensor:
    """softmax(q kᵀ · scale + bias) v, heads put together again."""
    logits = torch.matmul(
        heads_apart(attention, query) * attention.scale, heads_apart(attention, key).transpose(-1, -2)
    )
    if bias is not None:
        logits = logits + bias
    out = torch.matmul(torch.softmax(logits, dim=-1), heads_apart(attention, value))
    return out.transpose(1, 2).reshape(1, query.shape[1], -1)


def finished(attention: torch.nn.Module, out: Tensor, before: Tensor) -> Tensor:
    """The projection behind an attention, and its residual where it has one."""
    out = attention.to_out[1](attention.to_out[0](out))
    if attention.residual_connection:
        out = out + before
    return out / attention.rescale_output_factor


@dataclass
class SelfAttention:
    """A self-attention; the bias of its token count is added when one is given."""

    hand: Hand

    def __call__(self, attn: torch.nn.Module, hidden_states: Tensor, **_: object) -> Tensor:
        """diffusers' processor interface: hidden_states [1, N, channels]."""
        bias = self.hand.now().biases.get(int(hidden_states.shape[1]))
        out = attended(attn, attn.to_q(hidden_states), attn.to_k(hidden_states), attn.to_v(hidden_states), bias)
        return finished(attn, out, hidden_states)


@dataclass
class CrossAttention:
    """A cross-attention; its keys and values are the columns `start` to `end` of what is given."""

    hand: Hand
    start: int
    end: int

    def __call__(self, attn: torch.nn.Module, hidden_states: Tensor, **_: object) -> Tensor:
        """diffusers' processor interface: hidden_states [1, N, channels]."""
        given = self.hand.now()
        key, value = given.k[:, :, self.start : self.end], given.v[:, :, self.start : self.end]
        return finished(attn, attended(attn, attn.to_q(hidden_states), key, value, None), hidden_states)


@dataclass
class _Watched:
    """Runs as diffusers would, and notes that it did."""

    seen: list[tuple[torch.nn.Module, int]]
    inner: object

    def __call__(self, attn: torch.nn.Module, hidden_states: Tensor, *rest: object, **named: object) -> Tensor:
        self.seen.append((attn, int(hidden_states.shape[1])))
        return self.inner(attn, hidden_states, *rest, **named)  # type: ignore[operator]


@dataclass(frozen=True)
class Attentions:
    """The attentions of a UNet in the order in which they run.

    `cross` are the modules whose keys and values come from the text, `widths` what each makes of a token, `bias` the token
    counts of the self-attentions, largest first.
    """

    cross: tuple[torch.nn.Module, ...]
    own: tuple[torch.nn.Module, ...]
    widths: tuple[int, ...]
    bias: tuple[int, ...]


def attentions_of(unet: torch.nn.Module, sample: Tensor, text_tokens: int) -> Attentions:
    """Run the UNet once as diffusers would, and see who attends to what. Its processors are as before afterwards.

    Raises `ValueError` when an attention runs twice or is of a kind that these processors don't know.
    """
    seen: list[tuple[torch.nn.Module, int]] = []
    before = dict(unet.attn_processors)
    unet.set_attn_processor({name: _Watched(seen, processor) for name, processor in before.items()})
    text = torch.zeros(1, text_tokens, unet.config.cross_attention_dim, dtype=sample.dtype)
    with torch.no_grad():
        unet(sample, torch.tensor([1.0]), encoder_hidden_states=text)
    unet.set_attn_processor(dict(before))  # it empties what it is given
    modules = [module for module, _ in seen]
    if len({id(module) for module in modules}) != len(modules) or len(modules) != len(before):
        raise ValueError("an attention runs twice, or never")
    for module in modules:
        refuse_others(module)
    cross = tuple(module for module in modules if module.is_cross_attention)
    own = tuple(module for module in modules if not module.is_cross_attention)
    tokens = {count for module, count in seen if not module.is_cross_attention}
    return Attentions(
        cross, own, tuple(module.to_k.out_features for module in cross), tuple(sorted(tokens, reverse=True))
    )


def refuse_others(module: torch.nn.Module) -> None:
    """Raises `ValueError` for an attention that computes more than the processors here do."""
    extra = [
        name
        for name in ("spatial_norm", "group_norm", "norm_q", "norm_k", "norm_cross", "add_k_proj")
        if getattr(module, name, None) is not None and getattr(module, name, None) is not False
    ]
    if extra:
        raise ValueError(f"an attention has {extra[0]}, and only plain ones are known")


def take_hold(found: Attentions, hand: Hand) -> None:
    """Give every attention the processor that reads from `hand`."""
    start = 0
    for module, width in zip(found.cross, found.widths, strict=True):
        module.set_processor(CrossAttention(hand, start, start + width))
        start += width
    for module in found.own:
        module.set_processor(SelfAttention(hand))
