"""Find the versions of a news story: copies, excerpts, rewrites, and what on each page is not reporting."""

__version__ = "0.1.0"
