"""What a phrase says: nothing of one office's own, no promise that the file does not make, no fact undeclared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from speechgen import engine, figures
from speechgen.content import Content
from speechgen.errors import Slip
from speechgen.lint.language import said
from speechgen.model import Phrase

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_ARGUED_FROM = re.compile(r"(?:任务|问题|案例|要求|分工|期限)\.\S+|数据\.(?:差|剩余)|点名单位")

# What only the meeting file may promise. A duty of the law may be told with its 依据.
_WORK = "查|巡|报|调度|研判|通报|会商|核|看|清点|走访|盘点|碰头|汇总|更新|一次|一遍"
COMMITMENTS = (
    (
        "frequency",
        "频次",
        rf"(?:每(?:天|日|周|星期|月|旬|季度?|晚|半[天月年]|[两三几]天)|定期|逐日|一[天日周月]一)[^，。]{{0,6}}(?:{_WORK})"
        "|日报|周报|月报",
    ),
    (
        "deadline",
        "时限",
        "(?:小时|天|日|周|个月)(?:以内|之内|内)|当[天日晚](?:就|要|必须|完成|整改|办|改|报|清|拆|处理|答复)"
        "|次日|不过夜|即日起|[月年周]底前|节前(?:必须|完成|全部|要)|限期",
    ),
    ("quota", "指标", "不(?:低于|少于|高于|超过)□|全覆盖|百分之百|零(?:事故|发生|火情|伤亡|报告|增长)"),
    (
        "sanction",
        "处罚",
        "通报批评|问责|追责|处分|免职|停职|扣分|罚款|停业|停产整顿|吊销|一票否决|黑名单|曝光|约谈|追究|查封|取缔",
    ),
)
# Facts of one item that bind what is said of it, where the slot tells no statement before.
BINDING = (
    "问题.对象", "问题.数量", "问题.任务",
    "任务.同办", "任务.问题", "任务.问题数量", "任务.风险", "任务.上级", "任务.几家", "任务.数量",
    "任务.牵头", "任务.时限", "期限.最早", "期限.最晚",
)  # fmt: skip
BODIES = re.compile(
    "(?:应急管理|应急|公安|交警|交管|住建|住房城乡建设|市场监管|人社|人力资源社会保障|信访|民政|教育|卫健|卫生健康|交通运输|"
    "自然资源|文旅|文化和旅游|林草|水利|气象|消防救援|司法行政|财政|发改|发展改革|商务|宣传|网信|城管|综合执法|生态环境|"
    "农业农村)(?:局|部门|机关|机构|委)|派出所|司法所|供电所"
)


def slips(phrase: Phrase, content: Content) -> Iterator[Slip]:
    """What a phrase says that it may not, and what it argues from without saying so."""

    def slip(code: str, message: str, remedy: str) -> Slip:
        return Slip(code, f"语料「{phrase.id}」{message}", phrase.location, remedy)

    for line in phrase.text:
        for figure in figures_in(line):
            yield slip("own-figure", f"写死了「{figure}」", "数字和日期只能来自会议文件，请换成变量，或换个说法。")
    whole = said(*phrase.text)
    if not phrase.basis:
        for code, name, pattern in COMMITMENTS:
            if found := re.search(pattern, whole):
                remedy = "这只能由会议文件来说；法律本来规定的，请写上「依据」。"
                yield slip(code, f"自己添了{name}「{found[0]}」", remedy)
        if found := BODIES.search(whole):
            yield slip("own-body", f"写死了部门「{found[0]}」", "请用「部门.〈叫法〉」这样的变量。")
    yield from (slip(*wrong) for wrong in _undeclared(phrase))
    slot = content.slots.get(phrase.slot)
    argued = any(name.startswith("数据.") or (slot and not slot.statement and name in BINDING) for name in phrase.needs)
    if slot and slot.item and not (phrase.situations or phrase.words or argued):
        remedy = "同一话题的任何事都会碰上它，多半对不上；请写「情形」或者「有词」。"
        yield slip("any-matter", f"没有限定说的是哪一种{slot.item}", remedy)
    if slot and slot.item and not slot.statement and not slot.told:
        asked = engine.names(*phrase.text)
        if not any(name.startswith(slot.item + ".") for name in asked):
            yield slip("silent", f"没有说出是哪一样{slot.item}", f"请用上「{slot.item}.内容」这样的变量。")


def figures_in(line: str) -> Iterator[str]:
    """Figures and dates in the words of a line. A figure may not grow out of what a variable leaves behind, so each
    stretch is read by itself."""
    for stretch in _EXPRESSION.split(line):
        for start, end in figures.quantities(stretch):
            yield stretch[start:end]


def _undeclared(phrase: Phrase) -> Iterator[tuple[str, str, str]]:
    """A phrase that names a fact without 需要 would be said with a hole in it."""
    guarded = {name for line in phrase.text for test in re.findall(r"\{%\s*if(.*?)%\}", line)
               for name in engine.names("{{" + test + "}}")}  # fmt: skip
    for name in engine.names(*phrase.text):
        if _ARGUED_FROM.fullmatch(name) and name not in phrase.needs and name not in guarded:
            yield "undeclared", f"用了「{name}」，却没有写进「需要」", f"请在「需要」里加上 {name}。"
