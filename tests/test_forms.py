"""One form filled in anew tells of something else; a story told again with other figures or names does not.

`forms_in_languages.json`: of each form two fillings (obituaries, games, accidents, lottery numbers, ...), and of each
story two versions (tolls that rose, corrected names and figures, another spelling or currency), in fifteen languages.
"""

import json
from itertools import combinations
from pathlib import Path

import pytest

from dedupe import Index, analyze, compare

TEXTS = json.loads(Path(__file__).with_name("forms_in_languages.json").read_text(encoding="utf-8"))
FORMS, UPDATES = TEXTS["forms"], TEXTS["updates"]


def related(texts, *dates):
    """Return how the second text stands to the first."""
    pages = ({"id": text, "text": text, "published": date} for text, date in zip(texts, dates, strict=True))
    return compare(*pages)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_filled_in_anew_is_unrelated_whatever_the_dates(name):
    for dates in (("", ""), ("2026-03-02T08:00Z", "2026-03-03T08:00Z"), ("2026-03-02T08:00Z", "2026-03-11T08:00Z")):
        found = related(FORMS[name], *dates)
        assert found.relation == "unrelated" and found.evidence[0].startswith("one form filled in twice")


@pytest.mark.parametrize("name", UPDATES)
def test_a_story_told_again_with_other_figures_and_names_is_a_copy(name):
    for dates in (("", ""), ("2026-03-02T08:00Z", "2026-03-02T13:00Z")):
        assert related(UPDATES[name], *dates).relation in ("near_duplicate", "identical")


TOLLS = (  # as first told, and later the same day: all figures have risen
    (
        "A magnitude 6.2 earthquake struck near Hualien on Wednesday, killing at least 4 people and injuring 97, the "
        "fire agency said. The quake was 15 km deep. Rescue workers searched a collapsed building in Hualien for 20 "
        "people.",
        "A magnitude 7.2 earthquake struck near Hualien on Wednesday, killing at least 9 people and injuring 1,011, "
        "the fire agency said. The quake was 34 km deep. Rescue workers searched a national park for 143 people, the "
        "government in Taipei said.",
    ),
    (
        "3일 오전 8시 20분께 부산 해운대구 한 아파트에서 불이 나 2명이 숨지고 5명이 다쳤다. 소방당국은 인력 80명과 "
        "장비 25대를 투입해 1시간 만에 불을 껐다.",
        "3일 오전 8시 20분께 부산 해운대구 한 아파트에서 불이 나 4명이 숨지고 11명이 다쳤다. 소방당국은 인력 130명과 "
        "장비 42대를 투입해 2시간 만에 불을 껐다.",
    ),
)


@pytest.mark.parametrize("texts", TOLLS)
def test_a_toll_that_rose_in_all_its_figures_is_no_other_filling_of_its_form(texts):
    assert related(texts, "2026-03-02T08:00Z", "2026-03-02T18:00Z").relation != "unrelated"
    fallen = related(texts, "2026-03-02T18:00Z", "2026-03-02T08:00Z")
    assert fallen.relation == "unrelated" and fallen.evidence[0].startswith("one form filled in twice")


STARS = (
    "Aries: A friend asks for money; say no kindly. Taurus: Your patience at work pays off today. Gemini: A message "
    "from abroad cheers you up. Cancer: Rest, and leave the quarrel for tomorrow. Leo: Someone admires your courage.",
    "Aries: The moon favours a new beginning. Taurus: Do not sign anything before noon. Gemini: You talk too much; "
    "listen to your sister. Cancer: Home repairs cost less than you fear. Leo: A rival at work turns into an ally.",
)


@pytest.mark.parametrize(
    "titles",
    [
        ("Horoscope for March 2, 2026", "Horoscope for March 12, 2026"),
        ("Horoskop am Montag", "Horoskop am Donnerstag"),
        ("Гороскоп на 2 марта", "Гороскоп на 12 марта"),
        ("今日运势 3月2日", "今日运势 3月12日"),
    ],
)
def test_two_days_of_one_series_are_unrelated_but_for_copies(titles):
    one, other = ({"id": title, "title": title, "text": text} for title, text in zip(titles, STARS, strict=True))
    found = compare(one, other)
    assert found.relation == "unrelated" and found.evidence[0].startswith("two days of one series")
    assert len(analyze([one, other]).stories) == 2
    assert compare(one, {**other, "text": STARS[0]}).relation == "identical"


def test_titles_that_differ_in_the_day_of_the_event_make_no_series():
    first = (
        "The funeral of Mayor Helen Cox of Bath, who died at 71 of cancer, will be held on Friday in Bath Abbey, her "
        "family said. Cox led the city for 12 years."
    )
    later = (
        "Bath will bury its mayor Helen Cox on Saturday and not on Friday, as her family first said: the Abbey is "
        "being repaired. She died of cancer at 71, after 12 years in office."
    )
    pages = [
        {"id": day, "title": f"Funeral of the mayor on {day}", "text": text}
        for day, text in (("Friday", first), ("Saturday", later))
    ]
    assert compare(*pages).relation != "unrelated"
    assert len(analyze(pages).stories) == 1


WEATHER = (
    "People in {0} can expect a mixed weekend, according to the latest Met Office forecast. Friday will start cloudy "
    "with outbreaks of rain, which will clear from the west by {1}pm. Temperatures will reach a high of {2}C. Saturday "
    "is set to be drier, with a {3} per cent chance of showers and winds of up to {4}mph. On Sunday temperatures will "
    "fall to {5}C overnight, with a risk of fog in the valleys around {0}."
)
QUAKE = (
    "An earthquake of magnitude {1} struck {0} on Thursday, the U.S. Geological Survey (USGS) said. The quake was at a "
    "depth of {2} km and its epicentre was {3} km off the coast. There were no immediate reports of damage or "
    "casualties, and no tsunami warning was issued."
)
TREMOR = (
    "２３日{1}ごろ、{0}を震源とする地震があり、最大震度{2}を観測しました。気象庁によりますと、震源の深さは約{3}キロ、"
    "地震の規模を示すマグニチュードは{4}と推定されています。この地震による津波の心配はありません。"
)
RESULTS = (
    "{0} said on Thursday that its operating profit {1} {2} percent to {3} billion won in the quarter from a year "
    "earlier. Revenue came to {4} billion won. Analysts had expected an operating profit of {5} billion won, according "
    "to a poll. Shares of the company closed at {6} won before the results, beside a gain in the broader market."
)
OF_TWO = [
    ("{0} weather: what the forecast says", WEATHER, ("Leeds", 4, 16, 24, 31, 7), ("Derry", 2, 12, 57, 18, 5)),
    ("Magnitude {1} quake strikes {0} - USGS", QUAKE, ("northern Chile", 5.4, 62, 38), ("Honshu, Japan", 5.9, 110, 95)),
    (
        "{0} Q3 operating profit {1} {2} percent",
        RESULTS,
        ("Hansung Electronics", "rose", 12, 740, 5170, 720, 125400),
        ("Daeil Electronics", "fell", 36, 294, 1402, 310, 48200),
    ),
    ("{0}で震度{2}の地震", TREMOR, ("岩手県沖", "午前6時12分", 4, 50, 5.2), ("茨城県南部", "午後2時40分", 3, 20, 4.4)),
]


@pytest.mark.parametrize(("title", "form", "one", "other"), OF_TWO)
def test_like_words_under_titles_that_name_two_things_are_unrelated(title, form, one, other):
    pages = [
        {"id": str(i), "title": title.format(*own), "text": form.format(*own), "published": "2025-10-23"}
        for i, own in enumerate((one, other))
    ]
    found = compare(*pages)
    assert found.relation == "unrelated" and found.evidence[0].startswith("one form filled in twice")
    assert len(analyze(pages).stories) == 2
    bare = [{**page, "title": ""} for page in pages]
    assert compare(*bare).relation != "unrelated"  # it is the titles that tell


LOTTERY = (
    "The {} Lottery offers several draw games. Here is a look at the results of Feb. 11 for each game. Mega Millions: "
    "07-30-39-41-70, Mega Ball: 13, Megaplier: 4. Pick 3, midday: {}. Pick 4, evening: {}. All {} Lottery retailers "
    "redeem prizes of up to $599; winners of more may visit a {} Lottery office."
)


def lottery(state, three, four, title="{} Lottery: See winning numbers of Feb. 11"):
    return {"title": title.format(state), "text": LOTTERY.format(state, three, four, state, state)}


def test_titles_that_differ_in_a_name_alone_are_of_two_things_though_most_numbers_are_the_same():
    ohio, indiana = lottery("Ohio", "4-0-9", "5-9-1-3"), lottery("Indiana", "1-3-5", "9-0-0-4")  # of the same digits
    found = compare(ohio, indiana)
    assert found.relation == "unrelated" and found.evidence[0].startswith("one form filled in twice")
    assert compare(ohio, lottery("Ohio", "4-0-9", "5-9-1-3", "Mega Millions: {} results")).relation == "identical"
    assert compare(ohio, lottery("Ohio", "4-0-9", "5-9-1-2")).relation == "near_duplicate"


def test_a_long_form_of_which_nearly_all_words_stand_in_another_is_none_of_its_copies():
    same = " ".join(
        f"The average of county {number} was {300 + number} cents, as it was a week ago." for number in range(9)
    )
    prices = (
        "{} gas prices fell from last week",
        "State prices fell to ${} a gallon, from ${} a week ago. A driver in {} paid more in May. " + same,
    )
    states = ("Kentucky", "2.89", "2.97"), ("Tennessee", "2.77", "2.84")
    pages = [{"title": prices[0].format(name), "text": prices[1].format(*own, name)} for name, *own in states]
    assert compare(*pages).relation == "unrelated"


def test_a_report_in_which_a_name_and_a_number_are_put_right_is_a_copy():
    text = (
        "A man was shot dead on {} Street in Springfield late on Monday, police said. The 34-year-old was found at "
        "10:40 p.m. with two wounds and died in hospital at {} a.m. Three people were being questioned. It was the "
        "12th killing in the city this year, after 19 in all of last year, Chief Ann Lee told some 40 neighbours."
    )
    streets = ("Oak", 1), ("Elm", 2)
    pages = [
        {"title": f"Man shot dead on {street} Street", "text": text.format(street, hour)} for street, hour in streets
    ]
    assert compare(*pages).relation == "near_duplicate"


def test_figures_that_are_all_higher_in_a_later_text_of_another_town_are_no_toll():
    form = (
        "Here is the forecast for {0} and surrounding areas, according to the weather service. Wednesday: Mostly "
        "cloudy, with a high near {1} and a northwest wind. Wednesday night: A {3} percent chance of snow mainly after "
        "midnight. Mostly cloudy, with a low around {2}. New snow accumulation of less than half an inch is possible. "
        "Thursday: Partly sunny, with a high near {4}. Thursday night: Mostly clear, with a low around {5}. For the "
        "latest conditions in {0}, visit our weather page."
    )
    towns = ("Dunmore", 27, 11, 40, 24, 3), ("Port Ellery", 36, 25, 70, 33, 20)
    pages = [{"title": f"{town[0]} weather for Wednesday", "text": form.format(*town)} for town in towns]
    first, later = (page | {"published": f"2026-02-11T22:{30 * at:02}Z"} for at, page in enumerate(pages))
    assert compare(first, later).relation == compare(later, first).relation == "unrelated"


def test_the_numbers_of_a_date_are_its_day():
    fared = "The S&P 500 {} points to {}. The Dow {} points to {}. The Nasdaq {} points to {}."
    days = ("Tuesday 2/11/2025", "fell 4.02", "6,062.42", "rose 123.24", "44,593.65", "fell 70.41", "19,643.86"), (
        "Monday 2/10/2025", "rose 40.45", "6,066.44", "rose 167.01", "44,470.41", "rose 190.87", "19,714.27"
    )  # fmt: skip
    pages = ({"title": f"How stock indexes fared {day}", "text": fared.format(*own)} for day, *own in days)
    assert compare(*pages).evidence[0].startswith("two days of one series")
    dead = "Fire of March {}, {} dead"
    pages = (
        {"title": dead.format(*of), "text": f"A fire took {of[1]} lives in the old town."} for of in ((3, 4), (5, 6))
    )
    assert not any("series" in said for said in compare(*pages).evidence)


def test_titles_that_differ_in_spelling_or_in_a_toll_do_not_name_two_things():
    text = (
        "The {} party won 34 of 61 seats in Perth on Sunday, with 52.4 percent of 1,204,311 votes, and will govern for "
        "4 years. Its leader, Anna Reid, thanked the {} voters of 19 suburbs. The Liberals kept 22 seats."
    )
    spelt = [
        {"id": word, "title": f"{word} party wins in Perth", "text": text.format(word, word)}
        for word in ("Labor", "Labour")
    ]
    assert compare(*spelt).relation == "near_duplicate"
    storm = (
        "A storm killed {0} people near Lima on Monday and flooded {1} houses, the fire service said. It rescued {2} "
        "people from roofs with {3} boats. The mayor asked for tents, since {4} families had lost their homes."
    )
    tolls = (("nine", 140, 31, 12, 85), ("twelve", 260, 77, 19, 170))
    told = [
        {"id": own[0], "title": f"Storm kills {own[0]} near Lima", "text": storm.format(*own), "published": time}
        for own, time in zip(tolls, ("2026-03-02T08:00Z", "2026-03-02T17:00Z"), strict=True)
    ]
    assert compare(*told).relation != "unrelated"


@pytest.mark.parametrize("dates", [("", ""), ("2026-03-02", "2026-03-02"), ("2026-03-02", "2026-03-03")])
def test_titles_that_tell_a_toll_in_other_words_do_not_name_two_things(dates):
    text = (
        "A powerful earthquake struck western Nepal late on Friday. The death toll {0} to {1}, and {2} people were "
        "injured, officials said. The quake, of magnitude 6.4, hit the district of Jajarkot. Rescuers pulled {3} "
        "people from collapsed houses, and {4} villages were without power. The prime minister flew there with doctors."
    )
    told = [
        {
            "id": verb,
            "title": f"Nepal quake toll {verb} to {own[0]}",
            "text": text.format(verb, *own),
            "published": date,
        }
        for verb, own, date in zip(("rises", "climbs"), ((128, 140, 31, 12), (157, 253, 77, 19)), dates, strict=True)
    ]
    assert compare(*told).relation == "near_duplicate"


def test_a_number_that_is_no_day_makes_no_series():
    storm = "The storm flooded the old town of Bath and the road to Wells on Monday, and the mayor asked for boats. "
    pages = [
        {"id": n, "title": f"{n} dead in March flood", "text": f"{storm}At least {n} people died, police said."}
        for n in ("12", "14")
    ]
    assert len(analyze(pages).stories) == 1


def test_among_many_texts_forms_tell_no_story_and_updates_do():
    texts = (FORMS | UPDATES).items()
    pages = [{"id": f"{name} {i}", "text": text} for name, versions in texts for i, text in enumerate(versions)]
    found = analyze(pages)
    story = {member: story.id for story in found.stories for member in story.members}
    assert not [name for name in FORMS if story[f"{name} 0"] == story[f"{name} 1"]]
    assert all(story[f"{name} 0"] == story[f"{name} 1"] for name in UPDATES)
    told = {(pair.a, pair.b) for pair in found.pairs}
    assert not [name for name in FORMS if (f"{name} 0", f"{name} 1") in told]


def test_an_index_that_takes_them_one_by_one_says_the_same(tmp_path):
    with Index(tmp_path / "news.db") as index:
        texts = {f"{name} {i}": text for name, of in (FORMS | UPDATES).items() for i, text in enumerate(of)}
        for id, text in texts.items():
            index.add({"id": id, "text": text})
        story = {id: index.check({"id": id, "text": text}).story for id, text in texts.items()}
    assert not [name for name in FORMS if story[f"{name} 0"] == story[f"{name} 1"]]
    assert all(story[f"{name} 0"] == story[f"{name} 1"] for name in UPDATES)


def test_ten_fillings_of_one_form_are_ten_stories():
    towns = ("Melle", "Vechta", "Lohne", "Damme", "Essen", "Diepholz", "Wagenfeld", "Lembruch", "Hunteburg", "Bohmte")
    streets = ("Mühlen", "Garten", "Schul", "Wald", "Bahnhof", "Kirch", "Linden", "Berg", "Hafen", "Post")
    taken = ("Gold", "Schmuck", "Werkzeug", "Kupfer", "Fahrräder", "Bargeld", "Kameras", "Wein", "Reifen", "Uhren")
    form = (
        "Nach einem Einbruch in der Nacht in {0} sucht die Polizei nach Zeugen. Unbekannte hatten zwischen {1} und {2} "
        "Uhr die Tür eines Hauses in der {3}straße aufgehebelt und {4} im Wert von {5} Euro gestohlen. Der Sachschaden "
        "liegt bei etwa {6} Euro. Hinweise nimmt die Polizei in {0} unter der Telefonnummer {7} {8} entgegen."
    )
    pages = []
    for i, (town, street, what) in enumerate(zip(towns, streets, taken, strict=True)):
        figures = (310 * i + 700, 90 * i + 410, f"054{i}", 327 * i + 19)
        pages.append({"id": town, "text": form.format(town, i % 4 + 1, i % 3 + 5, street, what, *figures)})
    assert len(analyze(pages).stories) == len(towns)
    for one, other in combinations(pages[:4], 2):
        assert compare(one, other).relation == "unrelated"
