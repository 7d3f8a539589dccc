"""Places: what is a place name in official prose, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen.check.places import Place, by_name, contains, mentions


def named(text: str) -> list[str]:
    return [text[mention.start : mention.end] for mention in mentions(text)]


def one(name: str) -> Place:
    (place,) = by_name(name)
    return place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("把临颍县的经验带到漯河来", ["临颍县", "漯河"]),
        ("河南省开封市兰考县", ["河南省", "开封市", "兰考县"]),
        ("郑州市金水区、惠济区", ["郑州市", "金水区", "惠济区"]),
        ("海南自由贸易港", ["海南"]),
        (
            "上海、江西、陕西、河南、大同、吉安、长春、南安市",
            ["上海", "江西", "陕西", "河南", "大同", "吉安", "长春", "南安市"],
        ),
        ("赴京学习的同志从北京回来", ["北京"]),
        ("恩施州和延边州的同志", ["恩施州", "延边州"]),
        ("昌都至林芝、那曲", ["昌都", "林芝", "那曲"]),
        ("和田、喀什两地", ["和田", "喀什"]),
        ("向西安市学习", ["西安市"]),
        ("广安市推广安全生产责任保险", ["广安市"]),
        ("海口市是出海口", ["海口市"]),
        ("四平、通化、白山三市", ["四平", "通化", "白山"]),
        ("义乌小商品、昆山制造", ["义乌", "昆山"]),
        # a part of something longer is a mention all the same
        ("北京大学和青岛啤酒", ["北京", "青岛"]),
        ("郑州东站、南京长江大桥、武汉市场", ["郑州", "南京", "武汉"]),
        ("临颍县域经济", ["临颍县"]),
        ("甘肃乡村、河南路网、湖北道路", ["甘肃", "河南", "湖北"]),
        ("来自上海的同志", ["上海"]),
        ("甘肃榆中山洪、兰考乡村", ["甘肃", "榆中", "兰考"]),
        ("到长春调研，在深圳路演", ["长春", "深圳"]),
        ("北京同志们", ["北京"]),
    ],
)
def test_names_a_place(text: str, found: list[str]) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    "text",
    [
        # ordinary words
        "确保长治久安、社会大同小异",
        "平安建设、和平发展、朝阳产业、光明前景、友好合作、资源节约、富裕安康、新建项目",
        "人民安康，日照充足",
        "新华社、长安街、中山装、公安机关、民权保障、互助合作、共和国",
        "海口径、出海口、入海口",
        "普洱茶、哈密瓜、大理石",
        # across two words
        "推广安全生产标准化", "健全大同志们", "过一个祥和的长春节", "其中山区占七成", "沿黄河南岸", "黄河北岸", "山西侧的隐患",
        "通道南通道", "巩固原有成果", "其中卫生院三家", "投资阳光", "确保山区安全", "经济南北差距", "面临沂", "形成都市圈", "建成都市农业",
        "美丽水乡", "创新乡村治理", "隆重庆祝", "线上海外仓", "公开封闭管理", "搬迁安置", "振兴化工", "表彰武装部", "荣获嘉奖",
        "复合肥料", "稳定西部", "道德清风", "环保山长制", "交通化解",
        "平安吉祥", "幸福建设步伐加快", "因地制宜春耕生产", "聚焦作风建设", "社会安宁市民满意", "今天全县干部大会", "资金山区倾斜", "客运城市", "江淮安全", "规定西部片区", "帮扶沟通", "影响水质", "繁荣昌盛", "适应城市发展", "新增城市绿道", "一项城市更新", "新增城镇就业", "新能源汇集站",
        # generic divisions
        "主城区、中心城区、城区和郊区", "全市中区域协调", "国道县道", "创新县域治理", "管理县级融媒体", "振兴县域", "提高县城品质", "人文县城",
        "全州县市", "纪委会同县有关部门", "安居区域", "港口区位优势", "市区和县城", "各市、县和区",
        # streets, sayings, events, people
        "北京路、南京东路、上海街", "弘扬延安精神、大庆精神", "遵义会议召开", "南昌起义", "北京时间八时",
        "孙中山先生", "李玉林书记", "张长治同志", "玉林同志",
        # what bears a county's short name
        "洪泽湖大堤", "临潼镇", "嘉陵江边", "黄浦江",
    ],
)  # fmt: skip
def test_names_no_place(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("上海南站", ["上海"]),
        ("江西安全", ["江西"]),
        ("海南藏族自治州", ["海南藏族自治州"]),
        ("吉林省吉林市", ["吉林省", "吉林市"]),
        ("河北区", ["河北区"]),
        ("河北区域协调", ["河北"]),
        ("朝阳区", ["朝阳区"]),
        ("乌鲁木齐县", ["乌鲁木齐县"]),
        ("大兴安岭地区", ["大兴安岭地区"]),
        ("马鞍山", ["马鞍山"]),
    ],
)
def test_longest_name_from_the_left(text: str, found: list[str]) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("信阳市新县", ["信阳市", "新县"]),
        ("信阳新县", ["信阳", "新县"]),
        ("在建设新县城时", []),
        ("阳泉市城区", ["阳泉市", "城区"]),
        ("太原市城区", ["太原市"]),
        ("辽宁朝阳", ["辽宁", "朝阳"]),
        ("广东中山", ["广东", "中山"]),
        ("福建朝阳产业", ["福建"]),
        ("，文县、康县", ["文县"]),
        ("语文县级赛", []),
        ("前往遂宁市安居区", ["遂宁市", "安居区"]),
        ("在易县召开", ["易县"]),
        ("容易县", []),
    ],
)
def test_names_that_count_only_in_company(text: str, found: list[str]) -> None:
    assert named(text) == found


def test_several_places_bear_one_name() -> None:
    (mention,) = mentions("鼓楼区")
    assert len(mention.places) == 4
    _, mention = mentions("开封市鼓楼区")
    assert [place.code for place in mention.places] == ["410204"]
    assert {place.level for place in by_name("吉林")} == {"省", "市"}


def test_former_names_mean_the_place_of_today() -> None:
    assert one("襄樊市").name == "襄阳市"
    assert one("户县").name == "鄠邑区"
    assert named("襄樊市、户县") == ["襄樊市", "户县"]
    assert [place.name for place in by_name("渝北区")] == ["两江新区"]


def test_by_name() -> None:
    assert one("漯河") == one("漯河市") == Place("411100", "漯河市", "市", "漯河")
    assert one("内蒙古").name == "内蒙古自治区"
    assert one("通道县").name == "通道侗族自治县"
    assert one("平安区").short == ""
    assert by_name("某某市") == by_name("") == ()


def test_contains() -> None:
    henan, luohe, linying = one("河南省"), one("漯河市"), one("临颍县")
    assert contains(henan, luohe)
    assert contains(luohe, linying)
    assert contains(henan, linying)
    assert not contains(linying, luohe)
    assert not contains(luohe, luohe)
    assert not contains(one("开封市"), linying)
    assert contains(henan, one("济源市"))
    assert contains(one("重庆市"), one("秀山县"))
    assert contains(one("伊犁州"), one("塔城地区"))
    assert contains(one("伊犁州"), one("布尔津县"))


def test_the_table_is_complete() -> None:
    from speechgen.check import places

    every = {place for head in places._index() for name in places._names(head) for place in by_name(name)}
    levels = [place.level for place in every]
    assert [levels.count(level) for level in ("省", "市", "县")] == [34, 333, 2845]
    assert len({place.code for place in every}) == len(every)
    for place in every:
        assert place in by_name(place.name)
        assert not place.short or (place in by_name(place.short) and len(place.short) > 1)
        if place.level == "市":
            assert any(
                outer.level == "省" and contains(outer, place) for outer in every if outer.code[:2] == place.code[:2]
            )


def test_every_excluded_string_holds_a_short_name_and_hides_it() -> None:
    from speechgen.check import places

    for name, longer in places._excluded().items():
        assert by_name(name), name
        for text, at in longer:
            assert not any((mention.start, mention.end) == (at, at + len(name)) for mention in mentions(text)), text


PIECES = st.sampled_from(
    [
        "河南省",
        "河南",
        "开封市",
        "开封",
        "鼓楼区",
        "漯河",
        "临颍县",
        "上海",
        "海南",
        "南京",
        "安",
        "全",
        "市",
        "县",
        "区",
        "城区",
        "新县",
        "文县",
        "朝阳",
        "、",
        "，",
        "路",
        "同志",
        "李",
        "玉林",
        "吉林",
        "吉林市",
        "长",
        "治",
        "春",
        "节",
        "的",
        "西",
        "大",
        "同",
        "城",
        "中",
        "山",
        "东",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_mentions_are_names_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert mention.places
        for place in mention.places:
            assert place in by_name(text[mention.start : mention.end])


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert all(mention.places for mention in mentions(text))
