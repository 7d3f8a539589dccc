"""What is kept between runs comes back equal, and nothing else is ever taken for it."""

from __future__ import annotations

import marshal
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechgen import cache
from speechgen.errors import SpeechgenError
from speechgen.model import Location


class Leaf(NamedTuple):
    words: tuple[str, ...]
    day: date | None = None
    where: Location | None = None


class Tree(NamedTuple):
    leaves: tuple[Leaf, ...] = ()
    named: dict[str, Leaf] = {}  # noqa: RUF012
    groups: dict[str, tuple[tuple[str, ...], ...]] = {}  # noqa: RUF012
    number: int = 0
    flag: bool = False
    note: str = ""


LEAVES = st.builds(
    Leaf,
    st.lists(st.text(max_size=5), max_size=3).map(tuple),
    st.none() | st.dates(),
    st.none() | st.builds(Location, st.text(max_size=5), st.integers(0, 9), st.integers(0, 9)),
)
TREES = st.builds(
    Tree,
    st.lists(LEAVES, max_size=3).map(tuple),
    st.dictionaries(st.text(max_size=4), LEAVES, max_size=3),
    st.dictionaries(
        st.text(max_size=4),
        st.lists(st.lists(st.text(max_size=3), max_size=2).map(tuple), max_size=2).map(tuple),
        max_size=2,
    ),
    st.integers(),
    st.booleans(),
    st.text(max_size=6),
)
TREE = Tree(
    (Leaf(("甲", "dict"), date(2026, 1, 1), Location("甲.yaml", 1, 2)),),
    {"date": Leaf(())},
    {"词": (("出口",), ("锁",))},
    3,
    True,
)


def never() -> Tree:
    raise AssertionError("made again")


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TREES)
def test_what_is_kept_comes_back_equal(tmp_path: Path, tree: Tree) -> None:
    folder = tmp_path / "cache"
    key = repr(tree)
    assert cache.through(folder, "甲", key, Tree, lambda: tree) == tree
    assert cache.through(folder, "甲", key, Tree, never) == tree


def test_order_of_keys_is_kept(tmp_path: Path) -> None:
    tree = TREE._replace(named={"乙": Leaf(()), "甲": Leaf(())})
    cache.through(tmp_path, "a", "k", Tree, lambda: tree)
    assert list(cache.through(tmp_path, "a", "k", Tree, never).named) == ["乙", "甲"]


def test_without_a_folder_everything_is_made() -> None:
    assert cache.through(None, "a", "k", Tree, lambda: TREE) is TREE


def test_another_key_makes_it_again_and_drops_the_old(tmp_path: Path) -> None:
    cache.through(tmp_path, "a", "k1", Tree, lambda: TREE)
    cache.through(tmp_path, "other", "k1", Tree, lambda: TREE)
    newer = TREE._replace(number=9)
    assert cache.through(tmp_path, "a", "k2", Tree, lambda: newer) == newer
    assert len(kept_files(tmp_path)) == 2
    assert cache.through(tmp_path, "other", "k1", Tree, never) == TREE


def test_a_file_made_for_another_key_is_not_taken(tmp_path: Path) -> None:
    cache.through(tmp_path, "a", "k1", Tree, lambda: TREE)
    (old,) = kept_files(tmp_path)
    data = old.read_bytes()
    newer = TREE._replace(number=9)
    cache.through(tmp_path, "a", "k2", Tree, lambda: newer)
    (path,) = kept_files(tmp_path)
    path.write_bytes(data)
    assert cache.through(tmp_path, "a", "k2", Tree, lambda: newer) == newer


@pytest.mark.parametrize("at", [0, 10, 70, 90, -3, -1])
def test_every_damage_is_noticed_and_mended(tmp_path: Path, at: int) -> None:
    cache.through(tmp_path, "a", "k", Tree, lambda: TREE)
    (path,) = kept_files(tmp_path)
    whole = path.read_bytes()
    for damaged in (
        bytes([*whole[:at], whole[at] ^ 1, *(whole[at:][1:])]),
        whole[:at],
        whole + b"x",
        b"",
        b"\xff\xfe\n{}",
        b"[" * 100_000,
    ):
        path.write_bytes(damaged)
        assert cache.through(tmp_path, "a", "k", Tree, lambda: TREE) == TREE
        assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "body",
    [
        marshal.dumps(None),
        marshal.dumps([]),
        marshal.dumps({"Leaf": [[]]}),
        marshal.dumps({"Tree": [1, 2, 3, 4, 5, 6, 7]}),
        marshal.dumps([[1], [2]]),
        marshal.dumps([[[0], [[[]], [[False], []], [[True], []]]], [[[]], []], [[[]], []], [0], [False]]),
        marshal.dumps([[[0], []], [[[]], []], [[[]], []], [0], [False], [""], ["one field too many"]]),
        marshal.dumps({}),
        b"",
        b"no such data",
    ],
)
def test_a_sound_file_of_the_wrong_shape_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    cache.through(tmp_path, "a", "k", Tree, lambda: TREE)
    (path,) = kept_files(tmp_path)
    path.write_bytes(b"sum\n" + body)
    monkeypatch.setattr(cache, "_sum", lambda *_: b"sum\n")
    assert cache.through(tmp_path, "a", "k", Tree, lambda: TREE) == TREE


def test_a_class_that_changes_its_fields_is_not_read_from_before() -> None:
    class One(NamedTuple):
        note: str = ""

    class Two(NamedTuple):
        remark: str = ""

    assert cache._shape({"甲": One}) != cache._shape({"甲": Two})


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("甲", encoding="utf-8")
    assert cache.through(blocked / "inner", "a", "k", Tree, lambda: TREE) == TREE


def test_what_making_raises_is_raised(tmp_path: Path) -> None:
    def fails() -> Tree:
        raise SpeechgenError.of("甲", "乙")

    with pytest.raises(SpeechgenError):
        cache.through(tmp_path, "a", "k", Tree, fails)
    assert kept_files(tmp_path) == []
