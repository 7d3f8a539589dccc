"""Running the program as a secretary does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from speechgen.cli import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content is parsed once for all runs, as on a secretary's machine."""
    return tmp_path_factory.mktemp("缓存")


@pytest.fixture
def run_in(cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], Run]:
    """Given a folder, runs the program there; gives code, output, errors."""

    def go_to(folder: Path) -> Run:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
        monkeypatch.delenv("LOCALAPPDATA", raising=False)

        def started(*arguments: object) -> tuple[int, str, str]:
            monkeypatch.setattr(sys, "argv", ["speechgen", *map(str, arguments)])
            code = run()
            out, err = capsys.readouterr()
            assert "Traceback" not in out + err
            return code, out, err

        return started

    return go_to
