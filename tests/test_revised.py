"""What pages say of their own revision, and which version is to be read for it."""

import pytest

import dedupe
from dedupe.provenance import revised
from dedupe.provenance.revised import BEGINNING, LONGEST, _every_piece, _pieces_in, _read, _revised

FIRE = (
    "The fire broke out in a warehouse on the quay of Lyon at three in the morning and killed {} people who slept "
    "above it. Firemen from four towns fought it until noon, and the prefect closed the bridge. The owner, {}, said "
    "that the alarm had been tested in May. Police are looking for two men who were seen there."
)


def of_one(title, text):
    """Return what a page says, each piece looked for by itself: the slow way."""
    read = _read(title, text)
    return _revised(read, _pieces_in(read))


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("CORRECTED-Fire kills two in Lyon", "", "corrected"),
        ("", "(Corrects paragraph 3 to say two, not three)\nLYON (Reuters)", "corrected"),
        ("", "An earlier version of this story gave a wrong toll.", "corrected"),
        ("", "In einer früheren Version dieses Artikels hieß es, er sei 43.", "corrected"),
        ("Rectificatif : deux morts à Lyon", "", "corrected"),
        ("", "Una versión anterior de este artículo daba otra cifra.", "corrected"),
        ("", "Uma versão anterior desta reportagem dizia outra coisa.", "corrected"),
        ("", "Questo articolo è stato corretto: i morti sono due.", "corrected"),
        ("", "In een eerdere versie van dit artikel stond een fout.", "corrected"),
        ("", "W poprzedniej wersji tekstu podano inną liczbę.", "corrected"),
        ("", "В предыдущей версии новости была ошибка.", "corrected"),
        ("", "Bu haberin önceki sürümünde yanlış bir sayı vardı.", "corrected"),
        ("【訂正】火事で2人死亡", "", "corrected"),
        ("", "更正：此前报道的死亡人数有误。", "corrected"),
        ("تصحيح: مقتل شخصين في ليون", "", "corrected"),
        ("Rättelse: två döda", "", "corrected"),
        ("", "This article has been retracted by the editors.", "withdrawn"),
        ("", "Der Artikel wurde am Montag zurückgezogen.", "withdrawn"),
        ("", "Esta noticia ha sido retirada por errores.", "withdrawn"),
        ("", "Cette dépêche est annulée.", "withdrawn"),
        ("", "Материал отозван редакцией.", "withdrawn"),
        ("", "本稿已撤回。", "withdrawn"),
        ("", "The article has been corrected to give the right toll.", "corrected"),
        ("", "(Corrects spelling of a name in the headline) LYON (Reuters)", "corrected"),
        ("", "Dieser Artikel wurde am 3. Mai korrigiert.", "corrected"),
        ("", "記事の一部を訂正しました。", "corrected"),
        ("", "Please disregard the story headlined “Fire kills two”.", "withdrawn"),
        ("", "記事を取り消し、おわびします。この記事を取り消します。", "withdrawn"),
        ("UPDATE 2-Fire kills two in Lyon", "", "updated"),
        ("", "Dieser Artikel wurde zuletzt um 12 Uhr aktualisiert.", "updated"),
    ],
)
def test_a_page_says_how_it_was_revised(title, text, kind):
    assert of_one(title, text).kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "Correction in the markets deepens",
        "Correction - or crash?",
        "Corrections officer killed: police",
        "Withdrawn troops return home",
        "Kill-switch law passed",
        "Update on the talks",
        "The minister corrected the record and was withdrawn from the list.",
        "The data was corrected for inflation, the bureau said.",
        "The court withdrew the earlier version of the report.",
        "Die Regierung hat den Entwurf zurückgezogen und die Zahlen korrigiert.",
        "El Gobierno ha retirado la ley y ha corregido las cifras.",
        "Компания отозвала 300 машин и исправила ошибку.",
        "The journal Science retracted the article, and Fox said that the story was retracted.",
        "The report was corrected by the agency, and the column was withdrawn from the border.",
        "In the original version of the story by Andersen she dies.",
        "Officials told residents to disregard the message and the report.",
        "Der Bericht der Kommission wurde korrigiert, die Meldung wurde vom Konzern zurückgezogen.",
        "In einer früheren Fassung des Gesetzes stand es anders.",
        "La version initiale de ce texte, que le Sénat examine, prévoyait 64 ans; ce texte a été retiré.",
        "A versão original do texto, aprovada na Câmara, foi mudada.",
        "La prima versione dell'articolo 18 era più severa.",
        "Materiał został wycofany ze sprzedaży.",
        "В первой версии текста договора этого не было, а материал отозван из продажи.",
        "朝日新聞は5日、慰安婦をめぐる記事を取り消した。別の記事を訂正した社もある。",
        "تم تصحيح هذا الخطأ في الحسابات.",
        "Annulation : le concert n'aura pas lieu",
        "Widerruf: So kommen Kunden aus dem Vertrag",
        "撤销：法院推翻一审判决",
    ],
)
def test_what_the_news_is_about_is_no_revision_of_the_page(line):
    assert of_one(line, "") is None and of_one("", line) is None


def pages(note, **fixed):
    wrong = FIRE.format("three", "J. Morel")
    return [
        {"id": "first", "source": "Gazette", "published": "2026-03-01T06:00Z", "text": wrong},
        {"id": "copy", "source": "Courier", "published": "2026-03-01T08:00Z", "text": wrong},
        {"id": "fixed", "source": "Gazette", "published": "2026-03-01T12:00Z",
         "text": f"{FIRE.format('two', 'Jean Morelle')}\n\n{note}", **fixed},
    ]  # fmt: skip


def test_a_corrected_version_is_the_one_to_read_and_the_report_says_why():
    found = dedupe.analyze(pages("Correction: An earlier version of this story gave a wrong toll."))
    assert [story.canonical for story in found.stories] == ["fixed"]
    verdict = found.article("fixed").verdict
    assert verdict.kind == "original" and verdict.reasons[1].startswith(
        "it is the version to read: it says that it was corrected"
    )
    assert dedupe.analyze(pages("")).stories[0].canonical == "first"


def test_another_report_is_not_to_be_read_in_place_of_the_first_because_it_was_corrected():
    text = (
        "Three people died in Lyon in the night when a warehouse on the quay burned down, the prefect said. They had "
        "slept above it. It took firemen from four towns until noon to put the fire out. The alarm was tested in May, "
        "said the owner J. Morel, whose bridge was closed. Two men are sought by police.\n\n"
        "Correction: An earlier version of this story gave a wrong toll."
    )
    own = {"id": "own", "source": "Star", "published": "2026-03-01T12:00Z", "text": text}
    (story,) = dedupe.analyze([*pages("")[:2], {**own, "title": "Lyon warehouse fire kills three"}]).stories
    assert (story.members, story.canonical) == (("copy", "first", "own"), "first")


def test_an_update_is_to_be_read_in_place_of_its_own_outlet_s_version_only():
    note = "This article has been updated with what the prefect said."
    assert dedupe.analyze(pages(note)).stories[0].canonical == "fixed"
    assert dedupe.analyze(pages(note, source="Star")).stories[0].canonical == "first"


def test_what_was_withdrawn_is_read_last_and_the_report_says_so():
    first, copy, _ = pages("")
    first["text"] += "\n\nThis story has been retracted."
    found = dedupe.analyze([first, copy])
    assert found.stories[0].canonical == "copy"
    assert (
        found.article("first").verdict.reasons[1] == "it says that it was withdrawn: “This story has been retracted.”"
    )
    assert dedupe.analyze([first]).stories[0].canonical == "first"


def test_a_long_page_takes_no_longer_than_its_ends():
    assert of_one("", "a\n" * 9 + "word " * 900 + "This article has been retracted." + " word" * 900) is None


def test_what_many_pages_say_of_their_revision_is_what_each_says_by_itself():
    notes = ("This article has been RETRACTED.", "Updated at 9 a.m.", "Diese Meldung wurde korrigiert.", "Отозвано")
    pages = [
        (title, f"{text}{note}") for title in ("", "CORRECTED-Fire") for text in (FIRE, "Ça, non. ") for note in notes
    ]
    many = [*pages, *[("Fire kills two", FIRE)] * 300, ("", ""), *pages]
    told = list(revised(many))
    assert told == [of_one(*page) for page in many]
    assert sum(map(bool, told)) > len(pages)


def test_pieces_are_as_long_as_what_is_looked_for_first_and_no_longer_than_what_is_looked_at():
    assert min(map(len, filter(str.isascii, _every_piece()))) >= BEGINNING and max(map(len, _every_piece())) <= LONGEST


COMMENTS = (
    "<section class='comments'><h2>Comments (2)</h2><div class='comment'><p>John: This article was corrected without a "
    "word! Shame on you.</p></div><div class='comment'><p>Ann: An earlier version of this article said five.</p></div>"
    "</section>"
)
RELATED = "<aside><h2>Related</h2><ul><li><a href='/x'>Correction: Minister did not resign</a></li></ul></aside>"


@pytest.mark.parametrize(
    ("more", "to_read"), [(COMMENTS, "first"), (RELATED, "first"), ("<p>This story has been corrected.</p>", "later")]
)
def test_a_reader_s_comment_or_another_headline_is_no_revision_of_the_page(more, to_read):
    body = "".join(f"<p>{part}.</p>" for part in FIRE.format("two", "J. Morel").split(". "))
    page = "<html><title>Fire kills two in Lyon</title><body><article><h1>Fire kills two in Lyon</h1>{}</article>{}"
    found = dedupe.analyze(
        [
            {"id": "first", "source": "Gazette", "published": "2026-03-01T06:00Z", "html": page.format(body, "")},
            {"id": "later", "source": "Courier", "published": "2026-03-01T09:00Z", "html": page.format(body, more)},
        ]
    )
    assert [story.canonical for story in found.stories] == [to_read]
    assert any("it says" in reason for reason in found.article("later").verdict.reasons) == (to_read == "later")
