"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from speechgen import content
from speechgen.check import loader

settings.register_profile("speechgen", deadline=None)  # what is tested is what comes out, not how fast
settings.load_profile("speechgen")


@pytest.fixture(scope="session", autouse=True)
def what_is_shipped_is_parsed_once() -> Iterator[None]:
    """Most tests draft or check with the shipped bank and rules, and none changes what was parsed: the same files give
    the same again."""
    parse, load = content._parse, loader._load
    banks: dict[Any, Any] = {}
    rules: dict[Any, Any] = {}

    def parsed(found: Any, key: str, cache_folder: Path | None) -> Any:
        files = (key, *(f"{layer.name} {path}" for layer, path in found))
        if files not in banks:
            banks[files] = parse(found, key, cache_folder)
        return banks[files]

    def loaded(files: Any) -> Any:
        paths = list(files)
        key = tuple((str(path), path.read_bytes() if path.is_file() else b"") for path in paths)
        if key not in rules:
            rules[key] = load(paths)
        return rules[key]

    content._parse, loader._load = parsed, loaded
    yield
    content._parse, loader._load = parse, load
