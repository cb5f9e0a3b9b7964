"""Who reports, by the first or last line of a report in Chinese, Japanese, Korean: "新华社3月15日电（记者张晓峰）".

Reports in these languages name their reporters in the line itself, in brackets or before a word for them. So do those
of agencies in Russian, behind their names: "ЖЕНЕВА, 29 марта. /Корр. ТАСС Иван Петров/."
"""

from __future__ import annotations

import re

from ..resources import load_json
from .people import is_agency, not_a_name

_HAN, _SYLLABLES = "[\u4e00-\u9fff]", "[\uac00-\ud7a3]"
# Behind the word for reporters stand their names, or what they do: "记者手记", "記者会見". So a name opens with one of
# the frequent surnames, or is set off.
_WHO = rf"(?:记者|記者)(?:[：:\s]\s?|(?=[{load_json('bylines.json')['surnames_zh']}]))"
# By these letters most Japanese surnames of two or three end ("松田", "佐々木"), and few words ("写真", "新聞").
_SURNAME = rf"(?=.{{1,2}}[{load_json('bylines.json')['surnames_end_ja']}].)"
_ENDS = 60  # characters at the ends of a report that are read
# "本报讯（记者 戈伟 实习生 刘雪）", "〔記者陳小宏／台北報導〕". Behind what a dateline ends with, or before all else.
_IN_BRACKETS = re.compile(
    rf"(?:[^。，,]{{0,24}}(?:[电電讯訊]|消息|报道|報導)[：:]?\s?)?[（(〔【]{_HAN}{{0,8}}?{_WHO}"
    rf"({_HAN}[\u4e00-\u9fff、，\s]{{1,40}}?)(?:[／/]{_HAN}{{2,8}})?[）)〕】]"
)
# "（中央社記者潘小義台北2日電）": the last name has three letters, or two if else too few are left for a place.
_BEFORE_PLACE = re.compile(
    rf"[（(〔【]{_HAN}{{0,6}}記者((?:{_HAN}{{2,4}}、)*(?:{_HAN}{{3}}|{_HAN}{{2}})){_HAN}{{2,5}}\d{{1,2}}日[^）)]{{0,6}}[電电][）)〕】]"
)
_BESIDE_PLACE = re.compile(  # "【北京＝佐野健二】"
    rf"【[\u30a1-\u30ff\u4e00-\u9fff]{{2,10}}[＝=]{_SURNAME}([\u4e00-\u9fff々]{{3,5}})】"
)
_LAST_BRACKETS = re.compile(rf"[。！？”][（(]{_HAN}{{0,8}}?{_WHO}({_HAN}[\u4e00-\u9fff、，\s]{{1,40}})[）)]$")
_LAST_NAMES = re.compile(r"。【([^【】。]{3,50})】$")  # "【エルサレム松田大輔、カイロ金井淳一】"
_CORRESPONDENT = re.compile(rf"(?:[\u30a1-\u30ff・]{{2,12}}|{_HAN}{{2,4}}[＝=・])?{_SURNAME}([\u4e00-\u9fff々]{{3,5}})")
_POST = re.compile("[員局部社班]$|支局")  # what signs so and is nobody
_BETWEEN = re.compile(r"[、，,\s]+|(?:实习生|實習生|通讯员|通訊員)\s?")
_NAME = re.compile(rf"{_HAN}{{2,4}}")
_OF_WIRE = re.compile(  # "(서울=연합뉴스) 이상우 임형석 박경수 기자 = "
    rf"[(\[【][^()\[\]【】]{{1,20}}=[^()\[\]【】]{{2,20}}[)\]】]\s?((?:{_SYLLABLES}{{2,4}}\s){{2,6}})(?:기자|특파원)\s?="
)

_BEHIND_AGENCY = re.compile(
    r"[А-ЯЁ][А-ЯЁа-яё.,\d -]{2,40}\s?(?:/Корр\. (\S+) |[—–-] ([А-ЯЁ]\S+(?: \S+)?), )([А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё-]+)[/.]"
)


def opening(line: str) -> list[str]:
    """Return who reports, by the line that a report opens with; none if that does not say.

    >>> opening("新华社北京3月15日电（记者张晓峰、李小童）今天"), opening("（中央社記者潘小義台北2日電）台股今天")
    (['张晓峰', '李小童'], ['潘小義'])
    >>> opening("【北京＝佐野健二】中国外務省は"), opening("(서울=연합뉴스) 이상우 임형석 기자 = 정부는")
    (['佐野健二'], ['이상우', '임형석'])
    >>> opening("ЖЕНЕВА, 29 марта. /Корр. ТАСС Иван Ли/. Совет"), opening("МОСКВА, 14 мая — РИА Новости, Иван Ли.")
    (['Иван Ли'], ['Иван Ли'])
    >>> opening("市长昨天举行发布会（记者提问环节见第三版）"), opening("【記者会見】首相は")
    ([], [])
    """
    head = line[:_ENDS]
    if (match := _BEHIND_AGENCY.match(line)) and is_agency(match[1] or match[2]):
        return [match[3]]
    if match := _OF_WIRE.match(head):
        return match[1].split()
    if match := _BESIDE_PLACE.match(head):
        return [] if _nobody(match[1]) else [match[1]]
    match = _BEFORE_PLACE.match(head) or _IN_BRACKETS.match(head)
    return _names(match[1]) if match else []


def closing(line: str) -> list[str]:
    """Return who reports, by the end of the last line of a report; none if that does not say.

    >>> closing("造福全人类。（记者宋晨、田中全）"), closing("拘束されている。【エルサレム松田大輔、カイロ金井淳一】")
    (['宋晨', '田中全'], ['松田大輔', '金井淳一'])
    >>> closing("欢迎市民踊跃参加。（记者 孙珺 摄）"), closing("協議は続く。【写真提供】")
    ([], [])
    """
    tail = line[-_ENDS:]
    if match := _LAST_BRACKETS.search(tail):
        return _names(match[1])
    if match := _LAST_NAMES.search(tail):
        found = [_CORRESPONDENT.fullmatch(part) for part in match[1].split("、")]
        names = [one[1] for one in found if one and not _nobody(one[1])]
        return names if len(names) == len(found) else []
    return []


def _nobody(word: str) -> bool:
    return bool(_POST.search(word)) or is_agency(word) or not_a_name(word)


def _names(text: str) -> list[str]:
    """Return the names of a list of them; none if a part of it is no name."""
    names = [*filter(None, _BETWEEN.split(text))]
    return names if all(_NAME.fullmatch(name) and not not_a_name(name) for name in names) else []
