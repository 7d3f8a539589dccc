"""Starter files: a commented meeting file for an occasion, and an office profile."""

from __future__ import annotations

import re
from collections.abc import Mapping

from speechgen.schema import LEVELS

MEETING_QUESTIONS = (
    ("场合", "什么场合（元旦春节、国庆中秋、五一、信访、安全生产）"),
    ("名称", "会议名称"),
    ("日期", "会议日期（如 2026-12-24）"),
    ("讲话人", "谁讲话（如 县长）"),
    ("分钟", "讲几分钟"),
)
OFFICE_QUESTIONS = (
    ("名称", "单位名称（如 青峪县）"),
    ("层级", f"层级（{'、'.join(LEVELS)}）"),
    ("姓名", "主要领导姓名"),
    ("职务", "主要领导职务"),
)

# What meetings of an occasion usually deal with: prompts in comments, never facts.
_PROMPTS = {
    "元旦春节": ("烟花爆竹、燃气、返乡交通、欠薪", "年底赶工、返乡集中、用火用电用气增多、低温雨雪",
             "隐患清零、消防、烟花爆竹、燃气、返乡交通、欠薪、信访积案、走访慰问、市场保供、值班值守"),
    "国庆中秋": ("旅游、交通、大型活动、消防", "出游集中、大型活动多、秋季用火增多",
             "道路交通、景区和大型活动、消防、食品安全、市场保供、信访、值班值守"),
    "五一": ("旅游、交通、建筑施工", "出游集中、施工旺季、雷雨大风",
           "道路交通、景区安全、建筑施工、消防、食品安全、值班值守"),
    "信访": ("源头化解、按期办理、积案", "年底矛盾集中、项目建设多",
           "信访积案、初信初访、欠薪、征地补偿、物业纠纷、领导接访"),
    "安全生产": ("重大隐患、有限空间、动火、检修外包", "赶工期、人员更换、天气变化",
             "隐患清零、消防、燃气、危化品、建筑施工、道路交通、工贸企业、特种设备"),
}  # fmt: skip
_ANY = ("上级强调的几件事", "这段时间容易出事的地方", "要办的几件事")
_FESTIVE = ("元旦春节", "元旦", "春节", "国庆中秋", "国庆", "中秋", "五一")

_MEETING = """\
# 会议文件：稿子里说的每一件事、每一个数，都只从这里和单位.yaml 来；这里没有的，稿子不会编。
# 写法：冒号用半角，后面空一格；每一条以「- 」开头；井号后面的话是说明，不会写进稿子。
格式: 1
会议:
  名称: {名称}             # 例如 全县2027年元旦春节期间安全稳定工作会议
  日期: {日期}             # 例如 2026-12-24
{场合}  议程:                # 讲话前谁做了什么，例如 [县应急局 通报, 县住建局 发言]
讲话人: {讲话人}           # 职务或姓名，单位.yaml 里有的会自动补全
分钟: {分钟}               # 也可以写「字数: 3000」
{提纲}
依据:                  # 上级的会议或文件：要点。例如 12月21日 全市安全稳定工作视频会议：{要点}
  -

数据:                  # 今年 / 去年同期；也可以写 41处，共43处，或 12.6亿元，目标13亿元
  口径:                # 例如 1—11月
  # 生产安全事故: 7起 / 9起

问题:                  # 一条一个；结尾写「；点名」才会说出是谁
  # - 逾期未销号隐患：城东液化气站（县住建局）；点名
  # - 暗访9家夜间营业场所，4家安全出口上锁；不点名
  -

风险:                  # 例如 {风险}
  -

任务:                  # 主题｜办成什么｜牵头｜时限；前三条细讲，想自己定就加第五段：细讲、点到、见方案
  # 可以想一想：{任务}
  # - 隐患清零｜2处逾期隐患销号，销号前停用｜县住建局｜12月31日
  -

要求:
  值班电话:
  报送:
"""

_OFFICE = """\
# 单位档案：一个单位写一次，放在会议文件同一个文件夹或上一级文件夹里，文件名就叫 单位.yaml。
# 写法：冒号用半角，后面空一格；井号后面的话是说明。
格式: 1
单位:
  名称: {名称}             # 例如 青峪县
  层级: {层级}             # {层级表}
  # 下面几项不写，就按层级用通常的叫法
  # 自称: 我县
  # 全境: 全县
  # 党政: 县委、县政府
  # 下级: 各乡镇、各部门
  # 群众: 群众

部门:                  # 左边通用叫法，右边本单位的叫法
  # 信访: 县信访局
  # 应急: 县应急局

领导:                  # 按排名先后；语速是每分钟字数，不写按 180
  - 姓名: {姓名}
    职务: {职务}
    语速: 180

称谓: 同志们
版式: gbt9704
署名: [讲话人, 日期]     # 标题下面先写谁，再写什么
"""


_BARE = re.compile(r"[^\s\x00-\x2f:;<=>?@\[\\\]^`{|}~](?:(?!: | #)[^\x00-\x1f])*(?<!:)|")


def _typed(answer: str) -> str:
    """An answer as YAML reads it back: in quotes where it holds marks that YAML reads for itself."""
    words = " ".join(answer.split())
    return words if _BARE.fullmatch(words) else '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def meeting(occasion: str, answers: Mapping[str, str]) -> str:
    """A meeting file to fill in, its prompts fitting ``occasion``."""
    points, risks, tasks = _PROMPTS.get(occasion) or (
        _PROMPTS["元旦春节"] if occasion in _FESTIVE or not occasion else _ANY
    )
    filled = {key: _typed(answers.get(key, "")) for key in ("名称", "日期", "讲话人", "分钟")}
    outline = {"信访": "提纲: 信访工作联席会议\n", "安全生产": "提纲: 安全生产工作会议\n"}.get(occasion, "")
    festive = f"  场合: {occasion}\n" if occasion in _FESTIVE or not occasion else ""
    return _MEETING.format(**filled, 场合=festive, 提纲=outline, 要点=points, 风险=risks, 任务=tasks)


def meeting_name(occasion: str) -> str:
    """The file name of a new meeting file."""
    from speechgen.files import safe_name

    return safe_name(f"会议-{occasion}" if occasion else "会议", ".yaml")


def office(answers: Mapping[str, str]) -> str:
    """An office profile to fill in."""
    filled = {key: _typed(answers.get(key, "")) for key in ("名称", "层级", "姓名", "职务")}
    return _OFFICE.format(**filled, 层级表="、".join(LEVELS))
