"""批量: a whole roster in one run, which may be stopped, mended and run again."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import pytest

from speechgen import batch, files, ledger, roster
from speechgen.errors import SpeechgenError
from speechgen.reading import read

ROOT = Path(__file__).resolve().parents[1]
CACHE = tempfile.TemporaryDirectory()  # the content is parsed once for all tests of this file
SHEETS = {"审阅表.xlsx", "审阅表.html"}

T = TypeVar("T")


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """The example roster in a folder of its own, with a space and Chinese in its path."""
    folder = tmp_path / "我的 名册"
    shutil.copytree(ROOT / "examples" / "towns", folder, ignore=shutil.ignore_patterns(".*", "*.docx", "名册"))
    return folder / "名册.csv"


def run(path: Path, *, executor: Executor | None = None, folder: str = "出", **asked: Any) -> batch.Ran:
    order = batch.Order(roster.read(path), path.parent / folder, cache_folder=Path(CACHE.name), **asked)
    if executor is not None:
        return batch.run(order, executor, 2)
    with ThreadPoolExecutor(1) as alone:
        return batch.run(order, alone, 1)


def speeches(folder: Path) -> dict[str, str]:
    """The speeches in a folder: name and fingerprint."""
    return {path.name: files.fingerprint(path) for path in sorted(folder.glob("*.docx"))}


def text(path: Path) -> str:
    return "\n".join(block.text for block in read(path).blocks)


def change(path: Path, edit: Callable[[list[list[str]]], object]) -> None:
    """The roster with its rows edited, as Excel saves a .csv."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    edit(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def states(ran: batch.Ran) -> dict[str, str]:
    return {outcome.key: outcome.state for outcome in ran.outcomes}


# ── what comes out ────────────────────────────────────────────────────────────────────────────


def test_each_row_is_a_speech_of_its_own_unit_and_matter(towns: Path) -> None:
    ran = run(towns)
    assert states(ran) == dict.fromkeys("1234", "新写") and not ran.failed
    names = [outcome.written.path.name for outcome in ran.outcomes if outcome.written]
    assert "河湾镇 2027-01-22 春节期间安全稳定工作会议讲话稿.docx" in names
    river = text(next(outcome.written.path for outcome in ran.outcomes if outcome.key == "3" and outcome.written))
    assert "镇长　沈立" in river and "渡船的救生衣少了11件" in river and "比上一年增加1起" in river
    assert "东岭" not in river and "我乡" not in river
    assert "离春节还有15天" in river  # what all rows share stands in 会议.yaml


def test_a_row_that_says_nothing_of_a_list_keeps_the_shared_one(towns: Path) -> None:
    change(towns, lambda rows: rows[2].__setitem__(rows[0].index("任务"), ""))
    ran = run(towns)
    hills = text(next(outcome.written.path for outcome in ran.outcomes if outcome.key == "2" and outcome.written))
    assert "面包车不超员" in hills and "独居老人和困难户" in hills


def test_sisters_say_different_things(towns: Path) -> None:
    run(towns)
    said = [set(review["论"]) for name, review in files.reviews(towns.parent / "出") if name.startswith("名册")]
    assert len(said) == 4
    for number, mine in enumerate(said):
        for other in said[number + 1 :]:
            assert len(mine & other) * 100 <= 30 * min(len(mine), len(other))


def test_the_review_sheets_stand_beside_the_speeches(towns: Path) -> None:
    ran = run(towns)
    assert {sheet.path.name for sheet in ran.sheets} == SHEETS
    page = (towns.parent / "出" / "审阅表.html").read_text(encoding="utf-8")
    assert "柳溪镇" in page and "河湾镇" in page


# ── wrong rows ────────────────────────────────────────────────────────────────────────────────


def test_a_row_may_hold_a_meeting_with_several_texts(towns: Path) -> None:
    texts = "主持词｜副镇长 林芳｜3\n部署｜副镇长 高山｜8\n讲话｜镇长 沈立｜12"
    change(towns, lambda rows: [row.append("讲话" if row is rows[0] else texts if row[0] == "3" else "") for row in rows])
    ran = run(towns)
    assert not ran.failed
    keys = ["3 主持词（林芳）", "3 部署（高山）", "3 讲话（沈立）"]
    assert set(states(ran)) == {"1", "2", "4", *keys}
    said = {key: text(next(o.written.path for o in ran.outcomes if o.key == key and o.written)) for key in keys}
    assert "副镇长高山同志作工作部署" in said[keys[0]] and "镇长沈立同志讲话" in said[keys[0]]
    assert "高山同志作了部署" in said[keys[2]] and "渡船的救生衣少了11件" in said[keys[2]]
    reviews = dict(files.reviews(towns.parent / "出"))
    for one, other in pairwise([*keys, keys[0]]):
        assert not set(reviews[f"名册 {one}"]["论"]) & set(reviews[f"名册 {other}"]["论"])
        picks = [set(files.read_record(towns.parent / "出").newest(f"名册 {key}").picks.values()) for key in (one, other)]
        assert not picks[0] & picks[1]
    assert set(states(run(towns)).values()) == {"没有变"}


def test_a_bad_row_is_told_with_its_place_and_stops_no_other(towns: Path) -> None:
    change(towns, lambda rows: rows[3].__setitem__(rows[0].index("会议.日期"), "2027-02-30"))
    ran = run(towns)
    assert states(ran) == {"1": "新写", "2": "新写", "3": "没有写成", "4": "新写"}
    (slip,) = ran.failed
    assert slip.location and slip.location.line > 1 and slip.message.startswith("G 列，") and "2027-02-30" in slip.message
    change(towns, lambda rows: rows[3].__setitem__(rows[0].index("会议.日期"), "2027-01-25"))
    assert states(run(towns)) == {"1": "没有变", "2": "没有变", "3": "新写", "4": "没有变"}


def test_a_slip_in_what_all_rows_share_is_told_once(towns: Path) -> None:
    shared = towns.parent / "会议.yaml"
    shared.write_text(shared.read_text(encoding="utf-8-sig").replace("分钟: 9", "分钟: 九"), encoding="utf-8-sig")
    ran = run(towns)
    (slip,) = ran.failed
    assert slip.location and Path(slip.location.file).name == "会议.yaml" and set(states(ran).values()) == {"没有写成"}


def test_a_row_that_lacks_what_it_needs_is_told_in_words_for_a_table(towns: Path) -> None:
    shared = towns.parent / "会议.yaml"
    lines = shared.read_text(encoding="utf-8-sig").replace("  日期: 2027-01-22\n", "")
    shared.write_text(lines, encoding="utf-8-sig")
    change(towns, lambda rows: rows[1].__setitem__(rows[0].index("会议.日期"), ""))
    (slip,) = run(towns).failed
    assert "会议.日期" in slip.message and "请在名册里补上" in slip.remedy


def test_what_nobody_foresaw_in_one_row_stops_no_other(towns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = batch.made_of

    def faulty(meeting: Any, office: Any, *rest: Any) -> Any:
        if office.name.value == "东岭乡":
            raise ZeroDivisionError
        return made(meeting, office, *rest)

    monkeypatch.setattr(batch, "made_of", faulty)
    ran = run(towns)
    assert states(ran) == {"1": "新写", "2": "没有写成", "3": "新写", "4": "新写"}
    assert [slip.code for slip in ran.failed] == ["unforeseen"]


# ── run again ─────────────────────────────────────────────────────────────────────────────────


def test_a_second_run_makes_only_what_changed_or_is_missing(towns: Path) -> None:
    run(towns)
    folder = towns.parent / "出"
    before = speeches(folder)
    stamps = {name: (folder / name).stat().st_mtime_ns for name in before}
    assert set(states(run(towns)).values()) == {"没有变"}
    gone = next(name for name in before if name.startswith("城关"))
    (folder / gone).unlink()
    change(towns, lambda rows: rows[1].__setitem__(rows[0].index("讲话人.姓名"), "周文武"))
    ran = run(towns)
    assert states(ran) == {"1": "重写", "2": "没有变", "3": "没有变", "4": "重写"}
    after = speeches(folder)
    assert {name for name in before if after[name] != before[name]} == {n for n in before if n.startswith("柳溪")}
    assert {n for n in before if (folder / n).stat().st_mtime_ns != stamps[n]} == {
        n for n in before if n.startswith(("柳溪", "城关"))
    }
    mended = next(speech for speech in ran.overview.speeches if speech.key == "1")
    assert mended.changed == ""  # the name of who speaks stands in no sentence


def test_a_mended_row_keeps_its_sentences(towns: Path) -> None:
    run(towns)
    folder = towns.parent / "出"
    before = next(text(path) for path in folder.glob("河湾*.docx"))
    change(towns, lambda rows: rows[3].__setitem__(rows[0].index("数据.火灾"), "7起 / 5起"))
    ran = run(towns)
    after = next(text(path) for path in folder.glob("河湾*.docx"))
    differing = [(a, b) for a, b in zip(before.split("。"), after.split("。"), strict=True) if a != b]
    assert [b.strip() for _, b in differing] == ["去年全年，全镇火灾7起，比上一年增加2起"] or len(differing) == 1
    assert next(speech for speech in ran.overview.speeches if speech.key == "3").changed == "改了 1 句"


def test_an_edited_speech_is_never_replaced(towns: Path) -> None:
    run(towns)
    folder = towns.parent / "出"
    edited = next(folder.glob("东岭*.docx"))
    edited.write_bytes(b"PK mine")
    assert states(run(towns))["2"] == "有人改过，没有动"
    change(towns, lambda rows: rows[2].__setitem__(rows[0].index("讲话人.姓名"), "吴桂花"))
    ran = run(towns)
    assert edited.read_bytes() == b"PK mine"
    (outcome,) = (outcome for outcome in ran.outcomes if outcome.key == "2")
    assert outcome.written and outcome.written.beside == edited and "吴桂花" in text(outcome.written.path)
    assert ran.to_look_at


def test_a_file_that_was_there_before_is_never_replaced(towns: Path) -> None:
    folder = towns.parent / "出"
    folder.mkdir()
    mine = folder / "河湾镇 2027-01-22 春节期间安全稳定工作会议讲话稿.docx"
    mine.write_bytes(b"mine")
    run(towns)
    assert mine.read_bytes() == b"mine" and (folder / f"{mine.stem}（2）.docx").exists()


def test_the_roster_may_be_renamed_and_its_rows_moved(towns: Path) -> None:
    run(towns)
    before = speeches(towns.parent / "出")
    other = towns.with_name("名册（改）.csv")
    towns.rename(other)
    change(other, lambda rows: rows.append(rows.pop(1)))
    assert set(states(run(other)).values()) == {"没有变"} and speeches(towns.parent / "出") == before


def test_a_further_row_leaves_the_others_as_they_are(towns: Path) -> None:
    run(towns)
    before = speeches(towns.parent / "出")
    change(towns, lambda rows: rows.insert(1, ["0", "新桥镇", "新桥镇", *rows[1][3:]]))
    ran = run(towns)
    assert states(ran)["0"] == "新写" and before.items() <= speeches(towns.parent / "出").items()


def test_names_are_distinct_and_safe(towns: Path) -> None:
    def same(rows: list[list[str]]) -> None:
        rows[0][rows[0].index("备注")] = "文件名"
        for row, name in zip(rows[1:], ("讲话Ａ", "../讲话a", "CON", "讲话A"), strict=True):
            row[-1] = name

    change(towns, same)
    ran = run(towns)
    names = [outcome.written.path.name for outcome in ran.outcomes if outcome.written]
    assert len({name.casefold() for name in names}) == 4
    assert {path.parent for path in (towns.parent / "出").rglob("*.docx")} == {towns.parent / "出"}
    assert not list(towns.parent.glob("*.docx"))


# ── the result depends on nothing but the roster ──────────────────────────────────────────────


def test_the_number_of_processes_makes_no_difference(towns: Path) -> None:
    run(towns, folder="一个")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as several:  # as on Windows
        run(towns, executor=several, folder="两个")
    with ThreadPoolExecutor(4) as more:
        run(towns, executor=more, folder="四个")
    assert speeches(towns.parent / "一个") == speeches(towns.parent / "两个") == speeches(towns.parent / "四个")


class Stopping(Executor):
    """Works one task after the other, and is stopped by Ctrl-C before one of them."""

    def __init__(self, after: int) -> None:
        self.left = after

    def submit(self, do: Callable[..., T], /, *given: Any, **named: Any) -> Future[T]:
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        done: Future[T] = Future()
        done.set_result(do(*given, **named))
        return done


@pytest.mark.parametrize("after", range(1, 8))
def test_where_a_run_was_stopped_makes_no_difference(towns: Path, after: int) -> None:
    run(towns, folder="一气")
    with pytest.raises(KeyboardInterrupt):
        run(towns, executor=Stopping(after), folder="两次")
    for path in (towns.parent / "两次").glob("*.docx"):
        assert text(path)  # whole
    ran = run(towns, folder="两次")
    assert not ran.failed
    assert speeches(towns.parent / "一气") == speeches(towns.parent / "两次")
    books = [ledger.read(towns.parent / name / batch.LEDGER) for name in ("一气", "两次")]
    assert books[0].keys() == books[1].keys()


def test_anew_picks_other_sentences(towns: Path) -> None:
    run(towns)
    before = speeches(towns.parent / "出")
    assert set(states(run(towns, anew=True)).values()) <= {"没有变", "重写"}
    assert speeches(towns.parent / "出").keys() == before.keys()


# ── what a season remembers ───────────────────────────────────────────────────────────────────


def test_a_ledger_of_several_rosters_keeps_their_speeches_apart(towns: Path) -> None:
    book = towns.parent / "本季台账.jsonl"
    run(towns, folder="甲", ledger=book)
    change(towns, lambda rows: [row.__setitem__(1, f"新{row[1]}") for row in rows[1:]])
    run(towns, folder="乙", ledger=book)
    said = list(ledger.read(book).values())
    assert len(said) == 8
    reviews = [
        set(review["论"]) for name in ("甲", "乙") for key, review in files.reviews(towns.parent / name) if "名册" in key
    ]
    for mine, other in zip(reviews[:4], reviews[4:], strict=True):
        assert len(mine & other) * 100 <= 30 * min(len(mine), len(other))


def test_what_a_unit_said_last_year_is_told(towns: Path) -> None:
    run(towns)
    change(towns, lambda rows: [row.__setitem__(6, row[6].replace("2027", "2028")) for row in rows[1:]])
    shared = towns.parent / "会议.yaml"
    shared.write_text(shared.read_text(encoding="utf-8-sig").replace("2月4日", "1月20日").replace("1月18日", "1月5日"),
                      encoding="utf-8-sig")  # fmt: skip
    change(towns, lambda rows: [row.__setitem__(6, "2028-01-10") for row in rows[1:]])
    ran = run(towns, folder="明年", ledger=towns.parent / "出" / batch.LEDGER)
    assert all(speech.last_year is not None for speech in ran.overview.speeches if speech.file)


# ── one run at a time ─────────────────────────────────────────────────────────────────────────


def test_a_folder_that_another_run_holds_is_left_alone(towns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_LOCK_TRIES", 2)
    with files.opened(towns.parent / "出"), pytest.raises(SpeechgenError) as error:
        run(towns)
    assert error.value.slips[0].code == "folder-busy"
    assert not list((towns.parent / "出").glob("*.docx"))


def test_progress_is_told_in_order(towns: Path) -> None:
    told: list[batch.Progress] = []
    order = batch.Order(roster.read(towns), towns.parent / "出", cache_folder=Path(CACHE.name))
    with ThreadPoolExecutor(1) as alone:
        batch.run(order, alone, 1, told.append)
    assert [p.stage for p in told] == ["排句"] * 4 + ["写稿"] * 4
    assert all(a.done < b.done for a, b in pairwise(told) if a.stage == b.stage)
