"""Titles in balanced lines, never broken inside a word.

A title of an official meeting is built from few kinds of unit: a place or body, a year, an occasion,
topics, a kind of meeting, 的讲话. `_WORDS` lists the units that come again and again; what it does not know
(the names of places and bodies, mostly) is held together. Then the lines are chosen that cost least. A
segmenting library was tried: loading its dictionary takes 130 ms, and it tears such compounds apart.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from speechgen import patterns

# Units of meeting titles. Longer ones win over the shorter ones that they begin with.
_WORDS = frozenset(
    """
    全省 全市 全县 全区 全镇 全乡 全街道 全旗 全州 全校 全院 全局 全系统 全公司
    全集团 全厂 全矿 全村 全域 全国 全国性 省委 市委 县委 区委 镇党委 乡党委 党委
    党组 党工委 省政府 市政府 县政府 区政府 镇政府 乡政府 人民政府 政府 党委政府 人大
    政协 人大常委会 常委会 委员会 管委会 党代会 职代会 领导小组 专班 指挥部 办公室
    代表团 理事会 董事会 中央 国务院 党中央 机关 部门 单位 企业 学校 医院 社区 农村
    城乡 乡镇 街道 基层 园区 景区 重点 行业 领域 系统 区域 干部 党员 职工 群众
    青年 妇女 代表 委员 领导 班子 成员 主要 负责人 书记 干警 民警 教师 师生 离退休
    老干部 年度 上半年 下半年 全年 年终 年末 年初 岁末年初 岁末 一季度 二季度 三季度
    四季度 今冬明春 冬春 秋冬 夏季 冬季 春季 秋季 春节 元旦 元旦春节 两节 双节 中秋
    国庆 中秋国庆 国庆中秋 清明 清明节 五一 端午 端午节 劳动节 国庆节 中秋节 春节后
    节后 节前 两会 全国两会 汛期 高考 中考 中高考 暑期 寒假 假期 节日 节假日
    重要节点 敏感时期 春运 春耕 春季学期 秋季学期 期间 前后 当前 近期 下一步 下一阶段
    新时代 新征程 新春 第一天 收官 开局 攻坚 冲刺 百日 安全 稳定 安全稳定 安全生产
    安全防范 安全隐患 隐患 排查 整治 排查整治 排查治理 专项 专项整治 专项行动 三年行动
    治本攻坚 信访 信访维稳 维稳 维护 维护稳定 社会稳定 社会治安 治安 综合治理 平安
    平安建设 矛盾 纠纷 矛盾纠纷 化解 多元化解 积案 调处 消防 消防安全 火灾 火灾防控
    防火 防灭火 森林 森林防火 森林草原 森林草原防灭火 防汛 抗旱 防汛抗旱 防汛备汛
    防溺水 山洪 地质灾害 防灾 减灾 救灾 防灾减灾 防灾减灾救灾 应急 应急管理 应急处置
    值班 值守 值班值守 应急值守 道路 交通 道路交通 交通安全 烟花爆竹 禁限放 禁放 禁燃
    燃气 燃气安全 食品 药品 食品安全 药品安全 食品药品 食品药品安全 建筑施工 危险化学品
    危化品 煤矿 非煤矿山 矿山 矿山安全 特种设备 工贸 校园 校园安全 学校安全 自建房
    网络安全 根治 欠薪 农民工 工资 农民工工资 支付 保障 市场保供 保供 供暖 取暖
    春季造林 造林绿化 环境 环境保护 生态 生态环境 大气 污染 污染防治 防治 秸秆 禁烧
    经济 经济工作 经济运行 经济发展 高质量 高质量发展 发展 改革 开放 深化改革 项目
    项目建设 重大项目 重点项目 重点工作 招商 招商引资 营商环境 优化 提升 财政 税收
    金融 工业 农业 农村工作 三农 乡村 振兴 乡村振兴 乡村全面振兴 脱贫 脱贫攻坚 巩固
    拓展 成果 衔接 粮食 粮食安全 耕地 保护 耕地保护 产业 产业发展 数字化 数字 城市
    城镇 城市管理 更新 城市更新 文明 文明城市 文明创建 卫生 创建 国家卫生城市 文旅
    文化 旅游 文化旅游 体育 教育 教育工作 科技 科技创新 创新 人才 人才工作 就业 民生
    民生实事 社会保障 医疗 医疗保障 医疗卫生 卫生健康 疫情 疫情防控 防控 统计 普查
    人口普查 经济普查 审计 巡察 巡视 整改 反馈 反馈意见 督查 督导 督办 督察 党建
    党建工作 党的建设 基层党建 组织 组织工作 宣传 宣传思想 宣传思想文化 意识形态 统战
    统一战线 政法 政法工作 法治 法治建设 依法治县 依法治市 纪检 纪检监察 监察 党风
    廉政 党风廉政 党风廉政建设 反腐败 反腐败斗争 作风 作风建设 警示教育 主题教育
    学习教育 学习 贯彻 贯彻落实 落实 传达 传达学习 精神 主题 二十大 征兵 国防
    国防动员 双拥 老龄 民政 残疾人 关心下一代 群团 工会 共青团 妇联 志愿服务 工作
    任务 目标 目标任务 责任 责任制 建设 管理 服务 监管 监督 检查 治理 行动 活动
    措施 方案 情况 问题 形势 总结 表彰 总结表彰 表扬 评议 述职 考核 考评 述职评议
    部署 动员 安排 推进 调度 培训 宣讲 座谈 交流 研讨 启动 开工 奠基 揭牌 签约
    竣工 开学 毕业 典礼 仪式 启动仪式 开工仪式 签约仪式 揭牌仪式 开幕式 闭幕式 开班
    开班式 结业式 誓师 集中 集中开工 集体 约谈 集体约谈 集体谈话 任前 专题 专题会
    专题会议 专项会议 工作会议 工作会 工作例会 例会 会议 大会 联席会议 全体会议 全体
    全会 扩大 扩大会议 常务会议 视频 视频会议 视频调度会 视频调度会议 电视电话会议
    电视电话 紧急会议 紧急 紧急视频会议 动员会 动员大会 动员会议 动员部署 动员部署会
    动员部署会议 动员部署大会 部署会 部署会议 部署推进会 推进会 推进会议 现场会
    现场推进会 现场会议 调度会 调度会议 分析会 分析会议 形势分析会 座谈会 务虚会
    表彰大会 表彰会 总结会 总结大会 总结表彰大会 总结部署会 誓师大会 培训班 培训会
    培训会议 交流会 研讨会 反馈会 点评会 恳谈会 协调会 协调会议 通报会 警示会
    警示教育会 警示教育大会 警示教育会议 茶话会 团拜会 民主生活会 组织生活会 党员大会
    党课 民主 报告会 宣讲会 汇报会 见面会 约谈会 约谈会议 干部大会 代表大会
    职工代表大会 党员代表大会 人民代表大会 提纲 讲话 发言 致辞 主持词 报告 汇报 通报
    讲话提纲 讲话稿 修订稿 征求意见稿 有限公司 有限责任公司 股份有限公司 集团 公司 中学
    小学 大学 学院 幼儿园 人民医院 管理局 管理站 服务中心 重大隐患 重大事故隐患
    重大风险 风险 特种设备安全 脱贫攻坚成果 社会治安综合治理 烟花爆竹禁限放 建设用地 学年
    学年度 学期 走访慰问 慰问 有效 有效衔接 安保 安保维稳 保障工作 重大 反恐 反诈
    电信网络诈骗 打击 禁毒 扫黑除恶 常态化 国有企业 国企 房地产 债务 土地 违法 违建
    河长制 林长制 田长制 普法 人民调解 调解 司法 劳动 竞赛 技能 大赛 运动会 文艺
    晚会 铁路 公路 桥梁 水利 水库 移民 搬迁 征收 拆迁 棚改 物业 养老 托育 幼儿
    大中专 毕业生 招聘 退役军人 军地 议军 民族 宗教 民族宗教 侨务 对口 帮扶 对口帮扶
    东西部协作 协作 挂职 换届 选举 换届选举 届次 条例 办法 规定
    """.split()  # noqa: SIM905 - one word a line would be six pages
)
_LONGEST = max(map(len, _WORDS))

# The stretches that a rule finds better than a list: numbers with what they count, and 的… at the end.
_PATTERN = patterns.compiled(
    r"[0-9]+(?:[.:/—–~～-][0-9]+)*%?(?:年(?:度|初|末|底)?|学年度?|月份?|日|[次届个号期批季周天])?"
    r"|第[一二三四五六七八九十百零〇两0-9]+(?:季度|学期|次|届|个|期|批|轮|阶段|场)?"
    r"|[一二三四五六七八九十百零〇]+(?:届[一二三四五六七八九十]+(?:中|次)全会|[届次年月]|季度)"
    r"|(?:元旦|春节|清明|五一|端午|中秋|国庆|两节|双节|高考|中考|两会|汛期|暑期|寒假|假期|春运)+"
    r"(?:期间|前后)?"
    r"|（扩大）会议?"
    r"|上?的(?:主持|总结|动员|表态|交流)?(?:讲话|发言|致辞|报告|汇报|通报|意见|建议|说明|点评)(?:提纲)?"
    r"|[A-Za-z][A-Za-z0-9.&+-]*"
)
# Where the name of a place or body may be followed by another: 清河县|公安局.
_NAME = patterns.compiled(
    r".{2,}?(?:省|市|县|区|旗|州|镇|乡|街道|村|集团|公司|矿|厂|局|委|中心|学校|中学|小学|大学|学院|医院)"
)

_OPENING = frozenset("《〈“‘（【〔「『")
_CLOSING = frozenset("》〉”’）】〕」』")
_NOT_FIRST = _CLOSING | frozenset("的上中下里时等，、。；：！？·—…")
_NOT_LAST = _OPENING | frozenset("在于对为以从向把将第和与及暨·")
_CUT_AFTER = ("年", "年度", "期间", "前后", "季度", "：", "，", "、", "；", "）")
_CUT_BEFORE = frozenset("暨（")
_COMPLETING = frozenset(("工作", "精神", "期间", "建设", "管理", "问题", "任务", "专项", "系统", "领域"))
_MEETING = ("会", "会议", "仪式", "典礼", "培训班", "党课")
_SCOPE = patterns.compiled(r"全.|全街道|全系统|全公司|全集团|当前|近期")

# What a break costs. Balance counts in characters squared, so 25 is two lines five characters off the mean.
_GOOD, _PLAIN, _BEFORE_MEETING, _AFTER_SCOPE, _BEFORE_COMPLETING = 0.0, 3.0, 4.0, 8.0, 9.0
_BETWEEN_NAMES, _IN_PAIR, _IN_NAME, _BAD_EDGE, _IN_WORD = 5.0, 60.0, 90.0, 150.0, 300.0
_ANOTHER_LINE = 40.0
_ORPHAN = 45.0


class _Unit(NamedTuple):
    text: str
    known: bool


def break_title(text: str, width: int) -> tuple[str, ...]:
    """Break a title into lines of at most ``width`` full-width characters (half-width ones count a half).

    As few lines as can be had without breaking a word, a number with its unit, 《》 or a name, and of lengths
    as even as can be. ``"".join(lines) == text`` always; an empty text gives no line. Raises ValueError when
    ``width`` is less than 1.
    """
    if width < 1:
        raise ValueError("a line holds at least one character")
    if not text:
        return ()
    return _break_title(text, width)


@lru_cache(maxsize=64)
def _break_title(text: str, width: int) -> tuple[str, ...]:
    sizes = [0]
    for character in text:
        sizes.append(sizes[-1] + (1 if character.isascii() else 2))
    if sizes[-1] <= 2 * width:
        return (text,)
    costs = _break_costs(text)
    fewest = -(-sizes[-1] // (2 * width))
    best: tuple[float, tuple[int, ...]] | None = None
    for count in range(fewest, len(text) + 1):
        if best and count > fewest + 2:
            break
        found = _divide(sizes, costs, count, 2 * width)
        if found and (best is None or found[0] + _ANOTHER_LINE * (count - fewest) < best[0]):
            best = found[0] + _ANOTHER_LINE * (count - fewest), found[1]
    assert best is not None  # with a line for each character there is room: every place may be broken at a cost
    edges = (0, *best[1], len(text))
    return tuple(text[a:b] for a, b in pairwise(edges))


def _divide(
    sizes: list[int], costs: list[float], count: int, limit: int
) -> tuple[float, tuple[int, ...]] | None:
    """The cheapest way to divide a text into ``count`` lines, as (cost, places); None when none fits.

    ``sizes[i]`` is the width of the first i characters and ``limit`` that of a line, in half characters;
    ``costs[i]`` what a break before character i costs.
    """
    end = len(sizes) - 1
    mean = sizes[end] / count
    reached: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(1, count + 1):
        ahead: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, places) in reached.items():
            for stop in range(start + 1, end + 1):
                size = sizes[stop] - sizes[start]
                if size > limit and stop > start + 1:
                    break
                if (number == count) != (stop == end):
                    continue
                total = cost + ((size - mean) / 2) ** 2 / 2 + (_ORPHAN if size <= 4 else 0.0)
                total += 0.0 if stop == end else costs[stop]
                if stop not in ahead or total < ahead[stop][0]:
                    ahead[stop] = total, (*places, stop) if stop < end else places
        reached = ahead
    return reached.get(end)


def _break_costs(text: str) -> list[float]:
    """What a break before each character costs."""
    costs = [_IN_WORD] * len(text)
    at = 0
    units = _units(text)
    for before, after in pairwise(units):
        start, at = at, at + len(before.text)
        if not before.known:
            _name_costs(before.text, start, costs)
        costs[at] = _edge_cost(before, after)
    if units and not units[-1].known:
        _name_costs(units[-1].text, at, costs)
    depth = 0
    for place, character in enumerate(text):
        if depth and costs[place] < _IN_PAIR:
            costs[place] = _IN_PAIR
        depth = max(0, depth + (character in _OPENING) - (character in _CLOSING))
    return costs


def _name_costs(name: str, start: int, costs: list[float]) -> None:
    """Inside what the lexicon does not know: after a place or body, else as a last resort."""
    for place in range(1, len(name)):
        costs[start + place] = _IN_NAME
    for match in _NAME.finditer(name):
        if match.end() < len(name) - 1:
            costs[start + match.end()] = _BETWEEN_NAMES


def _edge_cost(before: _Unit, after: _Unit) -> float:
    if after.text[0] in _NOT_FIRST or before.text[-1] in _NOT_LAST:
        return _BAD_EDGE
    if after.text in _CUT_BEFORE or before.text.endswith(_CUT_AFTER):
        return _GOOD
    if _SCOPE.fullmatch(before.text):
        return _AFTER_SCOPE
    if after.text in _COMPLETING:
        return _BEFORE_COMPLETING
    if not before.known and not after.known:
        return _BETWEEN_NAMES
    if after.text.endswith(_MEETING):
        return _BEFORE_MEETING
    return _PLAIN


def _units(text: str) -> list[_Unit]:
    """The title in units: what a pattern or the lexicon knows, and the stretches between."""
    units: list[_Unit] = []
    unknown = at = 0
    while at < len(text):
        size = _known(text, at)
        if not size:
            at += 1
            continue
        if unknown < at:
            units.append(_Unit(text[unknown:at], known=False))
        units.append(_Unit(text[at : at + size], known=True))
        unknown = at = at + size
    if unknown < at:
        units.append(_Unit(text[unknown:at], known=False))
    return units


def _known(text: str, at: int) -> int:
    """Length of the known unit that begins at ``at``, 0 when there is none."""
    match = _PATTERN.match(text, at)
    found = match.end() - at if match else 0
    for size in range(_LONGEST, max(found, 1), -1):
        if text[at : at + size] in _WORDS:
            return size
    single = text[at] in "在暨和与及的上、，：；（）《》“”‘’—·"
    return found or int(single)
