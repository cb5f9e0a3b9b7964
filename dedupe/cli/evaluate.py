"""`dedupe evaluate` and `dedupe tune`: scores on labelled data, and thresholds chosen by it."""

from __future__ import annotations

import gzip
import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError
from .common import OUTPUT, common, formats, output, progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..config import Config

    Progress = Callable[[str, int, int], None]

TASKS = {  # each is a module of dedupe/evaluate with evaluate(gold, config, jobs) and table(result)
    "stories": "clusters of articles: B-cubed F1, ARI",
    "pairs": "relations of labelled pairs",
    "rewrites": "rewrites linked to their sources, and told from independent reports",
    "revision": "degrees of revision: cut, light, heavy or none",
    "reuse": "passages of PAN text alignment: plagdet",
    "provenance": "who took from whom, on copies made from a file of articles",
    "roles": "roles of paragraphs: F1 by role and group",
    "pages": "the main text of HTML pages",
    "credits": "sources, authors and dates of pages",
}


@click.command(
    short_help="Score the current settings on labelled data.",
    help="Score the current settings on GOLD, a labelled set. TASK is what it labels:\n\n\b\n"
    + "\n".join(f"{name:<12}{what}" for name, what in TASKS.items()),
)
@click.argument("task", type=click.Choice(tuple(TASKS)), metavar="TASK")
@click.argument("gold", type=click.Path())
@formats("text", "json")
@OUTPUT
@common
def evaluate(
    task: str, gold: str, form: str, out: str | None, config: Config, names: dict[str, str], jobs: int, quiet: bool,
    verbose: bool,
) -> int:  # fmt: skip
    """Score the current settings on labelled data."""
    _as_named(names)
    module = import_module(f"..evaluate.{task}", __package__)
    with progress(quiet=quiet, verbose=verbose) as tell:
        result = _measured(task, module.evaluate, gold, config, jobs, tell)
    write(result, module.table(result) if form == "text" else None, out)
    return 0


@click.command(short_help="Choose thresholds by labelled pairs.")
@click.argument("gold", type=click.Path())
@click.option("-o", "--output", "out", type=click.Path(dir_okay=False), default="dedupe.toml", show_default=True)
@common
def tune(gold: str, out: str, config: Config, names: dict[str, str], jobs: int, quiet: bool, verbose: bool) -> int:
    """Choose the thresholds that suit labelled pairs, and write them as a settings file.

    GOLD holds one JSON object a line with the two articles or texts "a" and "b" and their "relation".
    """
    from ..evaluate import tune as tuning

    _as_named(names)
    with progress(quiet=quiet, verbose=verbose) as tell:
        result = _measured("tune", tuning.tune, gold, config, jobs, tell)
    with output(out) as file:
        file.write(tuning.toml(result).encode() + b"\n")
    if not quiet:
        click.echo(tuning.table(result))
        click.echo(f"Written to {out}; use it with --config {out}.")
    return 0


def _as_named(names: dict[str, str]) -> None:
    """Refuse other names of fields: nothing would read by them."""
    if names:
        raise click.BadParameter("a labelled set has the names its task wants", param_hint="--field")


def _measured(
    name: str, work: Callable[[Path, Config, int], Any], gold: str, config: Config, jobs: int, tell: Progress
) -> Any:
    """Return what a task makes of a labelled set; what is wrong with the set is an error that names it."""
    if not Path(gold).exists():
        raise InputError(f"{gold}: no such file or folder; give the path of a labelled set")
    tell(name, 0, 1)
    try:
        result = work(Path(gold), config, jobs)
    except (IsADirectoryError, NotADirectoryError) as error:
        raise InputError(f"{gold}: this task wants a {'file' if Path(gold).is_dir() else 'folder'}") from error
    except FileNotFoundError as error:
        raise InputError(f"{gold}: needs {error.filename}, which is not there") from error
    except (KeyError, json.JSONDecodeError, UnicodeDecodeError, gzip.BadGzipFile) as error:
        what = f"has no field {error}" if isinstance(error, KeyError) else str(error)
        raise InputError(f"{gold}: not a labelled set of this task: {what}") from error
    tell(name, 1, 1)
    return result


def write(result: dict[str, Any], text: str | None, out: str | None) -> None:
    """Write figures as a table or as JSON."""
    import msgspec

    with output(out) as file:
        content = text.encode() if text is not None else msgspec.json.format(msgspec.json.encode(result), indent=1)
        file.write(content.rstrip() + b"\n")
