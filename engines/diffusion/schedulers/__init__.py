"""How a sampler walks from noise to a picture: timesteps, and what each of them does with the network's answer.

Sources: the papers that each file names, for the figures diffusers 0.42.1, which the tests compare with.
"""

from engines.diffusion.schedulers.base import Scheduler
from engines.diffusion.schedulers.choice import scheduler

__all__ = ["Scheduler", "scheduler"]
