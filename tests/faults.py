"""What can go wrong with a disk, for the tests of whatever writes to one."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

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
