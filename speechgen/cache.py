"""Parsed content kept as JSON between runs, so that a draft does not parse the whole bank again.

What is kept is frozen dataclasses of plain data. A cache that is damaged, or was written by another
program version, is made again; a run without a cache is slower, not wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from speechgen.errors import SpeechgenError
from speechgen.files import write_cache

FORMAT = 1  # raised whenever a class that is kept changes its fields

T = TypeVar("T")


def through(folder: Path | None, name: str, key: str, kind: type[T], make: Callable[[], T]) -> T:
    """What ``make`` makes, kept in ``folder`` under ``name`` and found again by ``key``.

    ``kind`` is its dataclass; ``key`` stands for everything it depends on. What ``make`` raises is raised.
    """
    if folder is None:
        return make()
    path = folder / f"{name}-{FORMAT}-{key[:24]}.json"
    kept = _read(path, kind)
    if isinstance(kept, kind):
        return kept
    made = make()
    with suppress(OSError, SpeechgenError):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{name}-*.json"):
            old.unlink(missing_ok=True)
        write_cache(path, json.dumps(_plain(made), ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
    return made


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


def _read(path: Path, kind: type[Any]) -> Any:
    classes = _classes(kind)

    def revive(pairs: dict[str, Any]) -> Any:
        ((name, value),) = pairs.items()
        if name == "dict":
            return {key: _tuples(inner) for key, inner in value}
        if name == "date":
            return date.fromisoformat(value)
        return classes[name](*map(_tuples, value))

    try:
        return json.loads(path.read_text(encoding="utf-8"), object_hook=revive)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


@cache
def _classes(kind: type[Any]) -> dict[str, Any]:
    """The dataclasses that ``kind`` is made of, by name."""
    found: dict[str, Any] = {}
    waiting: list[Any] = [kind]
    while waiting:
        hint = waiting.pop()
        waiting += getattr(hint, "__args__", ())
        if isinstance(hint, type) and is_dataclass(hint) and hint.__name__ not in found:
            found[hint.__name__] = hint
            waiting += get_type_hints(hint).values()
    return found
