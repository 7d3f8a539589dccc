"""The line as one function: what is read, what is made of it, where it goes."""

from __future__ import annotations

import json
import shutil
import tempfile
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from speechgen import draft as line
from speechgen import engine, files
from speechgen.errors import SpeechgenError
from speechgen.phrases import ARGUED, sentence_keys
from speechgen.word.reader import read_docx
from tests.examples import SINGLE as EXAMPLES

ROOT = Path(__file__).resolve().parents[1]
NAME = "2027年元旦春节安全稳定.yaml"

CACHE = tempfile.TemporaryDirectory()  # the content is parsed once for all tests of this file


def make(path: Path, extra: Path | None = None, cache_folder: Path = Path(CACHE.name)) -> line.Made:
    return line.make(path, line.Beside(extra), cache_folder)


def remake(path: Path, folder: Path | None) -> line.Made:
    return line.remake(path, folder, cache_folder=Path(CACHE.name))


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A meeting file in a folder of its own, with a space and Chinese in its path."""
    folder = tmp_path / "我的 讲话"
    # what somebody has drafted beside the examples, and its record, stays there
    shutil.copytree(ROOT / "examples" / "county", folder, ignore=shutil.ignore_patterns(".*", "*.docx", "*.txt", "*.json"))
    return folder / NAME


def test_the_nearest_profile_above_serves(county: Path) -> None:
    inner = county.parent / "里面" / "再里面"
    inner.mkdir(parents=True)
    shutil.copy(county, inner / NAME)
    made = make(inner / NAME)
    assert made.speaker.name and made.speaker.name.value == "陈志远"
    assert made.office.file == str(county.parent.resolve() / "单位.yaml")


def test_without_a_profile_the_names_stay_blank_and_the_run_says_so(county: Path) -> None:
    county.with_name("单位.yaml").unlink()
    made = make(county)
    assert any("speechgen new --office" in notice for notice in made.notices)
    assert any(gap.kind == "blank" and gap.key == "讲话人.姓名" for gap in made.draft.gaps)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_no_example_is_read_with_a_notice_of_its_spelling(path: Path) -> None:
    made = make(path)
    assert made.notices == made.draft.notices


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_draft_from_kept_content_parses_no_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing Jinja alone takes a seventh of a whole run."""
    made = make(path)
    monkeypatch.setattr(engine, "_parsed", {})
    monkeypatch.setattr(engine, "_parse", lambda sentence: pytest.fail(f"parsed again: {sentence}"))
    assert make(path).draft == made.draft


def test_the_office_lays_its_own_phrases_over_the_shipped_ones(county: Path) -> None:
    bank = county.parent / "phrasebank"
    bank.mkdir()
    (bank / "own.yaml").write_text(
        "语句:\n  - 编号: bendanwei-001\n    位置: 结束.号召\n    层级: [县]\n    角色: [政府主要领导]\n"
        "    场合: [元旦春节]\n    文: 这句话是本单位自己写的。\n", encoding="utf-8",
    )  # fmt: skip
    made = make(county)
    assert made.content.layers == ("自带", "本单位")
    assert "这句话是本单位自己写的。" in line.as_text(made.draft)


def test_an_extra_folder_lies_over_all(county: Path, tmp_path: Path) -> None:
    extra = tmp_path / "另一层"
    (extra / "phrasebank").mkdir(parents=True)
    made = make(county, extra)
    assert made.content.layers[-1] in (str(extra), "自带")
    with pytest.raises(SpeechgenError, match="没有这样的"):
        make(county, tmp_path / "没有这样的")


# ── layout ────────────────────────────────────────────────────────────────────────────────────


def with_layout(county: Path, name: str) -> Path:
    county.write_text(f"版式: {name}\n" + county.read_text("utf-8"), encoding="utf-8")
    return county


def test_a_layout_beside_the_file_serves(county: Path) -> None:
    shipped = (ROOT / "speechgen" / "layouts" / "gbt9704.yaml").read_text("utf-8")
    county.with_name("大字.yaml").write_text(shipped.replace("297", "297"), encoding="utf-8")
    assert (
        make(with_layout(county, "大字")).layout == make(with_layout(county.parent / "十处缺项.yaml", "gbt9704")).layout
    )


def test_an_unknown_layout_is_refused_with_the_known_ones(county: Path) -> None:
    with pytest.raises(SpeechgenError) as caught:
        make(with_layout(county, "gbt9704a"))
    slip = caught.value.slips[0]
    assert slip.code == "no-layout" and "gbt9704" in slip.remedy
    assert slip.location and slip.location.line == 1


def test_a_cache_changes_nothing(county: Path, tmp_path: Path) -> None:
    plain = line.make(county)
    for _ in range(2):
        assert make(county, cache_folder=tmp_path / "cache") == plain
    assert list((tmp_path / "cache").iterdir())


# ── forms ─────────────────────────────────────────────────────────────────────────────────────


def test_json_gives_blocks_with_spans_that_cover_them(county: Path) -> None:
    made = make(county)
    data = json.loads(line.rendered(made, "json"))
    assert data["characters"] == made.draft.characters
    assert data["picks"] == made.draft.picks
    for block in data["blocks"]:
        assert "".join(block["text"][s["start"] : s["end"]] for s in block["spans"]) == block["text"]
    spans = [span for block in data["blocks"] for span in block["spans"]]
    assert any(span["origin"] == "field" and span["file"] == NAME and span["line"] > 0 for span in spans)
    assert any(via["origin"] == "phrase" for span in spans for via in span["via"])


def test_text_is_what_notepad_reads(county: Path) -> None:
    made = make(county)
    data = line.rendered(made, "txt")
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    assert data.decode("utf-8-sig").splitlines() == [block.text for block in made.draft.blocks]


def test_the_same_inputs_give_the_same_bytes(county: Path) -> None:
    for form in line.FORMATS:
        assert line.rendered(make(county), form) == line.rendered(make(county), form)


def test_characters_and_minutes_leave_out_title_and_white_space(county: Path) -> None:
    made = make(county)
    spoken = [b.text for b in made.draft.blocks if b.kind not in ("title", "byline", "date")]
    assert made.draft.characters == sum(not c.isspace() for text in spoken for c in text)
    assert made.minutes == made.draft.characters / 180
    assert made.pages >= made.draft.characters // (22 * 28)


# ── where it goes ─────────────────────────────────────────────────────────────────────────────


def test_where_a_speech_goes(county: Path, tmp_path: Path) -> None:
    made = make(county)
    name = "2026-12-24 全县2027年元旦春节期间安全稳定工作会议讲话稿.docx"
    assert line.output_path(made, None, "docx") == county.parent / name
    assert line.output_path(made, tmp_path, "docx") == tmp_path / name
    assert line.output_path(made, tmp_path / "还没有", "docx") == tmp_path / "还没有" / name
    assert line.output_path(made, tmp_path / "2026.12", "docx") == tmp_path / "2026.12" / name
    assert line.output_path(made, tmp_path / "稿.docx", "docx") == tmp_path / "稿.docx"
    for output in (None, tmp_path, tmp_path / "2026.12", tmp_path / "稿.docx"):
        assert line.output_path(made, output, "docx").parent == line.output_folder(county, output)


def test_a_saved_speech_reads_back(county: Path, tmp_path: Path) -> None:
    made = make(county)
    written = line.save(made, county, tmp_path / "出" / "稿.docx", "docx")
    read = ["".join(b.text.split("\n")) for b in read_docx(written.path).blocks]  # a title is broken into lines
    assert read == [b.text for b in made.draft.blocks]
    entry = files.read_record(tmp_path / "出").newest(line.meeting_key(county, written.path))
    assert entry and entry.picks == made.draft.picks and entry.content == made.content.hash


def test_a_rerun_keeps_the_picks_of_the_record(county: Path) -> None:
    text = county.read_text("utf-8")
    county.write_text(text + "种子: 别的\n", encoding="utf-8")
    first = make(county)
    line.save(first, county, line.output_path(first, None, "docx"), "docx")
    county.write_text(text, encoding="utf-8")
    assert make(county).draft.picks != first.draft.picks
    assert remake(county, None).draft.picks == first.draft.picks
    assert remake(county, county.parent / "别处").draft.picks == make(county).draft.picks


def test_a_damaged_record_is_told(county: Path) -> None:
    (county.parent / files.RECORD_NAME).write_bytes(b"\xff\xfe{]\n[]\n")
    assert any("2 行读不出来" in notice for notice in remake(county, None).notices)


def test_the_record_knows_a_meeting_by_its_path_from_the_output(tmp_path: Path) -> None:
    assert line.meeting_key(tmp_path / "a" / "会议.yaml", tmp_path / "b" / "稿.docx") == "../a/会议.yaml"


# ── beside the meeting file ───────────────────────────────────────────────────────────────────


def with_(county: Path, **more: Any) -> line.Made:
    return line.make(county, line.Beside(**more), Path(CACHE.name))


def test_a_sentence_is_swapped_by_its_words_and_stays_swapped(county: Path) -> None:
    first = make(county)
    path = "开头/开头.缘由"
    words = line.as_text(first.draft).splitlines()[4][:8]
    swapped = with_(county, swaps=(words,))
    assert swapped.draft.picks[path] != first.draft.picks[path]
    assert {k: v for k, v in swapped.draft.picks.items() if k != path} == {
        k: v for k, v in first.draft.picks.items() if k != path
    }
    assert any(f"{path}: {swapped.draft.picks[path]}" in notice for notice in swapped.notices)
    line.save(swapped, county, county.with_name("稿.docx"), "docx")
    assert remake(county, None).draft.picks == swapped.draft.picks


@pytest.mark.parametrize(("asked", "told"), [("生产安全事故7起", "不是从语料里来的"), ("没有的话", "稿子里没有")])
def test_what_cannot_be_swapped_is_told(county: Path, asked: str, told: str) -> None:
    with pytest.raises(SpeechgenError) as caught:
        with_(county, swaps=(asked,))
    assert told in caught.value.slips[0].message


def judged(made: line.Made) -> set[str]:
    """The sentences of a draft that rest on a judgement or argument of the bank."""
    argued = {p.id for p in made.content.phrases.values() if made.content.slots[p.slot].kind in ARGUED}
    return {
        block.text[span.start : span.end]
        for block in made.draft.blocks
        for span in block.spans
        if span.source.name in argued
    }


def test_no_judgement_of_last_years_speech_returns(county: Path) -> None:
    last = make(county)
    old = county.with_name("去年.docx")
    old.write_bytes(line.rendered(last, "docx"))
    said = sentence_keys("".join(judged(last)))
    assert len(said) > 10
    assert said.isdisjoint(sentence_keys("".join(judged(with_(county, avoided=(old,))))))


def test_a_ledger_tells_sister_speeches_apart(county: Path, tmp_path: Path) -> None:
    book = tmp_path / "台账.jsonl"
    profile = county.with_name("单位.yaml").read_text("utf-8")
    said = []
    for name in ("青峪县", "柳川县", "石门县"):
        county.with_name("单位.yaml").write_text(profile.replace("名称: 青峪县", f"名称: {name}"), "utf-8")
        made = with_(county, ledger=book)
        line.keep_in_ledger(book, made)
        said.append(judged(made))
    assert len(book.read_text("utf-8").splitlines()) == 3
    assert all(len(one & other) <= len(one) * 3 // 10 for one, other in combinations(said, 2))
    assert with_(county, ledger=book).draft.picks == made.draft.picks  # its own line does not count against it


def test_what_is_no_ledger_is_refused(county: Path) -> None:
    with pytest.raises(SpeechgenError) as caught:
        with_(county, ledger=county)
    assert caught.value.slips[0].code == "no-ledger"
