"""`dedupe evaluate` and `dedupe tune`: scores on labelled data, and thresholds chosen by it."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from textwrap import fill, indent
from typing import Any

import click

from ..config import Config
from ..errors import InputError
from ..model import Skipped
from .common import OUTPUT, common, formats, list_failures, progress
from .writing import save

Progress = Callable[[str, int, int], None]
Task = Callable[..., Any]  # of a path, settings and a number of jobs

_PAIRS = "; or a table with first_text, second_text and quality (OK: one story)"
# Each is a module of dedupe/evaluate with evaluate(gold, config, jobs) and table(result): what it measures, on what.
TASKS = {
    "stories": (
        "clusters of articles: B-cubed F1, ARI",
        "JSON lines or a table of articles with id, text and story" + _PAIRS,
    ),
    "pairs": (
        "relations of labelled pairs",
        "JSON lines or a table with a and b, each a text or an article, or with --articles an id, and relation, or "
        "same (true or false)" + _PAIRS,
    ),
    "rewrites": (
        "rewrites linked to their sources, and told from independent reports",
        "a folder with rewrites/*.jsonl.gz of source and rewrite, and stories/*.jsonl.gz of id, text and story",
    ),
    "revision": ("degrees of revision: cut, light, heavy or none", "JSON lines with source, text and label"),
    "reuse": (
        "passages of PAN text alignment: plagdet",
        "x_pairs.jsonl with suspicious, source, obfuscation and passages beside x_documents.jsonl with id and text",
    ),
    "provenance": ("who took from whom, on copies made from a file of articles", "any file of articles"),
    "roles": ("roles of paragraphs: F1 by role and group", "JSON lines with id, blocks and roles"),
    "pages": ("the main text of HTML pages", "a gold.json with the body of each page of html/ beside it"),
    "credits": (
        "sources, authors and dates of pages",
        "JSON lines with id, url, source, html (a file), blocks, author, published and sources",
    ),
}


def _tasks() -> str:
    """Return what each task measures and, below, what it wants."""
    return "\n".join(
        f"{name:<12}{what}\n" + indent(fill(f"GOLD: {gold}", 66), " " * 12) for name, (what, gold) in TASKS.items()
    )


ARTICLES = click.option(
    "--articles", multiple=True, type=click.Path(), help="Files or folders of the articles whose ids a and b are."
)


@click.command(
    short_help="Score the current settings on labelled data.",
    help=f"Score the current settings on GOLD, a labelled set. TASK is what it labels:\n\n\b\n{_tasks()}",
)
@click.argument("task", type=click.Choice(tuple(TASKS)), metavar="TASK")
@click.argument("gold", type=click.Path())
@formats("text", "json")
@OUTPUT
@ARTICLES
@common
def evaluate(
    task: str, gold: str, form: str, out: str | None, articles: Sequence[str], config: Config, names: dict[str, str],
    jobs: int, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Score the current settings on labelled data."""
    if articles and task != "pairs":
        raise click.BadParameter("only pairs are labelled by ids", param_hint="--articles")
    module = import_module(f"..evaluate.{task}", __package__)
    work = _among(module.evaluate, articles, names, jobs)
    with progress(quiet=quiet, verbose=verbose) as tell:
        result = _measured(task, work, gold, config, jobs, tell)
    write(result, module.table(result) if form == "text" else None, out)
    return 0


@click.command(short_help="Choose thresholds by labelled pairs.")
@click.argument("gold", type=click.Path())
@click.option("-o", "--output", "out", type=click.Path(dir_okay=False), default="dedupe.toml", show_default=True)
@ARTICLES
@common
def tune(
    gold: str, out: str, articles: Sequence[str], config: Config, names: dict[str, str], jobs: int, quiet: bool,
    verbose: bool,
) -> int:  # fmt: skip
    """Choose the threshold that suits labelled pairs, and write it as a settings file.

    GOLD holds one JSON object a line with "a" and "b", each a text or an article, and their "relation", or "same": true
    where they tell one story, else false. Or it is a table (.csv, .tsv) with these columns. With --articles "a" and "b"
    are ids, as a report of these has them, and the pairs are measured among all of them.
    """
    from ..evaluate import tune as tuning

    work = _among(tuning.tune, articles, names, jobs)
    with progress(quiet=quiet, verbose=verbose) as tell:
        result = _measured("tune", work, gold, config, jobs, tell)
    save([tuning.toml(result), "\n"], out)
    if not quiet:
        click.echo(tuning.table(result))
        click.echo(f"Written to {out}; use it with --config {out}.")
    return 0


def _among(work: Task, inputs: Sequence[str], names: dict[str, str], jobs: int) -> Task:
    """Return a task that knows the articles of some inputs by their ids.

    Other names of fields are theirs, and refused where there are none: a labelled set has those that its task wants.
    """
    if not inputs:
        if names:
            raise click.BadParameter("a labelled set has the names its task wants", param_hint="--field")
        return work
    from ..pipeline import read

    skipped: list[Skipped] = []
    known = {article.id: article for article in read(inputs, names=names, skipped=skipped, jobs=jobs)}
    list_failures(skipped, quiet=True)
    return partial(work, articles=known)


def _measured(name: str, work: Task, gold: str, config: Config, jobs: int, tell: Progress) -> Any:
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
    except (KeyError, json.JSONDecodeError, UnicodeDecodeError, gzip.BadGzipFile, csv.Error) as error:
        what = f"has no field {error}" if isinstance(error, KeyError) else str(error)
        wanted = TASKS["pairs" if name == "tune" else name][1]
        raise InputError(f"{gold}: not a labelled set of this task: {what}; give {wanted}") from error
    tell(name, 1, 1)
    return result


def write(result: dict[str, Any], text: str | None, out: str | None) -> None:
    """Write figures as a table or as JSON."""
    import msgspec

    content = text if text is not None else msgspec.json.format(msgspec.json.encode(result), indent=1)
    save([content.rstrip(), "\n"], out)
