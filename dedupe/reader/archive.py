"""Zip and tar: their members, one after another, never unpacked to disk and never looked up by the names they claim."""

from __future__ import annotations

import re
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Self, cast

from ..errors import InputError
from ..model import Skipped, count
from .record import storable

_HEADER = 1 << 20  # bytes of a tar header that extends another: it holds names, and is read at once
_BOMB = 1 << 30  # bytes: an archive that claims less is let be, whatever its ratio
_RATIO = 250  # unpacked to packed: news text reaches 10, repeated pages 100, deflate's most is 1,032
_WEB = re.compile(r"archive/[^/]*\.warc(?:\.gz)?$")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}


def zip_members(file: BinaryIO, *, web: bool = False) -> Iterator[tuple[str, BinaryIO | Skipped]]:
    """Yield (name, open member or why it is left out) of a zip archive, sorted by name.

    Of a `web` archive (WACZ), which is told by what it holds too, those below its archive/: elsewhere stands what is
    in these as well, or about them.
    """
    with zipfile.ZipFile(file) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        names = {info.filename for info in infos}
        if web or ("datapackage.json" in names and any(map(_WEB.match, names))):
            infos = [info for info in infos if info.filename.startswith("archive/")]
            if not infos:
                raise InputError("holds no archive/")
        size, claimed = file.seek(0, 2), sum(info.file_size for info in infos)
        if claimed > max(_BOMB, _RATIO * size):
            packed = count(size, "byte")
            raise InputError(f"claims to unpack {packed} to {claimed:,}, which no text does; nothing of it was read")
        for info in sorted(infos, key=lambda info: info.filename):
            if refusal := _refuse(info.filename) or _refuse_zip(info):
                yield info.filename, refusal
            else:
                with archive.open(info) as member:
                    yield info.filename, cast("BinaryIO", member)


def tar_members(stream: BinaryIO) -> Iterator[tuple[str, BinaryIO | Skipped]]:
    """Yield (name, open member or why it is left out) of a tar archive, in its order, reading it once."""
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
        for info in archive:
            if info.isdir():
                continue
            if refusal := _refuse(info.name) or _refuse_tar(info):
                yield info.name, refusal
            elif member := archive.extractfile(info):
                yield info.name, cast("BinaryIO", member)


class _Header(tarfile.TarInfo):
    """A tar header that may not claim a longer name than any file has: the archive would read it whole."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        plain = (*tarfile.REGULAR_TYPES, tarfile.DIRTYPE, tarfile.LNKTYPE, tarfile.SYMTYPE)
        if header.type not in plain and header.size > _HEADER:
            raise tarfile.ReadError(f"a header of {header.size:,} bytes")
        return header


def _refuse(name: str) -> Skipped | None:
    """Return why a member is left out for its name, if it is."""
    parts = name.replace("\\", "/").split("/")
    if not parts[0] or ".." in parts or parts[0][1:2] == ":":  # of a drive: "C:"
        return Skipped(storable(name), "a name that climbs out of its archive")
    if any(part.startswith(".") and part != "." for part in parts) or parts[0] == "__MACOSX":
        return Skipped(storable(name), "hidden", failed=False)
    return None


def _refuse_zip(info: zipfile.ZipInfo) -> Skipped | None:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Skipped(info.filename, "a link or another special entry")
    if info.flag_bits & 0x41:  # encrypted, by either method
        return Skipped(info.filename, "encrypted")
    if info.compress_type not in _METHODS:
        return Skipped(info.filename, f"packed with method {info.compress_type}, which we do not know")
    return None


def _refuse_tar(info: tarfile.TarInfo) -> Skipped | None:
    if not info.isreg() or info.issparse():
        return Skipped(storable(info.name), "a link or another special entry")
    return None
