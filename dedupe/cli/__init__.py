"""The command line: parse, call one library function, print. A command's code is imported when it is called."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from threading import Timer
from typing import Any

import click

from .. import __version__
from ..errors import DedupeError, reason

COMMANDS = {
    "report": "report",
    "taken": "taken",
    "copies": "copies",
    "compare": "compare",
    "label": "label",
    "index": "index",
    "evaluate": "evaluate",
    "tune": "evaluate",
}


class CouldNotRun(click.ClickException):
    """An error the user can act on, in one line; exit status 2."""

    exit_code = 2

    def format_message(self) -> str:
        from ..report.wording import safe

        return safe(self.message)


class Friendly(click.Group):
    """A group that imports its commands when they are called and turns our errors into one line each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            known = ((name, self.get_command(ctx, name)) for name in COMMANDS)
            self.commands = {name: command for name, command in known if command}  # click names the nearest
            return None
        return getattr(import_module(f".{COMMANDS[cmd_name]}", __name__), cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DedupeError as error:
            raise CouldNotRun(str(error)) from error
        except BrokenPipeError:  # the reader of our output has gone, as `head` does; click would end with 1
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is for nobody
            ctx.exit(0)


@click.group(cls=Friendly, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dedupe")
def cli() -> None:
    """Find the versions of news stories: copies, excerpts and rewrites, and what on a page is not reporting."""


def main() -> None:
    """Run the command line; an interrupt ends it with one line and status 130.

    Where a command kept what it made, the process ends without taking it apart: of a large report a second's work. Nor
    does it wait for threads once it is interrupted: to compile a loop takes them half a minute.
    """
    kept: list[object] = []
    sys.unraisablehook = _not_lost
    try:
        status = cli.main(standalone_mode=False, obj=kept)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        from multiprocessing import active_children

        for child in active_children():  # which Python would end if it took its time
            child.kill()
        click.echo("\nInterrupted.", err=True)
        status = 130
        _leave(status)  # here: taken apart, what was under way would wait for what those were sending
    except OSError as error:
        if error.filename:
            raise  # of a file we name ourselves: a mistake of ours
        click.echo(f"Error: the output cannot be written ({reason(error)})", err=True)
        status = 2
    status = status if isinstance(status, int) else 0
    if kept:
        _leave(status)
    gc.freeze()  # Python ends by looking for circular garbage: a third of a second where kernels were loaded
    sys.exit(status)


def _not_lost(told: sys.UnraisableHookArgs) -> None:
    """Interrupt again where Python passed an interrupt over, as it does amid a fork; tell of anything else."""
    if told.exc_type is KeyboardInterrupt:
        Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    else:
        sys.__unraisablehook__(told)


def _leave(status: int) -> None:
    """End the process as it is; not where a stream is closed, of which Python itself tells."""
    with suppress(OSError, ValueError):
        for stream in filter(None, (sys.stdout, sys.stderr)):  # None: closed before we began
            stream.flush()
        os._exit(status)
