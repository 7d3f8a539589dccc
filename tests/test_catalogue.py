"""The bank as a secretary looks through it, and which formulations are to be confirmed."""

from __future__ import annotations

from datetime import date

import pytest

from speechgen import catalogue
from speechgen.catalogue import due, quarter, select
from speechgen.content import Content, Layer, load_content
from speechgen.model import Location, Phrase, Slot, Topic, Wording

HERE = Location("topic_fire.yaml", 12, 3)
ON = date(2026, 12, 24)


def wording(id_: str, text: str = "人民至上、生命至上", **more: object) -> Wording:
    return Wording(id_, text, "《某法》", HERE, looked_up="某处，2026-11", **more)  # type: ignore[arg-type]


def bank(*wordings: Wording) -> Content:
    phrases = (
        Phrase("a-1", ("这{{ 问题.数量 }}，出口锁着。", "要打开。"), "形势.问题", HERE, ("消防",), ("出口堵锁",), needs=("问题.数量",)),
        Phrase("a-2", ("通道要通。",), "措施.点到", HERE, ("消防",)),
        Phrase("a-3", ("大家都要{{ 提法.tf_b }}。",), "结束.号召", HERE, valid_until=date(2026, 12, 31)),
    )  # fmt: skip
    return Content(
        {p.id: p for p in phrases},
        wordings={w.id: w for w in wordings},
        topics={"消防": Topic("消防", ("火",), {"出口堵锁": (("出口",),)})},
        slots={name: Slot(name, "论证", item) for name, item in (("形势.问题", "问题"), ("措施.点到", "任务"), ("结束.号召", ""))},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"slot": "形势"}, ["a-1"]),
        ({"topic": "消防"}, ["a-1", "a-2"]),
        ({"situation": "出口堵锁"}, ["a-1"]),
        ({"words": "通道"}, ["a-2"]),
        ({"words": "出口 打开"}, ["a-1"]),
        ({"words": "出口 通道"}, []),
    ],
)
def test_phrases_are_found(where: dict[str, str], found: list[str]) -> None:
    assert [phrase.id for phrase in select(bank(), **where)] == found


def test_a_record_tells_where_it_may_stand_and_where_it_is_written() -> None:
    told = catalogue.record(bank().phrases["a-1"], bank())
    assert "形势.问题（论证，说一项问题）" in told and "情形：出口堵锁" in told and "需要：问题.数量" in told
    assert "写在：topic_fire.yaml 第 12 行" in told
    assert "止用：2026-12-31" in catalogue.record(bank().phrases["a-3"], bank())


def test_stats_count_by_slot_and_topic() -> None:
    told = catalogue.stats(bank(wording("tf_a")))
    assert "语料 3 条（4 句）" in told and "提法 1 条" in told and "消防　2；1；1" in told


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, "本季没有确认"),
        ({"confirmed_by": "王芳 2026-10-08"}, ""),
        ({"confirmed_by": "王芳 2026-09-30"}, "本季没有确认"),
        ({"confirmed_by": "王芳"}, "本季没有确认"),
        ({"valid_until": date(2026, 12, 31), "confirmed_by": "王芳 2026-10-08"}, "快到期"),
        ({"valid_until": date(2026, 12, 1)}, "已过期"),
        ({"valid_until": date(2026, 12, 1), "confirmed_by": "王芳 2026-12-02"}, ""),
    ],
)
def test_what_is_due_on_a_day(more: dict[str, object], why: str) -> None:
    assert [one.why for one in due(bank(wording("tf_a", **more)), ON)] == ([why] if why else [])


def test_what_speeches_say_is_to_be_confirmed_first() -> None:
    assert [one.wording.id for one in due(bank(wording("tf_a"), wording("tf_b")), ON)] == ["tf_b", "tf_a"]


def test_quarters() -> None:
    assert [quarter(date(2026, month, 15)).month for month in range(1, 13)] == [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10]


def test_the_file_to_confirm_is_a_bank_file_that_replaces_these_records(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "phrasebank"
    folder.mkdir()
    waiting = due(bank(wording("tf_a"), wording("tf_b", "“三管三必须”", valid_until=date(2027, 6, 30))), ON)
    text = catalogue.to_confirm(waiting)
    (folder / "确认.yaml").write_text(text.replace("确认:\n", "确认: 王芳 2026-12-24\n"), "utf-8")
    read = load_content([Layer("本单位", (folder,))])
    assert {(w.id, w.text, w.valid_until) for w in read.wordings.values()} == {
        (one.wording.id, one.wording.text, one.wording.valid_until) for one in waiting
    }
    assert due(read, ON) == []
