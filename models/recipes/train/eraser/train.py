"""Trains the eraser with one rule, or goes on with it: a checkpoint and a point of the curve every few minutes."""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.recipes.train.descent import descend, follow
from models.recipes.train.eraser.data import Floats, Maker, Masks, Scenes, sizes, split
from models.recipes.train.eraser.network import Eraser, Shape
from models.recipes.train.eraser.targets import LAST, Numbers, Rule, Times, schedule

WARM_UP = 100
CLIP = 1.0
SMOOTH = 0.998
OUTSIDE = 0.1
"""What a pixel outside the hole counts beside one inside."""

EVERY_S = 120.0
"""How often the curve gets a point, and the checkpoint is written."""

SHORTEST = 50
"""The least that one step goes down in time: 20 steps in all."""

PLAN = schedule()


class Run:
    """One training run: the network, its smoothed copy, the optimiser, and where they are kept."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.rule = Rule(options.rule)
        options.work.mkdir(parents=True, exist_ok=True)
        self.file = options.work / f"{options.name or self.rule}.pt"
        shape = Shape(channels=tuple(options.channels))
        self.network, self.smooth = Eraser(shape), Eraser(shape)
        if options.start:
            self.network.load_state_dict(torch.load(options.start, weights_only=True)["smooth"])
        self.smooth.load_state_dict(self.network.state_dict())
        self.smooth.requires_grad_(False)
        self.network.to(memory_format=torch.channels_last)
        self.adam = torch.optim.AdamW(self.network.parameters(), lr=options.rate, weight_decay=0.01)
        self.step, self.spent, self.losses = 0, 0.0, [0.0]
        if self.file.is_file():
            self._load()
        learn, _ = split(options.photos, options.cases)
        self.maker = Maker([sizes(photo, shape.side) for photo in learn], shape.side, options.seed + self.step)
        print(f"{self.file.stem}: {len(learn)} photos, from step {self.step}", flush=True)

    def _load(self) -> None:
        kept = torch.load(self.file, weights_only=True)
        self.network.load_state_dict(kept["network"])
        self.smooth.load_state_dict(kept["smooth"])
        self.adam.load_state_dict(kept["adam"])
        self.step, self.spent = kept["step"], kept["spent"]

    def save(self) -> None:
        """Write everything that is needed to go on, in one move."""
        kept = {
            "shape": asdict(self.smooth.shape),
            "rule": str(self.rule),
            "network": self.network.state_dict(),
            "smooth": self.smooth.state_dict(),
            "adam": self.adam.state_dict(),
            "step": self.step,
            "spent": self.spent,
        }
        torch.save(kept, self.file.with_suffix(".new"))
        os.replace(self.file.with_suffix(".new"), self.file)

    def rate(self) -> float:
        """The learning rate now: a short climb, then half a cosine down to a fiftieth."""
        share = min(1.0, self.step / self.options.steps)
        falling = 0.02 + 0.98 * (1 + math.cos(math.pi * share)) / 2
        return float(self.options.rate * falling * min(1.0, (self.step + 1) / WARM_UP))

    def train(self) -> int:
        """Steps until there are as many as were asked for; 1 when the loss is no number any more."""
        marked = before = time.monotonic()
        while self.step < self.options.steps:
            loss = self.one(self.maker.scenes(self.options.batch))
            now = time.monotonic()
            self.spent, before = self.spent + now - before, now
            if not math.isfinite(loss):
                print(f"The loss is {loss} at step {self.step}: a lower --rate is needed.", flush=True)
                return 1
            self.losses.append(loss)
            if now - marked > EVERY_S or self.step == self.options.steps:
                self._point()
                self.save()
                marked = now
        return 0

    def _point(self) -> None:
        mean = float(np.mean(self.losses[1:]))
        self.losses = [0.0]
        point = {"step": self.step, "seconds": round(self.spent), "rate": self.rate(), "loss": round(mean, 5)}
        with self.file.with_suffix(".jsonl").open("a", encoding="utf-8") as curve:
            curve.write(json.dumps(point) + "\n")
        print(json.dumps(point), flush=True)

    def one(self, scenes: Scenes) -> float:
        """One step; its loss."""
        random = self.maker.random
        t, u = drawn_times(random, len(scenes.photo))
        free = random.uniform(0, 1, len(t))
        noise = random.standard_normal(scenes.photo.shape, np.float32)
        x, wanted = posed(self.rule, scenes, t, u, free, noise)
        with torch.autocast("cpu", torch.bfloat16, enabled=not self.options.exact):
            found = answer(self.network, x, scenes.known, scenes.hole, t, u)
        hole = planes(scenes.hole[..., None])
        loss = ((OUTSIDE + (1 - OUTSIDE) * hole) * (found - planes(wanted)).abs()).mean()
        descend(self.adam, loss, self.network, rate=self.rate(), clip=CLIP)
        self.step += 1
        follow(self.smooth, self.network, self.step, SMOOTH)
        return float(loss.detach())


def drawn_times(random: np.random.Generator, count: int) -> tuple[Times, Times]:
    """`count` times and those that the sampler would go to next: steps of every length from `SHORTEST` on are alike likely."""
    t = random.integers(1, LAST + 1, count)
    long = np.rint(SHORTEST * (LAST / SHORTEST) ** random.uniform(0, 1, count)).astype(np.int64)
    return t, np.maximum(t - long, 0)


def posed(rule: Rule, scenes: Scenes, t: Times, u: Times, free: Numbers, noise: Floats) -> tuple[Floats, Floats]:
    """The noisy pictures that the network is given, and the pictures that it is to find: [n, s, s, 3] each."""

    def wide(values: Numbers) -> Floats:
        return np.asarray(values, np.float32)[:, None, None, None]

    difference = scenes.shown - scenes.photo
    mixed = scenes.photo + wide(PLAN.left(rule, t, free)) * difference
    x = wide(PLAN.picture(t)) * mixed + wide(PLAN.noise(t)) * noise
    return x, scenes.photo + wide(PLAN.shown(rule, t, u, free)) * difference


def planes(pixels: Floats | Masks) -> Tensor:
    """[n, h, w, c] → [n, c, h, w], channels last in memory."""
    return torch.from_numpy(np.ascontiguousarray(pixels, np.float32)).permute(0, 3, 1, 2)


def answer(network: Eraser, x: Floats, known: Floats, hole: Masks, t: Times, u: Times) -> Tensor:
    """What the network says to pictures [n, s, s, 3], holes [n, s, s] and times [n]."""
    return network(planes(x), planes(known), planes(hole[..., None]), torch.from_numpy(t), torch.from_numpy(u))


def trained(checkpoint: Path) -> Eraser:
    """The smoothed network of a checkpoint."""
    kept = torch.load(checkpoint, weights_only=True)
    network = Eraser(Shape(**kept["shape"]))
    network.load_state_dict(kept["smooth"])
    network.requires_grad_(False)
    network.eval()
    return network
