"""The settings: one frozen value, checked when it is made, with the reason for each default beside it."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from numbers import Real
from pathlib import Path
from typing import Any, Self

from .errors import ConfigError, reason


def at_least_one(name: str, value: Any) -> None:
    """Raise an error that names the setting or argument where its value is no whole number of at least 1."""
    if type(value) is not int or value < 1:
        raise ConfigError(f"{name} must be a whole number of at least 1, not {value!r}")


def above_zero(name: str, value: Any) -> None:
    """Raise an error that names the setting or argument where its value is no share: a number above 0, at most 1.

    >>> above_zero("threshold", "0.7")
    Traceback (most recent call last):
    dedupe.errors.ConfigError: threshold must be a number above 0 and at most 1, not '0.7'
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < float(value) <= 1:
        raise ConfigError(f"{name} must be a number above 0 and at most 1, not {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting of a run. Most users change at most `story_threshold`, which `dedupe tune` chooses for them.

    `story_threshold`: how similar the articles of a story have to be on average; a higher one makes smaller stories.
    `shingle_size`: the words of a shingle, a run of words that texts are compared by.
    `excerpt_shingles`, `excerpt_containment`: a pair is kept if it shares this many shingles, or this part of those of
    the shorter text.
    `permutations`, `bands`, `rows`, `seed`: the MinHash signatures that find copies.
    `sketch_scale`, `sketch_shared`: excerpts are found by one shingle in `sketch_scale`; two texts are compared if they
    share `sketch_shared` of those.
    `bucket`, `sketch_bucket`, `copies`: up to how many texts that look alike are all compared with each other. If there
    are more, each is compared with the first and the next one only, and the report says so.

    >>> Config(bands=16).rows
    4
    >>> Config(bands=0)
    Traceback (most recent call last):
    dedupe.errors.ConfigError: bands must be a whole number of at least 1, not 0
    """

    shingle_size: int = 5  # words; shorter ones meet by chance, longer ones break at every edit
    permutations: int = 128  # slots of a signature
    bands: int = 32
    rows: int = 4  # 1-(1-s^4)^32: 87 % of pairs at Jaccard 0.5 meet, 99.98 % at 0.7; verifying is cheap, missing is not
    seed: int = 1  # of the permutations, datasketch's default
    sketch_scale: int = 4  # one shingle in so many is looked up to find excerpts: of passages of 30 words it finds 99 %
    sketch_shared: int = 2  # 1 is 7 times the work, and finds 1 % more
    bucket: int = 128  # holds all copies of nearly every wire story
    sketch_bucket: int = 64  # texts that share a passage: there are far more of them, and most matter little
    copies: int = 32  # identical texts
    excerpt_shingles: int = 20  # the least passage worth keeping a pair for: 24 words in a row
    excerpt_containment: float = 0.3  # or this part of a shorter text
    story_threshold: float = 0.5  # of the mean similarity of articles of one story; `dedupe tune` finds your own

    def __post_init__(self) -> None:
        for name in (
            "shingle_size", "permutations", "bands", "rows", "sketch_scale", "sketch_shared", "bucket",
            "sketch_bucket", "copies", "excerpt_shingles",
        ):  # fmt: skip
            at_least_one(name, getattr(self, name))
        for name in ("excerpt_containment", "story_threshold"):
            above_zero(name, getattr(self, name))
            object.__setattr__(self, name, float(getattr(self, name)))  # numpy's, too, goes into a report
        if type(self.seed) is not int or not 0 <= self.seed < 2**32:
            raise ConfigError(f"seed must be a whole number from 0 to 4294967295, not {self.seed!r}")
        if self.bands * self.rows > self.permutations:
            raise ConfigError(f"bands * rows must be at most permutations, not {self.bands} * {self.rows}")

    def to_dict(self) -> dict[str, Any]:
        """Return the settings by name."""
        return asdict(self)

    @classmethod
    def from_dict(cls, settings: dict[str, Any], where: str = "settings") -> Self:
        """Return the settings of a mapping; an unknown name is an error that says which there are."""
        known = [field.name for field in fields(cls)]
        unknown = sorted(set(settings) - set(known))
        if unknown:
            raise ConfigError(f"{where}: unknown setting {', '.join(unknown)}; known are {', '.join(known)}")
        try:
            return cls(**settings)
        except ConfigError as error:
            raise ConfigError(f"{where}: {error}") from error

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Return the settings of a TOML file, top-level `name = value` lines."""
        try:
            settings = tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))  # some editors write a mark
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read ({reason(error)}); give the path of a TOML file") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not valid TOML ({error})") from error
        return cls.from_dict(settings, str(path))


def settled(config: Config | None) -> Config:
    """Return the settings that were given, or the usual ones.

    >>> settled({"story_threshold": 0.4})
    Traceback (most recent call last):
    dedupe.errors.ConfigError: config is of type dict, not dedupe.Config; give Config(name=value) or Config.load(path)
    """
    if config is not None and not isinstance(config, Config):
        what = f"config is of type {type(config).__name__}, not dedupe.Config"
        raise ConfigError(f"{what}; give Config(name=value) or Config.load(path)")
    return config or Config()
