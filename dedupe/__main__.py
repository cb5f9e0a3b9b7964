"""`python -m dedupe` is the command `dedupe`."""

from .cli import main

if __name__ == "__main__":
    main()
