"""维权: acts against people who petition, in sentences that call them only 他们, 人 or 几名群众.

An act counts where the sentence, or one next to it, speaks of petitioning, and where nothing says that the law
forbids the act, that it is done to vehicles, floods or suspects, or that it has been a mistake.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule

_PETITION = patterns.compiled(
    "上访|信访|访民|反映[^，。；\n]{0,8}?(?:诉求|问题|情况的)|(?:进|赴|到|去|上|来|晋|往|奔)(?:北?京|省城|(?<=[赴进去到])省(?![一-龥]?级|[直属定内外市道委政厅部重])|"
    "省里|市里|自治区)(?![一-龥]{0,3}(?:交流|考察|学习|开会|参会|培训|务工|招商))|"
    "越级|诉求|闹访|缠访|集访|老访|来访|非访|赴省|告状|维权|稳控|驻京|讨说法|(?:去|到|往)上(?:面|级)(?:反映|告|"
    "找)|挑头|串联|要说法|"
    "(?:反映|投诉|举报|申诉|讨要|讨薪|告发|不满|不服|有意见|有怨气|有情绪|递(?:交)?(?:过)?材料|(?:打|拨)[^，。；\n]{0,4}热线)"
    "[^，。；\n]{0,14}?的(?:[一-龥]{0,4}?[一二两三四五六七八九十几多0-9]+(?:个|名|户|位|家)|那|这|个别|少数|一些|"
    "人(?!民|大|社)|群众|村民|农户|农民|业主|家长|职工|工人|住户|住家|户主|商户|居民|老人|老师|教师|学生家长|司机|退役军人|同志|户)|"
    "(?:再|又|还|敢|继续)[^，。；\n]{0,8}闹|(?:谁|哪个)[^，。；\n]{0,6}(?:闹|告)|(?:打过?|拨打过?)(?:12345|市长热线|县长热线|热线)"
)
# What else the sentence may be about; then somebody is stopped for his own sake, or for an offence.
_OTHER_MATTER = patterns.compiled(
    "溺水|游泳|下河|玩水|河道|水库|山洪|洪水|汛|险工|转移|塌方|滑坡|冰面|入山|进山|林区|火源|火情|火险|烧荒|"
    "祭扫|野外|超员|超载|超速|酒驾|醉驾|酒后|无牌|"
    "电动车|摩托|农用车|货车|客车|车辆|船|诈骗|反诈|转账|汇款|嫌疑|犯罪|罪犯|逃犯|吸毒|贩毒|涉毒|传销|赌|盗|扒|"
    "抢劫|黑恶|假冒|伪劣|走私|走失|轻生|自杀|肇事|"
    "精神(?:障碍|病)|病人|患者|疫|感染|隔离|流浪|乞讨|未成年|学生|考生|考场|幼儿|留守|游客|驴友|被执行人|失信|"
    "社区矫正|服刑|危房(?!改造)|危险(?:区|路|地)|施工|工地|"
    "矿|窑|高温|网络|舆情|谣言|物资|市场|价格|烟花|野生动物|偷猎|非法捕|病死|生猪|牲畜|渔"
)
_FORBIDDEN = (
    "严禁|禁止|不得|不准|不许|不能|不要|不可|不搞|不应|不该|不再|不允许|决不|绝不|切忌|杜绝|防止|避免|反对|"
    "纠正|整治|取缔|查处|严查|"
    "制止|破除|摒弃|而不是|不是靠|不靠|叫停|不是要|谁也无权|无权|没有权力|严防|警惕|力戒|更不|也不|一律不|从不|"
    "绝不允许|别"
)
_NOT_HERE = patterns.compiled(f"(?:{_FORBIDDEN})[^，。；：！？\n]*$")
# 不得以…为由，…；任何单位和个人不得…，…；绝不能…，… : what follows the comma is forbidden too
_NOT_BEFORE = patterns.compiled(
    "(?:严禁|禁止|任何(?:单位|人|组织|部门|地方|时候)[^，。；]*不|(?:不得|不能|不准|不许|决不|绝不|不可|不要)"
    "(?:再|以|因|因为|拿|用|靠|把|搞|随意|简单|一)|"
    "绝不能|决不能|绝不允许|决不允许|绝不|决不|杜绝|防止|纠正|反对|不允许|不搞|而不是|不是|避免|警惕|不得)"
    "(?:(?!，[^，。；！？\n]{0,8}?(?:要(?!求)|应当|必须|务必|一律|坚决|全力|立即|马上|第一时间|发现))[^。；！？\n])*$"
)
_BLAMED = patterns.compiled(
    "(?:的|行为|现象|做法|问题|一套|办法|事)[^。；！？\n]{0,8}?(?:追责|问责|追究|处分|严肃处理|查处|通报|处理|"
    "违法|违规|违反|违背|错误|错的|要不得|不对|不行|不可取|"
    "不允许|禁止|叫停|纠正|整改|曝光|走不通|行不通|靠不住|过时)"
)
_FAILING = patterns.compiled(
    "不力|不到位|不及时|不彻底|不严|没(?:有)?(?:拦|看|盯|堵|劝|守)|漏(?:拦|管|控|掉)|失控|脱管|失守|跑了|溜|"
    "拦不住|看不住|盯不住"
)
_TOLD = patterns.compiled(
    "^[^，。；]{0,12}?(?:(?:有的|个别|少数|一些|某些|有些)(?:地方|单位|干部|同志|乡镇|村(?!民)|部门|县|人(?=一|"
    "把|以为|觉得|总|遇))|过去|以往|以前|从前|曾经|早些年|前些年|某[县镇村地])[^。；]*"
    "(?:拦|堵|盯|守|跟|看|扣|停|收|取消|带|接|劝|不让|关|限制|牵连|株连)|教训|后果|违法的|没有地方|没处|无处|"
    "不看(?:拦|堵|住)|被(?:通报|问责|查处|追责|处分)|误区|老办法|老路|老一套|引以为戒|案例|这是违法|"
    "是违法|法律不允许|侵犯"
)
_WRONG_AFTER = patterns.compiled(
    "^(?:这|此|上述|诸如|凡|对)[^。！？\n]{0,18}(?:做法|办法|老路|一套|行为|违法|错误|不对|不行|不允许|禁止|"
    "要不得|叫停|纠正|教训)|^(?:结果|矛盾越)"
)
_LAWFUL = patterns.compiled(
    "(?:公安|民警|法院|检察)[^，。；\n]{0,14}依法|依法(?:处置|处理|传唤|拘留|打击|查处|惩处|追究)|依照法定程序"
)


_UNDONE = ("不", "别", "莫", "未", "没", "没有", "不去", "不再", "不搞", "不予", "不应", "不该")
_REPORTED = patterns.compiled(
    "反映(?!(?:问题|诉求|情况)的(?!补|低|待))[^，。；：\n]*$"
)  # the act is what people complain of
_GROUNDED = patterns.compiled(
    "骗取|骗领|套取|冒领|虚报|隐瞒|不符合|不再符合|超标准|死亡|去世|动态管理|条件的|复核|有依据|申辩|听证|告知"
)
_POINTING = patterns.compiled("他们|她们|这些人|这几|那几|此类|上述|对其|这类人")
_COMMA = patterns.compiled("[，。；：！？!?;\n]")
_LONGEST = 400  # characters; a longer sentence is none


class _Act(NamedTuple):
    """One shape of an act, and whether somebody must be named in the sentence for it to count."""

    pattern: re.Pattern[str]
    person: bool = False


_PERSON = (
    "(?:他们|她们|他|她|其|人员|群众|老上访|老访户|信访人|老人|老户|当事人|此人|这[些几]?(?:个|名|户|位)?人|"
    "那[些几]?(?:个|名|户|位)?人|"
    "[一二两三四五六七八九十几多0-9]+(?:个|名|户|位)(?:人|村民|群众|老人|妇女|职工|业主|老同志)?|对象|上访的|"
    "反映(?:问题|诉求|情况)的(?:人|群众|村民)?|"
    "代表|村民|农民|农户|人家|工人|商户|户主|居民|职工|业主|家长|老人|退役军人|民工|农民工|住户|拆迁户|老百姓|百姓|重点人|本人|人(?!民|力|口|"
    "才|大|身|家|事|手|均|为|生|行|数|次|心|居|工|情|流))"
)
_A_PERSON = patterns.compiled(_PERSON)
_BACK = "(?:截|拦|堵|劝|追|接|带|领|押|拽|撵|拉|弄|请|送|遣|找|叫|喊|哄|架)"
_WHERE = (
    "(?:火?车站|汽车站|高铁站|高速(?:公?路)?(?:路口|入口|口)?|路口|机场|站台|卡口|检查站|收费站|半路|中途|途中|"
    "村口|镇口|出口|进京(?:通道|路口)|码头|候车室|进站口|北京|京城|省城)"
)

_STOPPING = (
    _Act(patterns.compiled("(?:早|快|及时)(?:拦截|劝返|带回|接回|截访)")),
    _Act(
        patterns.compiled(
            "(?:在|到)?[^，。；！？\n]{0,6}(?:道口|路口|省界|县界|市界|服务区|收费站|桥头)[^，。；！？\n]{0,3}?(?:设卡|设岗|拦|截|堵)"
            "(?:人|住|下|截|停)?|不让[^，。；！？\n]{0,4}(?:大巴|班车|包车|车)[^，。；！？\n]{0,4}(?:出城|发车|出县|上路|开走|走)|"
            "把[^，。；！？\n]{0,4}人(?:拖住|缠住|截下|留住|哄住|稳住|按住|摁住)"
        )
    ),
    _Act(
        patterns.compiled(
            rf"(?:把|将)[^，。；！？\n]{{0,14}}?{_PERSON}(?!的(?:诉求|意见|问题|呼声|心|事|困难|难|期盼|话|"
            rf"建议|情况|材料))[^，。；！？\n]{{0,16}}?(?:{_BACK}(?:截|下来?|住|(?<![送接])回来?|回(?!家)来?|返|走|离|在|"
            r"到(?!一起|会上|[^，。；]{0,5}(?:室|窗口|大厅|中心|接待|办事|信访局|会议|现场|部门|一线|座))|到(?=县内|"
            r"本地|家里看))|挡(?:住|在|回|下)|留在(?:当地|村|家|本地)|控制在|稳在|吸附)"
            r"[^，。；！？\n]{0,8}"
        )
    ),
    _Act(
        patterns.compiled(
            rf"(?:在|到|赶到|赶往|去){_WHERE}[^，。；！？\n车]{{0,12}}?(?:拦截|拦下|拦住|拦回|堵住|堵截|劝返|"
            r"劝回|劝离|劝阻|截住|截回|截下|截停|接返|接回|带回|领回|追回|拦人|堵人|截人|接人|守着|守候|设卡|"
            r"蹲守|把守|死守)"
        )
    ),
    _Act(
        patterns.compiled(
            r"(?:拦截|拦下|拦住|拦回|截停|带离|堵住|堵回|堵在|挡住|挡回|截住|截回|截下|劝返|劝回|劝离|带回|"
            r"接回|领回|追回|押回|送回|拽回|遣返|遣送|接返|拦阻|阻拦|阻截)(?:去|来|了)?(?:这|那|所有|全部|"
            r"每一个|一切)?"
            r"(?:他们|她们|他|她|的?上访|老上访|人(?=[，。；、！]|$)|进京的|(?:这|那)?[几两三些](?:个|名|户|"
            r"位)?(?:人|群众|村民|老人)|反映(?:问题|诉求)的)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:发现|来|有|出现|冒头)(?:一个|一名|一起|一批|一人|苗头|动向|情况|的)?[，就都要先]{0,3}(?:立即|"
            "马上|及时|坚决|当场|就地|第一时间|当即)?(?:拦|截|堵|劝返|劝回|带回|接回|控制|稳控)"
            "(?:一个|一名|一起|一批|住|下|回|返|截|$|(?=[，。；！]))"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:第一时间|立即|立刻|马上|连夜|就地|当天|当日|及时|一律|全部|坚决|就地|尽快|火速|迅速|务必|要|"
            "(?<=[0-9一二两三四五六七八九十])(?:小时|分钟|天)(?:之?内)?(?:要|必须)?)(?:要|予以|进行|就地|派人|"
            "组织|强行|强制)?"
            "(?:劝返|接返|劝回|劝离|带回|接回|领回|追回|遣返|遣送|押回|拉回|截回|拦回|拦下|截下|拦截|截留|截停|"
            "带离|拦住|截住|稳住)(?!车|款|资金|诈|电话|信息|短信)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:不得|不准|一律不|不要|不给他们|不予)(?:向[^，。；\n]{1,6})?(?:售票|卖票|发车)|(?:守住|守好|"
            "堵住|堵死|把住|封住|卡住|看好|扎紧|盯住)(?:进京|出县|出村|进省|出境|各个|所有|主要|每个|这|县界|"
            "出入)?[^，。；！？\n]{0,4}"
            "(?:车站|火车站|汽车站|路口|卡口|进京通道|出县通道|高速口|村口|进京路|第一道关|最后一道关)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:驻京|驻省|在京|进京|赴京|去北京|到北京|赴省)[^，。；！？\n]{0,8}(?:值守劝返|劝返|接返|拦截|"
            "堵截|截访|守候|蹲守|拦人|接人|带人|抓人|领人|把守)"
            "|(?:劝返|接返|拦截|拦访|堵访|截访|稳控劝返|接访劝返)(?:小组|工作组|小分队|专班|队伍|工作队|力量|"
            "人员|点|卡|站|任务|责任|率|成功率|工作)"
            "|设(?:立|置|下)?(?:卡|岗|卡点|关卡|检查点|劝返点|拦截点)[^，。；！？\n车]{0,8}(?:盘查|拦截|劝返|堵|检查)"
        )
    ),
    _Act(
        patterns.compiled(
            r"(?:不让|不要让|别让|(?:不允许|不准|不许|不放|不叫)(?!把|将|以|任何(?:单位|人)把|"
            r"[^，。；\n]{0,8}[拦截扣关])|阻止|阻拦|拦着|不能让|不得让|决不能让|绝不能让|不可让|不得放)"
            rf"[^，。；！？\n]{{0,4}}(?:{_PERSON})?[^，。；！？\n]{{0,10}}?"
            r"(?:进京|赴京|去京|到京|去北京|到北京|上北京|赴省|去省|到省|到市里|去市里|上访|越级|上车|上火车|"
            r"买票|购票|出门|出村|出县|出镇|离开|离村|离县|离家|出去|外出|走出|迈出|踏出|跨出|出家门|县界|"
            r"见(?:领导|记者)|接触(?:记者|外人|外界)|回家|反映|(?:再)?(?:到|去)[^，。；！？\n]{1,6}(?:去|上访|"
            r"闹|反映))"
        )
    ),
)
_GUARDING = (
    _Act(
        patterns.compiled(
            "(?:大门口?|门口|楼下|村口|家门|车站|路口|出门|外出|身边|身后|屋外)[^，。；！？\n]{0,5}?(?:有|派|安排|站|留)[^，。；！？\n]{0,3}?人"
            "[^，。；！？\n]{0,3}?(?:守|跟|盯|看)(?!护|望|病|书)|"
            "(?:集中|统一|专门|分散|重点|严加|强制)(?:看管|看守|看护|管控|关押|盯防|盯守|监控|监管)(?!信访件|平台)|"
            "控制(?:住|好)?(?:带头|挑头|领头|为首|骨干|那几|这几)|拘(?:留|上|他)?[几一二三五十]+(?:个)?(?:天|日)|"
            "(?:白天|晚上|夜里|夜间)看(?:住)?人"
        )
    ),
    _Act(
        patterns.compiled(
            rf"(?:对|把|将)[^，。；！？\n]{{0,16}}?(?:{_PERSON}|访民|上访|信访)[^，。；！？\n]{{0,10}}?(?:监控|"
            r"监视|监听|看管|看守|看住|看死|看紧|看牢|盯防|盯住|盯死|盯紧|布控|管住|管死|控制住|跟住|跟紧|"
            r"锁定)"
            r"(?!平台|系统|问题|办理|事项|信访件)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:确保|做到|保证)(?:他们|她们|其|人员|本人|他|人)?(?:不|一个也不)(?:离开|出|走出|离)(?:本|我|"
            "全)?(?:村|镇|乡|县|市|区|家|门|辖区|当地|京)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:(?:二十四|24|２４|廿四)(?:个)?小时|全天候|全时段|昼夜|日夜|白天黑夜|白天晚上|一天到晚|黑白|"
            "没日没夜|轮班|轮流|轮番|倒班|三班倒|分班|逐一|逐户|逐人|一[户人]一(?:名|个)?|专人|派人|派出?专人|安排(?:专人|人员|干部|人)|"
            "指派[^，。；]{0,4}|"
            "村干部|镇干部|包保(?:人|干部|责任人)?|网格员|[一二两三四几]个?(?:名)?(?:干部|人|工作人员|同志|"
            "党员)|派[^，。；\n会]{1,6}|党员)"
            "[^，。；！？\n]{0,12}?(?:盯防|盯守|盯住|盯死|盯牢|盯紧|盯着|盯人|看守|看管|看护|看住|看牢|看死|"
            "看着|看人|守着|守住|守在|守候|把守|蹲守|跟在|跟着|跟住|跟紧|跟人|跟踪|尾随|陪着|贴身|盯梢|盯控|"
            "监控|监视|控制|值守(?=在|其|他|，不让)|包控|陪护|陪同|跟班|陪守|紧盯|死盯)"
            "(?!督办|办理|办|落实|整改|事项|案件|化解|进度|到底|问责|服务|效果|信访件|质量|到位|问效|矛盾|项目|"
            "解决|接待|窗口|大厅|岗位|值班|(?:他们)?(?:到|去|上)[^，。；\n]{0,10}(?:登记|立案|调解|核对|申请|结算|对账|看病|就医|复查|体检|办))"
        ),
        True,
    ),
    _Act(
        patterns.compiled(
            "(?:守住|守在|堵住|堵在|蹲在|蹲守(?:在)?|看住|看好|把住|守好|守着|堵着|封住|锁住)"
            "[^，。；！？\n]{0,8}?(?:家门口?|住处|住所|家里|家中|门口|大门|院门|楼下|房前|屋前|小区门口)"
            "(?!安全)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:看住人|把?人(?:要|都|给)?(?:看|盯|守|管|稳|控)(?:住|牢|死|紧)|盯人到位|人盯人|贴身(?:盯|跟|陪|"
            "看|守|紧)[防着随同护住]?|不(?:离|脱离|出|脱)(?:开)?(?:我们的|干部的|包保人的)?(?:视线|视野|眼|"
            "掌控)|寸步不离|形影不离|"
            "死看死守|严盯死守|严看死守|死盯死守|一步不离|跟得?紧|一对一(?:盯|看|守|跟|控|稳控|包控|盯防)|"
            "[二两三四五六七几多]对一|[二两三四五六七几多]包一|[二两三四五六七几多]人?盯一人?|"
            "人在哪[，、]?(?:干部|我们)?(?:就)?(?:跟|盯)到?哪|走到哪(?:里|儿)?[，、]?(?:就)?(?:跟|盯)到?哪)"
        )
    ),
    _Act(
        patterns.compiled(
            r"(?:限制|控制|软禁|监控|监视|监听|定位|跟踪|尾随|盯梢|锁定|看管|看守|盯防|扣住|关住|困住|稳住)"
            r"[^，。；！？\n]{0,6}?(?:他们|她们|其(?!他|中|它|余)|这些人|这几(?:个|名|户)人?|那几个人|本人|"
            r"此人|(?:外|出)行|人身自由|行动自由|外出|出行|出境|购票|买票|乘车|行踪|去向|手机|通话|通讯|人员)"
            r"(?!信息|安全|规模|数量)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:他们|他|她|其|这些人|本人|人|对象|人员|群众|老户|村民)[^，。；！？\n]{0,8}?(?:的?手机|车票|"
            "行踪|行程|去向|通话|微信|轨迹)[^，。；！？\n]{0,6}(?:监控|监听|定位|监视|盯住|盯紧|掌握|全程掌握|"
            "实时掌握|查|跟踪)"
            "|(?:手机|车辆?)(?:定位|监控|监听|跟踪)|(?:实时|随时|全程|每天|每日|时刻)(?:掌握|监控|报告|跟踪|"
            "盯住)[^，。；！？\n]{0,6}(?:行踪|去向|动向|位置|轨迹|在位情况)"
        ),
        True,
    ),
    _Act(
        patterns.compiled(
            "(?:不得|不准|不许|不能|不让|严禁|禁止)[^，。；！？\n拦截扣限]{0,8}?(?:离开|走出|踏出|迈出|跨出|出)"
            "(?:本|我|全)?(?:村|镇|乡|县|市|区|家|家门|辖区|大门|院子|本地|当地|户籍地)(?!口)"
            "|(?:外出|出门|出村|离村|离县|离镇|出县|离开|出去|买票|坐车|走亲戚)[^，。；！？\n]{0,6}(?:要|须|"
            "必须|一律|都要|得)(?:先)?[^，。；！？\n]{0,6}(?:请假|报备|批准|报告|同意|登记|审批)"
        ),
        True,
    ),
    _Act(
        patterns.compiled(
            "(?:办|举办|开办|集中(?:到|在)?|送(?:到|进|去|入)?|带(?:到|进|去)|关(?:到|进|在|起)|安排(?:到|进|"
            "住)|请(?:到|进|去)|住进|转移到)[^，。；！？\n]{0,10}?(?:学习班|法制班|法治班|法制教育班|"
            "法治教育班|训诫班|培训班(?=里|住)|宾馆|招待所|旅馆|空房|小黑屋|教育中心|训诫中心|黑屋|精神病院|"
            "派出所)"
            "[^，。；！？\n]{0,6}|集中(?:到|在)[^，。；！？\n]{0,8}办班|(?:进驻|住进|搬进)(?:他|她|其|他们)家|"
            "同吃同住同(?:行|出)|关(?:起来|几天|上几天)|锁(?:在|起来)|软禁|控制起来|先控制住|看起来(?=，|。|"
            "不让)"
        ),
        True,
    ),
    _Act(
        patterns.compiled(
            "(?:送|抓|拘|关|控制|办)(?:一个|一批|几个|一两个)(?:是一个)?|抓(?:几个)?典型[^，。；]{0,6}(?:拘留|"
            "判刑|法办)"
        ),
        True,
    ),
)
_TAKING = (
    _Act(
        patterns.compiled(
            "(?:手机|身份证|证件|户口(?:本|簿)|银行卡|车票|火车票|护照|通行证|车钥匙|的车|车辆|摩托车|三轮车|"
            "上访材料|信访材料|申诉材料|电话)[^，。；！？\n]{0,6}?(?:，?(?:都|一律|统一|先)?(?:要|由)"
            "[^，。；！？\n]{0,10}?)?(?:收(?:上来|走|缴|起来?|了|掉|存|回|管)|扣(?:下|留|押|住|了|起来)|没收|"
            "代管|代为保管|统一(?:保管|收存|收管|收缴|存放)|暂扣|集中保管|先收|上交|交到村|交出来|留下)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:收(?:走|缴|了|掉|起|存|管|上来)|扣(?:下|留|押|住|了)|没收|暂扣|代管|代为保管|统一保管|集中保管|"
            "暂存|拿走|搜走)[^，。；！？\n]{0,10}?(?:手机|身份证|证件|户口(?:本|簿)|银行卡|车票|火车票|护照|"
            "通行证|上访材料|信访材料)"
        )
    ),
)
_BENEFIT = (
    "(?:低保|五保|特困供养|补助|补贴|救助(?!站|热线)|待遇|养老(?:金|钱|保险)|退休金|工资|薪水|慰问(?:金|品)|"
    "公益(?:性)?岗(?:位)?|分红|福利|抚恤金?|优抚|奖金|绩效|救济|临时救助|危房改造(?:资格|指标|款)|宅基地|"
    "惠农(?:资金|补贴|政策)|保障金|生活费|合作医疗|医保|扶贫款|征地款|补偿款|各项政策|优惠政策|资格)"
)
_PUNISHING = (
    _Act(
        patterns.compiled(
            "(?:直补|粮补|地补|岗位?|工作|职务|班)[^，。；！？\n]{0,6}(?:辞退|清退|解聘|不发|停发|停了|拿掉|别想)|停[^，。；！？\n]{0,3}的(?:岗|职|薪|课|班|工作|补)|"
            "(?:公益岗|家里)[^，。；！？\n]{0,8}(?:辞退|清退|解聘)|"
            "(?:一律|都|坚决|全部)?不(?:给|予|得)(?:他们|其)?(?:开具|开|办理|办|出具|盖)(?:任何|各种|各类)?[^，。；！？\n]{0,3}(?:证明|介绍信|手续|证|公章|章)"
        )
    ),
    _Act(
        patterns.compiled(
            r"(?:停(?:发|掉|了|止(?:发放)?|付|领|缴)?|取消|扣(?:发|掉|减|除|回|了)|暂停(?:发放)?|缓发|不发|"
            r"不给发?|追回|核减|核销|收回|取缔|断了?|压着|拿(?:掉|下)|卡(?:住|一卡)|剥夺|砍掉|冻结|清退|撤销)"
            rf"[^，。；！？\n对]{{0,12}}?{_BENEFIT}"
        )
    ),
    _Act(
        patterns.compiled(
            rf"{_BENEFIT}(?:的，)?[^，。；！？\n]{{0,12}}?(?:停(?:发|掉|了|下来|止)|取消|扣(?:发|掉|减|下|了)|"
            r"暂停|缓发|不发|不给|拿(?:掉|下来?)|追回|收回|免谈|靠边|先停|一律停|压着|不再(?:发|享受|给)|卡住)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:不给|不予|不再给|一律不(?:给|予)?|暂不|先不|不得给|停止|拒绝|暂缓)(?:他们|其|他|她|这些人|本人|"
            "家里|家人|予以)?(?:办理|办|开|出具|盖|批|审批|发|落|受理|安排|提供)?(?:任何)?"
            "(?:证照|办证|证件|手续|盖章|公章|证明|宅基地|建房|准生证|户口|贷款|低保|营业执照|执照|许可证?|"
            "入党|参军|政审|工作|就业|公益岗|入学|业务|救助|政策)"
        )
    ),
    _Act(
        patterns.compiled(
            "(?:列入|纳入|拉入|打入|进|上|记入)[^，。；！？\n]{0,6}(?:黑名单|失信名单|征信|不良记录|"
            "诚信档案黑榜|信用黑榜|重点人黑名单)|(?:通报|公示|曝光|张榜)(?:到|给)?(?:全村|全镇|其单位|"
            "其子女单位|他们的(?:名字|姓名|照片))"
        ),
        True,
    ),
)
_RELATED = (
    "(?:家属|亲属|家人|子女|亲戚|亲友|配偶|父母|儿女|孩子|儿子|女儿|爱人|丈夫|妻子|老婆|兄弟|姐妹|近亲属|"
    "直系亲属|三亲六故|一家人|全家|家里人|家里(?:有)?(?:干部|教师|公职|财政供养))"
)
_FAMILY = (
    _Act(
        patterns.compiled(
            rf"{_RELATED}[^。；！？\n拦截]{{0,26}}?(?:停(?:职|岗|薪|课|工|学|发)|免职|撤职|就地免|调离|降职|"
            r"待岗|离岗|下岗|辞退|解聘|不予|不得(?:录用|提拔|入党|参军|评|晋|入|报)|不能(?:提拔|入党|参军|评|"
            r"晋|入学|考)|不准(?:提拔|入党|参军|评|晋)|一并(?:处理|问责|追究|取消|停)|一起(?:处理|追究|停|受)|"
            r"连带|连坐|连(?:着|同)(?:处理|追究)|"
            "政审|(?:要|会|都)?受(?:到)?(?:影响|牵连|处理|处分)|取消|扣(?:发|减|掉)|不(?:要|用)上班|(?:回|先回)"
            "(?:家|去|村|来)做(?:通)?工作|做不通[^，。；]{0,10}(?:停|不|扣|调)|包保|负责(?:看住|劝回|拦|领回)|"
            "担责|跟着(?:倒霉|受)|抓|写保证|签保证|跟着(?:停|受|一起))"
        )
    ),
    _Act(
        patterns.compiled(
            r"(?:牵连|株连|连累|连坐|波及|追究到?|问责到?|找|从|通过|动员|责令|要求|让|发动)"
            rf"[^，。；！？\n]{{0,8}}?{_RELATED}[^，。；！？\n]{{0,16}}?(?:停职|停岗|停薪|停课|连带|责任|施压|"
            r"压力|把人(?:拦|看|领|带|劝)|看住|劝回|领回|拦下|带回|跟着|做不通)"
            rf"|(?:牵连|株连|连累|连坐|波及)[^，。；！？\n]{{0,6}}{_RELATED}|一人(?:上访|闹访|进京|信访)"
            r"[，、]?(?:全家|株连|全族|亲属|家属)[^，。；！？\n]{0,14}"
        )
    ),
)


_ACTS = {"拦人": _STOPPING, "看人": _GUARDING, "扣物": _TAKING, "报复": _PUNISHING + _FAMILY}


class _Done(NamedTuple):
    """An act at ``start`` to ``end``, and which it is: a key of _ACTS."""

    start: int
    end: int
    which: str


def _sentences_near(document: Document) -> Iterator[tuple[int, int]]:
    """The sentences that speak of petitioning, the one before each and the two after it."""
    text, sentences = document.text, document.sentences
    near: set[int] = set()
    for number in _holding(document, sentences, _PETITION):
        if _PETITION.search(text, *sentences[number]):
            near.update(range(max(0, number - 1), min(len(sentences), number + 3)))
    for number in sorted(near):
        start, end = sentences[number]
        if end - start <= _LONGEST:
            yield start, end


def _holding(document: Document, sentences: Sequence[tuple[int, int]], pattern: re.Pattern[str]) -> list[int]:
    """The numbers of those sentences in which a pattern can match at all."""
    spots = document.spots(pattern)
    if spots is None:
        return list(range(len(sentences)))
    around = [(bisect_right(sentences, (at, sys.maxsize)) - 1, at) for at in spots]
    return sorted({number for number, at in around if number >= 0 and at < sentences[number][1]})


def _done(document: Document) -> tuple[_Done, ...]:
    """All acts against people who petition, in order, none of them told twice."""
    near = tuple(_sentences_near(document))
    seen = sorted(
        (match.start(), -match.end(), which, act.person)
        for which, acts in _ACTS.items()
        for act in acts
        for number in _holding(document, near, act.pattern)
        for match in act.pattern.finditer(document.text, *near[number])
    )
    found: list[_Done] = []
    reached = 0
    for start, minus_end, which, person in seen:
        text = document.text[start:-minus_end]
        end = start + len(text.rstrip(" \u3000”"))
        if start < reached or start == end:
            continue
        if _counts(document, start, end, person, found):
            found.append(_Done(start, end, which))
            reached = end
    return tuple(found)


def _counts(document: Document, start: int, end: int, person: bool, found: list[_Done]) -> bool:
    first, last = document.sentence_at(start)
    if first == last or last - first > _LONGEST:
        return False
    text = document.text
    sentence, act = text[first:last], text[start:end]
    asks = _PETITION.search(sentence) is not None
    if not asks and not any(m[0] != "诉求" for m in _PETITION.finditer(document.once(_Windows).around(first))):
        return False
    if _OTHER_MATTER.search(sentence):
        clause = _clause(text, start, end)
        if not asks or (_OTHER_MATTER.search(clause) and not _PETITION.search(clause)):
            return False
    if person and not asks and not _A_PERSON.search(sentence):
        return False
    before, after = text[first:start], text[end:last]
    for done in reversed(found):  # 不让他们离开 forbids nothing of what follows
        if done.start < first:
            break
        before = before[: done.start - first] + before[done.end - first :]
    if before.endswith(_UNDONE) or "被" in act or _REPORTED.search(before + act):
        return False
    if _NOT_HERE.search(before) or _NOT_BEFORE.search(before):
        return False
    if _FAILING.search(sentence) is None and _BLAMED.search(after):
        return False
    if _TOLD.search(sentence) or _LAWFUL.search(sentence) or _GROUNDED.search(sentence):
        return False
    return _WRONG_AFTER.search(text[last : last + 40].lstrip(" \u3000")) is None


def _clause(text: str, start: int, end: int) -> str:
    """What stands between the two nearest commas or stops around a stretch."""
    before, after = _COMMA.split(text[max(0, start - 60) : start])[-1], _COMMA.split(text[end : end + 60])[0]
    return before + text[start:end] + after


class _Windows:
    """The two sentences before a sentence and the one after it, as far as they stand in its line; before the first
    sentence of a line, the heading over it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.number = {start: n for n, (start, _) in enumerate(document.sentences)}

    def around(self, first: int) -> str:
        document, number = self.document, self.number[first]
        line = document.line_at(first)
        sentences = document.sentences
        pointing = _POINTING.search(document.text, *sentences[number]) is not None
        parts = []
        for n in range(max(0, number - 2), min(len(sentences), number + 2)):
            start, end = sentences[n]
            near = line is not None and line.start <= start <= line.end
            other = None if near else document.line_at(start)
            over = other is not None and (other.kind in ("heading", "title") or pointing)
            if near or (n < number and over):
                parts.append(document.text[start : min(end, start + 400)])
        return "\n".join(parts)


def _finder(which: str) -> Callable[[Document, Rule], Iterator[Hit]]:
    """What finds the acts of one sort."""

    def find(document: Document, rule: Rule) -> Iterator[Hit]:
        for done in document.once(_done):
            if done.which == which:
                yield Hit(done.start, done.end, {"词": document.text[done.start : done.end]})

    return find


def _patterns() -> list[re.Pattern[str]]:
    return [_PETITION, *(act.pattern for acts in _ACTS.values() for act in acts)]


CHECKS = {which: Check(_finder(which), values=("词",), patterns=_patterns) for which in _ACTS}
