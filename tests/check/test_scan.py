"""Where two-character beginnings stand: the fast scan against a plain one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from speechgen.check import scan
from speechgen.check.document import Vocabulary

# Plain Han, characters beyond the BMP, halves of such, and what the scan puts in their place.
LETTERS = st.sampled_from([*"安全生产\n。", "𠮷", "\U0010ffff", "\ud800", "\udfff", "\ufffd", "\uffff", "\0"])
PLAIN = st.sampled_from([*"安全生产\uffff\ufffd\0"])


@given(st.text(LETTERS, max_size=60), st.lists(st.text(PLAIN, min_size=2, max_size=2), max_size=6))
def test_it_finds_what_a_plain_scan_finds(text: str, pairs: list[str]) -> None:
    # A replacement character cannot be told from what it stands for; no word of a list holds one.
    pairs = [pair for pair in pairs if "\ufffd" not in pair]
    plain = [at for at in range(len(text) - 1) if text[at : at + 2] in pairs]
    assert scan.positions(text, pairs) == plain


@given(
    st.text(LETTERS, max_size=60),
    st.lists(st.text(st.sampled_from("安全生产"), min_size=2, max_size=4), max_size=6),
)
def test_every_place_of_every_word_is_found(text: str, words: list[str]) -> None:
    plain = {word: [at for at in range(len(text)) if text.startswith(word, at)] for word in words}
    assert Vocabulary(words).occurrences(text) == {word: places for word, places in plain.items() if places}


def test_words_that_overlap_and_begin_alike_are_all_found() -> None:
    found = Vocabulary(["安全", "安全生产", "全生", "产安"]).occurrences("安全生产安全")
    assert found == {"安全": [0, 4], "安全生产": [0], "全生": [1], "产安": [3]}


def test_nothing_is_found_in_nothing() -> None:
    assert scan.positions("", ["安全"]) == []
    assert scan.positions("安", ["安全"]) == []
    assert scan.pairs("") == scan.pairs("安") == set()
    assert Vocabulary(()).occurrences("安全生产") == {}


@given(st.lists(st.text(LETTERS, min_size=2, max_size=2), max_size=6))
def test_many_codes_at_once_are_those_of_each(pairs: list[str]) -> None:
    assert scan.codes(pairs) == {scan.code(pair) for pair in pairs if max(pair) <= "\uffff"}
