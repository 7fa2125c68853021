"""`python -m desktop.workers SERVICE`: the worker's end of the pipe. People don't call it."""

import sys

from desktop.workers.child import leave, serve

if __name__ == "__main__":
    if code := serve(sys.argv[1]):
        sys.exit(code)
    leave()  # at once: the end of the interpreter would wait for the thread that ends us if the work doesn't
