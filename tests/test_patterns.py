"""Patterns that have been kept behave like those compiled afresh, and nothing else is ever taken for them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen import patterns

STATE = ("_kept", "_kept_reaches", "_kept_tables", "_made", "_reaches", "_tables")
PATTERNS = (
    ("隐患(?P<处>排查|整治)?(到位)*", 0),
    ("^[一-龥]{2,4}[、，](?!各)(?<=，).*?$", re.MULTILINE),
    ("(?i)ab[^c-f]\\b\\d+(?P<x>.)(?P=x)", 0),
    ("([A-Z])(?:\\1|(?P<后>[^\n]))?", re.DOTALL | re.IGNORECASE),
    ("", 0),
)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new run begins with."""
    for name in STATE:
        monkeypatch.setattr(patterns, name, {})
    monkeypatch.setattr(patterns, "_fresh", False)


def no_compiling(*_: object) -> None:
    raise AssertionError("compiled again")


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_pattern_is_not_compiled_again_and_is_the_same(
    pattern: str, flags: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = patterns.compiled(pattern, flags)
    reach = patterns.reach(made.pattern, made.flags)
    patterns.keep(tmp_path)
    forget(monkeypatch)
    patterns.load(tmp_path)
    plain = re.compile(pattern, flags)
    monkeypatch.setattr(patterns, "_compile", no_compiling)
    monkeypatch.setattr(patterns, "reach_of", no_compiling)
    revived = patterns.compiled(pattern, flags)
    assert patterns.reach(revived.pattern, revived.flags) == reach
    for one in (made, revived):
        assert (one.pattern, one.flags, one.groups) == (plain.pattern, plain.flags, plain.groups)
        assert one.groupindex == plain.groupindex
        for text in ("隐患排查到位到位", "各县，安全\n我们，各地。", "ABx12zz ab-9..", "AAaB\nb", ""):
            assert [(m.span(), m.groups(), m.lastgroup) for m in one.finditer(text)] == [
                (m.span(), m.groups(), m.lastgroup) for m in plain.finditer(text)
            ]
            assert one.sub("-", text) == plain.sub("-", text)


@given(st.text(st.sampled_from([*"甲乙[]()|?*+{}1,2^$\\d-:=!<>P"]), max_size=12))
def test_a_pattern_is_compiled_or_refused_as_re_does(pattern: str) -> None:
    try:
        plain: re.Pattern[str] | None = re.compile(pattern)
    except re.error:
        plain = None
    except (OverflowError, RecursionError):
        return
    if plain is None:
        with pytest.raises(re.error):
            patterns.compiled(pattern)
    else:
        for text in ("甲乙甲1", "", "12,P"):
            assert [m.span() for m in patterns.compiled(pattern).finditer(text)] == [
                m.span() for m in plain.finditer(text)
            ]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:5],
        lambda data: data[:-1],
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: bytes([data[0] ^ 1]) + data[1:],  # another Python, or another version of the program
        lambda data: b"not ours at all",
    ],
)
def test_a_damaged_or_foreign_file_is_ignored_and_written_anew(
    spoil: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patterns.compiled("隐患(排查)?")
    patterns.keep(tmp_path)
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    file.write_bytes(spoil(good))
    forget(monkeypatch)
    patterns.load(tmp_path)
    assert not patterns._kept
    assert patterns.compiled("隐患(排查)?").findall("隐患，隐患排查") == ["", "排查"]
    patterns.keep(tmp_path)
    assert file.read_bytes() == good


def test_codes_that_this_python_does_not_take_are_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ((), (1, 2), (32, b"\0\0\0\0", 0, {}, ()), (32, b"abc", 0, {}, ()), (32, b"\xff" * 8, 0, {}, ())):
        forget(monkeypatch)
        patterns._kept["甲+", 0] = wrong
        assert patterns.compiled("甲+").findall("甲甲乙") == ["甲甲"]


def test_a_python_without_the_way_to_it_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_sre", None)
    assert patterns.compiled("甲+").findall("甲甲乙") == ["甲甲"]


def test_a_table_is_made_once_and_again_for_another_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def table(key: str) -> dict[str, tuple[int, ...]]:
        def make() -> dict[str, tuple[int, ...]]:
            made.append(key)
            return {key: (1, 2)}

        return patterns.table("表", key, make)

    assert table("甲") == table("甲") == {"甲": (1, 2)}
    patterns.keep(tmp_path)
    forget(monkeypatch)
    patterns.load(tmp_path)
    assert table("甲") == {"甲": (1, 2)} and made == ["甲"]
    for key in "乙丙丁戊":
        assert table(key) == {key: (1, 2)}
    assert table("戊") and made == [*"甲乙丙丁戊"]
    patterns.keep(tmp_path)
    forget(monkeypatch)
    patterns.load(tmp_path)
    assert table("戊") and made == [*"甲乙丙丁戊"]
    assert table("甲") and made == [*"甲乙丙丁戊甲"]  # the oldest is forgotten, so that the file does not grow


def test_what_cannot_be_kept_is_made_all_the_same(tmp_path: Path) -> None:
    assert patterns.table("表", "甲", lambda: object) is object
    patterns.keep(tmp_path)
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_when_nothing_is_new_or_there_is_no_folder(tmp_path: Path) -> None:
    patterns.keep(tmp_path)
    patterns.compiled("甲+")
    patterns.keep(None)
    assert not list(tmp_path.iterdir())
    patterns.keep(tmp_path)
    (file,) = tmp_path.iterdir()
    file.unlink()
    patterns.keep(tmp_path)
    assert not file.exists()


def test_patterns_that_nobody_asks_for_any_more_are_not_kept_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "LARGEST", 3)
    for pattern in "甲乙丙":
        patterns.compiled(pattern)
        patterns.reach(pattern)
    patterns.keep(tmp_path)
    forget(monkeypatch)
    patterns.load(tmp_path)
    for pattern in "丙丁":
        patterns.compiled(pattern)
        patterns.reach(pattern)
    patterns.keep(tmp_path)
    forget(monkeypatch)
    patterns.load(tmp_path)
    assert (
        {pattern for pattern, _ in patterns._kept} == {"丙", "丁"} == {pattern for pattern, _ in patterns._kept_reaches}
    )


def test_a_second_check_compiles_no_pattern_of_ours(tmp_path: Path) -> None:
    speech = tmp_path / "稿.txt"
    speech.write_text("同志们：\n一是抓好安全生产。二是“三管三必须”要落实，7月1日前完成。\n", encoding="utf-8")
    script = (
        "import sys, re\n"
        "from pathlib import Path\n"
        "from speechgen import content, inforce, patterns, review\n"
        "cache = Path(sys.argv[1])\n"
        "patterns.load(cache)\n"
        "fresh = []\n"
        "make = patterns._compile\n"
        "patterns._compile = lambda key: (fresh.append(key), make(key))[1]\n"
        "rules = inforce.rules_for(cache, None, cache, bare=True)\n"
        "review.review(Path(sys.argv[2]), rules, review.grounds(None, Path(sys.argv[2]), cache))\n"
        "patterns.keep(cache)\n"
        "print(len(fresh))\n"
    )
    counts = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path), str(speech)],
            capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1],
        )  # fmt: skip
        counts.append(int(done.stdout))
    assert counts[0] > 100 and counts[1] == 0
