"""Rule files: what they may say, what is told of slips, and how an office's files lie over the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechgen.check import loader
from speechgen.check.loader import SHIPPED, load_rules
from speechgen.check.rule import Rule
from speechgen.errors import Slip, SpeechgenError

RULE = """  - 代码: {code}
    名称: 本单位的叫法
    类别: 用词
    级别: {severity}
    提示: {message}
    来源: {source}
    选项: {options}
"""
OPTIONS = "{词表: [{误: 某旧名, 正: 某新名}]}"


def text(
    code: str = "dw-01",
    severity: str = "警告",
    message: str = "「{{ 词 }}」请改为「{{ 改 }}」。",
    source: str = "{级别: 单位}",
    options: str = OPTIONS,
) -> str:
    return "规则:\n" + RULE.format(code=code, severity=severity, message=message, source=source, options=options)


def write(folder: Path, said: str, name: str = "审校.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(said, encoding="utf-8")
    return path


def loaded(folder: Path, said: str) -> dict[str, Rule]:
    return load_rules([write(folder, said)]).rules


def slips(folder: Path, said: str) -> list[Slip]:
    with pytest.raises(SpeechgenError) as refused:
        load_rules([write(folder, said)])
    for slip in refused.value.slips:
        assert slip.message and slip.location is not None and slip.location.line >= 1
    return list(refused.value.slips)


def codes(folder: Path, said: str) -> list[str]:
    return [slip.code for slip in slips(folder, said)]


@pytest.fixture(autouse=True)
def shipped(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> dict[str, Rule]:
    """Four rules in place of all that are shipped, which take a second to read."""
    folder = tmp_path_factory.mktemp("自带")
    records = [text(code=code).removeprefix("规则:\n") for code in ("yy-01", "zg-03", "zg-04", "zg-05")]
    write(folder, "规则:\n" + "".join(records).replace("本单位的叫法", "自带的一条"), "自带.yaml")
    monkeypatch.setattr(loader, "SHIPPED", folder)
    return load_rules().rules


# ── layers ────────────────────────────────────────────────────────────────────────────────────


def test_the_shipped_rules_load_and_every_code_is_one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "SHIPPED", SHIPPED)
    book = load_rules()
    assert len(book.rules) >= 70 and book.layers == ("自带规则",)
    assert all(code == rule.code for code, rule in book.rules.items())


def test_a_new_code_adds_a_rule_and_says_where_it_stands(tmp_path: Path) -> None:
    rule = loaded(tmp_path, text())["dw-01"]
    assert (rule.name, rule.kind, rule.severity, rule.location.line) == ("本单位的叫法", "用词", "warning", 2)
    assert rule.entries[0].wrong == ("某旧名",) and rule.entries[0].right == "某新名"


def test_the_same_code_replaces_a_rule(tmp_path: Path, shipped: dict[str, Rule]) -> None:
    rules = loaded(tmp_path, text(code="yy-01"))
    assert (shipped["yy-01"].name, rules["yy-01"].name) == ("自带的一条", "本单位的叫法")
    assert set(rules) == set(shipped)


def test_a_rule_is_withdrawn_and_another_made_lighter(tmp_path: Path, shipped: dict[str, Rule]) -> None:
    rules = loaded(tmp_path, "停用: [zg-03, zg-04]\n级别: {zg-05: 提醒}\n")
    assert set(shipped) - set(rules) == {"zg-03", "zg-04"}
    assert rules["zg-05"].severity == "hint" != shipped["zg-05"].severity


def test_later_layers_lie_over_earlier_ones(tmp_path: Path) -> None:
    office = write(tmp_path, text(severity="提醒") + "停用: [zg-03]\n")
    write(tmp_path / "另加", text(severity="警告"), "一.yaml")
    write(tmp_path / "另加", text(code="dw-02") + "停用: [zg-03, zg-04]\n级别: {zg-03: 提醒}\n", "二.yaml")
    book = load_rules([office, tmp_path / "另加"])
    assert book.rules["dw-01"].severity == "warning"
    assert "dw-02" in book.rules and not {"zg-03", "zg-04"} & set(book.rules)
    assert book.layers == ("自带规则", "审校.yaml", "一.yaml", "二.yaml")


def test_a_file_found_by_two_names_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, text() + "停用: [zg-03]\n")
    monkeypatch.chdir(tmp_path)
    book = load_rules([path, Path("审校.yaml"), Path()])
    assert book.layers == ("自带规则", "审校.yaml") and "zg-03" not in book.rules


def test_one_code_twice_in_a_folder_is_a_slip_with_both_places(tmp_path: Path) -> None:
    write(tmp_path / "规则", text(), "一.yaml")
    write(tmp_path / "规则", text(), "二.yaml")
    with pytest.raises(SpeechgenError) as refused:
        load_rules([tmp_path / "规则"])
    (slip,) = refused.value.slips
    assert slip.code == "same-id" and "一.yaml" in slip.message and slip.location is not None
    assert Path(slip.location.file).name == "二.yaml"


@pytest.mark.parametrize(("said", "word"), [("停用: [zg-3]", "zg-03"), ("级别: {zg-55: 提醒}", "zg-05")])
def test_a_code_that_there_is_not_is_told_with_the_nearest(tmp_path: Path, said: str, word: str) -> None:
    (slip,) = slips(tmp_path, said + "\n")
    assert slip.code == "unknown-code" and word[:2] in slip.remedy


def test_a_missing_folder_and_an_empty_one_are_said(tmp_path: Path) -> None:
    for place in (tmp_path / "没有", tmp_path):
        with pytest.raises(SpeechgenError) as refused:
            load_rules([place])
        (slip,) = refused.value.slips
        assert place.name in (slip.location.file if slip.location else slip.message)


# ── the cache ─────────────────────────────────────────────────────────────────────────────────


def test_the_cache_gives_the_same_rules_and_notices_every_change(tmp_path: Path) -> None:
    path, cache = write(tmp_path / "单位", text()), tmp_path / "缓存"
    fresh = load_rules([path], cache)
    assert list(cache.glob("rules-*"))
    assert load_rules([path], cache) == fresh == load_rules([path])
    write(tmp_path / "单位", text(severity="提醒"))
    assert load_rules([path], cache).rules["dw-01"].severity == "hint"
    for kept in cache.glob("rules-*"):
        kept.write_bytes(b"damaged")
    assert load_rules([path], cache).rules["dw-01"].severity == "hint"


# ── slips ─────────────────────────────────────────────────────────────────────────────────────


def test_all_slips_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    said = (
        text(code="错", severity="致命").replace("名称:", "名子:")
        + RULE.format(code="dw-02", severity="错误", message="按规定请改{{ 没有 }}。", source="{级别: 实务}", options=OPTIONS)
        + RULE.format(code="dw-03", severity="警告", message="改。", source="{级别: 听说}", options="{词表: [{误: 短}]}")
        + "停用: [zz-99]\n"
    )
    found = codes(tmp_path, said)
    assert {"unknown-key", "not-a-choice", "bad-code", "too-grave", "not-a-norm", "unknown-value", "too-short", "unknown-code"} <= set(found)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (text(severity="错误"), "too-grave"),
        (text(severity="错误", source="{级别: 国标, 语气: 宜}"), "too-grave"),
        (text(message="规定要写新名。"), "not-a-norm"),
        (text(message="请改为「{{ 正确 }}」。"), "unknown-value"),
        (text(options="{词表: [{误: 旧}]}"), "too-short"),
        (text(options="{词表: [{正: 新名}]}"), "missing-key"),
        (text(options="{词表: [某旧名]}"), "not-keys"),
        (text(options="{词表: [{误: 某旧名, 除外: [某新名]}]}"), "not-within"),
        (text(options="{词表: [{误: 某旧名, 起: 2026-02-30}]}"), "bad-date"),
        (text(options="{词表: [{误: 某旧名, 可改: 好}]}"), "not-a-choice"),
        (text(options="{查: 没有, 词表: [{误: 某旧名}]}"), "not-a-choice"),
        (text(options="{式样: 某}"), "unknown-key"),
        (text().replace("类别: 用词", "类别: 式样").replace(OPTIONS, '{式: "(某"}'), "bad-pattern"),
        (text().replace("类别: 用词", "类别: 式样").replace(OPTIONS, '{式: "某{99999999999}"}'), "bad-pattern"),
        (text().replace("类别: 用词", "类别: 式样").replace(OPTIONS, '{式: "某", 除外: "["}'), "bad-pattern"),
        (text(message="太多。").replace("类别: 用词", "类别: 雷同").replace(OPTIONS, "{查: 比例, 下限: 三成}"), "not-number"),
        (text(message="太多。").replace("类别: 用词", "类别: 雷同").replace(OPTIONS, "{}"), "not-a-choice"),
        (text().replace("类别: 用词", "类别: 用辞"), "not-a-choice"),
        (text().replace("    级别: 警告\n", "", 1), "missing-key"),
        (text().replace("    名称: 本单位的叫法\n", "    范围: 开头处\n    名称: 某\n"), "not-a-choice"),
        ("规则:\n  - 一句话\n", "not-keys"),
        ("规测: []\n", "unknown-key"),
        ("格式: 9\n" + text(), "newer-format"),
    ],
)  # fmt: skip
def test_a_slip_is_told_by_its_kind(tmp_path: Path, said: str, code: str) -> None:
    assert code in codes(tmp_path, said)


@pytest.mark.parametrize(
    "said",
    [
        text(severity="错误", source="{级别: 法律法规, 名称: 《某法》, 条款: 第三条, 语气: 应}"),
        text(severity="错误").replace("    来源", "    矛盾: 是\n    来源"),
        text(message="规定写新名。", source="{级别: 政策文件, 名称: 《某规定》}"),
        text(message="见《某某规定》。"),
        text(message="「{{ 处 }}」请核对。"),
        text(options="{词表: [{误: [某旧名, 某老名], 除外: 某旧名单, 同句: 会议, 起: 2018-03-17, 可改: 是, 注: 已更名}]}"),
    ],
)  # fmt: skip
def test_what_is_right_is_taken(tmp_path: Path, said: str) -> None:
    assert "dw-01" in loaded(tmp_path, said)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\0", b"\0\1\2", "规则: [".encode(), "- 一\n- 二\n".encode(), "规则: 无\n".encode("gbk"), b"a: &a [*a]\n"])
def test_no_file_ends_in_an_unexpected_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "审校.yaml"
    path.write_bytes(data)
    try:
        load_rules([path])
    except SpeechgenError as refused:
        assert refused.slips and all(slip.message for slip in refused.slips)


def test_every_shipped_file_is_utf8_with_plain_line_ends() -> None:
    for path in SHIPPED.glob("*.yaml"):
        data = path.read_bytes()
        assert b"\r" not in data and not data.startswith(b"\xef\xbb\xbf"), path.name
        data.decode("utf-8")
