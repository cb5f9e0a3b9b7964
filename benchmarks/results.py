"""Write benchmarks/RESULTS.md: a section for each benchmark, with the machine and the date it ran on."""

from __future__ import annotations

import os
import platform
import re
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
LOAD = os.getloadavg()[0]  # before the run: what else the machine was doing
TITLE = (
    "# Results\n\nEach section is written by the command it names; ratios are of runs side by side on one machine.\n"
)


def machine() -> str:
    """Return the processor, cores, memory and Python, and the day."""
    model = (
        re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else None
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    where = f"{model[1] if model else platform.machine()}, {cores} cores, {memory:.0f} GiB"
    return f"{where}, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}, load before it {LOAD:.1f}"


def installed(name: str) -> str:
    """Return the version of a package, or an empty string."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [list(map(str, row)) for row in (header, ["---"] * len(header), *rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def spread(values: Sequence[float], form: str = ",.0f") -> str:
    """Return the median, and the least and greatest where there is more than one value.

    >>> spread([3.0, 1.0, 2.0], ".1f")
    '2.0 (1.0-3.0)'
    """
    middle = format(statistics.median(values), form)
    return middle if len(values) == 1 else f"{middle} ({min(values):{form}}-{max(values):{form}})"


def write(name: str, title: str, body: str) -> None:
    """Replace the section that `python -m benchmarks NAME` makes; the others stay, in order of name.

    Options in the name ("index --articles 100000") have sections of their own.
    """
    text = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    sections = dict(re.findall(r"<!-- ([^\n]+) -->\n(.*?)\n<!-- end -->", text, re.DOTALL))
    sections[name] = f"## {title}\n\n`python -m benchmarks {name}`; {machine()}\n\n{body.strip()}\n"
    parts = [f"<!-- {key} -->\n{sections[key].strip()}\n<!-- end -->\n" for key in sorted(sections)]
    RESULTS.write_text("\n".join([TITLE, *parts]), "utf-8")
    print(f"\n{sections[name]}")
