"""Every word that the window shows, by its id, in each language.

The words stand in Qt Linguist's own files, `<screen>.<language>.ts`, with ids: whoever translates opens those. They are
read without Qt, because the states decide what is said. English is the source; `tests/desktop/words` fails on a word
that is missing in a language, is used and not there, or is there and not used.
"""

from desktop.words.catalogue import LANGUAGES, PSEUDO, language, number, say, speak

__all__ = ["LANGUAGES", "PSEUDO", "language", "number", "say", "speak"]
