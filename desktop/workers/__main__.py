"""`python -m desktop.workers SERVICE`: the worker's end of the pipe. People don't call it."""

import sys

from desktop.workers.child import serve

if __name__ == "__main__":
    sys.exit(serve(sys.argv[1]))
