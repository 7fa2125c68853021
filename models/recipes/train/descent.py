"""One step of training, and the smoothed network that goes along with it: the same for every recipe."""

from __future__ import annotations

import torch


def descend(
    optimiser: torch.optim.Optimizer, loss: torch.Tensor, network: torch.nn.Module, *, rate: float, clip: float
) -> None:
    """Go down the gradient of `loss`, cut to a norm of `clip`, at the learning rate `rate`."""
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), clip)
    for group in optimiser.param_groups:
        group["lr"] = rate
    optimiser.step()


def follow(smooth: torch.nn.Module, network: torch.nn.Module, step: int, most: float) -> None:
    """Move `smooth` towards `network`: an exponential mean of its weights over more and more steps, `most` kept of each."""
    keep = min(most, (step + 1) / (step + 10))
    with torch.no_grad():
        for mine, learned in zip(smooth.parameters(), network.parameters(), strict=True):
            mine.lerp_(learned, 1 - keep)
