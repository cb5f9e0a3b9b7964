"""What stands on pages beside the article, by hand in a dozen languages: the judged pages have few of each kind.

Every widget is a list of (role, line) that `benchmarks.role_training` puts below or between the paragraphs of a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

NAMES = (
    "Maria Lopez", "John Smith", "Anna Müller", "Ahmed Hassan", "Li Wei", "Ольга Иванова", "Tom Brown", "佐藤健", "Pierre Dubois",
    "Karthik Rao", "Giulia Rossi", "Jan Novák", "Sofia Almeida", "Katarzyna Nowak", "Mehmet Yılmaz", "محمد علي", "김민수", "Erik Larsen",
)  # fmt: skip
OUTLETS = (
    "The Daily Courier",
    "Nordkurier",
    "La Gazette",
    "El Diario",
    "Valley News",
    "Metro Times",
    "Вестник",
    "東京新報",
    "Il Corriere",
    "Folha do Sul",
    "TechWire",
    "The Conversation",
    "Business Today",
)
COMMENT_HEADS = (
    "Comments", "3 Comments", "12 COMMENTS", "Leave a Reply", "Join the conversation", "Kommentare", "5 Kommentare",
    "Schreibe einen Kommentar", "Commentaires", "Laisser un commentaire", "Comentarios", "Deja una respuesta",
    "Comentários", "Deixe um comentário", "Commenti", "Lascia un commento", "Комментарии", "Оставить комментарий",
    "评论", "コメント", "댓글", "التعليقات", "Yorumlar", "Reacties", "Komentarze", "Kommentarer", "2 Ergänzungen",
)  # fmt: skip
REPLIES = (
    "Reply",
    "Log in to Reply",
    "Antworten",
    "Répondre",
    "Responder",
    "Rispondi",
    "Ответить",
    "回复",
    "返信",
    "답글",
    "رد",
    "Yanıtla",
    "Odpowiedz",
    "Svara",
    "Like",
    "Report",
)
SAID = (
    "{} says:",
    "{}",
    "{} sagt:",
    "{} dit :",
    "{} dice:",
    "{} disse:",
    "{}: ",
    "{} wrote:",
    "{} пишет:",
    "{} ha scritto:",
)
WHEN = (
    "March 12, 2024 at 10:15 am", "2 hours ago", "12. März 2024 um 10:15 Uhr", "12 mars 2024 à 10 h 15", "hace 2 horas",
    "12.03.2024 10:15", "2024-03-12 10:15", "vor 3 Stunden", "il y a 2 jours", "1 day ago", "5 мин назад", "3小时前",
)  # fmt: skip
COMMENTS = (
    "I totally agree with this. They should have done it years ago.",
    "What a waste of taxpayer money. Nobody I know voted for this and I am tired of it!",
    "Great article, thanks for sharing!",
    "You obviously didn't read the story. He never said that.",
    "lol, good luck with that",
    "My grandfather worked there for thirty years. I remember the day it closed like it was yesterday, and we all cried.",
    "Why is nobody talking about the real problem here?",
    "Can't wait to see how this turns out. I'm not holding my breath though.",
    "Das kann doch wohl nicht wahr sein. Wer soll das denn bezahlen?",
    "Danke für den guten Artikel! Ich sehe das genauso, aber meine Nachbarn leider nicht.",
    "Ich verstehe die Aufregung nicht, das war doch schon immer so. Bei uns im Dorf macht das jeder.",
    "Je suis entièrement d'accord avec vous, on marche sur la tête dans ce pays.",
    "Bravo pour cet article, enfin quelqu'un qui dit la vérité !",
    "Qué vergüenza. Y luego nos piden que paguemos más impuestos, yo ya no me creo nada.",
    "Excelente nota, gracias por compartir.",
    "Muito bom! Parabéns pelo texto, me ajudou demais aqui em casa.",
    "Ma secondo me avete sbagliato tutto, io ci sono stato e non è così.",
    "А я давно говорил, что так и будет. Но кто же меня слушал?",
    "Спасибо за статью, очень интересно!",
    "说得好，支持！", "我觉得这个事情没有那么简单，大家不要被骗了。", "とても参考になりました。ありがとうございます。",
    "정말 안타깝네요. 저도 같은 생각입니다.", "شكرا على المقال الرائع، أنا أتفق معكم تماما", "Çok doğru, ben de aynısını düşünüyorum.",
    "Mooi geschreven, maar ik ben het er niet mee eens.", "Zgadzam się w stu procentach, szkoda tylko, że nikt tego nie czyta.",
)  # fmt: skip
FORM = (
    "Your email address will not be published. Required fields are marked *", "Name *", "Email *", "Website", "Post Comment",
    "You must be logged in to post a comment.", "Deine E-Mail-Adresse wird nicht veröffentlicht.", "Kommentar abschicken",
    "Votre adresse e-mail ne sera pas publiée.", "Tu dirección de correo electrónico no será publicada.",
    "O seu endereço de e-mail não será publicado.", "Comments are moderated. Please be civil and stay on topic.",
    "Save my name, email, and website in this browser for the next time I comment.", "Ваш e-mail не будет опубликован.",
    "Be the first to comment!", "Sort by newest", "View all comments", "Share your thoughts", "Anonymous", "Guest",
)  # fmt: skip
AD_HEADS = (
    "Sponsored", "Advertisement", "Anzeige", "Anzeigen", "Publicité", "Publicidad", "Реклама", "広告", "إعلان", "Promoted Content",
    "Sponsored Links", "Paid Content", "Partnerangebote", "From our partners", "Around the Web", "Ads by Google", "Advertentie",
    "Annonce", "Annons", "Reklama", "Reklam", "Pubblicità", "Publicidade", "スポンサーリンク", "广告", "광고", "Hirdetés", "Mainos",
    "Deals", "Today's best deals", "Gutscheine", "Top Deals", "Best price", "Marketplace", "Shop", "Stellenanzeigen",
)  # fmt: skip
AD_ITEMS = (
    "Noise-cancelling headphones - now $79.99 (was $129.99)", "Buy now at Amazon", "Hearing aids: seniors are rushing to try this",
    "Doctors stunned by this one simple trick", "Compare mortgage rates today", "$39.99", "£12.50 at Argos", "View deal", "Shop now",
    "Save 40% on a new laptop", "The best credit cards of 2024 with 0% interest", "Refinance your home before it is too late",
    "Born before 1970? Get this free insurance quote", "Play now - 200 free spins", "Gebrauchtwagen günstig kaufen",
    "Jetzt 20 % Rabatt sichern", "Zum Angebot", "Kühlschrank ab 299,00 €", "Nike Gutschein", "OTTO", "Zalando", "MediaMarkt", "eBay",
    "Booking.com", "Stromvergleich: bis zu 500 € sparen", "Haus kaufen oder mieten? Jetzt berechnen", "Pflegekraft (m/w/d) gesucht",
    "Offre spéciale : -30 % sur les matelas", "Voir l'offre", "Assurance auto : comparez et économisez", "Oferta: 2x1 en gafas",
    "Comprar ahora", "Compre agora com frete grátis", "Sconto del 50% su tutte le scarpe", "Купить со скидкой 30 %",
    "Кредит без справок за 5 минут", "限时优惠 立即购买", "今なら送料無料 2,980円", "특가 할인 39,900원", "خصم 50% على جميع المنتجات",
    "Senior Living Apartments", "Dental implants near you", "Walk-in tubs", "Cash Counting Machines", "Sofa, 3-seater, like new, 150 €",
    "For sale: Honda CB500, 12,000 miles, £2,300", "SUV deals nobody talks about", "Learn a language in 3 weeks with this app",
    "Redakteur (w/m/d) in Vollzeit, Berlin", "Nurse wanted, full time, City Hospital", "Werbung überspringen",
)  # fmt: skip
DISCLOSURES = (
    "This post contains affiliate links. We may earn a commission if you buy through them, at no extra cost to you.",
    "When you purchase through links on our site, we may earn an affiliate commission.",
    "Mit * gekennzeichnete Links sind Affiliate-Links. Wenn Sie darüber kaufen, erhalten wir eine Provision.",
)
BIOS = (
    "{} is a reporter covering politics for {}.", "{} is a senior editor at {}, where he writes about business and technology.",
    "{} is a freelance journalist based in Berlin. Her work has appeared in {} and elsewhere.",
    "{} joined {} in 2015 after working as a correspondent in Cairo. She studied history and lives with two cats.",
    "{} is an associate professor of economics and the author of three books.", "A travel writer who loves mountains, dogs and coffee.",
    "An award-winning war correspondent who has reported from more than thirty countries.", "Tech lover, gamer and father of two.",
    "Your friendly local foodie, always on the hunt for the next great burger!", "Follow {} on Twitter.", "Contact the author at news@example.com",
    "{} ist Redakteur im Ressort Wirtschaft und schreibt über Energie.", "{} arbeitet seit 2018 als freie Journalistin für {}.",
    "{} est journaliste au service politique de {}.", "Diplômée de Sciences Po, {} couvre l'actualité internationale depuis 2012.",
    "{} es periodista y escribe sobre cultura en {}.", "Licenciado en Periodismo. Apasionado del fútbol y del cine.",
    "{} é jornalista formada pela USP e repórter de {}.", "{} è giornalista professionista e scrive di tecnologia per {}.",
    "{} — журналист, пишет об экономике и политике. Окончил МГУ.", "{}，{}记者，毕业于北京大学，长期关注环境议题。",
    "{}。1980年生まれ、大阪府出身。{}記者を経てフリーライター。", "{} 기자입니다. 정치와 사회를 취재합니다.", "{} كاتب وصحفي مقيم في القاهرة.",
    "{} is an independent news organisation founded in 1998. We report on the people and places of the region.",
    "{} is the leading source of news, reviews and analysis for professionals around the world.",
)  # fmt: skip
BIO_HEADS = (
    "About the author", "ABOUT THE AUTHOR", "About the Author", "Über den Autor", "Zur Person", "À propos de l'auteur", "Sobre el autor",
    "Sobre o autor", "L'autore", "Об авторе", "作者简介", "この記事を書いた人", "About us", "Author", "عن الكاتب",
)  # fmt: skip
LEGAL = (
    "© 2024 {}. All rights reserved.", "Copyright 2024 {} - Alle Rechte vorbehalten", "© {} 2024. Tous droits réservés.",
    "The content on this website is collected automatically from public sources. All rights belong to their owners. "
    "If you want your material removed, please contact us and it will be deleted.",
    "Disclaimer: the views expressed in this article are those of the author and do not necessarily reflect the position of {}.",
    "This material may not be published, broadcast, rewritten, or redistributed without permission.",
    "Denial of liability: we are not responsible for the accuracy of the information, which is for educational purposes only.",
    "All trademarks and images are the property of their respective owners. {} aggregates news for information only.",
    "Nothing on this site is financial advice. Do your own research before making any investment decision.",
    "By clicking Subscribe you agree to our Terms of Use and Privacy Policy.", "We use cookies to give you the best experience.",
    "Alle Angaben ohne Gewähr. Für die Inhalte verlinkter Seiten sind ausschließlich deren Betreiber verantwortlich.",
    "Toute reproduction, même partielle, sans autorisation écrite est interdite.", "Prohibida la reproducción total o parcial sin autorización.",
    "Все права защищены. При использовании материалов сайта гиперссылка обязательна.", "版权所有 未经授权 不得转载", "無断転載を禁じます。",
    "무단 전재 및 재배포 금지", "جميع الحقوق محفوظة ولا يجوز إعادة النشر دون إذن", "Редакция не несет ответственности за мнения авторов.",
    "12 High Street, Suite 400, Springfield, IL 62701", "Tel: +44 20 7946 0000", "Akazienallee 12, 10115 Berlin", "redaktion@example.org",
    "Privacy Policy", "Terms of Use", "Impressum", "Datenschutz", "Mentions légales", "Aviso legal", "Cookie Settings",
)  # fmt: skip
SOURCES = (
    "Source: {}", "Quelle: {}", "Source : {}", "Fuente: {}", "Fonte: {}", "Источник: {}", "来源：{}", "出典：{}", "출처: {}", "المصدر: {}",
    "Kaynak: {}", "Bron: {}", "Källa: {}", "This article was originally published by {}.", "Originally published at {}.", "(Reuters)",
    "This story originally appeared on {}.", "Republished with permission from {}.", "With files from The Canadian Press",
    "The Associated Press contributed to this report.", "Additional reporting by {} in London", "AFP", "dpa", "Associated Press", "ANSA",
    "(Reporting by Jane Doe; Editing by John Roe)", "Mit Material von dpa", "Mit Agenturmaterial", "Avec AFP", "Con información de EFE",
    "Com informações da Agência Brasil", "Rewritten by our staff based on reports from {}.", "AI summary based on public reporting from {}.",
    "Compiled from media reports, including {}.", "News analysis based on material from {}", "via {}", "Read the original article on {}.",
    "Dieser Artikel erschien zuerst bei {}.", "Cet article a d'abord été publié par {}.", "Esta nota fue publicada originalmente en {}.",
    "新华社北京电", "本文转载自{}", "По материалам {}", "Press release by {}", "Edited from a syndicated feed by {}",
)  # fmt: skip
OTHERS = (
    "Loading...", "Please enable JavaScript to view this page.", "Your browser does not support the video tag.", "An error occurred. Please try again.",
    "Thank you for subscribing!", "Wird geladen ...", "Fehler: Bitte versuchen Sie es später noch einmal.", "Chargement en cours", "Cargando...",
    "Загрузка...", "加载中", "読み込み中です", "18°C", "Partly cloudy", "Wind: 12 km/h", "Vote", "Yes (45%, 120 Votes)", "00:00", "---", "***", "•",
    "undefined", "wp-content/uploads/2024/03/image.jpg", "{{title}}", "This video is not available in your country.", "Powered by WordPress",
    "Something went wrong.", "Was this helpful?", "What do you think about the new law?", "___", "javascript:void(0)", "Poll", "Bewölkt",
)  # fmt: skip

# {0}, {1}, {2} become names that the page's text tells of
CAPTIONS = (
    "{0} and {1} at a meeting in {2}.", "{0} signing the {1}", "{0} speaks to reporters in {2}", "{0} during a visit to {2} last year.",
    "{0} (left) and {1}", "A file photo of {0}", "{0}, pictured in {2}", "{0} at the {1} in {2}.", "A view of {2} from the air.",
    "{0} waves to supporters in {2} on Tuesday", "People walk past a shop in {2}.", "{0} with {1}", "The {1} in {2}", "{0}", "{0} {1}",
    "{0} bei einem Treffen mit {1} in {2}", "{0} im Gespräch mit {1}.", "Blick auf {2}", "{0} lors d'une rencontre à {2}.",
    "{0} et {1}, à {2}", "{0} durante una reunión en {2}.", "{0} junto a {1}", "{0} em {2}, ao lado de {1}", "{0} durante un incontro a {2}",
    "{0} на встрече в {2}", "{0}（左）和{1}在{2}", "{2}で会見する{0}", "{0} في {2}", "A potential {1} in {2}.", "An undated image of {0}.",
)  # fmt: skip

HEADINGS = (
    "What happens next", "Looking ahead", "Key takeaways", "Conclusion", "Wrapping it up", "Background", "Why it matters", "The bigger picture",
    "Final thoughts", "Implications for {0}", "What we know so far", "How {0} reacted", "What is at stake for {0}", "Why {0} may not agree, yet",
    "A closer look at {1}", "Recommendations for {0} ahead of possible talks", "Historical parallels", "{0}: the economic dimension",
    "Fazit", "Wie es weitergeht", "Was bedeutet das für {0}?", "Hintergrund", "Ce qu'il faut retenir", "Et maintenant ?", "Conclusión",
    "¿Qué sigue?", "Conclusão", "O que vem a seguir", "Conclusioni", "Cosa succede ora", "Что дальше", "Выводы", "结语", "背景", "まとめ", "今後の見通し",
    "결론", "الخلاصة", "ما التالي؟", "Sonuç", "Podsumowanie", "Conclusie",
)  # fmt: skip
MONTHS = (
    "December 2025",
    "March 2024",
    "März 2024",
    "mars 2024",
    "marzo 2024",
    "Март 2024",
    "2024年3月",
    "maart 2024",
    "Temmuz 2023",
    "julho 2022",
)
WEEKS = (
    "M T W T F S S",
    "S M T W T F S",
    "M D M D F S S",
    "L M M J V S D",
    "L M X J V S D",
    "S T Q Q S S D",
    "Пн Вт Ср Чт Пт Сб Вс",
    "月 火 水 木 金 土 日",
)
MENUS = (
    "Categories", "Archives", "Tags", "Search", "Home", "Next", "« Feb", "Previous", "Kategorien", "Archiv", "Catégories", "Categorías",
    "Archivos", "Рубрики", "Архивы", "カテゴリー", "アーカイブ", "分类目录", "Select Month", "All", "Share", "Tweet", "Print", "Teilen", "Partager",
    "Politics", "Business", "Sports", "World", "Technology", "Log in", "Register", "Entries feed", "Back to top", "Menu", "My account", "My list",
)  # fmt: skip


def calendar(rng: np.random.Generator) -> list[str]:
    """Return a month as a page's text has it: with its days run together, or apart."""
    first, gap = int(rng.integers(1, 8)), str(rng.choice(["", "", " "]))
    weeks, day = [], 1
    while day <= 31:
        last = min(day + (first if day == 1 else 7) - 1, 31)
        weeks.append(gap.join(map(str, range(day, last + 1))))
        day = last + 1
    return [str(rng.choice(MONTHS)), str(rng.choice(WEEKS)), *weeks]


def pages(rng: np.random.Generator) -> str:
    """Return a row of page numbers."""
    return str(rng.choice([" ", " - ", " | ", "", " · "])).join(map(str, range(1, int(rng.integers(4, 12)))))


def widget(kind: str, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Return the lines of one widget of a kind as (role, line)."""

    def pick(options: tuple[str, ...]) -> str:
        line = options[int(rng.integers(len(options)))]
        while "{}" in line:
            line = line.replace("{}", str(rng.choice(NAMES if line.startswith("{}") else OUTLETS)), 1)
        return line

    if kind == "comment":
        lines = [pick(COMMENT_HEADS)]
        for _ in range(int(rng.integers(2, 9))):
            lines += [pick(SAID).strip()]
            lines += [pick(WHEN)] if rng.random() < 0.7 else []
            lines += [pick(COMMENTS) for _ in range(1 + int(rng.random() < 0.25))]
            lines += [pick(REPLIES)] if rng.random() < 0.6 else []
        lines += [pick(FORM) for _ in range(int(rng.integers(0, 4)))]
        return [("comment", line) for line in lines]
    if kind == "ad" and rng.random() < 0.4:
        return [(kind, pick(AD_HEADS[:28]))]  # a marker whose advertising did not make it into the text
    if kind == "ad":
        lines = [pick(AD_HEADS)] if rng.random() < 0.8 else []
        return [("ad", line) for line in lines + [pick(AD_ITEMS) for _ in range(int(rng.integers(1, 8)))]]
    if kind == "navigation":
        lines = [pick(MENUS) for _ in range(int(rng.integers(1, 6)))]
        lines += calendar(rng) if rng.random() < 0.4 else []
        return [(kind, line) for line in lines + ([pages(rng)] if rng.random() < 0.4 else [])]
    if kind == "bio":
        name = pick(NAMES)
        lines = [pick(BIO_HEADS)] if rng.random() < 0.4 else []
        lines += [name] if rng.random() < 0.7 else []
        line = str(rng.choice(BIOS)).replace("{}", name, 1).replace("{}", pick(OUTLETS))
        return [("bio", line) for line in [*lines, line]]
    if kind == "legal":
        found = [("legal", pick(LEGAL)) for _ in range(int(rng.integers(1, 4)))]
        return [*([("legal", pick(DISCLOSURES))] if rng.random() < 0.1 else []), *found]
    options = {"attribution": SOURCES, "other": OTHERS}[kind]
    return [(kind, pick(options)) for _ in range(1 if kind == "attribution" else int(rng.integers(1, 5)))]
