"""Setting up, testing and packaging Homespun with nothing but Python's standard library.

This file and `__main__.py` must stay readable for Python 3.6: an old Python has to get a sentence, not a SyntaxError.
"""
