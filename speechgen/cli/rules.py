"""speechgen rules: what the check looks for."""

from __future__ import annotations

from pathlib import Path

import click

from speechgen.cli.messages import CLEAN, cache_folder, say


@click.command(options_metavar="[选项]", help="看审校规则：不写代码列出全部，写上代码看这一条。")
@click.argument("codes", metavar="[代码…]", nargs=-1)
@click.option("--rules", "extra", metavar="文件夹", type=click.Path(exists=True, path_type=Path),
              help="另加本单位的规则。")  # fmt: skip
@click.option("--markdown", is_flag=True, help="输出整页说明（docs/rules.md 就是这样生成的）。")
def rules(codes: tuple[str, ...], extra: Path | None, markdown: bool) -> int:
    """Print the rules that are in force in the folder where the command is run."""
    from speechgen import findings, inforce
    from speechgen.check.loader import load_rules
    from speechgen.fields import nearest

    if markdown:
        say(findings.rules_page(load_rules([extra] if extra else [])).rstrip())
        return CLEAN
    rulebook = inforce.rules_for(Path(), extra, cache_folder())
    for code in codes:
        if code not in rulebook.rules:
            raise click.UsageError(f"没有代码为「{code}」的规则。{nearest(code, rulebook.rules)}")
    if codes:
        say("\n\n".join(findings.rule_text(rulebook.rules[code]) for code in codes))
    else:
        say(findings.rules_list(rulebook))
        say("\n看其中一条：speechgen rules 代码")
    return CLEAN
