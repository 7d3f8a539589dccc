"""speechgen phrases: looking through the phrase bank, and its gates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechgen.cli.messages import CLEAN, WITH_FINDINGS, cache_folder, say

if TYPE_CHECKING:
    from speechgen.content import Content

MOST = 200  # rows printed at once


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …", help="看语料库：列出、查找、看一条、数一数、检查。")
def phrases() -> None:
    """The group of the bank's commands."""


def _content(extra: Path | None) -> Content:
    """The content in force in the folder where the command is run."""
    from speechgen import content

    return content.load_content(content.layers_for(Path(), extra), cache_folder())


_EXTRA = click.option(
    "--content", "extra", metavar="文件夹", type=click.Path(path_type=Path), help="另加一层提纲和语料。"
)
_WHERE = (
    click.option("--slot", metavar="位置", default="", help="只看这个位置的，如 形势.问题；写前半截也行，如 形势。"),
    click.option("--topic", metavar="话题", default="", help="只看这个话题的，如 消防。"),
    click.option("--situation", metavar="情形", default="", help="只看这个情形的，如 安全出口堵锁。"),
    _EXTRA,
)


def _where(command: Callable[..., int]) -> Callable[..., int]:
    for option in reversed(_WHERE):
        command = option(command)
    return command


@phrases.command("list", options_metavar="[选项]", help="列出语料；不加选项就是全部。")
@_where
def list_(slot: str, topic: str, situation: str, extra: Path | None) -> int:
    """Print the phrases of a slot, topic or situation."""
    return _print(_content(extra), slot, topic, situation, "")


@phrases.command(options_metavar="[选项]", help="按字查找语料：几个词都要有。")
@click.argument("words", metavar="词…", nargs=-1, required=True)
@_where
def search(words: tuple[str, ...], slot: str, topic: str, situation: str, extra: Path | None) -> int:
    """Print the phrases that hold all the words."""
    return _print(_content(extra), slot, topic, situation, " ".join(words))


def _print(content: Content, slot: str, topic: str, situation: str, words: str) -> int:
    from speechgen import catalogue
    from speechgen.fields import nearest

    situations = {name for known in content.topics.values() for name in known.situations}
    for what, asked, known in (("话题", topic, content.topics), ("情形", situation, situations)):
        if asked and asked not in known:
            raise click.UsageError(f"没有叫「{asked}」的{what}。{nearest(asked, known)}")
    if slot and not any(name.startswith(slot) for name in content.slots):
        raise click.UsageError(f"没有叫「{slot}」的位置。{nearest(slot, content.slots)}")
    found = catalogue.select(content, slot, topic, situation, words)
    if not found:
        say("没有找到。")
        return CLEAN
    say(catalogue.rows(found[:MOST]))
    rest = f"，只列了前 {MOST} 条，请用 --slot、--topic 缩小范围" if len(found) > MOST else ""
    say(f"\n共 {len(found)} 条{rest}。看其中一条：speechgen phrases show 编号")
    return CLEAN


@phrases.command(options_metavar="[选项]", help="看一条语料：用在哪里、什么时候用、写在哪个文件。")
@click.argument("ids", metavar="编号…", nargs=-1, required=True)
@_EXTRA
def show(ids: tuple[str, ...], extra: Path | None) -> int:
    """Print phrases in full."""
    from speechgen import catalogue
    from speechgen.fields import nearest

    content = _content(extra)
    for id_ in ids:
        if id_ not in content.phrases:
            raise click.UsageError(f"没有编号为「{id_}」的语料。{nearest(id_, content.phrases)}")
    say("\n\n".join(catalogue.record(content.phrases[id_], content) for id_ in ids))
    return CLEAN


@phrases.command(options_metavar="[选项]", help="数一数：每个位置、每个话题有多少条。")
@_EXTRA
def stats(extra: Path | None) -> int:
    """Print how much the bank holds."""
    from speechgen import catalogue

    say(catalogue.stats(_content(extra)))
    return CLEAN


@phrases.command(options_metavar="[选项]", help="检查语料守不守规矩（docs/语料写法.md）；要先装 speechgen[lint]。")
@click.option("--corpus", metavar="文件夹", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="公开文稿（.txt）：语料不能与它们连续十五个字相同。")  # fmt: skip
@_EXTRA
def lint(corpus: Path | None, extra: Path | None) -> int:
    """Run the bank's gates; warnings alone leave the exit code clean."""
    from speechgen import report
    from speechgen.errors import SpeechgenError

    content = _content(extra)
    published = "\n".join(p.read_text("utf-8", "replace") for p in sorted(corpus.rglob("*.txt"))) if corpus else ""
    try:
        from speechgen.lint import lint as gates

        found = gates(content, published)
    except ModuleNotFoundError as error:
        raise SpeechgenError.of(
            "no-lint", f"检查语料要用的「{error.name}」还没有装", None, "请运行 pip install speechgen[lint] 再试。"
        ) from error
    wrong = [slip for slip in found if not slip.code.startswith("warn-")]
    if found:
        say(report.slips([*wrong, *(slip for slip in found if slip.code.startswith("warn-"))]))
    say(f"语料 {len(content.phrases)} 条，标题组 {len(content.headings)} 组：要改 {len(wrong)} 处，"
        f"再看一眼 {len(found) - len(wrong)} 处。")  # fmt: skip
    return WITH_FINDINGS if wrong else CLEAN
