"""Parsed content kept between runs, so that a draft does not parse the whole bank again.

What is kept is frozen records of plain data, by columns: of all phrases the ids, then the texts, and so on.
So a field is read back in one call for all records rather than in one for each (start-up time); `marshal`, which
writes Python's own plain data, is read in half the time of JSON. A cache that
is damaged, or was written by another program version, is made again; a run without a cache is slower, not wrong.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from speechgen import model
from speechgen.errors import SpeechgenError
from speechgen.files import write_cache

T = TypeVar("T")
Classes = Mapping[str, type[Any]]


def through(folder: Path | None, name: str, key: str, kind: type[T], make: Callable[[], T]) -> T:
    """What ``make`` makes, kept in ``folder`` under ``name`` and found again by ``key``.

    ``kind`` is its class: a named tuple whose fields are texts, numbers, dates, records of the model
    or of the class's own module, ``tuple[…, ...]`` or ``dict[str, …]`` of these, or None; ``Mapping[str, …]`` of
    records that have a label comes back as a `Shelf`. ``key`` stands for everything it depends on. What ``make``
    raises is raised.
    """
    if folder is None:
        return make()
    classes = _classes(kind)
    seal = hashlib.sha256(f"{sys.implementation.cache_tag}{key}{_shape(classes)}".encode()).hexdigest()
    path = folder / f"{name}-{seal[:24]}.bin"
    kept = _read(path, kind, classes, seal)
    if kept is not None:
        return kept
    made = make()
    with suppress(OSError, SpeechgenError):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{name}-*.*"):
            old.unlink(missing_ok=True)
        column = _packed(kind.__name__, [made], classes)
        body = marshal.dumps(column)
        write_cache(path, _sum(seal, body) + body)
    return made


def _sum(seal: str, body: bytes) -> bytes:
    """The file's first line: a damaged body, or one made for another key, does not fit it."""
    return b"%08x\n" % zlib.crc32(body, zlib.crc32(seal.encode()))


def _read(path: Path, kind: type[T], classes: Classes, seal: str) -> T | None:
    try:
        with path.open("rb") as file:
            first, body = file.readline(), file.read()
        if _sum(seal, body) != first:
            return None
        (kept,) = _unpacked(kind.__name__, marshal.loads(body), classes)
    except Exception:  # whatever is the matter with a cache, it can be made again
        return None
    return kept if isinstance(kept, kind) else None


# ── records of which a run needs few ──────────────────────────────────────────────────────────


class Shelf(Mapping[str, T]):
    """Records by id, those of one ``label`` in one group; a group is unpacked when a record of it is asked for."""

    def __init__(
        self, labels: list[Any], ids: dict[str, int], packed: list[bytes], open_: Callable[[bytes], list[T]]
    ) -> None:
        """``labels`` of the groups; ``ids`` of all records, with the number of their group; the groups ``packed``, and
        what unpacks one."""
        self.labels, self._ids, self._packed, self._open = labels, ids, packed, open_
        self._opened: dict[int, dict[str, T]] = {}

    def group(self, number: int) -> dict[str, T]:
        """The records of a group, by id."""
        packed = self._packed[number]
        if packed and number not in self._opened:
            self._opened[number] = {record.id: record for record in self._open(packed)}  # type: ignore[attr-defined]
        self._packed[number] = b""  # opened now, by this thread or another; not kept in both forms
        return self._opened[number]

    def __getitem__(self, id_: str) -> T:
        return self.group(self._ids[id_])[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def labels(records: Mapping[str, Any]) -> list[Any]:
    """The labels of records, whether or not they are on a shelf."""
    return records.labels if isinstance(records, Shelf) else [record.label for record in records.values()]


def labelled(records: Mapping[str, T], wanted: Callable[[Any], bool]) -> Iterable[T]:
    """The records whose label is ``wanted``; on a shelf the groups of all others stay closed."""
    if isinstance(records, Shelf):
        found = (records.group(number) for number, label in enumerate(records.labels) if wanted(label))
        return chain.from_iterable(group.values() for group in found)
    return (record for record in records.values() if wanted(record.label))  # type: ignore[attr-defined]


# ── values of one type ⇄ a column of plain data ───────────────────────────────────────────────
#
# A type is named as the classes name it in their source: "tuple[Step, ...]", "date | None".


def _packed(kind: str, values: list[Any], classes: Classes) -> Any:
    if not values:
        return []
    if inner := _between(kind, "", " | None"):
        there = [value for value in values if value is not None]
        return [[value is not None for value in values], _packed(inner, there, classes)]
    if kind == "tuple[str, ...]":  # most are empty, and are neither written nor read
        there = [number for number, value in enumerate(values) if value]
        return [len(values), there, [values[number] for number in there]]
    if inner := _between(kind, "tuple[", ", ...]"):
        return [list(map(len, values)), _packed(inner, list(chain.from_iterable(values)), classes)]
    if inner := _between(kind, "dict[str, ", "]"):
        flat = chain.from_iterable(value.values() for value in values)
        return [list(map(list, values)), _packed(inner, list(flat), classes)]
    if inner := _between(kind, "Mapping[str, ", "]"):
        return [_shelved(inner, value, classes) for value in values]
    if kind in classes:
        return [_packed(of, [getattr(v, name) for v in values], classes) for name, of in _fields(classes[kind])]
    return [value.isoformat() for value in values] if kind == "date" else values


def _unpacked(kind: str, column: Any, classes: Classes) -> list[Any]:
    if not column:
        return []
    if inner := _between(kind, "", " | None"):
        there = iter(_unpacked(inner, column[1], classes))
        return [next(there) if is_there else None for is_there in column[0]]
    if kind == "tuple[str, ...]":  # by far the most: no use taking them apart and putting them together
        size, filled, texts = column
        found: list[tuple[str, ...]] = [()] * size
        for number, value in zip(filled, texts, strict=True):
            found[number] = value
        return found
    if inner := _between(kind, "tuple[", ", ...]"):
        flat = iter(_unpacked(inner, column[1], classes))
        return [tuple(islice(flat, size)) for size in column[0]]
    if inner := _between(kind, "dict[str, ", "]"):
        flat = iter(_unpacked(inner, column[1], classes))
        return [dict(zip(keys, flat, strict=False)) for keys in column[0]]
    if inner := _between(kind, "Mapping[str, ", "]"):
        return [_shelf(inner, shelved, classes) for shelved in column]
    if kind in classes:
        fields = zip(_fields(classes[kind]), column, strict=True)
        return list(map(classes[kind], *(_unpacked(of, below, classes) for (_, of), below in fields)))
    return list(map(date.fromisoformat, column)) if kind == "date" else column


def _shelved(kind: str, records: Mapping[str, Any], classes: Classes) -> Any:
    groups: dict[Any, list[Any]] = {}
    for record in records.values():
        groups.setdefault(record.label, []).append(record)
    numbers = {label: number for number, label in enumerate(groups)}
    ids = {id_: numbers[record.label] for id_, record in records.items()}
    packed = [marshal.dumps(_packed(kind, group, classes)) for group in groups.values()]
    return [_packed(_label(kind, classes), list(groups), classes), ids, packed]


def _shelf(kind: str, shelved: Any, classes: Classes) -> Shelf[Any]:
    packed_labels, ids, packed = shelved
    found = _unpacked(_label(kind, classes), packed_labels, classes)
    return Shelf(found, ids, packed, lambda group: _unpacked(kind, marshal.loads(group), classes))


def _label(kind: str, classes: Classes) -> str:
    """The type of a record's label."""
    return str(classes[kind].label.fget.__annotations__["return"])


def _between(kind: str, before: str, after: str) -> str:
    """What a type's name holds between two ends; empty when it has not both."""
    return kind[len(before) : -len(after)] if kind.startswith(before) and kind.endswith(after) else ""


def _fields(kind: type[Any]) -> list[tuple[str, str]]:
    """Names and types of a class's fields."""
    return [(name, str(getattr(hint, "__forward_arg__", hint))) for name, hint in kind.__annotations__.items()]


def _shape(classes: Classes) -> str:
    """The names and fields of all classes: when one changes, nothing old is read."""
    return repr(sorted((name, _fields(kind)) for name, kind in classes.items()))


def _classes(kind: type[Any]) -> Classes:
    """The records that ``kind`` can be made of, by name: those of the model and of its own module."""
    known = {**vars(model), **vars(sys.modules[kind.__module__])}
    return {name: found for name, found in known.items() if hasattr(found, "_fields")}
