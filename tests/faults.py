"""What can go wrong with a disk, for the tests of whatever writes to one."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from speechgen import files


def docx(text: str, level: int = 6) -> bytes:
    """A .docx as far as the writer looks at one: a zip of parts."""
    target = io.BytesIO()
    parts = {"[Content_Types].xml": "<Types/>" * 50, "word/document.xml": f"<w:document>{text}</w:document>"}
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED, level)
    return target.getvalue()


class Killed(BaseException):
    """The process is gone: nothing that it would have done afterwards happens."""


class Faults:
    """Counts the calls that change the disk; the ``nth`` of the watched ones fails, or kills."""

    WATCHED = ("open", "write", "fsync", "rename", "replace")

    def __init__(self, nth: int, failure: OSError | None, watched: tuple[str, ...] = WATCHED) -> None:
        self.left, self.failure, self.watched = nth, failure, watched
        self.dead = False

    @property
    def happened(self) -> bool:
        return self.left <= 0

    @contextmanager
    def __call__(self) -> Iterator[Faults]:
        with pytest.MonkeyPatch.context() as patch:
            for name in (*self.WATCHED, "unlink"):
                patch.setattr(os, name, self._faulty(name, getattr(os, name)))
            patch.setattr(files, "open", self._faulty("open", open), raising=False)
            yield self

    def _faulty(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if self.dead:
                raise Killed
            if name in self.watched:
                self.left -= 1
                if self.left == 0:
                    if name == "write":
                        real(args[0], bytes(args[1])[: len(args[1]) // 2])  # half of it arrives
                    if self.failure is None:
                        self.dead = True
                        raise Killed
                    raise self.failure
            return real(*args, **kwargs)

        return call


# ── a person at the same folder ───────────────────────────────────────────────────────────────

_PLACE = st.runner().flatmap(lambda machine: st.sampled_from(machine.PLACES))
_SIZE = st.runner().flatmap(lambda machine: st.integers(0, machine.TORN))


class Person(RuleBasedStateMachine):
    """Somebody who edits, renames, deletes and opens files in the folder ``out`` that a program writes to, and a record
    that gets lost or torn. Whoever inherits adds what the program does."""

    PLACES: Sequence[str]  # names that the person writes to
    TORN: int  # bytes that a torn record may lack

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.out = self.folder
        self.persons: dict[str, bytes] = {}  # name → what a person left there
        self.edits = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def there(self, name: str) -> bool:
        return (self.out / name).exists()

    @rule(name=_PLACE, whole=st.booleans())
    def person_writes(self, name: str, whole: bool) -> None:
        self.edits += 1
        text = f"第{self.edits}次修改"
        data = docx(text) if whole else text.encode()
        (self.out / name).write_bytes(data)
        self.persons[name] = data

    @rule(name=_PLACE)
    def person_deletes(self, name: str) -> None:
        (self.out / name).unlink(missing_ok=True)
        self.persons.pop(name, None)

    @rule(name=_PLACE, other=_PLACE)
    def person_renames(self, name: str, other: str) -> None:
        if self.there(name) and not self.there(other):
            (self.out / name).rename(self.out / other)
            if name in self.persons:
                self.persons[other] = self.persons.pop(name)

    @rule(name=_PLACE)
    def person_opens_or_closes(self, name: str) -> None:
        owner = self.out / f"~${name}"
        if owner.exists():
            owner.unlink()
        else:
            owner.write_bytes(b"owner")

    @rule()
    def record_is_lost(self) -> None:
        (self.out / files.RECORD_NAME).unlink(missing_ok=True)

    @precondition(lambda self: self.there(files.RECORD_NAME))
    @rule(size=_SIZE)
    def record_is_torn(self, size: int) -> None:
        record = self.out / files.RECORD_NAME
        data = record.read_bytes()
        record.write_bytes(data[: max(0, len(data) - size)])

    @invariant()
    def no_word_of_a_person_is_lost(self) -> None:
        for name, data in self.persons.items():
            assert (self.out / name).read_bytes() == data
