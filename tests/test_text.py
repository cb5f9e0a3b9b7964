"""Repair of text, and its language."""

import gzip
import json
import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.text import characters, language, mojibake, repair

# What newsrooms write, in the scripts and with the quotation marks that they use.
RIGHT = [
    "L’été à la française, « où » œuvre — ça ne coûte que 5 € à Noël, a-t-il dit.",
    "Die Größe der „Straße“ für 5 € ist schön; »Grüße« aus Köln – ÄÖÜ, CAFÉ, ß.",
    "El año pasado, ¿qué pasó en España? ¡Nada! «Sí», dijo Íñigo. Nº 5, 1ª y 20 °C.",
    "A ação não é ilusão, são só três irmãs; À tarde, É isso. NÃO, AÇÃO.",
    "Są źródła w Łodzi: „gęś”, żółć, ćma, ŚWIĘTO.",
    "Žluťoučký kůň úpěl ďábelské ódy: „Říše“, ŽIVĚ, ČEŠTINA.",
    "Gyűlés Győrben: „árvíztűrő tükörfúrógép”, ÁÉÍÓÖŐÚÜŰ.",
    "Țara și știința: „înțelegere”, ăâîșț, ŞŢ.",
    "Šodien Rīgā: “ļoti” ķēniņš, ģimene, ČEŠŲ, ĀĒĪŪ.",
    "Lietuvoje – „įžanga“, žąsis, ėjo, ųū, ŠIAULIAI.",
    "İstanbul’da güneş ışığı: “çok”, ĞÜŞİÖÇ, Iğdır.",
    "Tiếng Việt rất đẹp: “những người”, ĐÀ NẴNG, VIỆT NAM.",
    "Привет, мир! «Рівне» и Сёмин, Рёв, РФ — СССР… Њујорк и Џон.",
    "Україна: „Їжак“ єдність, ґанок, Єва — Іван.",
    "Ελλάδα: «Άγιος Ίκαρος», ή, ύμνος — Ώρα.",
    "שלום עולם: ״ירושלים״, ‘דבר’ – צה״ל.",
    "قال «الرئيس»، أمس؛ ٢٠٢٤؟ نعم.",
    "ایران: «می‌خواهد»، پژوهش، گزارش، چهار.",
    "हिन्दी में क्‍या लिखा है? “हाँ”।",
    "東京でReuters「日本語」、ｶﾅ・１２３。",
    "“Quotes” ‘single’ don’t… 20°C £5 ©2020 Acme™ naïve café—yes, ½ of §5.",
    "Emoji 🔥👍🏽 👨‍👩‍👧 🇩🇪 ❤️ ✔ and O’Neill’s 90’s rock ’n’ roll.",
    "Ísland: „Þórður“ ætlar að fá Ð, Å, Ø og Æ. SMÅ BÅDE ÅÆ.",
]
PAGES = ["latin-1", *mojibake.PAGES]


def misread(text: str, page: str) -> str:
    """Return a text as a program shows it that takes its UTF-8 for a code page."""
    shown = ""
    for byte in text.encode("utf-8"):
        for codec in ("ascii", page, "cp1252", "latin-1"):
            character = bytes([byte]).decode(codec, "ignore")
            if character:
                shown += character
                break
    return shown


def test_the_first_seed_reads_as_it_was_written(seeds):
    text = repair((seeds / "000_02b6cdc543a7b6e7.txt").read_text("utf-8"))
    assert "During Asia Tour\U0001f50481" in text
    assert "“I’d love to meet with him if he’d like to meet,” Trump told reporters. “I got along great" in text
    assert "calls a “dual-track” approach" in text
    assert set(text) - set(map(chr, range(128))) == set("\U0001f504“”’—–")


@pytest.mark.parametrize("text", RIGHT)
def test_text_that_is_right_stays_as_it_is(text):
    assert repair(text) == text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", RIGHT[:2], ids=["fr", "de"])
def test_a_misread_text_is_turned_back(text, page):
    assert repair(misread(text, page)) == text


@pytest.mark.parametrize("page", ["latin-1", "cp1252", "cp1250", "cp1251", "cp1254", "mac_roman", "cp437"])
def test_a_text_that_was_misread_twice_is_turned_back(page):
    text = "L’été, où « œuvre » coûte 5 € : à Noël, déjà."
    assert repair(misread(misread(text, page), page)) == text


def test_most_scripts_come_back_from_windows_1252():
    assert [text for text in RIGHT if repair(misread(text, "cp1252")) != text] == []


def test_a_broken_run_is_mended_beside_correct_text():
    assert repair("Škoda’s cafÃ© – “ā€œtwice”") == "Škoda’s café – ““twice”"


def test_a_closing_quote_without_its_last_byte_is_mended():
    assert repair("â€œYes,â€ he said. â€œNo.â€") == "“Yes,” he said. “No.”"


def test_a_no_break_space_inside_a_broken_letter_may_have_become_a_space():
    assert repair("dÃ©jÃ  vu, l’Ã©tÃ© Ã Paris") == "déjà vu, l’été à Paris"


def test_look_alike_letters_are_left_alone():
    text = "Тhе “hаrbоur” МΕ” аuthоrіtу sаіd: ОД”, НА“."  # Cyrillic and Greek among Latin letters
    assert repair(text) == text


def test_invisible_characters_go_and_joiners_stay_where_a_script_needs_them():
    assert repair("a\u200bb\u00adc\ufeffd\u200d \u202ee\u202c\u2066f\x00\x1b[31m\x7f") == "abcd ef[31m"
    assert repair("می\u200cخواهد क्\u200dया 👨\u200d👩") == "می\u200cخواهد क्\u200dया 👨\u200d👩"


def test_spaces_and_line_ends_become_plain_ones():
    assert repair("a\u00a0b\u2009c\u3000d\te\r\nf\rg\u2028h\x85i\x0cj") == "a b c d e\nf\ng\nh\ni\nj"


def test_control_characters_of_windows_1252_become_what_they_were():
    assert repair("It\x92s \x93here\x94") == "It’s “here”"


def test_half_pairs_are_replaced_and_whole_ones_joined():
    assert repair("a\ud83d b \ud83d\ude00") == "a\ufffd b \U0001f600"


def test_marks_are_composed_and_a_flood_of_them_is_cut():
    assert repair("e\u0301le\u0300ve") == "élève"
    start = time.process_time()
    assert len(repair("x" + "\u0301\u0327" * 100_000)) < 40
    assert time.process_time() - start < 5  # not the minutes that putting 200,000 marks in order takes


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_repairing_twice_is_repairing_once(text):
    assert repair(repair(text)) == repair(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from("ĀāâÃãÐÑРСŒœŸš€™„”“’‚©®\xa0\x80\x9d\x93 ae\ufffd\u200b"), max_size=24).map("".join))
def test_repairing_pieces_of_mojibake_twice_is_repairing_them_once(text):
    assert repair(repair(text)) == repair(text)


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_what_comes_out_can_be_stored_and_printed(text):
    repaired = repair(text)
    repaired.encode("utf-8")
    assert unicodedata.is_normalized("NFC", repaired)
    assert not any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in repaired.replace("\n", ""))


def test_what_needs_no_normal_form_is_one_whatever_stands_beside_it():
    composed = range(1, sys.maxunicode + 1)
    composed = [point for point in composed if not characters._actions()[point] & characters._MAY_COMPOSE]
    assert {unicodedata.combining(chr(point)) for point in composed} == {0}
    beside = "".join(
        f"{other}{chr(point)}" for point in composed if not 0xD800 <= point < 0xE000 for other in "aи\u1100가か"
    )
    assert unicodedata.is_normalized("NFC", beside)


def test_real_pages_change_only_where_they_are_broken(shared_data):
    with gzip.open(shared_data / "pages" / "roles_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    changed = {page["source"] for page in pages for block in page["blocks"] if mojibake.mend(block) != block}
    broken = {
        page["source"] for page in pages if "\x80" in "".join(page["blocks"]) or "\x9d" in "".join(page["blocks"])
    }
    assert changed == broken  # their UTF-8 was saved as Latin-1; in no other page a character moves
    assert len(changed) == 8


SAMPLES = {
    "en": "The mayor defended the decision to press ahead, saying that the city would lose far more.",
    "fr": "Le maire a défendu la décision, disant que la ville et ses habitants y gagneraient.",
    "de": "Der Bürgermeister verteidigte die Entscheidung und sagte, dass die Stadt sonst viel mehr verlieren würde.",
    "es": "El alcalde defendió la decisión y dijo que la ciudad perdería mucho más.",
    "pt": "O prefeito defendeu a decisão e disse que a cidade perderia muito mais se não fosse em frente.",
    "it": "Il sindaco ha difeso la decisione e ha detto che la città perderebbe molto di più se non andasse avanti.",
    "nl": "De burgemeester verdedigde het besluit en zei dat de stad veel meer zou verliezen.",
    "pl": "Burmistrz bronił decyzji i powiedział, że miasto straci o wiele więcej, jeśli nie będzie tego robić.",
    "ru": "Мэр защитил решение и сказал, что город потеряет гораздо больше, если он не будет это делать в этом году.",
    "uk": "Мер захистив рішення і сказав, що місто втратить набагато більше, якщо воно не буде це робити в цьому році.",
    "ar": "قالت سلطة الميناء يوم الثلاثاء إن محطة الحاويات الجديدة ستفتح في الربيع بعد عامين من الموعد المقرر",
    "he": "רשות הנמל הודיעה ביום שלישי כי מסוף המכולות החדש ייפתח באביב",
    "zh": "港务局周二表示新的集装箱码头将于春季开放",
    "ja": "港湾局は火曜日、新しいターミナルが春に開業すると発表した",
    "ko": "항만청은 화요일 새 터미널이 봄에 문을 열 것이라고 밝혔다",
    "th": "การท่าเรือกล่าวเมื่อวันอังคารว่าท่าเทียบเรือแห่งใหม่จะเปิดในฤดูใบไม้ผลิ",
    "el": "Ο δήμαρχος υπερασπίστηκε την απόφαση",
    "hi": "महापौर ने कहा कि यह शहर के लिए बहुत अच्छा है और वे इसे इस साल पूरा करेंगे",
}


@pytest.mark.parametrize(("expected", "text"), SAMPLES.items(), ids=list(SAMPLES))
def test_a_sentence_tells_its_language(expected, text):
    assert language(text) == expected


@pytest.mark.parametrize("text", ["", "1-0, 2-1 (3:4)", "IBM SAP BMW", "Qwx zzyq plomb", "\x00"])
def test_what_has_no_words_of_a_language_has_none(text):
    assert language(text) == ""


def test_languages_of_real_pages(shared_data):
    with gzip.open(shared_data / "pages" / "roles_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = {page["source"]: "\n".join(page["blocks"]) for page in map(json.loads, lines)}
    known = {
        "DW": "de", "People": "zh", "Sermitsiaq": "da", "LRT": "lt", "Nettavisen": "no", "HabariLeo": "sw",
        "Pravda": "ru", "Bhaskar": "hi", "VnExpress": "vi", "remember8090.it": "it", "reuters.com": "en",
    }  # fmt: skip
    assert {source: language(pages[source]) for source in known} == known


@given(st.sampled_from(mojibake.PAGES), st.lists(st.integers(0, 1 << 16), max_size=30))
def test_broken_runs_are_found_where_two_neighbours_may_start_one(page, drawn):
    characters = [*mojibake._page(page), *"ab \ufffd"]
    text = "".join(characters[number % len(characters)] for number in drawn)
    found = {
        name: mojibake._runs_at(text, name, starts) for name, starts in mojibake.suspected(*mojibake.no_plain(text))
    }
    for name in mojibake.PAGES:
        expected = [run.span() for run in mojibake._runs(name).finditer(text)]
        assert [run.span() for run in found.get(name, [])] == expected
