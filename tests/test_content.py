"""Layers of content: what the office adds, replaces and withdraws, and where the shipped content is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from speechgen import cache, content, yamlio
from speechgen.compose import compose
from speechgen.content import Layer, layers_for, load_content, load_quoted, nearest_above
from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Location, Text
from speechgen.schema import load_meeting, load_office

ROOT = Path(__file__).resolve().parents[1]
SLOTS = "位置:\n  结束.号召: {类: 结束}\n话题:\n  消防: {词: [消防]}\n"
OUTLINE = "编号: tg\n名称: 甲\n标题: 讲话\n部分: {类型: 形势, 小标题: 甲, 内容: 甲。}\n"
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def layers(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Layer, ...]]:
    """The three layers of a small world: shipped/, office/ (the meeting file's folder) and extra/."""
    write("shipped/phrasebank/slots.yaml", SLOTS)
    write("shipped/outlines/tg.yaml", OUTLINE)
    for folder in ("office/2026", "extra"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(content, "shipped_root", lambda: tmp_path / "shipped")

    def found(extra: bool = False) -> tuple[Layer, ...]:
        return layers_for(tmp_path / "office" / "2026", tmp_path / "extra" if extra else None)

    return found


def phrase(id_: str, text: str, slot: str = "结束.号召", more: str = "") -> str:
    return f"  - {{编号: {id_}, 位置: {slot}, 文: '{text}'{more}}}\n"


def slips(found: tuple[Layer, ...]) -> tuple[Slip, ...]:
    with pytest.raises(SpeechgenError) as caught:
        load_content(found)
    assert all(slip.location and slip.location.line and slip.message and slip.remedy for slip in caught.value.slips)
    return caught.value.slips


# ── layers ────────────────────────────────────────────────────────────────────────────────────


def test_later_layers_replace_add_and_withdraw(layers: Callable[..., tuple[Layer, ...]], write: Write) -> None:
    write(
        "shipped/phrasebank/closings.yaml",
        "语句:\n" + phrase("a", "自带甲") + phrase("b", "自带乙") + phrase("c", "自带丙"),
    )
    write("office/phrasebank/own.yaml", "停用: [c]\n语句:\n" + phrase("b", "本单位乙") + phrase("d", "本单位丁"))
    write("office/outlines/tg.yaml", OUTLINE.replace("名称: 甲", "名称: 本单位的"))
    write("extra/phrasebank/own.yaml", "停用: d\n语句:\n" + phrase("a", "另加甲"))
    office = load_content(layers())
    assert {i: p.text[0] for i, p in office.phrases.items()} == {"a": "自带甲", "b": "本单位乙", "d": "本单位丁"}
    assert office.outlines["tg"].name == "本单位的"
    assert office.layers == ("自带", "本单位")
    assert "消防" in office.topics
    with_extra = load_content(layers(extra=True))
    assert {i: p.text[0] for i, p in with_extra.phrases.items()} == {"a": "另加甲", "b": "本单位乙"}
    assert with_extra.layers[:2] == ("自带", "本单位")
    assert with_extra.layers[2].endswith("extra")
    assert len({load_content(layers()).hash, office.hash, with_extra.hash}) == 2


def test_withdrawn_outlines_headings_and_what_quotes_a_withdrawn_wording(
    layers: Callable[..., tuple[Layer, ...]], write: Write
) -> None:
    write(
        "shipped/phrasebank/a.yaml",
        "提法:\n  - {编号: tf, 文: 人民至上, 来源: 甲, 查自: 乙}\n标题组:\n  - {编号: bt, 位置: 甲, 通用: 乙}\n"
        "语句:\n" + phrase("a", "坚持{{ 提法.tf }}。") + phrase("b", "好。") + phrase("c", "好。", more=", 依据: tf"),
    )
    assert set(load_content(layers()).phrases) == {"a", "b", "c"}
    own = write("office/phrasebank/own.yaml", "停用: [tf, bt, tg, 早已没有的]\n")
    found = load_content(layers())
    assert (set(found.phrases), found.wordings, found.headings, found.outlines) == ({"b"}, {}, {}, {})
    own.write_text("停用: [tf]\n提法:\n  - {编号: tf, 文: 生命至上, 来源: 甲, 查自: 乙}\n", encoding="utf-8")
    renewed = load_content(layers())
    assert set(renewed.phrases) == {"a", "b", "c"}
    assert renewed.wordings["tf"].text == "生命至上"


def test_a_folder_is_not_loaded_twice(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("world/phrasebank/slots.yaml", SLOTS + "语句:\n" + phrase("a", "甲。"))
    write("world/outlines/tg.yaml", OUTLINE)
    (tmp_path / "world/examples").mkdir()
    monkeypatch.setattr(content, "shipped_root", lambda: tmp_path / "world")
    found = layers_for(tmp_path / "world/examples", tmp_path / "world/examples/..")
    assert [(layer.name, len(layer.folders)) for layer in found] == [("自带", 2)]
    assert load_content(found).layers == ("自带",)


def test_the_office_may_have_only_one_of_the_folders(layers: Callable[..., tuple[Layer, ...]], write: Write) -> None:
    write("office/phrasebank", "not a folder")
    write("office/outlines/own.yaml", OUTLINE.replace("tg", "own"))
    found = layers()
    assert [folder.name for folder in found[1].folders] == ["outlines"]
    assert set(load_content(found).outlines) == {"tg", "own"}


def test_nearest_above(tmp_path: Path, write: Write) -> None:
    profile = write("甲 乙/单位.yaml", "单位: 甲\n")
    inner = tmp_path / "甲 乙" / "2026" / "12"
    inner.mkdir(parents=True)
    assert nearest_above(inner, "单位.yaml") == profile
    assert nearest_above(inner, "没有这样的文件.yaml") is None


def test_a_missing_content_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SpeechgenError) as caught:
        layers_for(tmp_path, tmp_path / "没有")
    assert caught.value.slips[0].code == "no-content"


# ── slips ─────────────────────────────────────────────────────────────────────────────────────


def test_all_slips_of_all_files_at_once(layers: Callable[..., tuple[Layer, ...]], write: Write) -> None:
    write(
        "office/phrasebank/a.yaml",
        "语句:\n" + phrase("a", "{{ 会议.名子 }}") + phrase("b", "甲", slot="结束.号找") + phrase("b", "乙"),
    )
    write("office/phrasebank/b.yaml", "语句\n  - 甲：乙\n")
    write(
        "office/phrasebank/c.yaml",
        "格式: 9\n语句:\n" + phrase("b", "丙") + phrase("e", "{{ 提法.没有 }}{{ 法规.没有2 }}", more=", 依据: 没有3"),
    )
    write("office/phrasebank/f.yaml", "语句:\n" + phrase("f", "{{ 没有写完"))
    write(
        "office/outlines/d.yaml",
        "编号: d\n名称: 甲\n标题: '{{ 没有 }}'\n部分: {类型: 形势, 小标题: 甲, 内容: [{取: 没有}]}\n",
    )
    found = slips(layers())
    told = {(slip.code, Path(slip.location.file).name) for slip in found if slip.location}
    assert told >= {
        ("name", "a.yaml"),
        ("same-id", "a.yaml"),
        ("newer-format", "c.yaml"),
        ("same-id", "c.yaml"),
        ("unknown-id", "c.yaml"),
        ("template", "f.yaml"),
        ("name", "d.yaml"),
        ("unknown-slot", "d.yaml"),
    }
    assert any(name == "b.yaml" for _, name in told)
    assert sum(slip.code == "unknown-id" for slip in found) == 3
    again = next(slip for slip in found if slip.code == "same-id")
    assert "a.yaml 第" in again.message


def test_a_file_that_cannot_be_read_is_a_slip(layers: Callable[..., tuple[Layer, ...]], tmp_path: Path) -> None:
    (tmp_path / "office/phrasebank/folder.yaml").mkdir(parents=True)
    with pytest.raises(SpeechgenError) as caught:
        load_content(layers())
    assert caught.value.slips[0].code == "yaml-unreadable"


def test_shipped_content_has_no_slips() -> None:
    found = load_content(layers_for(ROOT))
    assert (
        set(found.outlines) >= {"jieri_anquan_wending", "xinfang_lianxi", "anquan_shengchan"}
        or len(found.outlines) >= 3
    )
    situations = {s for topic in found.topics.values() for s in topic.situations}
    assert all(set(p.topics) <= set(found.topics) and set(p.situations) <= situations for p in found.phrases.values())


# ── the cache ─────────────────────────────────────────────────────────────────────────────────


def test_cached_content_is_equal_and_a_change_is_noticed(
    layers: Callable[..., tuple[Layer, ...]], write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = write("office/phrasebank/own.yaml", "语句:\n" + phrase("a", "甲。", more=", 起用: 2026-01-01"))
    kept = tmp_path / "cache"
    first = load_content(layers(), kept)
    monkeypatch.setattr(content, "_parse", lambda *_: pytest.fail("parsed again"))
    assert load_content(layers(), kept) == first
    monkeypatch.undo()
    monkeypatch.setattr(content, "shipped_root", lambda: tmp_path / "shipped")
    bank.write_text("语句:\n" + phrase("a", "改过。"), encoding="utf-8")
    changed = load_content(layers(), kept)
    assert changed.phrases["a"].text == ("改过。",)
    write("office/phrasebank/more.yaml", "语句:\n" + phrase("z", "新。"))
    assert "z" in load_content(layers(), kept).phrases
    bank.unlink()
    assert "a" not in load_content(layers(), kept).phrases
    assert len(list(kept.glob("content-*"))) == 1


def test_after_an_edit_only_that_file_is_read_again(
    layers: Callable[..., tuple[Layer, ...]], write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = write("office/phrasebank/own.yaml", "语句:\n" + phrase("a", "甲。"))
    write("office/phrasebank/other.yaml", "语句:\n" + phrase("z", "{{ 会议.名称 }}。"))
    load_content(layers(), tmp_path / "cache")
    edited.write_text("语句:\n" + phrase("a", "改过。"), encoding="utf-8")
    read: list[str] = []
    really = yamlio.read_yaml
    monkeypatch.setattr(yamlio, "read_yaml", lambda path, *more: [read.append(path.name), really(path, *more)][1])
    changed = load_content(layers(), tmp_path / "cache")
    assert [name for name in read if name in ("own.yaml", "other.yaml")] == ["own.yaml"]
    assert changed.phrases["a"].text == ("改过。",) and "z" in changed.phrases
    assert changed == load_content(layers())


def test_the_shipped_content_survives_the_cache(tmp_path: Path) -> None:
    parsed = load_content(layers_for(ROOT), tmp_path)
    assert load_content(layers_for(ROOT), tmp_path) == parsed == load_content(layers_for(ROOT))


def test_a_speech_from_the_cache_is_the_same_and_reads_what_it_may_use(tmp_path: Path) -> None:
    whole = load_content(layers_for(ROOT), tmp_path)
    for name in ("county/2027年元旦春节安全稳定", "enterprise/2026年末安全生产", "town/2027年春节前安全稳定"):
        file = ROOT / "examples" / f"{name}.yaml"
        (meeting, _), (office, _) = load_meeting(file), load_office(file.with_name("单位.yaml"))
        for seed in ("甲", "乙"):
            kept = load_content(layers_for(ROOT), tmp_path)
            bank = kept.phrases
            assert isinstance(bank, cache.Shelf)
            seeded = meeting._replace(seed=seed)
            draft = compose(seeded, office, kept)
            assert draft == compose(seeded, office, whole)
            assert 0 < len(bank._opened) < len(bank.labels) / 2
            read = {id_ for group in bank._opened.values() for id_ in group}
            path, strange = next(
                (path, other.id)
                for path, id_ in draft.picks.items() if id_ in bank
                for other in whole.phrases.values() if other.slot == whole.phrases[id_].slot and other.id not in read
            )  # fmt: skip
            pinned = seeded._replace(pins={path: Text(strange, "选定", Location(str(file)))})
            fresh = load_content(layers_for(ROOT), tmp_path)
            assert compose(pinned, office, fresh) == compose(pinned, office, whole)
            assert compose(pinned, office, fresh).picks[path] == strange


def test_slips_are_never_cached(layers: Callable[..., tuple[Layer, ...]], write: Write, tmp_path: Path) -> None:
    write("office/phrasebank/own.yaml", "语句:\n" + phrase("a", "{{ 甲 }}"))
    for _ in range(2):
        with pytest.raises(SpeechgenError):
            load_content(layers(), tmp_path / "cache")


# ── where the shipped content is ──────────────────────────────────────────────────────────────


def _asks(code: str, cwd: Path, *path: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path)), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()


HERE = "from pathlib import Path; from speechgen.content import *; here = Path('.')"
SHIPPED = "from speechgen import content; print(content.shipped_root())"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder laid out as the wheel installs: the package with content_files/ in it."""
    folder = tmp_path / "site-packages"
    shutil.copytree(ROOT / "speechgen", folder / "speechgen", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("outlines", "phrasebank", "examples"):
        shutil.copytree(ROOT / name, folder / "speechgen/content_files" / name)
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "speechgen", folder / "speechgen", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("outlines", "phrasebank"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pyproject.toml", "cli.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def test_an_installed_copy_has_its_own_content(site: Path, tmp_path: Path) -> None:
    assert _asks(SHIPPED, tmp_path, site) == str(site / "speechgen/content_files")
    load = f"{HERE}; print(len(load_content(layers_for(here)).outlines))"
    assert int(_asks(load, tmp_path, site)) >= 3


def test_a_checkouts_folders_win_over_an_installed_copy(site: Path, checkout: Path) -> None:
    """From a checkout (cli.py beside the package) its own package and content are the ones that run."""
    assert _asks(SHIPPED, checkout, checkout, site) == str(checkout)


def test_an_editable_install_reads_the_checkout(checkout: Path, tmp_path: Path) -> None:
    """An editable install is a .pth file that names the checkout."""
    editable = tmp_path / "editable"
    editable.mkdir()
    (editable / "_speechgen.pth").write_text(f"{checkout}\n", encoding="utf-8")
    alone = "import sys, os; sys.path = [p for p in sys.path if not os.path.isdir(os.path.join(p, 'speechgen'))]"
    code = f"{alone}; import site; site.addsitedir({str(editable)!r}); {SHIPPED}"
    assert _asks(code, tmp_path) == str(checkout)


def test_a_checkouts_folders_win_over_an_installed_program(site: Path, checkout: Path) -> None:
    """The installed program run inside a checkout: the checkout's folders are the shipped ones, and nothing twice."""
    bank = checkout / "phrasebank" / "closings.yaml"
    bank.write_text(bank.read_text(encoding="utf-8") + "\n停用: [没有的编号]\n", encoding="utf-8")
    (checkout / "examples").mkdir()
    code = f"{HERE}; print([f'{{layer.name}}:{{f}}' for layer in layers_for(here) for f in layer.folders])"
    told = _asks(f"import sys; sys.path.pop(0); {code}", checkout / "examples", site)
    assert f"自带:{checkout / 'phrasebank'}" in told
    assert "content_files" not in told and "本单位" not in told


def test_what_is_quoted_is_found_without_reading_the_rest(
    layers: Callable[..., tuple[Layer, ...]], write: Write
) -> None:
    write("shipped/phrasebank/law.yaml", "法规:\n  - {编号: 甲条例, 名称: 甲条例, 施行: 2020-01-01, 查自: 乙}\n")
    write("office/phrasebank/own.yaml", '"法规":\n  - {编号: 乙条例, 名称: 乙条例, 施行: 2021-01-01, 查自: 乙}\n')
    write("shipped/phrasebank/slip.yaml", "语句:\n  - 没有编号，也没有位置\n")
    assert list(load_quoted(layers()).statutes) == ["甲条例", "乙条例"]
    write("extra/phrasebank/fewer.yaml", "停用: [甲条例]\n")
    assert list(load_quoted(layers(extra=True)).statutes) == ["乙条例"]


def test_what_is_quoted_is_what_the_whole_content_holds() -> None:
    found = layers_for(ROOT / "examples" / "county")
    whole, quoted = load_content(found), load_quoted(found)
    assert (quoted.wordings, quoted.statutes) == (whole.wordings, whole.statutes)
