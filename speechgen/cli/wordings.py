"""speechgen wordings: the formulations that are quoted whole, and which of them are to be confirmed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from speechgen.cli.messages import CLEAN, cache_folder, say


@click.command(options_metavar="[选项]", help="看提法表；--due 列出本季要核对确认的。")
@click.argument("words", metavar="[词…]", nargs=-1)
@click.option("--due", is_flag=True, help="列出过期的、快到期的、本季还没有确认的。")
@click.option("--day", metavar="日期", type=click.DateTime(["%Y-%m-%d"]),
              help="按哪一天算，如 2026-12-24；不写就是今天。")  # fmt: skip
@click.option("-o", "--output", metavar="文件", type=click.Path(dir_okay=False, path_type=Path),
              help="与 --due 一起用：写成一个待确认的语料文件，填好后放进本单位的 phrasebank。")  # fmt: skip
def wordings(words: tuple[str, ...], due: bool, day: datetime | None, output: Path | None) -> int:
    """Print the wordings in force, or those that an office should look at this season."""
    from speechgen import catalogue, content, files

    if output and not due:
        raise click.UsageError("-o 要与 --due 一起用。")
    library = content.load_content(content.layers_for(Path()), cache_folder())
    on = day.date() if day else date.today()
    if not due:
        found = [w for w in library.wordings.values() if all(word in w.text + w.id for word in words)]
        for wording in found:
            until = f"，用到{wording.valid_until.isoformat()}" if wording.valid_until else ""
            say(f"{wording.text}\n      {wording.id}；{wording.source}{until}；查自 {wording.looked_up}")
        say(f"共 {len(found)} 条。")
        return CLEAN
    waiting = [one for one in catalogue.due(library, on) if all(word in one.wording.text for word in words)]
    if not waiting:
        say("本季要核对的提法都已经确认。")
        return CLEAN
    if output:
        files.write_new(output, files.secretary_text(catalogue.to_confirm(waiting)))
        say(f"已写好：{output}\n核对以后在「确认」后面写谁核的、哪一天，再把文件放进本单位的 phrasebank 文件夹。")
        return CLEAN
    say("\n".join(catalogue.due_rows(waiting, on)))
    say(f"共 {len(waiting)} 条。要逐条确认，运行 speechgen wordings --due -o phrasebank/本单位提法.yaml。")
    return CLEAN
