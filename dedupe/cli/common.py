"""What the commands share: options, progress, and how errors are listed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from ..config import Config
from ..errors import DedupeError
from ..model import RELATIONS, Relation, Skipped, count
from ..report.order import worst_first
from ..report.wording import left_out, safe
from .writing import output

T = TypeVar("T")

INPUTS = click.argument("inputs", nargs=-1, required=True, type=click.Path())
OUTPUT = click.option("-o", "--output", "out", type=click.Path(dir_okay=False), help="Write to a file.")
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice([r.value for r in RELATIONS[:-1]]),
    help="Exit with 1 if a pair is at least that close.",
)
BLANK = ("empty", "no text", "a page without text", "a feed without articles")  # why a page has nothing to compare


def formats(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option that chooses one of some formats; without it the suffix of `-o` does. The function gets `form`."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        told = f"Default: {names[0]}, or by the suffix of -o."

        @click.option("-f", "--format", "form", type=click.Choice(names), help=told)
        @wraps(command)
        def wrapped(*args: Any, form: str | None, out: str | None, **options: Any) -> Any:
            return command(*args, form=form or _format_of(out, names), out=out, **options)

        return wrapped

    return add


def _format_of(out: str | None, names: Sequence[str]) -> str:
    """Return the format that a file's suffix names, text without one; an error where it is of another kind."""
    name = Path(out).name if out else ""
    suffix = Path(name).suffix.lower().removeprefix(".")
    form = {"htm": "html", "markdown": "md", "ndjson": "jsonl", "txt": "text", "": "text"}.get(suffix, suffix)
    if form not in names:
        why = f"{name}: this command writes no .{suffix}; use -f with one of {', '.join(names)}"
        raise click.BadParameter(why, param_hint="-o")
    return form


def settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that read no articles too; the function gets `config`, `quiet` and `verbose`."""

    @click.option("--config", "config_path", type=click.Path(dir_okay=False), help="Settings as a TOML file.")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but the result and what could not be read.")
    @click.option("-v", "--verbose", is_flag=True, help="Say how long each stage took.")
    @wraps(command)
    def wrapped(*args: Any, config_path: str | None, **options: Any) -> Any:
        return command(*args, config=Config.load(config_path) if config_path else Config(), **options)

    return wrapped


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that read articles; the function gets `names` and `jobs` beside the `settings`."""

    @click.option(
        "--field", "names", multiple=True, metavar="NAME=NAME", help="Our field = the records' own: text=body."
    )
    @click.option("-j", "--jobs", type=click.IntRange(1), default=_cores, help="Threads or processes at most.")
    @settings
    @wraps(command)
    def wrapped(*args: Any, names: Sequence[str], **options: Any) -> Any:
        if options.get("out"):
            with output(options["out"], keep=False):
                pass  # said now, not after an hour's work
        return command(*args, names=field_names(names), **options)

    return wrapped


def kept(value: T) -> T:
    """Return a value that is not taken apart when its command is done, but goes with the process, see `main`."""
    click.get_current_context().ensure_object(list).append(value)
    return value


def _cores() -> int:
    from ..jobs import cores  # here, for the sake of `--help`

    return cores()


def field_names(options: Sequence[str]) -> dict[str, str]:
    """Return our names of fields with the records' own, from `text=body` options."""
    from ..reader import NAMES

    names: dict[str, str] = {}
    for option in options:
        ours, equals, theirs = option.partition("=")
        if not equals or not theirs or ours not in ("id", *NAMES):
            why = f"{option!r}: write NAME=NAME, the first one of id, {', '.join(NAMES)}"
            raise click.BadParameter(why, param_hint="--field")
        if names.setdefault(ours, theirs) != theirs:
            why = f"{ours} is {names[ours]} already; a field has one name in all inputs of a run"
            raise click.BadParameter(why, param_hint="--field")
    return names


@contextmanager
def progress(*, quiet: bool, verbose: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Return what a run tells its progress: (stage, done, of how many; 0 unknown). Bars only on a terminal."""
    if verbose:
        with _logged():
            yield _timed()
    elif quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda stage, done, total: None
    else:
        with _logged():
            yield from _bars()


@contextmanager
def _logged() -> Iterator[None]:
    """Say on standard error what the library logs: that it compiles, on the first large run."""
    import logging

    class Echo(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            click.echo(record.getMessage(), err=True)

    logger, echo = logging.getLogger("dedupe"), Echo()
    level = logger.level
    logger.addHandler(echo)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(echo)
        logger.setLevel(level)


def _timed() -> Callable[[str, int, int], None]:
    from time import perf_counter

    begun: dict[str, float] = {}

    def tell(stage: str, done: int, total: int) -> None:
        if not done:  # a stage may come twice
            begun.pop(stage, None)
        started = begun.setdefault(stage, perf_counter())
        if total and done >= total:
            click.echo(f"{stage}: {done:,} in {perf_counter() - started:.2f} s", err=True)

    return tell


def _bars() -> Iterator[Callable[[str, int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield tell


def list_failures(skipped: Sequence[Skipped], *, quiet: bool) -> None:
    """Say on standard error what could not be read, by name and reason, and what else a user may miss.

    Dates that cannot be read and messages of servers leave the status as it is.
    """
    failed = worst_first(item for item in skipped if item.failed or item.alike)
    shown = 5 if quiet else 50
    for item in failed[:shown]:
        click.echo(safe(left_out(item)), err=True)
    if len(failed) > shown:
        click.echo(f"… and {len(failed) - shown:,} more", err=True)


def nothing(inputs: Sequence[str], skipped: Sequence[Skipped], *, quiet: bool) -> DedupeError:
    """Return the error of a run that found no article; what could not be read is said on standard error."""
    if any(item.failed for item in skipped):
        list_failures(skipped, quiet=quiet)
        return DedupeError("no article could be read")
    others = [item for item in skipped if item.reason not in BLANK]
    if others:
        why = f"no articles found: {left_out(others[0])}"
        if more := len(others) - 1:
            why += f"; {more:,} more {'was' if more == 1 else 'were'} left out"
    elif skipped:
        why = f"no text in {count(len(skipped), 'page')}"
    else:
        files = all(map(os.path.isfile, inputs))  # which were read: a table of no rows, say
        why = "no articles found" + ("" if files else "; expected .txt, .html, .jsonl or the like")
    return DedupeError(f"{', '.join(inputs)}: {why}")


def status(skipped: Sequence[Skipped], relations: Iterable[Relation] = (), fail_on: str | None = None) -> int:
    """Return the exit status: 1 where some input failed or a relation is at least as close as `fail_on`."""
    close = RELATIONS[: RELATIONS.index(Relation(fail_on)) + 1] if fail_on else ()
    return int(any(item.failed for item in skipped) or any(relation in close for relation in relations))
