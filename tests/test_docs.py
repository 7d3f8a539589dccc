"""What the documents tell a reader to type, and what they say of the program, must be so."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from speechgen import content, daysoff, draft, facts, findings, layout, roster, schema
from speechgen.check.loader import load_rules
from speechgen.cli import commands
from speechgen.errors import SpeechgenError
from speechgen.yamlio import Keys

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
HANDBOOK = ROOT / "docs" / "手册.md"
PHRASES = ROOT / "docs" / "语料写法.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
CHECK = ROOT / "docs" / "审校.md"
RULES = ROOT / "docs" / "rules.md"
COUNTY = ROOT / "examples" / "county"

HEAD = "会议:\n  名称: 全县安全生产工作会议\n  日期: 2026-12-24\n"
SPEAKER = "讲话人: 县长\n"


# ── reading the documents ─────────────────────────────────────────────────────────────────────


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def blocks(document: Path, language: str = "") -> list[tuple[str, str]]:
    """(what stands after the fence, text) of every code block, or of those of one language."""
    found = re.findall(r"^```([^\n]*)\n(.*?)^```", text_of(document), re.MULTILINE | re.DOTALL)
    return [(info, body) for info, body in found if info.split(" ")[0] == language or not language]


def yaml_blocks(document: Path, kind: str) -> list[str]:
    return [body for info, body in blocks(document, "yaml") if info == f"yaml {kind}"]


def command_lines(document: Path) -> Iterator[str]:
    """What follows ``speechgen`` in every command line of code blocks and code spans."""
    code = [line for info, body in blocks(document) if not info.startswith("yaml") for line in body.splitlines()]
    prose = re.sub(r"^```.*?^```", "", text_of(document), flags=re.MULTILINE | re.DOTALL)
    for line in (*code, *re.findall(r"`([^`\n]+)`", prose)):
        for part in re.split(r"&&|>", line):
            found = re.fullmatch(r"\s*(?:[^\s]*[/\\]|py -m |python -m )?speechgen(\s+.*)", part)
            if found:
                yield found[1].strip().replace("\\", "/")


def sections(document: Path, chapter: str) -> dict[str, str]:
    """The key sections (####) under a heading (###) of the handbook."""
    _, _, after = text_of(document).partition(f"### {chapter}\n")
    assert after, f"no chapter {chapter}"
    body = re.split(r"^#{1,3} ", after, maxsplit=1, flags=re.MULTILINE)[0]
    parts = re.split(r"^#### (.+)\n", body, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def table(document: Path, first_column: str) -> list[list[str]]:
    """The rows of the table whose head begins with this column."""
    lines = text_of(document).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first_column} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return rows


# ── commands ──────────────────────────────────────────────────────────────────────────────────


def test_the_documents_hold_command_lines() -> None:
    assert len(list(command_lines(README))) >= 4
    assert {line.split()[0] for line in command_lines(HANDBOOK)} >= {"demo", "draft", "explain", "new"}


@pytest.mark.parametrize(
    ("document", "line"),
    [(document, line) for document in (README, HANDBOOK, ARCHITECTURE, CHECK) for line in command_lines(document)],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_command_line_is_understood(
    document: Path, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(line)
    for word in words:
        if word.endswith((".yaml", ".docx")) or word in ("去年的稿子", "共用规则"):  # the reader has the file that the line names
            assert not word.startswith("examples/") or (ROOT / word).is_file(), word
            (tmp_path / word).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / word).touch() if "." in word else (tmp_path / word).mkdir()
    monkeypatch.chdir(tmp_path)
    if words == ["--version"]:
        return
    command = commands.commands.get(words[0])
    assert command is not None, f"no command {words[0]}"
    command.make_context(words[0], words[1:])


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_handbook_tells_of_every_command(name: str) -> None:
    assert any(line.split()[0] == name for line in command_lines(HANDBOOK))


def test_readme_begins_with_the_main_job_then_the_tests() -> None:
    (_, first), (_, second) = blocks(README)[:2]
    assert len(first.splitlines()) == len(second.splitlines()) == 1
    assert "speechgen draft examples/county/" in first
    assert second.rstrip().endswith("-m pytest")
    assert all(block.startswith("python3 -m venv .venv && ") for block in (first, second))


@pytest.mark.parametrize("document", [README, HANDBOOK, PHRASES, ARCHITECTURE, CHECK], ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]*)[^)]*\)", text_of(document)):
        if target and "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", [README, HANDBOOK, PHRASES, CHECK], ids=lambda path: path.name)
def test_links_within_a_page_lead_to_a_heading(document: Path) -> None:
    headings = re.findall(r"^#+ (.+)$", text_of(document), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-").lower() for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", text_of(document))) <= anchors


def test_the_rule_file_in_the_check_page_is_one(tmp_path: Path) -> None:
    (body,) = yaml_blocks(CHECK, "审校")
    (tmp_path / "审校.yaml").write_text(body, encoding="utf-8")
    rulebook = load_rules([tmp_path / "审校.yaml"])
    assert "lt-03" not in rulebook.rules and rulebook.rules["lt-02"].severity == "warning"
    assert [entry.right for entry in rulebook.rules["dw-01"].entries] == ["县应急局", "县住建局"]


def test_the_page_of_rules_is_fresh() -> None:
    """Else run: speechgen rules --markdown > docs/rules.md"""
    assert text_of(RULES) == findings.rules_page(load_rules())


# ── every key is explained ────────────────────────────────────────────────────────────────────


def every_key(keys: Keys) -> Iterator[str]:
    for name, below in keys.items():
        if name != "*":
            yield name
        yield from every_key(below)


@pytest.mark.parametrize(
    ("chapter", "keys"),
    [("会议文件里的每一项", schema.MEETING_KEYS), ("单位档案里的每一项", schema.OFFICE_KEYS)],
    ids=["meeting", "office"],
)
def test_handbook_explains_every_key(chapter: str, keys: Keys) -> None:
    told = sections(HANDBOOK, chapter)
    assert list(told) == list(dict.fromkeys(told))
    assert set(told) == set(keys)
    for name, below in keys.items():
        own = below if name != schema.SEVERAL else {"类型": {}, "单位": {}}
        unexplained = [key for key in every_key(own) if f"`{key}`" not in told[name] and f"{key}:" not in told[name]]
        assert not unexplained, f"「{name}」: {unexplained}"


@pytest.mark.parametrize(
    "words",
    [schema.LEVELS, schema.ROLES, schema.WEIGHTS, schema.STANDINGS],
    ids=["levels", "roles", "weights", "standings"],
)
def test_handbook_lists_every_choice(words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in text_of(HANDBOOK)] == []


# ── the examples load ─────────────────────────────────────────────────────────────────────────


def complete(fragment: str) -> str:
    """A meeting file that holds the fragment."""
    head = "" if re.search(r"^会议:", fragment, re.MULTILINE) else HEAD
    speaker = "" if re.search(r"^讲话人:", fragment, re.MULTILINE) else SPEAKER
    return head + speaker + fragment


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


MEETINGS = yaml_blocks(HANDBOOK, "会议.yaml") + yaml_blocks(README, "会议.yaml")


def test_every_yaml_block_is_of_a_kind_that_is_tried() -> None:
    kinds = {info for document in (README, HANDBOOK, PHRASES) for info, _ in blocks(document, "yaml")}
    tried = ("会议.yaml", "单位.yaml", "调休.yaml", "名册", "语料", "选定", "版式", "提纲")
    assert kinds == {f"yaml {kind}" for kind in tried}


@pytest.mark.parametrize("fragment", MEETINGS)
def test_meeting_example_loads(fragment: str, tmp_path: Path) -> None:
    _, notices = schema.load_meeting(written(tmp_path, "会议.yaml", complete(fragment)))
    assert not notices


@pytest.mark.parametrize("fragment", [f for f in MEETINGS if f.startswith("会议:") and "\n讲话人:" in f])
def test_whole_meeting_example_drafts_without_gaps_but_for_the_agenda(fragment: str, tmp_path: Path) -> None:
    written(tmp_path, "单位.yaml", yaml_blocks(HANDBOOK, "单位.yaml")[0])
    made = draft.make(written(tmp_path, "会议.yaml", fragment))
    assert {gap.key for gap in made.draft.gaps} <= {"会议.议程", "依据", "要求.值班电话", "要求.报送"}
    assert not made.findings


@pytest.mark.parametrize("profile", yaml_blocks(HANDBOOK, "单位.yaml"))
def test_profile_example_loads(profile: str, tmp_path: Path) -> None:
    _, notices = schema.load_office(written(tmp_path, "单位.yaml", profile))
    assert not notices


@pytest.mark.parametrize("announced", yaml_blocks(HANDBOOK, "调休.yaml"))
def test_days_off_of_the_handbook_load(announced: str, tmp_path: Path) -> None:
    assert daysoff.load(written(tmp_path, "调休.yaml", announced))


@pytest.mark.parametrize("listed", yaml_blocks(HANDBOOK, "名册"))
def test_roster_of_the_handbook_loads(listed: str, tmp_path: Path) -> None:
    found = roster.read(written(tmp_path, "名册.yaml", listed))
    assert [row.key for row in found.rows] == ["1"] and not found.slips
    assert roster.nodes(found, found.rows[0]).office.get("单位")


def test_columns_that_the_handbook_names_are_known() -> None:
    chapter = text_of(HANDBOOK).partition("## 十、一次写几十篇")[2].partition("## 十一、")[0]
    columns = re.findall(r"`([一-龥]+(?:\.[一-龥]+)*)`", chapter)
    assert len(columns) >= 10
    assert [name for name in columns if not roster.is_key(name)] == []


@pytest.mark.parametrize("pins", yaml_blocks(HANDBOOK, "选定"))
def test_pins_example_holds_for_the_shipped_meeting(pins: str, tmp_path: Path) -> None:
    written(tmp_path, "单位.yaml", text_of(COUNTY / "单位.yaml"))
    example = text_of(COUNTY / "2027年元旦春节安全稳定.yaml")
    made = draft.make(written(tmp_path, "会议.yaml", example + pins))
    assert made.draft.picks["结束语/结束.号召"] in pins


@pytest.mark.parametrize("pages", yaml_blocks(HANDBOOK, "版式"))
def test_layout_example_loads(pages: str, tmp_path: Path) -> None:
    found = layout.load_layout(written(tmp_path, "本单位版式.yaml", pages))
    assert (found.name, found.body.font) == ("本单位讲话稿", "仿宋")


@pytest.mark.parametrize("phrases", yaml_blocks(HANDBOOK, "语料") + yaml_blocks(PHRASES, "语料"))
def test_phrase_example_loads(phrases: str, tmp_path: Path) -> None:
    written(tmp_path, "单位/phrasebank/本单位.yaml", phrases)
    loaded = content.load_content(content.layers_for(tmp_path / "单位"))
    assert loaded.layers[-1] == "本单位"
    assert set(re.findall(r"编号: (\S+)", phrases)) <= {*loaded.phrases, *loaded.headings}


@pytest.mark.parametrize("outline", yaml_blocks(PHRASES, "提纲"))
def test_outline_example_drafts(outline: str, tmp_path: Path) -> None:
    written(tmp_path, "outlines/本单位.yaml", outline)
    written(tmp_path, "单位.yaml", text_of(COUNTY / "单位.yaml"))
    name = re.search(r"^名称: (.+)$", outline, re.MULTILINE)
    assert name
    example = text_of(COUNTY / "2027年元旦春节安全稳定.yaml")
    made = draft.make(written(tmp_path, "会议.yaml", example + f"背景: 今年以来形势平稳\n提纲: {name[1]}\n"))
    spoken = "".join(block.text for block in made.draft.blocks)
    assert "今年以来形势平稳。" in spoken
    assert "下面，我讲两点意见。" in spoken


@pytest.mark.parametrize("name", ["会议.地点"])
def test_what_the_handbook_leaves_to_own_outlines_is_not_said_by_the_shipped_ones(name: str) -> None:
    shipped = [path for folder in ("outlines", "phrasebank") for path in (ROOT / folder).glob("*.yaml")]
    assert [path.name for path in shipped if re.search(r"\{[^}]*" + re.escape(name), text_of(path))] == []


# ── common slips ──────────────────────────────────────────────────────────────────────────────

SLIPS = [[cell.strip("`") for cell in row[:2]] for row in table(HANDBOOK, "写成了")]


def meeting_with(line: str) -> str:
    """A meeting file with one line of it as given."""
    name = re.split("[:：]", line)[0]
    if line.startswith(("-", "－")):
        return complete(f"{'任务' if '｜' in line else '风险'}:\n  {line}\n")
    if name in schema.MEETING_KEYS["会议"]:
        kept = "".join(f"{other}\n" for other in HEAD.splitlines() if not other.strip().startswith(name))
        return f"{kept}  {line}\n{SPEAKER}"
    if name == "火灾":
        return complete(f"数据:\n  {line}\n")
    return complete(f"{line}\n")


@pytest.mark.parametrize(("wrong", "right"), SLIPS)
def test_slip_is_a_slip_and_its_correction_is_none(wrong: str, right: str, tmp_path: Path) -> None:
    text = meeting_with(wrong)
    line = text[: text.index(wrong)].count("\n") + 1
    with pytest.raises(SpeechgenError) as caught:
        schema.load_meeting(written(tmp_path, "写错.yaml", text))
    assert line in {slip.location.line for slip in caught.value.slips if slip.location}
    schema.load_meeting(written(tmp_path, "改好.yaml", meeting_with(right)))


# ── the architecture page ─────────────────────────────────────────────────────────────────────


def test_architecture_names_every_module() -> None:
    told = [row[0].strip("`/").removesuffix(".py") for row in table(ARCHITECTURE, "module")]
    package = (path for path in (ROOT / "speechgen").iterdir() if not path.name.startswith("__"))
    there = {path.stem for path in package if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert sorted(told) == sorted(there)


# ── the variables of the sentence language ────────────────────────────────────────────────────


def test_table_of_variables_is_what_the_program_knows() -> None:
    told: dict[str, list[str]] = {}
    for names, where, *_ in table(PHRASES, "变量"):
        told.setdefault(where, []).extend(re.sub(r"〈.+〉", "*", name) for name in names.split("、"))
    assert {where: sorted(names) for where, names in told.items()} == {
        where: sorted(names) for where, names in facts.NAMES_BY_ITEM.items()
    }
