"""speechgen check and rules as a secretary runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

SPEECH = """在全县安全生产工作会议上的讲话
同志们：
今天开这个会，是要把年底前的安全生产布署下去。由县安监局牵头，下面，我讲三点意见。
一、看清形势
全县共排查隐患,都要整改。
二、抓实整改
谁的问题谁整改，一处一处销号，年底前再接再励，不松一口气。
"""
PROFILE = "单位: {名称: 青峪县, 地区: 青峪县, 层级: 县}\n领导:\n  - {姓名: 陈志远, 职务: 县长}\n"
MEETING = "会议: {名称: 全县安全生产工作会议, 日期: 2026-12-10}\n讲话人: 县长\n"


@pytest.fixture
def run(tmp_path: Path, run_in: Callable[[Path], Run]) -> Run:
    """Runs the program in a folder with a speech; gives code, output, errors."""
    folder = tmp_path / "旧 稿"
    folder.mkdir()
    (folder / "稿.txt").write_text(SPEECH, encoding="utf-8")
    return run_in(folder)


# ── what it says ──────────────────────────────────────────────────────────────────────────────


def test_it_tells_the_spot_the_slip_and_the_remedy_the_gravest_first(run: Run) -> None:
    code, out, err = run("check", "稿.txt")
    assert (code, err) == (1, "")
    first = out.splitlines()[0]
    assert first.startswith("稿.txt：错误 ") and "警告 " in first
    assert "把年底前的安全生产【布署】下去" in out and "部署" in out
    assert "【安监局】" in out and "应急管理局" in out
    assert "【三点意见】" in out or "【讲三点意见】" in out
    titles = [line[:2] for line in out.splitlines() if line[:2] in ("错误", "警告", "提醒")]
    assert titles == sorted(titles, key=("错误", "警告", "提醒").index)


def test_json_holds_the_text_at_its_offsets(run: Run) -> None:
    code, out, _ = run("check", "稿.txt", "--format", "json")
    told = json.loads(out)
    assert code == 1 and set(told) == {"file", "findings"} and told["file"] == "稿.txt"
    text = Path("稿.txt").read_text(encoding="utf-8")
    keys = {"rule", "name", "severity", "line", "start", "end", "excerpt", "message", "suggestion"}
    for found in told["findings"]:
        assert set(found) == keys
        assert text[found["start"] : found["end"]] == found["excerpt"]
        assert text[: found["start"]].count("\n") + 1 == found["line"]
        assert found["severity"] in ("error", "warning", "hint")
        assert "{{" not in found["message"]
    assert any(found["excerpt"] == "布署" and found["suggestion"] == "部署" for found in told["findings"])


def test_json_of_several_speeches_is_a_list(run: Run) -> None:
    Path("二.txt").write_text("同志们：\n抓好落实。\n", encoding="utf-8")
    _, out, _ = run("check", "稿.txt", "二.txt", "--format", "json")
    assert [one["file"] for one in json.loads(out)] == ["稿.txt", "二.txt"]


def test_a_clean_speech_leaves_zero(run: Run) -> None:
    Path("净.txt").write_text("同志们：\n各单位要把隐患排查到位，把责任落实到人。\n", encoding="utf-8")
    code, out, err = run("check", "净.txt")
    assert (code, err) == (0, "") and out.startswith("净.txt：没有发现问题")


def test_gbk_text_and_windows_line_ends_read_the_same(run: Run) -> None:
    Path("稿二.txt").write_bytes(SPEECH.replace("\n", "\r\n").encode("gb18030"))
    one, two = (json.loads(run("check", name, "--format", "json")[1])["findings"] for name in ("稿.txt", "稿二.txt"))
    assert one == two


# ── against the meeting file ──────────────────────────────────────────────────────────────────


def test_the_meeting_file_and_profile_are_held_against_the_text(run: Run) -> None:
    Path("单位.yaml").write_text(PROFILE, encoding="utf-8")
    Path("会议.yaml").write_text(MEETING, encoding="utf-8")
    Path("稿.txt").write_text("同志们：\n我市的形势不容乐观，漯河的教训要记取。\n", encoding="utf-8")
    _, out, _ = run("check", "稿.txt", "--meeting", "会议.yaml")
    assert "【我市】" in out and "【漯河】" in out


def test_a_profile_beside_the_speech_is_enough_for_我市(run: Run) -> None:
    Path("单位.yaml").write_text(PROFILE, encoding="utf-8")
    Path("稿.txt").write_text("同志们：\n我市的形势不容乐观。\n", encoding="utf-8")
    assert "【我市】" in run("check", "稿.txt")[1]


# ── copies ────────────────────────────────────────────────────────────────────────────────────


def test_fix_repairs_what_is_mechanical_and_lists_it(run: Run) -> None:
    before = Path("稿.txt").read_bytes()
    code, out, err = run("check", "稿.txt", "--fix", "改好.txt")
    assert code == 1 and err == ""
    fixed = Path("改好.txt").read_text(encoding="utf-8-sig")
    assert "年底前再接再厉" in fixed and "排查隐患，都要" in fixed
    assert "安监局" in fixed  # a person must decide
    assert "改为「再接再厉」" in out and "改好 2 处" in out
    assert Path("稿.txt").read_bytes() == before
    assert fixed.replace("再接再厉", "再接再励").replace("隐患，都", "隐患,都") == SPEECH


def test_a_copy_never_takes_the_place_of_a_file(run: Run) -> None:
    Path("有了.txt").write_text("我的", encoding="utf-8")
    code, _, err = run("check", "稿.txt", "--fix", "有了.txt")
    assert code == 3 and "有了.txt" in err and Path("有了.txt").read_text(encoding="utf-8") == "我的"
    code, _, err = run("check", "稿.txt", "--fix", "稿.txt")
    assert code == 2 and "另一个文件名" in err


def test_annotate_puts_comments_into_a_copy(run: Run) -> None:
    import docx

    document = docx.Document()
    for line in SPEECH.splitlines():
        document.add_paragraph(line)
    document.save("稿.docx")
    before = Path("稿.docx").read_bytes()
    code, out, err = run("check", "稿.docx", "--annotate", "批注.docx")
    assert code == 1 and err == "" and "批注.docx" in out
    assert Path("稿.docx").read_bytes() == before
    comments = [comment.text for comment in docx.Document("批注.docx").comments]
    assert any("部署" in text and "wz-" in text for text in comments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("稿.txt", "--annotate", "批注.docx"),
        ("稿.txt", "--fix", "改好.docx"),
        ("稿.txt", "稿.txt", "--fix", "改好.txt"),
    ],
)
def test_what_cannot_be_copied_is_said_before_anything_is_done(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run("check", *arguments)
    assert code == 2 and out == "" and err
    assert {path.name for path in Path().iterdir()} == {"稿.txt"}


# ── reuse ─────────────────────────────────────────────────────────────────────────────────────


def test_against_a_folder_tells_share_and_sentences(run: Run) -> None:
    Path("去年").mkdir()
    Path("去年/旧.txt").write_text(SPEECH.replace("三点", "四点"), encoding="utf-8")
    _, out, _ = run("check", "稿.txt", "--against", "去年")
    assert "雷同过多" in out and "“旧.txt”（" in out
    assert "【谁的问题谁整改，一处一处销号，年底前再接再励，不松一口气。】" in out


def test_against_an_empty_folder_is_said(run: Run) -> None:
    Path("空").mkdir()
    code, _, err = run("check", "稿.txt", "--against", "空")
    assert code == 3 and "没有 .docx 或 .txt" in err


# ── what cannot be read ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧式的 .doc"),
        ("坏.docx", b"PK\x03\x04 no archive", "损坏"),
        ("空.txt", b"", "空文件"),
        ("图.txt", b"\x89PNG\r\n\x1a\n", "图片"),
        ("乱.txt", bytes(range(128, 256)) * 20, "编码"),
        ("零.docx", b"", "空文件"),
    ],
)
def test_bad_input_gets_one_clear_message_and_the_others_are_checked(
    run: Run, name: str, data: bytes, words: str
) -> None:
    Path(name).write_bytes(data)
    code, out, err = run("check", name, "稿.txt")
    assert code == 3
    assert words in err and name in err and len(err.strip().splitlines()) == 2
    assert "稿.txt：" in out


def test_a_missing_file_is_said(run: Run) -> None:
    code, out, err = run("check", "没有.txt")
    assert code == 3 and out == "" and "没有.txt" in err


# ── rules ─────────────────────────────────────────────────────────────────────────────────────


def test_rules_lists_all_and_shows_one(run: Run) -> None:
    code, out, _ = run("rules")
    assert code == 0 and "张冠李戴（" in out and "zg-01" in out
    code, out, _ = run("rules", "zg-01")
    assert code == 0 and out.startswith("zg-01 自称不是本级") and "为什么" in out
    code, _, err = run("rules", "zg-99")
    assert code == 2 and "zg-99" in err


def test_an_office_file_beside_the_speech_silences_and_adds(run: Run) -> None:
    Path("审校.yaml").write_text(
        """停用: [yy-06]
级别: {wz-01: 提醒}
规则:
  - 代码: dw-01
    名称: 本县的叫法
    类别: 用词
    级别: 警告
    提示: 本县通常写「{{ 改 }}」，这里写的是「{{ 词 }}」。
    来源: {级别: 单位}
    选项: {词表: [{误: 销号, 正: 办结}]}
""",
        encoding="utf-8",
    )
    told = json.loads(run("check", "稿.txt", "--format", "json")[1])["findings"]
    assert "安监局" not in [found["excerpt"] for found in told]
    assert ("dw-01", "销号", "本县通常写「办结」，这里写的是「销号」。") in [
        (found["rule"], found["excerpt"], found["message"]) for found in told
    ]
    assert "本单位的规则（1 条）" in run("rules")[1]


def test_all_slips_of_a_rule_file_are_told_at_once(run: Run) -> None:
    Path("规则").mkdir()
    Path("规则/一.yaml").write_text(
        """停用: [zz-01]
规则:
  - 代码: 一号
    名称: 甲
    类别: 用词语
    级别: 严重
    提示: 这里规定不能写「{{ 字 }}」。
""",
        encoding="utf-8",
    )
    code, _, err = run("check", "稿.txt", "--rules", "规则")
    assert code == 3
    assert "一号" in err and "用词语" in err and "是不是「用词」" in err and "严重" in err
