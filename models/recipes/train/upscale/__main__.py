"""Trains an enlarger, or goes on with one: a checkpoint and a learning curve every few minutes.

    python -m models.recipes.train.upscale --photos ../shared/data/photos --work DIR --minutes 60

`--from FILE` starts from another network's weights (x4 from x2, restore from faithful). Stop it at any time; the same
command goes on where it stopped. `--again` with more `--minutes` starts another round of the schedule.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from models.recipes.train.descent import descend, follow
from models.recipes.train.upscale import measure
from models.recipes.train.upscale.damage import Damage
from models.recipes.train.upscale.network import Shape, Upscaler
from models.recipes.train.upscale.photos import Crops, Pair, Pixels, credited, learned, measured

WARM_UP = 50
LOWEST = 1e-6
CLIP = 0.5
SMOOTH = 0.999
EVERY_S = 120.0
"""How often the curve gets a point, and the checkpoint is written."""

PAUSE_S = 2.0
"""A step that seems to take longer was a machine asleep, and doesn't count as training."""

CHECK_AFTER = 1000
"""Steps after which the network must be worth `MARGIN` decibels more than its own skip."""

MARGIN = 0.1
GRADIENTS = 0.1
SQUARES = 20.0
"""Brings the squares near the size of the L1 loss, so that the clipping of gradients means the same."""


def main(argv: list[str]) -> int:
    """Train; 1 when the network turns out not to learn."""
    options = _options(argv)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    shape = Shape(options.scale, options.channels, options.depth)
    run = Run(shape, options)
    return run.train()


class Run:
    """One training run: the network, its smoothed copy, the optimiser, and where they are kept."""

    def __init__(self, shape: Shape, options: argparse.Namespace) -> None:
        self.shape = shape
        self.options = options
        self.name = f"{options.style}-{shape.name}"
        options.work.mkdir(parents=True, exist_ok=True)
        self.file = options.work / f"{self.name}.pt"
        self.curve = options.work / f"{self.name}.jsonl"
        self.network = Upscaler(shape).to(memory_format=torch.channels_last)
        if options.start:
            borrow(self.network, torch.load(options.start, weights_only=True)["smooth"])
        self.smooth = Upscaler(shape)
        self.smooth.load_state_dict(self.network.state_dict())
        self.smooth.requires_grad_(False)
        self.adam = torch.optim.Adam(self.network.parameters(), lr=options.rate, betas=(0.9, 0.99))
        self.step = 0
        self.spent = 0.0
        self.rounds: list[dict[str, float]] = []
        if self.file.is_file():
            self._load()
        if not self.rounds or options.again:
            self.rounds.append({"from": self.spent, "seconds": options.minutes * 60, "rate": options.rate})
        learn, kept = credited(options.photos)
        pairs = learned(learn, shape.scale)
        self.measured = measured(kept, shape.scale)
        seed = options.seed + self.step
        damage = None
        if options.style == "restore":
            damage = Damage(shape.scale, seed)
            fixed = Damage(shape.scale, seed=0)
            self.measured = [Pair(one.large, fixed(one.large)) for one in self.measured]
        self.crops = Crops(pairs, shape.scale, options.side + 2 * shape.radius, seed, damage)
        self.tests = {
            name: measure.test_pairs(options.evaluate / name, shape.scale)
            for name in ("Set5", "Set14")
            if options.evaluate
        }
        large = sum(one.large.shape[0] * one.large.shape[1] for one in pairs)
        print(f"{self.name}: {len(pairs)} pictures, {large / 1e6:.1f} MP, from step {self.step}", flush=True)

    def _load(self) -> None:
        kept = torch.load(self.file, weights_only=True)
        self.network.load_state_dict(kept["network"])
        self.smooth.load_state_dict(kept["smooth"])
        self.adam.load_state_dict(kept["adam"])
        self.step, self.spent, self.rounds = kept["step"], kept["spent"], kept["rounds"]

    def save(self) -> None:
        """Write everything that is needed to go on, in one move."""
        kept = {
            "shape": asdict(self.shape),
            "network": self.network.state_dict(),
            "smooth": self.smooth.state_dict(),
            "adam": self.adam.state_dict(),
            "step": self.step,
            "spent": self.spent,
            "rounds": self.rounds,
        }
        torch.save(kept, self.file.with_suffix(".new"))
        os.replace(self.file.with_suffix(".new"), self.file)

    def done(self) -> float:
        """How much of this round is over, 0..1."""
        current = self.rounds[-1]
        return min(1.0, (self.spent - current["from"]) / current["seconds"])

    def rate(self) -> float:
        """The learning rate now: a short climb, then half a cosine down to `LOWEST`."""
        top = self.rounds[-1]["rate"]
        falling = LOWEST + (top - LOWEST) * (1 + math.cos(math.pi * self.done())) / 2
        return falling * min(1.0, (self.step + 1) / WARM_UP)

    def train(self) -> int:
        """Steps until the time is over."""
        before = marked = time.monotonic()
        while self.done() < 1.0:
            loss = self.one()
            now = time.monotonic()
            self.spent += min(now - before, PAUSE_S)
            before = now
            if not math.isfinite(loss):
                print(f"The loss is {loss} at step {self.step}: a lower --rate is needed.", file=sys.stderr)
                return 1
            if now - marked > EVERY_S or self.done() >= 1.0 or self.step == CHECK_AFTER:
                point = self.point(loss)
                self.save()
                before = marked = time.monotonic()  # what measuring takes isn't training
                if self.step >= CHECK_AFTER and self.options.style == "faithful" and point["gain"] < MARGIN:
                    print(f"The body adds {point['gain']:.3f} dB to its skip: it doesn't learn.", file=sys.stderr)
                    return 1
        return 0

    def one(self) -> float:
        """One step; its loss."""
        small, large = self.crops.batch(self.options.batch)
        radius, scale = self.shape.radius, self.shape.scale
        found = self.network(tensor(small), valid=True, half=True)
        wanted = tensor(large)[:, :, radius * scale : -radius * scale, radius * scale : -radius * scale]
        loss = self.loss(found, wanted)
        descend(self.adam, loss, self.network, rate=self.rate(), clip=CLIP)
        self.step += 1
        follow(self.smooth, self.network, self.step, SMOOTH)
        return float(loss.detach())

    def loss(self, found: Tensor, wanted: Tensor) -> Tensor:
        """`faithful`: L1, and squares in the last quarter, as PSNR counts them. `restore`: L1, also of the gradients."""
        if self.options.style == "restore":
            return functional.l1_loss(found, wanted) + GRADIENTS * sum(
                functional.l1_loss(torch.diff(found, dim=axis), torch.diff(wanted, dim=axis)) for axis in (2, 3)
            )
        if self.done() > 0.75:
            return functional.mse_loss(found, wanted) * SQUARES
        return functional.l1_loss(found, wanted)

    def point(self, loss: float) -> dict[str, float]:
        """One point of the curve, with the checks that a dead body can't pass."""
        scale = self.shape.scale
        whole = mean(self.measured, self.smooth, scale)
        alone = mean(self.measured, self.smooth, scale, skip_only=True)
        point: dict[str, float] = {
            "step": self.step,
            "seconds": round(self.spent),
            "rate": self.rate(),
            "loss": loss,
            "kept": whole,
            "kept_skip": alone,
            "gain": whole - alone,
        }
        for name, pairs in self.tests.items():
            point[name] = mean(pairs, self.smooth, scale)
        point.update(alive(self.smooth, self.measured))
        with self.curve.open("a", encoding="utf-8") as curve:
            curve.write(json.dumps({key: round(value, 7) for key, value in point.items()}) + "\n")
        print(" ".join(f"{key} {value:.4g}" for key, value in point.items()), flush=True)
        return point


def mean(pairs: list[Pair], network: Upscaler, scale: int, *, skip_only: bool = False) -> float:
    """Mean PSNR of the network, or of its skip alone."""

    def enlarge(small: Pixels) -> NDArray[np.float32]:
        radius = network.shape.radius
        padded = functional.pad(tensor(small[None]), [radius] * 4, mode="reflect")
        if skip_only:
            out = functional.pixel_shuffle(network.linear(padded, valid=True), scale)
        else:
            out = network(padded, valid=True)
        return np.asarray((out[0].permute(1, 2, 0) * 255).numpy(), dtype=np.float32)

    return measure.mean_psnr(pairs, enlarge, scale)


def alive(network: Upscaler, pairs: list[Pair]) -> dict[str, float]:
    """How much the body says, and the share of channels that answer anything, in the poorest layer."""
    pictures = tensor(np.stack([one.small for one in pairs[:4]]))
    layers = list(network.layers(pictures, valid=True))
    spread = [layer.std(dim=(0, 2, 3)) for layer in layers[:-1]]
    return {
        "body_std": float(layers[-1].std()),
        "live": min(float((one > 1e-3).float().mean()) for one in spread),
    }


def borrow(network: Upscaler, weights: dict[str, Tensor]) -> None:
    """Take every tensor of `weights` that has the same name and shape here; the others keep their beginning."""
    own = network.state_dict()
    same = {name: value for name, value in weights.items() if name in own and own[name].shape == value.shape}
    network.load_state_dict({**own, **same})


def tensor(pixels: Pixels) -> Tensor:
    """[n, h, w, 3] of 0..255 → [n, 3, h, w] of 0..1, channels last in memory."""
    return torch.from_numpy(np.array(pixels)).permute(0, 3, 1, 2).float().div_(255)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="models.recipes.train.upscale", description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="folder of photos with CREDITS.md")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints and curves")
    parser.add_argument("--evaluate", type=Path, help="folder with Set5 and Set14, for the curve only")
    parser.add_argument("--style", choices=["faithful", "restore"], default="faithful")
    parser.add_argument("--scale", type=int, choices=[2, 3, 4], default=2)
    parser.add_argument("--channels", type=int, default=32)
    parser.add_argument("--depth", type=int, default=6)
    parser.add_argument("--from", dest="start", type=Path, help="checkpoint to take weights from")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--again", action="store_true", help="another round of --minutes with --rate at its top")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--side", type=int, default=32, help="pixels of a small crop that count, without the margin")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
