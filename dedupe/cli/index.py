"""`dedupe index`: the persistent index, added to, asked and looked after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..config import Config
from ..errors import InputError
from ..model import RELATIONS, Article, Relation, Skipped, VerdictKind, percent
from ..model import count as counted
from .common import FAIL_ON, INPUTS, OUTPUT, common, formats, list_failures, nothing, progress, settings, status
from .writing import console, on_screen, output

if TYPE_CHECKING:
    from ..index import Index, Standing
    from ..pipeline.read import Reading

    Say = Callable[[str], None]

DATABASE = click.argument("database", type=click.Path())


@click.group()
def index() -> None:
    """Keep articles in a file and ask of new ones what they repeat."""


def opened(database: str, config: Config | None = None, *, readonly: bool = False, make: bool = False) -> Index:
    """Return the index at a path; settings that were not given are those it was made with."""
    from ..config import Config
    from ..errors import IndexFileError
    from ..index import Index

    if not make and not Path(database).exists():
        raise IndexFileError(f"{database}: there is no such index; `dedupe index add` makes one")
    return Index(database, config if config != Config() else None, readonly=readonly)


@index.command(short_help="Add articles of files and folders.")
@DATABASE
@INPUTS
@click.option("--each", is_flag=True, help="Each on disk before the next is read: for a pipe that goes on and on.")
@common
def add(
    database: str, inputs: tuple[str, ...], each: bool, config: Config, names: dict[str, str], jobs: int, quiet: bool,
    verbose: bool,
) -> int:  # fmt: skip
    """Add the articles of files and folders; what is known already is left alone. Interrupted? Start it again.

    They are added 16,384 at a time, and so are those of a pipe ("-"): where they come slowly, --each adds each at once.
    With it an id may come again, as in a feed: the later text takes the place of the one before.

    The id of an article is that of its record, or its file's path below the folder given. Another text under a known
    id takes its place: of folders that have files of one name, give the folder they are in.
    """
    from ..pipeline.read import Reading, read

    skipped: list[Skipped] = []
    with opened(database, config, make=True) as db, progress(quiet=quiet, verbose=verbose) as tell:
        given = read(inputs, names=names, skipped=skipped, jobs=1 if each else jobs, unique=not each)
        articles = Reading(_counted("add", given, tell), skipped, at_hand=given.at_hand)
        counts = _each_added(db, articles) if each else db.add_many(articles, jobs=jobs, skipped=skipped)
        held = len(db)
    if not sum(counts.values()):
        raise nothing(inputs, skipped, quiet=quiet)
    if not quiet:
        new, known, changed = (counts[state] for state in ("new", "known", "changed"))
        held_now = counted(held, "article")
        click.echo(f"{database}: {new:,} new, {changed:,} changed, {known:,} known already; {held_now}")
    list_failures(skipped, quiet=quiet)
    return status(skipped)


def _each_added(db: Index, articles: Reading) -> Counter[str]:
    """Return how many articles were new, known and changed, having added one after the other."""
    counts: Counter[str] = Counter()
    for article in articles:
        try:
            counts[db.add(article, passages=False).state] += 1
        except InputError as error:
            articles.skipped.append(Skipped(article.id, str(error)))
    return counts


def _counted(stage: str, articles: Iterable[Article], tell: Callable[[str, int, int], None]) -> Iterator[Article]:
    done = 0
    for done, article in enumerate(articles, 1):
        yield article
        if done % 256 == 1:
            tell(stage, done, 0)
    tell(stage, done, done)


@index.command(short_help="Tell what articles repeat; write nothing.")
@DATABASE
@INPUTS
@formats("text", "jsonl")
@OUTPUT
@FAIL_ON
@common
def check(
    database: str, inputs: tuple[str, ...], form: str, out: str | None, fail_on: str | None, config: Config,
    names: dict[str, str], jobs: int, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Tell of each article of files and folders what it repeats; writes nothing to the index."""
    from ..pipeline import read

    skipped: list[Skipped] = []
    shown = on_screen(out)  # what is printed there tells the progress, and would tear a bar apart
    with opened(database, config, readonly=True) as db, progress(quiet=quiet or shown, verbose=verbose) as tell:
        articles = _counted("check", read(inputs, names=names, skipped=skipped, jobs=jobs, unique=False), tell)
        standings = (db.check(article, passages=form == "jsonl") for article in articles)
        told = print_lines(standings, out) if form == "jsonl" else print_text(standings, out)
        relations = [standing.relation for standing in told]
    if not relations:
        raise nothing(inputs, skipped, quiet=quiet)
    if not quiet:
        click.echo(_in_all(relations), err=True)
    list_failures(skipped, quiet=quiet)
    return status(skipped, relations, fail_on)


def _in_all(relations: Sequence[Relation]) -> str:
    """Return how many articles stand how to those of the index, each by what comes closest to it.

    >>> from dedupe.model import Relation
    >>> _in_all([Relation.UNRELATED, Relation.SAME_STORY, Relation.UNRELATED])
    '3 articles: 1 same story, 2 unrelated'
    """
    from ..report.wording import RELATION_WORDS

    often = Counter(relations)
    told = ", ".join(f"{often[name]:,} {RELATION_WORDS[name.value]}" for name in RELATIONS if name in often)
    return f"{counted(len(relations), 'article')}: {told}"


def print_lines(standings: Iterable[Standing], out: str | None) -> Iterator[Standing]:
    """Write one JSON object for each article, and pass it on."""
    import json

    with output(out) as file:
        for standing in standings:
            file.write(json.dumps(standing.to_dict()).encode() + b"\n")  # ASCII: ids may hold lone surrogates
            yield standing


def print_text(standings: Iterable[Standing], out: str | None) -> Iterator[Standing]:
    """Print for each article its story, from whom it is and what it repeats, and pass it on."""
    from rich.text import Text

    from ..report.wording import RELATION_WORDS, bounded, safe

    with console(out) as screen:
        for standing in standings:
            story = f"story {standing.story}" if standing.story else "a story of its own"
            said = f"  {standing.state}, {standing.kind}, {story}"
            screen.print(Text().append(bounded(standing.id), "bold").append(said), soft_wrap=True)  # a line for `grep`
            if standing.kind not in (VerdictKind.ORIGINAL, VerdictKind.UNCLEAR):  # from whom it is
                screen.print(Text(f"    {safe(standing.reasons[0])}"), soft_wrap=True)
            for pair in standing.pairs[:5]:
                numbers = f"{percent(pair.confidence)} sure, containment {pair.containment:.2f}"
                told = f"    {RELATION_WORDS[pair.relation.value]}: {bounded(pair.b)}  ({numbers})"
                screen.print(Text(told), soft_wrap=True)
            if len(standing.pairs) > 5:
                screen.print(Text(f"    and {len(standing.pairs) - 5} more", "dim"))
            yield standing


def upkeep(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options of a command without articles; it gets `config`, and `say`, which is silent if quiet."""

    @settings
    @click.option("--field", multiple=True, hidden=True, expose_value=False)  # scripts give them to every command
    @click.option("-j", "--jobs", type=click.IntRange(1), hidden=True, expose_value=False)
    @wraps(command)
    def wrapped(*args: Any, quiet: bool, verbose: bool, **options: Any) -> int:
        say = (lambda line: None) if quiet else click.echo
        with progress(quiet=quiet, verbose=verbose) as tell:
            tell(command.__name__, 0, 1)
            done = command(*args, say=say, **options)
            tell(command.__name__, 1, 1)
        return done

    return wrapped


@index.command()
@DATABASE
@click.argument("ids", nargs=-1, required=True)
@upkeep
def remove(database: str, ids: tuple[str, ...], config: Config, say: Say) -> int:
    """Remove articles by id."""
    with opened(database, config) as db:
        missing = [id for id in ids if not db.remove(id)]
        say(f"{database}: {counted(len(ids) - len(missing), 'article')} removed, {len(db):,} left")
    for id in missing:
        click.echo(f"{database}: has no article {id}", err=True)
    return int(bool(missing))


@index.command()
@DATABASE
@click.option("--before", required=True, metavar="DATE", help="Articles published (or, undated, added) before this.")
@upkeep
def expire(database: str, before: str, config: Config, say: Say) -> int:
    """Remove what is older than a date."""
    with opened(database, config) as db:
        say(f"{database}: {counted(db.expire(before=before), 'article')} removed, {len(db):,} left")
    return 0


@index.command()
@DATABASE
@click.option("-f", "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@upkeep
def stats(database: str, form: str, config: Config, say: Say) -> int:
    """Show the numbers of an index."""
    import json

    with opened(database, config, readonly=True) as db:
        numbers = db.stats()
    click.echo(json.dumps(numbers, indent=1) if form == "json" else "\n".join(_lines(numbers)))
    return 0


def _lines(numbers: dict[str, Any]) -> Iterator[str]:
    for name, value in numbers.items():
        yield f"{name:>16}: {_worded(value)}"


def _worded(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_worded(part) if isinstance(part, dict) else f"{name} {part}" for name, part in value.items())
    return f"{value:,}" if isinstance(value, int) else str(value)


@index.command(short_help="Hold everything against its checksums.")
@DATABASE
@upkeep
def verify(database: str, config: Config, say: Say) -> int:
    """Read everything once and hold it against its checksums; exit status 1 if anything is wrong."""
    with opened(database, config, readonly=True) as db:
        wrong = db.verify()
        held = len(db) if not wrong else 0
    for line in wrong:
        click.echo(line, err=True)
    told = f"{counted(len(wrong), 'thing')} wrong" if wrong else f"sound, {counted(held, 'article')}"
    say(f"{database}: {told}")
    return int(bool(wrong))


@index.command(short_help="Merge and give unused space back.")
@DATABASE
@upkeep
def compact(database: str, config: Config, say: Say) -> int:
    """Merge what was added piece by piece, and give unused space back to the disk."""
    with opened(database, config) as db:
        before = db.stats()["size"]
        db.compact()
        say(f"{database}: {before:,} bytes before, {db.stats()['size']:,} after")
    return 0
