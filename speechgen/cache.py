"""Parsed content kept as JSON between runs, so that a draft does not parse the whole bank again.

What is kept is frozen dataclasses of plain data. A cache that is damaged, or was written by another
program version, is made again; a run without a cache is slower, not wrong.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from speechgen import model
from speechgen.errors import SpeechgenError
from speechgen.files import write_cache

T = TypeVar("T")


def through(folder: Path | None, name: str, key: str, kind: type[T], make: Callable[[], T]) -> T:
    """What ``make`` makes, kept in ``folder`` under ``name`` and found again by ``key``.

    ``kind`` is its dataclass; ``key`` stands for everything it depends on. What ``make`` raises is raised.
    """
    if folder is None:
        return make()
    classes = _classes(kind)
    seal = hashlib.sha256(f"{key}{_shape(classes)}".encode()).hexdigest()
    path = folder / f"{name}-{seal[:24]}.json"
    kept = _read(path, classes, seal)
    if isinstance(kept, kind):
        return kept
    made = make()
    with suppress(OSError, SpeechgenError):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{name}-*.json"):
            old.unlink(missing_ok=True)
        body = json.dumps(_plain(made), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        write_cache(path, _sum(seal, body) + body)
    return made


def _sum(seal: str, body: bytes) -> bytes:
    """The file's first line: a damaged body, or one made for another key, does not fit it."""
    return hashlib.sha256(seal.encode() + body).hexdigest().encode() + b"\n"


def _plain(value: Any) -> Any:
    """A dataclass as {its name: [its fields]}, a dict as {"dict": pairs}, a tuple as an array."""
    if is_dataclass(value):
        return {type(value).__name__: [_plain(getattr(value, f.name)) for f in fields(value)]}
    if isinstance(value, dict):
        return {"dict": [[key, _plain(inner)] for key, inner in value.items()]}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def _read(path: Path, classes: Mapping[str, type[Any]], seal: str) -> Any:
    def revive(pairs: dict[str, Any]) -> Any:
        ((name, value),) = pairs.items()
        if name == "dict":
            return {key: _tuples(inner) for key, inner in value}
        if name == "date":
            return date.fromisoformat(value)
        return classes[name](*[_tuples(inner) if type(inner) is list else inner for inner in value])

    try:
        first, _, body = path.read_bytes().partition(b"\n")
        return json.loads(body, object_hook=revive) if _sum(seal, body) == first + b"\n" else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _tuples(value: Any) -> Any:
    return tuple([_tuples(inner) if type(inner) is list else inner for inner in value]) if type(value) is list else value


def _shape(classes: Mapping[str, type[Any]]) -> str:
    """The names of all classes and their fields: when one changes, nothing old is read."""
    return repr(sorted((name, [f.name for f in fields(kind)]) for name, kind in classes.items()))


def _classes(kind: type[Any]) -> dict[str, type[Any]]:
    """The dataclasses that ``kind`` can be made of, by name: those of the model and of its own module."""
    known = {**vars(model), **vars(sys.modules[kind.__module__])}
    return {name: found for name, found in known.items() if isinstance(found, type) and is_dataclass(found)}
