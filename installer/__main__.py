"""`python3 -m installer setup|demo|test|app|build|export-env|wheels|lock`: see docs/install.md."""

import sys

OLDEST = (3, 11)
PYTHON = 10  # ExitCode.PYTHON, written out because installer.failure needs a newer Python than this file


def refusal(version: "tuple[int, ...]") -> str:
    """What to tell a person whose Python has this version; nothing when it will do."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "error: Homespun needs Python {}.{} or newer, and this is Python {}.{}.\n"
        "do:    Install a newer Python and start the same command with it, for example: python3.12 -m installer setup\n"
    ).format(OLDEST[0], OLDEST[1], version[0], version[1])


if __name__ == "__main__":
    sentence = refusal(sys.version_info[:2])
    if sentence:
        sys.stderr.write(sentence)
        sys.exit(PYTHON)
    from installer.commands import main

    sys.exit(main(sys.argv[1:]))
