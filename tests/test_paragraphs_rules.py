"""Rules on roles, given what is measured of the blocks: each on a page of a few numbers."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import dedupe
from dedupe.model import ROLE_CODE, ROLES, Article, Role
from dedupe.model.codes import BODY, NAVIGATION, PROMO
from dedupe.paragraphs import Segmented, decide_markup, features, of_no_outlet
from dedupe.paragraphs.decide import decide
from dedupe.paragraphs.doubts import with_day
from dedupe.paragraphs.features import COLUMN
from dedupe.paragraphs.lines.captions import captions
from dedupe.paragraphs.lines.notes import notes
from dedupe.paragraphs.lines.prompts import consents, prompts, sharing
from dedupe.paragraphs.lines.sentences import sentences
from dedupe.paragraphs.replies import below_comments
from dedupe.paragraphs.settle import headlines_of_menus


def codes(names: str) -> list[int]:
    """Return the codes of some roles."""
    return [ROLE_CODE[Role(name)] for name in names.split()]


def weighed(likely: Any, columns: Any, first: Any, *said: dict[str, float]) -> list[int]:
    """Return the likeliest role of each block, given what is `said` of it by its markup."""
    names = (*decide_markup.ASKED, "look")
    evidence = np.array([[own.get(name, 0) for name in names] for own in said], dtype=np.float32)
    found: list[int] = decide_markup.weigh_markup(likely, columns, evidence, names, first).argmax(axis=1).tolist()
    return found


def no_columns(blocks: int) -> NDArray[np.float32]:
    """Return the columns of blocks of which nothing was measured, to be filled in."""
    return np.zeros((blocks, len(features.FEATURES)), dtype=np.float32)


def test_reporting_gives_way_to_what_the_markup_says_against_it():
    body, promo = codes("body promo")
    columns = no_columns(5)
    columns[:, COLUMN.words] = np.log1p(20)
    likely = np.zeros((5, len(ROLES)))
    likely[:, [body, promo]] = 0.6, 0.4
    inside = {"in_main": 1}
    against = {"in:aside": 1} | inside, {"named_prose": 0.5}, {"link_density": 1, "to:story": 1} | inside
    found = weighed(likely, columns, np.array([0, 5]), *against, inside, inside)
    assert found == [promo, promo, promo, body, body]


def test_rows_of_a_table_in_the_text_are_report_and_teasers_among_offers_advertising():
    body, ad, promo, other, menu = codes("body ad promo other navigation")
    likely = np.zeros((4, len(ROLES)))
    likely[:3, [body, other, menu]] = 0.3, 0.5, 0.4
    likely[3, [promo, ad]] = 0.6, 0.3
    rows = {"in:table": 1, "in_main": 1}, {"in:table": 1}, {"in:table": 1, "in_main": 1, "parent_link_density": 0.5}
    found = weighed(likely, no_columns(4), np.array([0, 4]), *rows, {"above_to_offer": 0.3})
    assert found == [body, other, other, ad]


def test_prose_is_no_body_where_most_prose_of_its_look_is_none():
    body, promo = codes("body promo")
    columns = no_columns(9)
    columns[:, COLUMN.size] = np.log1p([200, 200, 200, 200, 20, 200, 200, 200, 200])
    looks = [1, 1, 1, 2, 1, 1, 1, 1, 3]  # the fifth is no prose, the last four are another page
    likely = np.zeros((9, len(ROLES)))
    likely[:, body] = [0.6, 0.3, 0.3, 0.6, 0.6, 0.6, 0.6, 0.3, 0.6]
    likely[:, promo] = 0.4
    found = weighed(likely, columns, np.array([0, 5, 9]), *({"in_main": 1, "look": look} for look in looks))
    assert found == [promo, promo, promo, body, body, body, body, promo, body]


def test_prose_within_a_long_article_is_no_teaser():
    body, promo = codes("body promo")
    columns = no_columns(300)
    columns[100:200, COLUMN.size] = np.log1p(200)
    likely = np.zeros((300, len(ROLES)))
    likely[:, [body, promo]] = 0.3, 0.6
    likely[[110, 120, 190], body] = 0.9
    found = decide(likely, columns, np.array([0, 300]), True)
    assert np.flatnonzero(found == body).tolist() == [*range(110, 191)]
    assert np.flatnonzero(decide(likely, columns, np.array([0, 300]), False) == body).tolist() == [110, 120, 190]


def test_lines_in_a_row_below_all_prose_of_a_page_with_menus_are_no_reporting():
    title, body, promo, navigation = codes("title body promo navigation")
    told = [navigation] * 40 + [title, body, body, promo, title, body, title, promo, title, promo]
    columns = no_columns(len(told))
    columns[41, COLUMN.size] = np.log1p(200)
    likely = 0.6 * np.eye(len(ROLES))[told]
    likely[:, promo] += 0.4
    first = np.array([0, len(told)])
    found = decide(likely, columns, first, True)
    assert found[40:].tolist() == [title, body, body, promo, promo, promo, promo, promo, title, promo]
    assert decide(likely, columns, first, False).tolist() == told
    assert decide(likely[10:], columns[10:], np.array([0, 40]), True)[34:37].tolist() == [promo] * 3
    assert decide(likely[11:], columns[11:], np.array([0, 39]), True).tolist() == told[11:]


def test_teasers_that_offer_something_beside_each_other_are_advertising():
    ad, promo = codes("ad promo")
    columns = no_columns(9)
    columns[[0, 2, 4, 7, 8], COLUMN.currencies] = 1
    likely = np.zeros((9, len(ROLES)))
    likely[:, promo] = 0.5
    likely[[0, 1, 2, 7, 8], ad] = 0.2
    first = np.array([0, 8, 9])  # the fifth is hardly advertising, the eighth alone, the ninth on another page
    for plain in (True, False):
        assert np.flatnonzero(decide(likely, columns, first, plain) == ad).tolist() == [0, 2]


def test_a_page_whose_prose_is_all_taken_for_teasers_has_a_body():
    body, promo, legal = codes("body promo legal")
    columns = no_columns(4)
    columns[:3, COLUMN.size] = np.log1p(200)
    likely = np.zeros((4, len(ROLES)))
    likely[:, body], likely[:, promo] = (0.3, 0.25, 0.1, 0.3), (0.5, 0.5, 0.5, 0.5)
    for plain in (True, False):
        assert decide(likely, columns, np.array([0, 4]), plain).tolist() == [body, body, promo, promo]
    likely[:3, body] = 0.05, 0.05, 0.02  # too little for a line as long as a teaser, not for a longer one
    columns[1, COLUMN.size] = np.log1p(400)
    assert decide(likely, columns, np.array([0, 4]), plain).tolist() == [promo, body, promo, promo]
    likely[:, legal] = 0.9
    assert decide(likely, columns, np.array([0, 4]), False).tolist() == [legal] * 4  # terms of use tell nothing


def decided(roles: str, size: int, plain: bool) -> list[str]:
    """Return what becomes of a page of blocks of so many letters, which the model is sure have these roles."""
    told = codes(roles)
    columns = no_columns(len(told))
    columns[:, COLUMN.size] = np.log1p(size)
    return [str(ROLES[code]) for code in decide(np.eye(len(ROLES))[told], columns, np.array([0, len(told)]), plain)]


def test_a_page_on_which_nothing_is_likely_body_has_none():
    assert decided("title navigation promo promo", 100, plain=False) == ["title", "navigation", "promo", "promo"]
    assert "body" not in decided("title byline comment legal ad", 100, plain=False)


def test_what_speaks_against_a_role_makes_it_less_likely():
    columns = no_columns(6)
    columns[:, COLUMN.words] = np.log1p(2)
    columns[:2, COLUMN.capitals] = 0.5, 1  # "1.1k shares" and a name
    columns[2, COLUMN.covered_byline], columns[2, COLUMN.twins] = 1, np.log(2)  # "By our staff", twice
    columns[4, COLUMN.twins] = np.log(2)
    likely = np.eye(len(ROLES))[codes("byline byline byline attribution attribution comment")] * 0.5
    likely[:, PROMO] = 0.35
    first = np.array([0, 6])
    told = [str(ROLES[code]) for code in decide(likely, columns, first, True)]
    assert told == ["promo", "byline", "promo", "attribution", "promo", "comment"]
    told = [str(ROLES[code]) for code in decide(likely, columns, first, False)]
    assert told == ["promo", "byline", "byline", "attribution", "promo", "comment"]
    columns[3, COLUMN.after_stretch] = 4
    assert decide(likely, columns, first, True)[3] == PROMO


def test_what_stands_above_a_line_on_replies_is_likelier_a_comment():
    columns = no_columns(4)
    columns[:, COLUMN.covered_comment] = 0.1
    columns[:, COLUMN.until_comment] = 0.5, 0.5, 0.5, 0
    columns[1, COLUMN.seen_comment] = 1
    columns[2, COLUMN.until_promo] = 1  # teasers come first
    likely = np.zeros((4, len(ROLES)))
    comment, promo = codes("comment promo")
    likely[:, [comment, promo]] = 0.3, 0.5
    assert decide(likely, columns, np.array([0, 4]), True).tolist() == [comment, promo, promo, promo]
    likely[:, promo] = 0.4
    assert decide(likely, columns, np.array([0, 4]), True).tolist() == [comment, comment, promo, promo]


def test_what_stands_below_many_days_is_less_likely_body():
    columns = no_columns(16)
    columns[:, COLUMN.covered_comment], columns[:, COLUMN.words] = 0.1, np.log1p(3)
    columns[1::2, COLUMN.digit] = 0.4  # "May 24, 2024" and "24.5.2024" by turns
    columns[1::4, COLUMN.covered_time], columns[3::4, COLUMN.date] = 0.3, 2
    likely = np.zeros((16, len(ROLES)))
    body, comment = codes("body comment")
    likely[:, [body, comment]] = 0.5, 0.3
    assert decide(likely, columns, np.array([0, 16]), True).tolist() == [body] * 12 + [comment] * 4
    assert decide(likely, columns, np.array([0, 8, 16]), True).tolist() == [body] * 16


def test_what_follows_on_about_somebody_is_a_note_where_the_article_ends_with_it():
    prose = "The ferry sank off the coast late on Monday, the coast guard said, and forty people were saved from it."
    body, title = codes("body title")

    def noted(*lines: str) -> list[int]:
        pages = of_no_outlet([Article("a", "\n".join(lines)), Article("b", prose)])
        columns = no_columns(len(lines) + 1)
        texts = [*lines, prose]
        columns[:, COLUMN.words] = np.log1p([len(text.split()) for text in texts])
        columns[:, COLUMN.size] = np.log1p([len(text) for text in texts])
        roles = np.array([body if text == prose else title for text in texts], dtype=np.uint8)
        return np.flatnonzero(notes(pages, columns, roles)).tolist()

    assert noted("A ferry sank", prose, "About Ann Lee", prose, prose) == [2, 3, 4]
    assert noted("A ferry sank", prose, "Über die Fähre", prose) == []  # told of, not a name
    assert noted("About Ann Lee", prose) == []  # an article about her
    assert noted("A ferry sank", prose, "About Ann Lee", prose, "The coast guard", prose) == []  # a section of it
    assert noted("A ferry sank", prose, "About Ann Lee") == []


def test_a_sentence_of_a_short_page_below_its_first_paragraph_is_report_unless_it_invites():
    lines = ("Eight were saved, the crew of a tug among them.", "The ferry sank off the coast late on Monday, it said.")
    lines += (
        "Work is due to start next autumn.",
        "Storm ahead",
        "Subscribe to our newsletter.",
        "Read also of the storm.",
        "لماذا غرقت العبارة؟",
    )

    def told(*pages: tuple[str, ...]) -> list[int]:
        columns, roles = [], []
        for page in pages:
            *_, own, body = taken_for_body(*page)
            columns.append(own)
            roles += [code if line == lines[1] else PROMO for code, line in zip(body, page, strict=True)]
        cut = of_no_outlet([Article(str(number), "\n".join(page)) for number, page in enumerate(pages)])
        return np.flatnonzero(sentences(cut, np.concatenate(columns), np.array(roles))).tolist()

    assert told(lines) == [0, 2]
    assert told(lines[:2], lines[2:]) == [0]
    assert told(("Storm ahead",) * 40 + lines) == [40]
    assert told(("Storm ahead",) * 80 + lines) == []


def test_a_headline_that_ends_the_menu_above_it_is_part_of_that():
    names = "navigation title title body title title navigation title title"
    roles = np.array(codes(names), dtype=np.uint8)
    columns = no_columns(len(roles))
    columns[:, COLUMN.twins] = np.log1p(1)
    columns[8, COLUMN.size] = 3  # another line
    assert np.flatnonzero(headlines_of_menus(roles, columns, np.array([0, len(roles)]))).tolist() == [1]
    assert not headlines_of_menus(roles, columns, np.array([0, 2, len(roles)])).any()


def taken_for_body(*lines: str) -> tuple[Segmented, Any, Any]:
    """Return a page of some lines, the columns of its blocks, and body as the role of each."""
    page = of_no_outlet([Article("a", "\n".join(lines))])
    columns, *_ = features.measure(page)
    return page, columns, np.full(len(lines), BODY, dtype=np.uint8)


def test_what_leads_from_an_article_to_another_or_to_a_network_is_no_part_of_it():
    lines = ("Les også: Damli", "[Read: Storm]", "Follow us on Facebook", "Read my lips: no.", "Lire : oui")
    *page, roles = taken_for_body(*lines)
    assert prompts(*page, roles).tolist() == [True, True, True, False, True]
    told = "Volgens Twitter-baas Musk is het simpel: de site blijft."  # "according to"
    assert not prompts(*taken_for_body(told)).any()
    roles[:] = NAVIGATION
    assert not prompts(*page, roles).any()
    assert prompts(*taken_for_body("Read more", "Abonnez-vous", "Weiterlesen", "More reading")).tolist() == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("role", "line"),
    [
        ("legal", "Wir und unsere 142 Partner verwenden Cookies, um Informationen auf Ihrem Gerät zu speichern."),
        ("legal", "Nosotros y nuestros socios utilizamos cookies para acceder a información en su dispositivo."),
        ("legal", "Мы и наши партнеры используем файлы cookie для хранения информации на вашем устройстве."),
        ("legal", "نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لتخزين المعلومات على جهازك. لدينا لك إعدادات."),
        ("promo", "Melden Sie sich für unseren kostenlosen Newsletter an und erhalten Sie alles Wichtige."),
        ("promo", "Подпишитесь на нашу бесплатную рассылку и получайте каждое утро самые важные новости."),
        ("promo", "Оформите подписку сейчас и читайте четыре недели за 1 евро."),
        ("promo", "اشترك في نشرتنا البريدية المجانية واحصل على أهم الأخبار كل صباح."),
        ("promo", "Suscríbase a nuestro boletín gratuito y reciba cada mañana las noticias."),
        ("navigation", "Поделиться в Facebook"),
        ("navigation", "شارك على فيسبوك"),
        ("navigation", "Auf Facebook teilen"),
        ("navigation", "페이스북에 공유하기"),
        ("legal", "당사와 142개 파트너는 귀하의 기기에 정보를 저장하기 위해 쿠키를 사용합니다."),
    ],
)
def test_notices_of_cookies_and_prompts_to_subscribe_or_to_share_are_no_report_in_any_language(role, line):
    page, columns, body = taken_for_body(line)
    for rule, told in ((consents, "legal"), (prompts, "promo"), (sharing, "navigation")):
        assert rule(page, columns, body).tolist() == [role == told]


@pytest.mark.parametrize(
    "line",
    [
        "Oreo cookies sold well, and the maker raised its forecast for the year by a tenth.",
        "“We will sell our cookies in China,” the chief executive told investors on Monday.",
        "You can freeze the cookies for up to three months, or bake them for your guests at once.",
        "우리 쿠키를 사랑해 주신 고객에게 감사하다고 오리온 대표는 말했다.",
        "Sie melden sich für den Dienst, weil der Newsletter der Partei es so will.",
        "اشترك في المظاهرة عشرة آلاف شخص على مدى ثلاثة أشهر، بحسب الشرطة.",
        "订阅用户本月达到3000万，奈飞公司说。",
        "关注民生是本月会议的主题。",
    ],
)
def test_reports_on_bakers_marches_and_subscribers_are_reports(line):
    page, columns, body = taken_for_body(line)
    assert not any(rule(page, columns, body).any() for rule in (consents, prompts, sharing))


def test_a_line_that_ends_with_the_owner_of_a_picture_is_its_caption():
    lines = ("The old town under snow © Ann Lee", "Boil the jam with Honey® until it is thick.", "© Ann Lee")
    assert captions(*taken_for_body(*lines)).tolist() == [True, False, False]
    article = "The ferry was late again on Monday, and nobody on the quay could say why. " * 9
    lines = (article + "© Thomson Reuters", "The ferry was late again. © 2024 Harbour Media", "word © " * 40_000)
    assert not captions(*taken_for_body(*lines)).any()  # nor does a line of signs take long
    assert dedupe.label(article + "© Thomson Reuters")[0].role is Role.BODY


def test_a_line_that_ends_with_who_made_a_picture_is_its_caption():
    lines = ("Y bác sĩ nội soi cho bệnh nhân. Ảnh: Bệnh viện", "(Credit: Ann Lee / Grist)", "雨中的黄鹤楼。周斌 摄")
    assert captions(*taken_for_body(*lines)).all()
    told = ("It is a bleak picture: The boats are late again.", "He took a photo: it shows nothing", "Foto: 12.30 Uhr")
    assert not captions(*taken_for_body(*told)).any()


def test_prose_below_a_heading_on_comments_is_one_where_more_was_taken_for_comments_than_for_body():
    names = "title body body navigation comment comment comment body title comment body promo body"
    roles = np.array(codes(names), dtype=np.uint8)
    columns = no_columns(len(roles))
    columns[:, COLUMN.words] = np.log1p(50)
    columns[[3, 4], COLUMN.words] = np.log1p(2)
    columns[3, COLUMN.covered_comment] = 0.5
    pages = np.array([0, len(roles)])
    assert not below_comments(roles, columns, pages).any()  # nobody said when
    columns[4, COLUMN.clock] = 1
    assert np.flatnonzero(below_comments(roles, columns, pages)).tolist() == [7, 8, 10, 12]
    assert not below_comments(roles, columns, np.array([0, 3, len(roles)])).any()  # no article above
    roles[[5, 6]] = BODY  # the article goes on below the heading
    assert not below_comments(roles, columns, pages)[:9].any()
    names = "navigation body body body comment comment comment body promo"  # as much of it as of comments
    roles[4:] = codes(names)
    assert not below_comments(roles, columns, pages).any()


def test_a_line_has_a_day_where_it_is_short_and_has_a_month_or_two_signs_between_digits():
    lines = ("29 October 2025", "29.10.2025", "at 8:30", "29", "On 29 October 2025 " + "the bank raised its rate " * 4)
    columns, *_ = features.measure(of_no_outlet([Article("a", "\n".join(lines))]))
    assert with_day(columns).tolist() == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("again", "lines", "roles"),
    [
        ((0, 0, 0, 1, 1), 40, "bbbpp"), ((1, 1, 1, 1, 1), 40, "bbbbb"),
        ((0, 0, 0, 1, 1), 4, "bbbbb"), ((0, 0, 0, 1, 1), 300, "bbbbb"),
    ],
)  # fmt: skip
def test_prose_that_stands_twice_among_menus_is_a_teaser_unless_all_does(again, lines, roles):
    columns = no_columns(5 + lines)
    columns[:5, COLUMN.size] = np.log1p(200)
    columns[:5, COLUMN.twins] = np.array(again) * np.log(2)
    likely = np.zeros((5 + lines, len(ROLES)))
    likely[:5, BODY], likely[:5, PROMO] = 0.8, 0.15
    likely[5:, NAVIGATION] = 1
    found = decide(likely, columns, np.array([0, 5 + lines]), plain=True)
    assert "".join(str(ROLES[code])[0] for code in found[:5]) == roles


_TOLD = """Town weighs a new flood gate after the surge
By Ann Lee
The town council voted late on Tuesday to spend four million on a flood gate, four months after a winter surge.
The gate, a steel plate that sinks into the channel bed when it is not needed, would be raised by two pumps.
Three of the nine members voted against the plan, saying the state had yet to promise its half of the money.
"""


@pytest.mark.parametrize(
    ("role", "lines"),
    [
        ("attribution", ["The Gazette's Ann Lee contributed reporting to this story."]),
        ("attribution", ["Reporting by " + "Bo Ek and Cy Orr in Oslo, Di Roe, " * 4 + "Ed Ash; Editing by Fay Ivy."]),
        ("attribution", ["Contributing to this report were Bo Ek in Lund, Cy Orr in Oslo and Di Roe in Aksu."]),
        ("bio", ["Correspondent Ann Lee may be reached at alee@paper.com."]),
        ("bio", ["Ann Lee is a lecturer in computer science at the University of Ostby."]),
        ("bio", ["Write to Ann Lee at ann.lee@paper.com.", "Contact us at editors@paper.com."]),
        ("legal", ["Wenn du über diese Links einkaufst, erhalten wir eine Provision."]),
        ("attribution", ["This segment appears here courtesy of the Harbour Talk, a weekly letter."]),
        ("legal", ["This article was constructed with the help of AI and reviewed by an editor."]),
        ("bio", ["alee@paper.com", "(@alee)"]),
        ("bio", ["((ann.lee@paper.com; +44 2075429406; Reuters Messaging: ann.lee@reuters.net))"]),
        ("legal", ["Availability of our transcripts may vary. Transcript text may be revised to correct errors."]),
        ("attribution", ["All content created by Ostby News is available without charge to any publisher."]),
    ],
)  # fmt: skip
def test_standing_lines_below_a_report_are_no_part_of_it(role, lines):
    told = dedupe.label(_TOLD + "\n".join(lines))
    assert [str(paragraph.role) for paragraph in told[5:]] == [role] * len(lines)
    assert [str(paragraph.role) for paragraph in told[2:5]] == ["body"] * 3


@pytest.mark.parametrize(
    "line",
    [
        "Click here to listen to this interview.",
        "To see the plan and the maps of all the gates, click here.",
        "For the latest news from the coast, be sure to follow the Gazette on Google News.",
        "Our newsroom needs your help to go on. Please donate today.",
        "Have a story for the Gazette? Tell us, or email news@paper.com.",
        "Sign up for my free Sea Report. Get my best tips, the alerts and what is new on the coast. Subscribe to have "
        "it all delivered straight to your inbox. Plus, you will have access to the guide to the harbor when you join.",
    ],
)
def test_prompts_between_paragraphs_are_no_part_of_the_report(line):
    above, _, below = _TOLD.rstrip().rpartition("\n")
    assert [str(told.role) for told in dedupe.label("\n".join((above, line, below)))[3:]] == ["body", "promo", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Players from Ohio and PA also contributed.",
        "Ann Lee said that the gate would come too late for the market.",
        "Ann Lee: And what will you do if the water comes again next year?",
        "Ann Lee won the vote with 51 percent, ten more than four years ago.",
        "Anyone who saw the boat is asked to write to police@town.gov by Friday.",
        "Contact Bo Ek at bo@fair.org for tickets to the fair on the quay.",
        "Have a tip about the theft? Police ask that you call the station, or send an email.",
        "The shelter needs your help. Please donate blankets at the fire house by Friday.",
        "Instead of flowers, please consider making a donation to the hospice on the hill.",
        "Dealers may earn a commission when their buyers click through the links of a bank.",
        "For the latest news of her son, she turned to the radio and followed it all night.",
        "The segment of the dyke was constructed in May, and it is sponsored by the state.",
        "Have a comment on the proposed road? Email planning@town.gov by the first of May.",
        "Got a photo of the flood? The museum asks residents of the quay to send it in.",
        "For the latest news on road closures, check the web site of the county.",
        "The library needs your help to record the news of the war years, the notice read.",
        "We make a commission when people buy a car, but that is all we make.",
        "Residents can click here to see the plans, or visit the town hall.",
        "All content created by machines must be labeled from May, under the new law.",
        "The availability of the tests remains a concern for the hospital on the hill.",
        "Subscribers get the paper in the morning, and the app sends it to your inbox at noon.",
    ],
)
def test_last_sentences_of_reports_are_reports(line):
    assert str(dedupe.label(_TOLD + line)[-1].role) == "body"
