"""Make dedupe/data/languages.json: the most frequent words of each language, the most frequent first.

And dedupe/data/common_terms.json: the most frequent terms of languages that are told by their script: words of Hebrew,
stems of Korean, pairs of neighbouring kana of Japanese, characters of Chinese.

And dedupe/data/stems.txt.gz: the most frequent stems of each other language but English, a line each that
begins with its code.

And dedupe/data/chinese.txt.gz: the most frequent Chinese words of one character, below them all pairs of neighbours in
the most frequent longer words, by their first character, and the most frequent pairs, be they of two words.

    python -m training.languages

The words come from wordfreq (Speer, 2022; CC BY-SA 4.0), of which nothing but the order of the top words is kept; for
languages it lacks they are our own lists of function words.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from dedupe.tfidf.weekdays import stems_but_days
from dedupe.words import STEM, tokenize

TOP = 150  # words a language: news text of 30 words then holds some ten of them
DATA = Path(__file__).parent.parent / "dedupe" / "data"
OUT = DATA / "languages.json"
TERMS = OUT.with_name("common_terms.json")
ALL_STEMS, OF_EACH = OUT.with_name("stems.txt.gz"), 5000
CHINESE = OUT.with_name("chinese.txt.gz")
RAREST = 3e-7  # share of all words: those that are rarer add next to nothing to a stem
COMMONEST = (
    300  # half of the characters of a Chinese text, and a quarter of all terms of one; as many of a Japanese one
)
WORDS, ALONE = 40_000, 150  # of Chinese, longer ones and of one character; with 10,000 rare words are taken for names
STEMS = 1500  # of Korean, whose words have their particles with them: a fifth of the words of a news text
PLAIN = r"[^\W\d_][\w\u0300-\u036f\u0900-\u097f\u200c']*"
KANA, IDEOGRAPHS, HANGUL = "\u3040-\u30ff", "\u4e00-\u9fff", "\uac00-\ud7a3"
# Languages told by their script alone (see `dedupe.text.identify`) need no words; `dedupe.reader` asks for Greek ones.
WORDFREQ = "ar bg ca cs da de el en es fa fi fr hi hu id is it lt lv mk ms nb nl pl pt ro ru sk sl sv tr uk ur vi"
OURS = {
    "et": "ja on ei et see oli ka kui ta aga mis oma kes ning nii või ma selle veel siis välja pole olid mida "
    "nagu eest tema üle juba kuid seda ole sai mitte üks kõik saab enne pärast vaid kuni peale aasta "
    "eesti oleks nende teda neid kus sest ainult väga oleme ütles meie kaks ainuke sellest mille millal "
    "praegu kohta",
    "hr": "je i u na se da su za od s a ne bi o koji kao će to iz što do ali te nije samo bio ili koja po sve "
    "još kako bila više koje nakon prema tijekom može jer već kada sam biti zbog smo bilo kod tko godine "
    "vrijeme hrvatske hrvatska hrvatski općine uvijek tisuća gdje ovo ovaj između jedan prije svoje njih "
    "uz rekao također",
    "sr": "је и у на се да су за од са а не би о који као ће то из што до али те није само био или која по све "
    "још како била више које након према може јер већ када сам бити због смо било код ко године време "
    "србије србија где ово овај између један пре своје њих уз рекао такође",
    "sq": "e të në dhe i për me një që nga se ka është do nuk u si më ky kjo edhe janë por tij ai kanë prej "
    "ishte pas këtë saj ata duke tyre jo gjatë kur ose deri cilat cilin shumë mund ajo vetëm tha pasi "
    "sipas vitit kishte qenë shqipëri shqipëria kosovë kosovës këto këtij",
    "sw": "na ya wa kwa ni katika za la kuwa cha hiyo huo hilo kama hii yake wake pia watu baada ambao alisema "
    "huyo huku ili lakini moja siku mwaka nchi wakati sana bila kutoka hiyo hayo serikali ambayo hivyo "
    "kila rais zaidi kuhusu mwa vya hadi ambapo amesema wao",
    "az": "və bu ilə bir üçün də da olan ki o çox daha sonra edib olub onun qeyd edir isə azərbaycan kimi "
    "olaraq görə məlumat ən var yeni ilk qədər həm onların nəfər bildirib gün il tərəfindən üzrə lakin "
    "deyil ildə",
    "eu": "eta da ez du bat dira ere baina dute izan den egin zen hau edo dela beste behar baino gaur bere "
    "lehen hori zuen horrek oso duen dituzte ditu urte nahi gehiago orain dago beharrezko arabera zituen "
    "arte bezala izango",
    "gl": "de a o que e do da en os un unha para non con por as se dos no na das como máis polo pola ao foi nos "
    "nas xa moi tamén ten son ou sobre este esta seu súa pero ata hai entre onte xunta galicia galego "
    "galega á anos onde cando despois mesmo estivo segundo dende persoas nun nunha",
    "af": "die van en in is het dat nie te vir met op hy wat sy om was as aan by hulle ook een na uit deur word "
    "kan sal maar 'n nog haar sê ek tot moet meer wees oor ons se dit daar baie teen jaar polisie onder "
    "toe",
    "ga": "an na agus a ar i go is le bhí sé tá ag ach ní do sin seo de atá as siad ó mar nach gur leis bhfuil "
    "chun faoi raibh sna éireann gaeilge bliain",
    "cy": "yn y i a o ar yr mae ei am wedi fod gan bod eu oedd hyn ond sy ddim fel ac gyda wrth at cael yw "
    "hefyd dros roedd mewn eleni cymru nid pan hynny gael rhai neu",
    "tl": "ang ng sa na at mga ay si ni nang hindi ito para kung may siya niya ko mo ako isang pa lang din rin "
    "kay kaya naman kanyang nila ayon mula upang wala po noong dahil ating sila",
    "be": "і у ў на не з што да як для па за ад гэта але а ён яго быў было яна былі ці каб яны які якія пра пры "
    "таксама беларусі толькі яшчэ калі пасля так быць год гады больш ужо дзе свабоды",
    "kk": "және мен бұл үшін бір деп де да болды бойынша жылы жыл керек туралы еді бар қазақстан ол екі емес "
    "осы кейін болып сол дейін үлкен көп барлық өз айтты республикасы",
    "mn": "нь байна юм энэ бол болон гэж нэг их байгаа улсын монгол хүн өдөр жил тэр уу билээ гэсэн болох тус "
    "дээр мөн хийх байсан ажил хувь",
    "mr": "आणि आहे या ते हे की आहेत होते मध्ये यांनी त्या नाही एक मी ही करून केली होता तर च त्यांनी झाला असे "
    "करण्यात केला अशी मात्र साठी यांच्या",
    "ne": "र छ को मा पनि यो हो भने गरेको लागि एक गर्न तथा छन् उनले भएको नेपाल थियो बताए हुने गरी यस भन्ने सो",
    "ps": "د په او چې ته له دی کې يې یې نه دا کړي سره شوي کړ هم وي پر خو هغه باندې شو دې ده هغوی وايي افغانستان کوي",
}


def main() -> None:
    """Write the table."""
    from wordfreq import get_frequency_dict, top_n_list

    words = {language: _plain(top_n_list(language, 3 * TOP)) for language in WORDFREQ.split()}
    words["no"] = words.pop("nb")
    words |= {language: _plain(text.split()) for language, text in OURS.items()}
    OUT.write_text(
        json.dumps(
            {language: " ".join(words[language][:TOP]) for language in sorted(words)}, ensure_ascii=False, indent=1
        )
        + "\n",
        "utf-8",
    )
    terms = {
        "he": [word for word in top_n_list("he", 3 * COMMONEST) if re.fullmatch("[\u05d0-\u05ea]{2,}", word)],
        "ja": _ranked(_pairs(get_frequency_dict("ja"), KANA + IDEOGRAPHS, KANA)),
        "ko": _ranked(_two_syllables(get_frequency_dict("ko"))),
        "zh": _ranked(_ideographs(get_frequency_dict("zh"))),
    }
    most = {language: STEMS if language == "ko" else COMMONEST for language in terms}
    kept = {language: " ".join(words[: most[language]]) for language, words in terms.items()}
    TERMS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    others = [language for language in WORDFREQ.split() if language != "en"]
    lines = [f"{language} {_stems(get_frequency_dict(language))}" for language in others]
    ALL_STEMS.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    pairs = _ranked(_pairs(get_frequency_dict("zh"), IDEOGRAPHS, IDEOGRAPHS))[:OF_EACH]
    chinese = (*_neighbours(top_n_list("zh", 3 * WORDS)), " ".join(pairs))
    CHINESE.write_bytes(gzip.compress("\n".join(chinese).encode(), 9, mtime=0))


def _neighbours(words: list[str]) -> tuple[str, str]:
    """Return the first characters that are words, and each that begins a pair of neighbours with all that follow it."""
    own = [word for word in words if re.fullmatch(f"[{IDEOGRAPHS}]+", word)]
    pairs = {pair for word in [word for word in own if len(word) > 1][:WORDS] for pair in map("".join, pairwise(word))}
    after: dict[str, str] = {}
    for pair in sorted(pairs):
        after[pair[0]] = after.get(pair[0], pair[0]) + pair[1]
    return "".join([word for word in own if len(word) == 1][:ALONE]), " ".join(after.values())


def _stems(words: dict[str, float]) -> str:
    """Return the most used stems of a language: the letters that make one, or if they are another's, its first word."""
    used, written = Counter[int](), dict[int, str]()
    common = [word for word, frequency in words.items() if frequency >= RAREST and re.fullmatch(PLAIN, word)]
    for word, stem in zip(common, _hashes(common), strict=True):
        used[stem] += words[word]
        written.setdefault(stem, word)
    most = sorted((stem for stem in used if stem), key=lambda stem: (-used[stem], written[stem]))[:OF_EACH]
    short = [written[stem][:STEM] for stem in most]
    same = (of_short == stem for of_short, stem in zip(_hashes(short), most, strict=True))
    return " ".join(few if kept else written[stem] for few, kept, stem in zip(short, same, most, strict=True))


def _hashes(words: list[str]) -> list[int]:
    """Return the hash of each word's stem, 0 where it is no word, or several."""
    tokens = tokenize(words)
    single, stems = np.diff(tokens.first) == 1, np.append(stems_but_days(words, tokens), 0)
    return np.where(single, stems[tokens.first[:-1]], 0).tolist()


def _ideographs(words: dict[str, float]) -> Counter[str]:
    """Return how often each character of Chinese is used."""
    used: Counter[str] = Counter()
    for word, frequency in words.items():
        for character in re.findall(f"[{IDEOGRAPHS}]", word):
            used[character] += frequency
    return used


def _pairs(words: dict[str, float], script: str, letters: str) -> Counter[str]:
    """Return how often each pair of letters is used, in words of a script and where two meet, drawn one by one."""
    used: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    tails: Counter[str] = Counter()
    for word, frequency in words.items():
        if re.fullmatch(f"[{script}]+", word):
            heads[word[0]] += frequency
            tails[word[-1]] += frequency
            for pair in map("".join, pairwise(word)):
                used[pair] += frequency
    total = heads.total()
    for (tail, before), (head, after) in product(tails.most_common(COMMONEST), heads.most_common(COMMONEST)):
        used[tail + head] += before * after / total
    return Counter({pair: use for pair, use in used.items() if re.fullmatch(f"[{letters}]+", pair)})


def _two_syllables(words: dict[str, float]) -> Counter[str]:
    """Return how often Korean words begin with two syllables: of a morpheme, or of a short one and any that follows.

    A morpheme of one syllable is taken to stand alone as often as not.
    """
    used: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    own = {word: frequency for word, frequency in words.items() if re.fullmatch(f"[{HANGUL}]+", word)}
    for word, frequency in own.items():
        heads[word[0]] += frequency
    total = heads.total()
    for word, frequency in own.items():
        used[word[:2]] += frequency if len(word) > 1 else frequency / 2
        if len(word) == 1:
            for head, after in heads.items():
                used[word + head] += frequency / 2 * after / total
    return used


def _ranked(used: Counter[str]) -> list[str]:
    """Return terms, the most used first."""
    return [term for term, _ in used.most_common()]


def _plain(words: list[str]) -> list[str]:
    """Return the words without digits and signs, each once."""
    return list(dict.fromkeys(word for word in words if re.fullmatch(PLAIN, word)))


if __name__ == "__main__":
    main()
