"""`python -m engines.compiled`: compile all kernels now, rather than at their first use."""

from engines.compiled.prepare import prepare

if __name__ == "__main__":
    prepare()
