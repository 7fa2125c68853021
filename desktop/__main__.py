"""`python -m desktop` is `homespun`, for a shell that has the package but not its scripts on the path."""

import sys

from desktop.cli import main

sys.exit(main())
