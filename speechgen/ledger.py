"""台账: which phrases each speech of a season has used, so that sister speeches do not sound alike.

One JSON line a speech: ``{"单位", "提纲", "年", "讲话人", "语料": [ids]}``. A later line of the same speech takes the
place of the earlier one. A line that cannot be read (a torn one) is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from speechgen import files
from speechgen.errors import SpeechgenError
from speechgen.model import Draft, Location

_OURS = '{"单位":'.encode()  # how a line of ours begins, torn ones too


class Speech(NamedTuple):
    """What makes a speech itself among its sisters: whose it is, after which outline, of which year's occasion."""

    unit: str
    speaker: str
    outline: str
    year: int


def read(path: Path) -> dict[Speech, frozenset[str]]:
    """The phrases of each speech in a ledger; none where there is no file yet. Raises SpeechgenError when the file
    cannot be opened or is no ledger."""
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SpeechgenError.of(
            "no-ledger", f"台账「{path.name}」读不出来", Location(str(path)), "请核对 --ledger 后面的文件名。"
        ) from error
    found: dict[Speech, frozenset[str]] = {}
    for line in lines:
        said = _parsed(line)
        if said is not None:
            found[Speech(said["单位"], said["讲话人"], said["提纲"], said["年"])] = frozenset(said["语料"])
    if not found and any(line.strip() and not line.startswith(_OURS) for line in lines):
        remedy = "请换一个文件名，程序会新建一本。"
        raise SpeechgenError.of("no-ledger", f"「{path.name}」不是 speechgen 的台账", Location(str(path)), remedy)
    return found


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line.decode("utf-8"))
    except ValueError:
        return None
    kinds = {"单位": str, "提纲": str, "年": int, "讲话人": str, "语料": list}
    return said if isinstance(said, dict) and all(isinstance(said.get(k), t) for k, t in kinds.items()) else None


def said(draft: Draft) -> frozenset[str]:
    """The phrases and heading sets whose words stand in a draft; what was left out for its length is not among them."""
    spans = (span for block in draft.blocks for span in block.spans)
    return frozenset(span.source.name for span in spans if span.source.origin == "phrase")


def siblings(book: dict[Speech, frozenset[str]], speech: Speech) -> tuple[frozenset[str], ...]:
    """The phrases of all other speeches of the same season and outline, an earlier one of the same unit among them."""
    return tuple(used for other, used in book.items() if other != speech and other.outline == speech.outline)


def keep(path: Path, speech: Speech, picks: Iterable[str]) -> None:
    """Write a speech's phrases down. Raises SpeechgenError when the ledger cannot be written."""
    keep_all(path, [(speech, picks)])


def keep_all(path: Path, said: Iterable[tuple[Speech, Iterable[str]]]) -> None:
    """Write down the phrases of some speeches. Raises SpeechgenError when the ledger cannot be written."""
    files.append_lines(path, (
        {"单位": of.unit, "提纲": of.outline, "年": of.year, "讲话人": of.speaker, "语料": sorted(picks)}
        for of, picks in said
    ))  # fmt: skip
