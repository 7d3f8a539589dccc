"""speechgen season: the days, the days off and the usual risks of an occasion."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from speechgen.cli.messages import CLEAN, cache_folder, say


@click.command(options_metavar="[选项]", help="看一个场合的日子：哪一天、农历、还有几天，放假调休，常见的风险。")
@click.argument("year", metavar="[年]", required=False, type=click.IntRange(1900, 2100))
@click.option("--occasion", metavar="场合", help="如 春节、国庆中秋、汛期；不写，列出这一年的节日。")
@click.option(
    "--day", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="会议是哪一天，如 2027-01-12，由它数天数。"
)
@click.option("--new", is_flag=True, help="在当前文件夹建一个调休.yaml，收到放假通知后填。")
def season(year: int | None, occasion: str | None, day: datetime | None, new: bool) -> int:
    """Print what is known of an occasion's time; nothing is guessed."""
    from speechgen import content, daysoff, files, holidays
    from speechgen import season as line
    from speechgen.errors import SpeechgenError
    from speechgen.fields import nearest

    on = day.date() if day else None
    this_year = year or (on or date.today()).year
    if new:
        written = files.write_new(Path(daysoff.FILE), files.secretary_text(daysoff.STARTER.format(年=this_year)))
        say(f"已建好：{written}\n请用记事本打开，照着放假通知填；放在单位.yaml 旁边。")
        return CLEAN
    where = content.nearest_above(Path(), daysoff.FILE)
    announced = daysoff.load(where) if where else ()
    if not occasion:
        say("\n".join(line.of_year(this_year, on, announced)))
        return CLEAN
    known = holidays.occasion(occasion, on) if on and not year else holidays.of_year(occasion, this_year)
    if known is None:
        raise SpeechgenError.of(
            "no-occasion", f"不认识场合「{occasion}」", None, nearest(occasion, holidays.occasions())
        )
    seasons = content.load_content(content.layers_for(Path()), cache_folder()).seasons
    say("\n".join(line.told(known, on, announced, seasons)))
    return CLEAN
