"""Regular expressions whose compiled form is kept between runs, and what else is dear to work out and plain.

A check needs some four hundred patterns, and compiling them takes Python longer than all the rest of a run together
(measured: 0.3 s against 0.2 s). `re` offers no way to keep what it has compiled, but its compiler hands a list of
numbers to `_sre.compile`, which checks them and makes the pattern of them in microseconds. Those numbers are kept, for
this very build of Python; whatever is wrong with them, or with the way to them, the pattern is compiled afresh.
"""

from __future__ import annotations

import marshal
import re
import sys
import zlib
from array import array
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from speechgen import __version__
from speechgen.errors import SpeechgenError
from speechgen.needs import Reach, reach_of

NAME = "patterns.bin"
_FORMAT = 2  # of what is kept; raised when that changes
_SEALED = 8  # bytes before what is kept
LARGEST = 1200  # patterns kept: ours and an office's are some six hundred; beyond, those that a run did without go

_AGES = 4  # of a thing worked out, how many keys' are kept

T = TypeVar("T")
_Key = tuple[str, int]
_kept: dict[_Key, Any] = {}  # what `_sre.compile` takes, by pattern and flags
_kept_reaches: dict[_Key, Any] = {}
_kept_tables: dict[str, dict[str, bytes]] = {}  # by name and key, each sealed up until it is asked for
_made: dict[_Key, re.Pattern[str]] = {}
_reaches: dict[_Key, Reach] = {}
_tables: dict[tuple[str, str], Any] = {}
_fresh = False  # whether something is to be kept that is not kept yet


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The same as ``re.compile``, sooner where the compiled form has been kept. Raises re.error as it does."""
    key = (pattern, int(flags))
    found = _made.get(key)
    if found is None:
        found = _made[key] = _revived(key) or _compile(key)
    return found


def reach(pattern: str, flags: int = 0) -> Reach:
    """What the text must hold for a pattern to match, as far as that can be told from the pattern."""
    global _fresh
    key = (pattern, int(flags) & ~int(re.UNICODE))  # which a compiled pattern has always
    found = _reaches.get(key)
    if found is None:
        if key in _kept_reaches:
            found = Reach(*_kept_reaches[key])
        else:
            found = reach_of(*key)
            _kept_reaches[key] = tuple(found)
            _fresh = True
        _reaches[key] = found
    return found


def table(name: str, key: str, make: Callable[[], T]) -> T:
    """What ``make`` makes of texts, numbers, tuples, lists, dicts and frozensets only, found again in a later run
    under ``name`` while the module of ``make`` and ``key``, which stands for everything else that it depends on, are
    the same. Nobody may change it."""
    global _fresh
    with suppress(OSError, AttributeError):  # a packed program has no files, and does not change
        key = f"{key} {Path(make.__code__.co_filename).stat().st_mtime_ns}"
    if (name, key) not in _tables:
        kept = _kept_tables.setdefault(name, {})
        if key in kept:
            _tables[name, key] = marshal.loads(kept[key])
        else:
            _tables[name, key] = make()
            for old in list(kept)[: 1 - _AGES]:
                del kept[old]
            with suppress(ValueError):  # something that is not plain
                kept[key] = marshal.dumps(_tables[name, key])
                _fresh = True
    found: T = _tables[name, key]
    return found


def load(folder: Path | None) -> None:
    """Read what an earlier run has kept in ``folder``; nothing when there is none, or it is damaged or foreign."""
    if folder is None:
        return
    with suppress(OSError, ValueError, EOFError, TypeError):
        data = (folder / NAME).read_bytes()
        if data[:_SEALED] == _seal(data[_SEALED:]):
            codes, reaches, tables = marshal.loads(data[_SEALED:])
            _kept.update(codes)
            _kept_reaches.update(reaches)
            _kept_tables.update(tables)


def keep(folder: Path | None) -> None:
    """Keep what this run had to compile, for the next one."""
    global _fresh
    if folder is None or not _fresh:
        return
    if len(_kept) > LARGEST:  # of rules and names that are no more
        for key in _kept.keys() - _made.keys():
            del _kept[key]
        for key in _kept_reaches.keys() - _reaches.keys():
            del _kept_reaches[key]
    from speechgen.files import write_cache

    with suppress(OSError, ValueError, SpeechgenError):
        data = marshal.dumps((_kept, _kept_reaches, _kept_tables))
        folder.mkdir(parents=True, exist_ok=True)
        write_cache(folder / NAME, _seal(data) + data)
        _fresh = False


def _seal(data: bytes) -> bytes:
    """What only this program on this build of Python writes before just these bytes."""
    build = zlib.crc32(f"{_FORMAT} {sys.implementation.cache_tag} {sys.version} {__version__}".encode())
    return build.to_bytes(4, "big") + zlib.crc32(data, build).to_bytes(4, "big")


def _revived(key: _Key) -> re.Pattern[str] | None:
    parts = _kept.get(key)
    if parts is None:
        return None
    try:
        flags, code, *names = parts
        found: re.Pattern[str] = import_module("_sre").compile(key[0], flags, array("I", code).tolist(), *names)
    except (ImportError, AttributeError, OverflowError, RuntimeError, TypeError, ValueError):
        return None
    return found


def _compile(key: _Key) -> re.Pattern[str]:
    global _fresh
    pattern, flags = key
    with suppress(ImportError, AttributeError, TypeError, OverflowError):
        from re import _compiler, _parser  # type: ignore[attr-defined]

        tree = _parser.parse(pattern, flags)
        code = array("I", map(int, _compiler._code(tree, flags))).tobytes()
        state = tree.state
        names = [""] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        indexed = tuple(name or None for name in names)
        parts = (int(flags | state.flags), code, state.groups - 1, dict(state.groupdict), indexed)
        _kept[key] = parts
        _fresh = True
        revived = _revived(key)
        if revived is not None:
            return revived
    return re.compile(pattern, flags)
