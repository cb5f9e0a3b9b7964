"""TF-IDF rows and neighbours: sums by hand, exactness, and the kernel against the plain product of all pairs."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe import tfidf
from dedupe.model import NAME
from dedupe.tfidf import (
    Background,
    count_terms,
    in_order,
    kernel,
    likened,
    load_background,
    neighbours,
    of_distinct,
    stems_of,
    surrounded,
    weigh,
)
from dedupe.tfidf.kernel import rates
from dedupe.tfidf.neighbours import Neighbours, _all_pairs, _each_once, _top, all_cosines
from dedupe.tfidf.stem_rates import languages, place_of
from dedupe.tfidf.stems import is_foreign
from dedupe.tfidf.surroundings import TO, crowding
from dedupe.tfidf.terms import pair_keys
from dedupe.tfidf.weekdays import _table, weekdays
from dedupe.tfidf.weights import background_rates
from dedupe.words import tokenize

EMPTY = Background(np.zeros(0, dtype=np.uint32), np.zeros(0), 1e-4)
texts = st.lists(st.text("ab c日本 1", max_size=12), max_size=8)


def idf_of(rows, word):
    return float(rows.idf[np.searchsorted(rows.key, tokenize([word]).hash[0])])


def zipfian(articles, seed=1):
    """Return texts whose words are as unevenly common as those of a language, in pairs that share a part."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(articles // 2):
        own = rng.zipf(1.3, 120) % 5000
        for _ in range(2):
            words = np.concatenate((rng.permutation(own)[:60], rng.zipf(1.3, 60) % 5000))
            made.append(" ".join(f"w{word}" for word in words) + f" topic{number}")
    return made


def test_a_term_is_a_word_or_a_pair_of_neighbouring_characters_of_a_script_without_spaces():
    terms = count_terms(tokenize(["ロッテ", "テ a"]))
    assert np.diff(terms.first).tolist() == [2, 2]
    assert len(terms.key) == 4  # the pairs ロッ ッテ, テ, which has no neighbour, and the word a


def test_a_character_of_chinese_is_a_term_beside_its_pairs():
    terms = count_terms(tokenize(["東京で地震", "地震 a"]))
    assert np.diff(terms.first).tolist() == [8, 4]
    assert len(terms.key) == 9  # the pairs 東京 京で で地 地震, all characters but で, and the word a


def test_weekdays_of_title_and_opening_are_known_in_several_languages():
    bodies = [
        "Sie kamen am Dienstagabend.",
        "周二，地震。",
        "火曜日の夜",
        "во вторник",
        "word " * 70 + "Friday",
        "Rates rose.",
    ]
    rows = weigh(tokenize(bodies), tokenize(["", "", "", "", "", "What to watch on Sunday"]))
    assert rows.days.tolist() == [2, 2, 2, 2, 0, 64]
    assert in_order(rows, np.array([5, 4, 0, 1, 2, 3])).days.tolist() == [64, 0, 2, 2, 2, 2]


def test_titles_add_to_the_counts_and_are_marked():
    terms = count_terms(tokenize(["rates rose"]), tokenize(["Rates"]))
    place = np.searchsorted(terms.key, tokenize(["rates"]).hash[0])
    assert terms.count[terms.term == place].tolist() == [2]
    assert (terms.flags & 1 != 0).sum() == 1


def test_a_word_that_is_mostly_written_with_a_capital_is_a_name():
    body = tokenize(["The minister met Merkel. Merkel said the talks went well. Merkel left."])
    terms = count_terms(body)
    named = {int(key) for key, flag in zip(terms.key[terms.term], terms.flags, strict=True) if flag & 4}
    assert named == {int(tokenize(["merkel"]).hash[0])}


@given(texts)
def test_counts_are_those_of_a_dictionary(values):
    terms = count_terms(tokenize(values))
    assert terms.count.sum() <= 2 * len(tokenize(values).hash)
    assert np.all(np.diff(terms.key.astype(np.int64)) > 0)
    for i in range(len(values)):
        row = terms.term[terms.first[i] : terms.first[i + 1]]
        assert np.all(np.diff(row) > 0)


@given(texts, st.booleans())
def test_the_kernel_counts_terms_as_the_plain_version_does(values, titled):
    columns = [tokenize(values), *([tokenize([value[:5] for value in values])] if titled else [])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dedupe.tfidf.terms.compiled", lambda *size: False)
        plain = count_terms(*columns)
    made = kernel.count_terms(columns[0], columns[1] if titled else None, 1)
    for one, other in zip(made, plain, strict=True):
        assert np.array_equal(one, other) and one.dtype == other.dtype


ENGLISH = "the volcano erupted at dawn and the four villages on its slopes were cleared before noon"
GERMAN = "die Polizei teilte mit dass der Brand in der Nacht noch nicht gelöscht ist Wanne Zugspitzbahn"
LANGUAGES = [
    ENGLISH.split(),
    GERMAN.split(),
    ["и", "в", "на", "вулкан", "Москва", "ja", "tulivuori", "東京", "7"],
    ["jiguza", "dekuhaf", "Obuh", "vopeba", "zimu", "7", "och", "jest"],
]
TEXTS = st.sampled_from(LANGUAGES).flatmap(lambda words: st.lists(st.sampled_from(words), max_size=40)).map(" ".join)


@given(st.lists(TEXTS, max_size=6), st.booleans())
def test_the_kernel_rates_words_as_the_plain_version_does(values, shipped):
    none = [""] * len(values)
    words, _ = stems_of(values, tokenize(values), none, tokenize(none))
    terms, background = count_terms(words), load_background() if shipped else EMPTY
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dedupe.tfidf.weights.compiled", lambda *size: False)
        plain = background_rates(terms, background)
    found = kernel.background_rates(terms, background)
    assert found.rate.tolist() == plain.rate.tolist()
    assert found.terms.flags.tolist() == plain.terms.flags.tolist()


@pytest.mark.parametrize("told", [languages, rates.languages])
def test_the_language_of_a_text_hangs_on_no_other_text(told):
    russian = "Мэр города сказал в среду, что на мосту никто не пострадал и что он открыт."
    values = [GERMAN, russian, "jiguza dekuhaf", GERMAN]
    none = [""] * len(values)
    terms = count_terms(stems_of(values, tokenize(values), none, tokenize(none))[0])
    every = np.array([place_of("de"), place_of("ru"), -1, place_of("de")])
    for asked in product([False, True], repeat=len(values)):
        assert told(terms, np.array(asked)).tolist() == np.where(asked, every, -1).tolist()


@given(st.lists(st.lists(st.sampled_from(["Monday", "вторник", "keskiviikko", "星期四", "rain"])).map(" ".join)))
def test_the_kernel_finds_weekdays_as_the_plain_version_does(values):
    terms = count_terms(tokenize([f"{'word ' * 3 * len(value)}{value}" for value in values]), tokenize(values[::-1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dedupe.tfidf.weekdays.compiled", lambda *size: False)
        plain = weekdays(terms)
    assert np.array_equal(kernel.weekdays(terms, *_table()), plain)


def test_a_small_corpus_is_weighed_by_the_background_and_a_large_one_by_itself():
    small = weigh(tokenize(["the volcano in iceland"] * 5))
    large = weigh(tokenize(["the volcano in iceland"] * 5000 + ["the shares fell"] * 5000))
    assert idf_of(small, "volcano") > 4 > 1 > idf_of(small, "the")
    assert idf_of(large, "volcano") < 1


def test_a_name_that_reports_share_is_no_commoner_in_news_for_that_in_a_language_without_a_table():
    reports = [
        "جرفت السيول جسرا في وادي أوريكا وقال سكان أوريكا إن الماء جاء من الجبل",
        "في أوريكا انتشل رجال الإنقاذ ثلاث جثث من النهر و قالوا إن البحث مستمر",
    ]
    rows = weigh(tokenize([*reports, "رفع البنك الفائدة في أوسلو إلى أعلى مستوى من سنوات و قال إن زيادة أخرى ممكنة"]))
    place = {word: int(np.searchsorted(rows.key, tokenize([word]).hash[0])) for word in ("أوريكا", "الفائدة", "في")}
    rate = {word: float(rows.background_idf[at]) for word, at in place.items()}
    assert rate["أوريكا"] == rate["الفائدة"] > 5 > 1 > rate["في"]


def test_terms_of_english_are_words_and_of_other_languages_stems_but_days_and_numbers():
    texts = ["Prices fell in Moscow, said the mayor on Thursday", "Цены в Москве упали в четверг на 12,5 %"]
    titles = ["Moscow prices fall", "Москва: дешевеют продукты"]
    bodies, headlines = tokenize(texts), tokenize(titles)
    terms, of_titles = stems_of(texts, bodies, titles, headlines)
    as_words = [plain_words(made, tokens) for made, tokens in ((terms, bodies), (of_titles, headlines))]
    assert as_words == [
        [*[True] * 9, False, True, False, False, True, True, True, True, True],
        [True] * 3 + [False] * 3,
    ]
    assert terms.hash[11] == of_titles.hash[3] == tokenize(["москв"]).hash[0]


def plain_words(terms, tokens):
    return (terms.hash == tokens.hash).tolist()


def test_forms_of_a_short_word_are_one_term():
    texts = ["Мэра Томска задержали в пятницу, у мэрии нет шахты", "Мэр задержан, сообщили в суде, на шахте нет людей"]
    terms, _ = stems_of(texts, tokenize(texts), ["", ""], tokenize(["", ""]))
    one, other = (terms.hash[first:end].tolist() for first, end in ((0, 9), (9, 18)))
    assert one[0] == other[0] and one[8] == other[6] and one[2] == other[1]


def test_an_english_headline_of_names_alone_is_english():
    titles = [
        "Esther Williams , swimming star , dies at 91",
        "PHILADELPHIA 76ERS Fired coach . Named Cheeks coach",
        "Storm closes Genoa port as waves smash breakwater",
    ]
    assert not is_foreign(tokenize(titles), tokenize([""] * 3)).any()


# Briefs full of words that English has too: "in", "at", "for", "de", "is", "bank", "no", "do".
NEAR_ENGLISH = (
    "Fyrre mennesker blev evakueret, da en lagerbygning i havnen i Rotterdam brød i brand i nat. Brandvæsenet fik "
    "ilden under kontrol ved daggry.",
    "Nationalbanken hæver renten til 2,5 procent, skriver banken. Inflationen er fortsat for høj, siger direktøren.",
    "Fyrtio personer evakuerades när en lagerlokal i Rotterdams hamn brann i natt.",
    "De Zweedse Riksbank verlaagt de rente naar 3,75 procent, meldt de bank in een verklaring. De inflatie is nu onder "
    "controle, zegt de directeur.",
    "Veertig mense is ontruim nadat 'n pakhuis in die hawe van Rotterdam in die nag aan die brand geslaan het.",
)


def test_briefs_in_languages_near_english_are_foreign_and_weighed_by_their_commonest_words(without_kernels):
    bodies, none = tokenize(NEAR_ENGLISH), tokenize([""] * len(NEAR_ENGLISH))
    assert is_foreign(bodies, none).all()
    terms, _ = stems_of(NEAR_ENGLISH, bodies, [""] * len(NEAR_ENGLISH), none)
    rows = weigh(terms)
    assert max(idf_of(rows, "een"), idf_of(rows, "er")) < 0.3 < 2.5 < idf_of(rows, "rott")
    with without_kernels():
        assert is_foreign(bodies, none).all()
        assert (weigh(terms).background_idf == rows.background_idf).all()


def test_numbers_are_no_english():
    texts = [
        "هامبورغ يفوز على بريمن 3-1 ويصعد إلى المركز الرابع",
        "Nordtec улучшил прогноз благодаря автопрому. 4 ноября 2025, 11:42, МЮНХЕН, 6 ноя",
        "Flamengo vence o Santos por 3 a 2 no Maracanã Rio de Janeiro, 8 nov (Agência Brasil) - O Flamengo",
    ]
    assert is_foreign(tokenize(texts), tokenize([""] * len(texts))).all()


def test_a_day_of_the_week_is_no_rarer_in_another_language_than_in_english():
    german = weigh(tokenize(["Der Minister sprach am Dienstag in Tulln über das Gesetz, das die Kammer nicht will."]))
    english = weigh(tokenize(["On Tuesday the minister spoke in Vienna of the law."]))
    assert idf_of(german, "dienstag") == pytest.approx(idf_of(english, "tuesday"), abs=0.3)
    assert idf_of(german, "tulln") > 2 * idf_of(german, "dienstag")


def test_the_kernel_tells_the_same_articles_to_be_foreign(without_kernels):
    pytest.importorskip("numba")
    texts = [
        "Der Minister sprach am Montag über das Gesetz.",
        "The minister spoke of it.",
        "",
        "Ash over Iceland",
        "قال 5 6 7",
    ]
    bodies, titles = tokenize(texts * 20_000), tokenize(["", "Berlin", "Wer regiert?", "", ""] * 20_000)
    found = is_foreign(bodies, titles).tolist()
    with without_kernels():
        assert is_foreign(bodies, titles).tolist() == found == [True, False, True, False, True] * 20_000


def test_names_are_rarer_than_words_in_small_letters_where_a_language_has_capitals():
    russian = "Мэр Каравели сказал, что дома обрушились. Власти Перу обещают помощь, а в Лиме ждут новых толчков."
    rows = weigh(tokenize([russian]))
    idf = {word: idf_of(rows, word) for word in ("перу", "дома", "в")}
    assert idf["перу"] > 1.4 * idf["дома"] > idf["дома"] > 3 * idf["в"]


def test_words_of_a_language_weigh_the_more_the_rarer_their_stems_are_in_it(without_kernels):
    texts = [
        "Die Polizei teilte mit, dass die Ursache des Brandes noch nicht bekannt ist. Der Turm in Zwiesel ist zu.",
        "La policía informó de que no se conoce la causa del incendio. La torre de Zamarramala está cerrada.",
    ]
    terms, _ = stems_of(texts, tokenize(texts), ["", ""], tokenize(["", ""]))
    rows = weigh(terms)
    german, spanish = (
        [idf_of(rows, word[:5]) for word in words.split()]
        for words in ("polizei turm zwiesel", "policía torre zamarramala")
    )
    assert german == sorted(german) and spanish == sorted(spanish)
    assert 2 * german[0] < german[2] and 2 * spanish[0] < spanish[2]
    with without_kernels():
        assert (weigh(terms).background_idf == rows.background_idf).all()


def test_of_german_words_with_a_capital_those_that_are_common_are_no_names(without_kernels):
    texts = ["Die Polizei teilte mit, dass die Ursache des Brandes in Zwiesel noch nicht bekannt ist, meldet dpa."] * 2
    terms, _ = stems_of(texts, tokenize(texts), ["", ""], tokenize(["", ""]))
    rows = weigh(terms)
    names = rows.key[rows.term[: rows.first[1]][rows.flags[: rows.first[1]] & NAME > 0]]
    assert names.tolist() == tokenize(["zwies"]).hash.tolist()
    with without_kernels():
        assert (weigh(terms).flags == rows.flags).all()


def test_the_names_of_agencies_are_common_words_in_their_reports():
    texts = ["ДЕДОВСК, 3 мая - РИА Новости. Причина пожара в доме устанавливается, сообщили в полиции."]
    terms, _ = stems_of(texts, tokenize(texts), [""], tokenize([""]))
    rows = weigh(terms)
    assert 2 * idf_of(rows, "риа") < idf_of(rows, "дедов")


def test_an_empty_text_makes_no_word_rarer():
    texts = ["ash over Iceland", "ash over Iceland", "rates rose"]
    rows, beside = weigh(tokenize(texts)), weigh(tokenize([*texts, "", ""]))
    assert (rows.idf == beside.idf).all()
    distinct = np.array([True, False, True, True, True])
    rows, beside = of_distinct(rows, distinct[:3]), of_distinct(beside, distinct)
    assert (rows.idf == beside.idf).all()


def test_common_words_of_a_language_without_a_table_weigh_little():
    text = "На севере страны произошло землетрясение, сообщили в министерстве. В городе и в области нет света. "
    rows = weigh(tokenize([text + "Спасатели работают в селе и в районе.", text + "В школе и в больнице тепло."]))
    assert idf_of(rows, "в") < idf_of(rows, "землетрясение")


def test_common_words_of_many_languages_weigh_little_where_they_stand_once():
    rows = weigh(tokenize(["Das Feuer brach nach Angaben der Polizei am Dienstag aus."]))
    assert max(idf_of(rows, word) for word in ("das", "nach", "der", "am", "aus")) < 1 < 2 < idf_of(rows, "feuer")
    english = weigh(tokenize(["Those who die in fires that break out at night are mostly old and alone in the house."]))
    assert idf_of(english, "die") > 3  # German for "the"


def test_rows_have_length_one_and_sums_of_products_are_exact_in_any_order():
    rows = weigh(tokenize(zipfian(60)))
    squares = np.add.reduceat(rows.weight.astype(np.float64) ** 2, rows.first[:-1])
    assert np.all(np.abs(squares - 1) < 1e-4)
    dense = np.zeros((60, len(rows.key)))
    dense[np.repeat(np.arange(60), np.diff(rows.first)), rows.term] = rows.weight
    order = np.random.default_rng(2).permutation(dense.shape[1])
    assert np.array_equal(dense @ dense.T, dense[:, order] @ dense[:, order].T)
    apart = ~np.eye(60, dtype=bool)  # on the diagonal the plain product leaves out terms of one article only
    every = np.arange(60)
    assert np.array_equal(all_cosines(rows, every)[apart], (dense @ dense.T)[apart])
    counted_elsewhere = replace(rows, articles=np.ones_like(rows.articles))  # as an index does, whose copies count once
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(all_cosines.__globals__, "compiled", lambda *size: False)
        for some in (rows, counted_elsewhere):
            assert np.array_equal(all_cosines(some, every), kernel.all_cosines(rows, every))
        few = np.array([3, 17, 40])
        of_few = all_cosines(rows, every)[np.ix_(few, few)]
        assert np.array_equal(all_cosines(rows, few), of_few) and np.array_equal(kernel.all_cosines(rows, few), of_few)


def test_neighbours_of_a_small_corpus_are_those_of_the_full_product():
    rows = weigh(tokenize(zipfian(40)))
    found = neighbours(rows, most=3, least=0.05)
    cosine = all_cosines(rows, np.arange(len(rows.first) - 1))
    np.fill_diagonal(cosine, 0)
    wanted = set()
    for i in range(40):
        for j in np.argsort(-cosine[i], kind="stable")[:3].tolist():
            if cosine[i, j] >= 0.05:
                wanted.add((min(i, j), max(i, j)))
    assert set(zip(found.a.tolist(), found.b.tolist(), strict=True)) == wanted


def test_the_kernel_finds_what_the_plain_product_finds_when_nothing_is_pruned():
    rows = weigh(tokenize(zipfian(300)))
    near, cosine = kernel.nearest(rows, 5, 0.05, 2, heavy=10_000, longest=10_000, chosen=60)
    exact = all_cosines(rows, np.arange(len(rows.first) - 1))
    np.fill_diagonal(exact, 0)
    order = np.argsort(-exact, axis=1, kind="stable")[:, :5]
    best = np.take_along_axis(exact, order, 1)
    assert np.array_equal(cosine, np.where(best >= 0.05, best, 0))
    assert np.array_equal(near, np.where(best >= 0.05, order, -1))


def test_the_search_leaves_out_what_a_slow_one_leaves_out_and_of_equals_the_later():
    texts = [*zipfian(150), *zipfian(60)]  # the last are the first again
    rows, heavy, longest, most = weigh(tokenize(texts)), 8, 6, 3
    near, cosine = kernel.nearest(rows, most, 0.05, 2, heavy=heavy, longest=longest, chosen=2)
    own, listed = [], {}
    for article in range(len(texts)):
        weights = {entry: rows.weight[entry] for entry in range(*rows.first[article : article + 2])}
        best = sorted((-weight, entry) for entry, weight in weights.items() if weight > 0)[:heavy]
        own.append([(rows.term[entry], rows.weight[entry]) for entry in sorted(entry for _, entry in best)])
        for term, weight in own[-1]:
            listed.setdefault(term, []).append((-weight, article))
    exact = all_cosines(rows, np.arange(len(rows.first) - 1))
    for article, terms in enumerate(own):
        score = {}
        for term, weight in terms:
            for negative, other in sorted(listed[term])[:longest]:
                score[other] = score.get(other, np.float32(0)) - weight * negative
        likely = sorted((-score[other], other) for other in score if other != article)[: 2 * most]
        wanted = sorted((-exact[article, other], other) for _, other in likely if exact[article, other] >= 0.05)[:most]
        assert near[article].tolist() == [*(other for _, other in wanted), *[-1] * (most - len(wanted))]
        assert cosine[article, : len(wanted)].tolist() == [-value for value, _ in wanted]


def test_of_the_candidates_those_of_the_largest_sums_are_chosen():
    rows = weigh(tokenize(zipfian(900)))
    near, cosine = kernel.nearest(rows, 5, 0.05, 2, heavy=10_000, longest=10_000, chosen=2)
    every, best = kernel.nearest(rows, 5, 0.05, 1, heavy=10_000, longest=10_000, chosen=200)
    assert np.array_equal(cosine, best) and np.array_equal(near, every)


def test_the_pruned_search_finds_nearly_all_near_neighbours_and_their_exact_cosines():
    rows = weigh(tokenize(zipfian(1500)))
    near, cosine = kernel.nearest(rows, 10, 0.1, 1)
    exact = all_cosines(rows, np.arange(len(rows.first) - 1))
    np.fill_diagonal(exact, 0)
    known = near >= 0
    assert np.array_equal(cosine[known], exact[np.nonzero(known)[0], near[known]])
    order = np.argsort(-exact, axis=1, kind="stable")[:, :10]
    wanted = [(i, j) for i in range(1500) for j in order[i].tolist() if exact[i, j] >= 0.3]
    assert sum(j in near[i] for i, j in wanted) >= 0.99 * len(wanted)


@pytest.mark.parametrize(("rows", "most"), [(1, 3), (2, 1), (40, 3), (700, 30)])
def test_pairs_of_near_articles_are_told_once_and_crowds_counted_as_the_plain_way_does(rows, most):
    random = np.random.default_rng(rows)
    near, cosine = np.full((rows, most), -1, np.int32), np.zeros((rows, most))
    alike = np.round(random.random((rows, rows)), 2)
    for row in range(rows):
        others = random.permutation(np.delete(np.arange(rows), row))[: random.integers(0, most + 1)]
        near[row, : len(others)] = others
        cosine[row, : len(others)] = alike[np.minimum(row, others), np.maximum(row, others)]
    pairs = {(min(a, b), max(a, b)): alike[min(a, b), max(a, b)] for a in range(rows) for b in near[a] if b >= 0}
    a, place = np.nonzero(near >= 0)
    a, b, cosines = _each_once(a, near[a, place], cosine[a, place])
    assert dict(zip(zip(a.tolist(), b.tolist(), strict=True), cosines, strict=True)) == pairs
    assert [*zip(a.tolist(), b.tolist(), strict=True)] == sorted(pairs)
    a, b, cosines = a.astype(np.int32), b.astype(np.int32), (4 * cosines).astype(np.float32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(crowding.__globals__, "compiled", lambda *size: False)
        crowds = [crowding(rows, a, b, cosines, start) for start in (0, 10, 20)]
    for start, crowd in zip((0, 10, 20), crowds, strict=True):
        assert np.array_equal(kernel.crowding(rows, a, b, cosines, start, TO), crowd)


def test_of_some_rows_the_neighbours_are_those_that_they_have_among_each_other():
    rows, kept = weigh(tokenize(zipfian(900))), np.arange(900) % 3 > 0
    found = neighbours(rows, kept, most=5, least=0.05)
    some = in_order(rows, np.flatnonzero(kept))
    near, cosine = kernel.nearest(some, 5, 0.05, 1)
    row, rank = np.nonzero(near >= 0)
    a, b, wanted = _each_once(row, near[row, rank], cosine[row, rank])
    place = np.flatnonzero(kept)
    assert np.array_equal(found.a, place[a]) and np.array_equal(found.b, place[b])
    assert np.array_equal(found.cosine, wanted.astype(np.float32)) and len(a) > 500


@pytest.mark.parametrize("count", [20, 90, 900])  # all pairs, the plain product, the kernel
def test_of_those_that_ask_the_neighbours_are_those_they_have_among_all(count):
    rows, asking = weigh(tokenize(zipfian(count))), np.arange(count) % 3 == 0
    found, every = neighbours(rows, asking=asking, least=0.05), neighbours(rows, least=0.05)
    pairs, known = (
        {*zip(near.a.tolist(), near.b.tolist(), near.cosine.tolist(), strict=True)} for near in (found, every)
    )
    assert pairs <= {(a, b, cosine) for a, b, cosine in known if asking[a] or asking[b]} and len(pairs) >= 5
    nearest = {}
    for a, b, cosine in known:
        for one in (a, b):
            nearest.setdefault(one, []).append((cosine, a, b))
    best = [max(nearest[one]) for one in nearest if asking[one]]
    assert {(a, b, cosine) for cosine, a, b in best} <= pairs


def test_what_is_a_copy_counts_for_nothing_among_the_others():
    texts = ["ash over Iceland closed the airport", "ash closed the port of Reykjavik", "rates rose in June"]
    copied = [texts[0], *texts, texts[0]]  # the first, the second and the last are one text
    distinct, group = np.array([True, False, True, True, False]), np.array([0, 0, 2, 3, 0], dtype=np.int32)
    once, all_of_them = weigh(tokenize(texts)), of_distinct(weigh(tokenize(copied)), distinct)
    assert np.allclose(all_of_them.idf, once.idf)
    near = neighbours(all_of_them, distinct)
    assert {*near.a.tolist(), *near.b.tolist()} <= {0, 2, 3}
    around, alone = surrounded(all_of_them, near, group).surroundings, surrounded(once, neighbours(once)).surroundings
    assert np.allclose(around, alone[[0, 0, 1, 2, 0]])


def test_surroundings_are_the_nearest_and_the_mean_of_the_crowd():
    rows = weigh(tokenize(["volcano erupts", "volcano sleeps", "shares fell"]))
    near = neighbours(rows)
    around = surrounded(rows, near).surroundings
    assert around[0, 0] == around[1, 0] == near.cosine[0] and around[2, 0] == 0
    assert not around[:, 1].any()


@pytest.mark.parametrize("values", [[], [""], ["", ""], ["123"], ["!!!"], ["a"] * 3])
def test_odd_corpora_have_rows_and_no_neighbours_or_equal_ones(values):
    rows = weigh(tokenize(values), tokenize(values))
    assert len(rows.first) == len(values) + 1
    assert len(neighbours(rows).a) in (0, 3)


def test_the_background_knows_common_words():
    table = load_background()
    rate, listed = table.rates(tokenize(["the", "said", "xyzzyplugh"]).hash)
    assert rate[0] > 0.9 > rate[1] > 0.3 > rate[2] and listed.tolist() == [True, True, False]


def test_the_kernels_count_and_weigh_the_same_terms(without_kernels):
    pytest.importorskip("numba")
    rng = np.random.default_rng(8)
    texts = [" ".join(f"{'Name' if n % 7 == 0 else 'w'}{n}" for n in rng.zipf(1.3, 400) % 3000) for _ in range(1000)]
    texts[3:6] = ["", "東京で地震 a 3 b", "да " * 70_000]
    bodies, titles = tokenize(texts), tokenize([text[:30] for text in texts[::-1]])
    for columns in ((bodies, titles), (bodies,)):
        fast = weigh(*columns, jobs=2)
        words = tfidf.idf_of(fast, bodies.hash, jobs=2)
        distinct = rng.random(len(texts)) < 0.5
        once = of_distinct(fast, distinct)
        with without_kernels():
            slow = weigh(*columns)
            assert np.array_equal(tfidf.idf_of(slow, bodies.hash), words)
            assert np.array_equal(of_distinct(slow, distinct).weight, once.weight)
        for column in fast.__slots__:
            one, other = getattr(fast, column), getattr(slow, column)
            assert one.dtype == other.dtype and np.array_equal(one, other), column


def test_the_surroundings_by_likeness_leave_out_the_twenty_most_like():
    n = 40
    rows = weigh(tokenize([f"volcano w{row}" for row in range(n)]))
    a, b = (side.astype(np.int32) for side in np.triu_indices(n, 1))
    near = Neighbours(a, b, np.full(len(a), 0.5, dtype=np.float32))
    like = np.where(a == 0, b, 0).astype(np.float32)  # the first article is the liker the later the other comes
    around = likened(surrounded(rows, near), near, like).surroundings
    assert around.shape == (n, 3) and around.dtype == np.float32
    assert around[0, 2] == np.mean(np.arange(n - 1, 0, -1)[20:30])
    assert around[0, :2].tolist() == [0.5, 0.5]
    group = np.zeros(n, dtype=np.int32)
    assert (likened(surrounded(rows, near, group), near, like, group).surroundings == around[0]).all()


def test_the_kernel_counts_many_terms_of_many_texts_as_the_plain_version_does():
    rng = np.random.default_rng(4)
    words = [f"{'Wv'[number % 2]}{number}" if number % 5 else str(number) for number in range(40_000)]
    drawn = [rng.integers(0, 40_000, size) for size in (9000, 0, 12_000, 3, *rng.integers(100, 900, 90))]
    columns = [
        tokenize([" ".join(words[number] for number in row[cut]) for row in drawn])
        for cut in (slice(4, None), slice(4))
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dedupe.tfidf.terms.compiled", lambda *size: False)
        plain = count_terms(*columns)
    for jobs in (1, 2):
        for one, other in zip(kernel.count_terms(*columns, jobs), plain, strict=True):
            assert np.array_equal(one, other) and one.dtype == other.dtype


@given(st.integers(0, 12), st.integers(0, 10**6))
def test_few_articles_are_paired_as_when_the_nearest_of_each_are_sought(articles, seed):
    rng = np.random.default_rng(seed)
    steps, asks = rng.integers(0, 12, (articles, articles)), rng.random(articles) < 0.6  # ties, and none in common
    cosines = np.triu(steps, 1) / 100
    cosines += cosines.T
    sought = _each_once(*_top(cosines, asks, 11, 0.03))
    for one, other in zip(_all_pairs(cosines, asks, 0.03), sought, strict=True):
        assert one.tolist() == other.tolist()


CRASH = "一列火车在捷克{}附近脱轨，造成三人死亡。铁路部门发言人{}说，列车当时速度过快，原因仍在调查。"


def names_of(*texts):
    """Return which two or more neighbouring characters of the texts are names, given the words of Chinese."""
    terms = tfidf.rated(tokenize(texts)).terms
    pairs = {text[at : at + 2] for text in texts for at in range(len(text) - 1)}
    keys = set(terms.key[terms.term[terms.flags & NAME != 0]].tolist())
    return {pair for pair in pairs if keys & set(pair_keys(tokenize([pair]))[0].tolist())}


def rates_of(pairs, *texts):
    """Return the rate in news at large of each pair of characters, given the texts that hold it."""
    terms, rate = tfidf.rated(tokenize(texts))
    return rate[np.searchsorted(terms.key, pair_keys(tokenize([" ".join(pairs)]))[0])].tolist()


def test_a_pair_of_characters_that_is_common_in_chinese_be_it_of_two_words_is_so_in_chinese_texts():
    text = "没有人知道珠洲的人在哪里，他们的车在日本。"
    word, of_two, name, shared = rates_of(("没有", "的人", "珠洲", "日本"), text)
    assert min(word, of_two, shared) > 10 * name
    shared, name = rates_of(("日本", "珠洲"), "日本の珠洲市で震度6弱の揺れを観測し、市長は救助を急ぐ考えを示した。")
    assert shared == name


@pytest.mark.parametrize("names", [("珠洲", "蒙启光"), ("珠洲", "蒙啟光")])
def test_names_in_chinese_are_what_its_common_words_leave_over(names):
    place, person = names
    assert names_of(CRASH.format(*names)) == {place, person[:2], person[1:]}


def test_neither_japanese_nor_english_text_with_some_characters_of_chinese_has_such_names():
    assert not names_of("石川県の珠洲市で震度6弱の揺れを観測し、泉谷市長は救助を急ぐ考えを示した。")
    assert not names_of("the river is called 怒江 by those who live beside it and nobody knows why that is so")
    assert not names_of("Der Zug nach Kassel ist entgleist.", "")
