"use strict";
// Shows two articles of a story side by side and marks the passages they share; a click on one jumps to the other.
(function () {
  const KINDS = { verbatim: "word for word", edited: "edited", paraphrased: "paraphrased" };

  function clear(article) {
    for (const paragraph of article.querySelectorAll("p")) paragraph.textContent = paragraph.textContent;
  }

  // spans: [start, end, passage number, kind, similarity] in page offsets. Offsets count characters as Python does
  // (code points), so a paragraph is cut as an array of code points. Where passages overlap the first one holds.
  function mark(article, spans, side) {
    for (const paragraph of article.querySelectorAll("p.reporting")) {
      const begin = Number(paragraph.dataset.start);
      const characters = Array.from(paragraph.textContent);
      let at = 0;
      const pieces = [];
      for (const [start, end, number, kind, similarity] of spans) {
        const from = Math.max(start - begin, at), to = Math.min(end - begin, characters.length);
        if (from >= to) continue;
        pieces.push(document.createTextNode(characters.slice(at, from).join("")));
        const element = document.createElement("mark");
        element.className = kind;
        element.dataset.passage = number;
        element.dataset.side = side;
        element.tabIndex = 0;
        element.setAttribute("role", "link");
        element.title = KINDS[kind] + ", similarity " + similarity.toFixed(2) + "; click to see it on the other side";
        element.textContent = characters.slice(from, to).join("");
        pieces.push(element);
        at = to;
      }
      if (!pieces.length) continue;
      pieces.push(document.createTextNode(characters.slice(at).join("")));
      paragraph.replaceChildren(...pieces);
    }
  }

  function jump(reader, element) {
    for (const other of reader.querySelectorAll("mark.here")) other.classList.remove("here");
    const there = reader.querySelector(
      'mark[data-passage="' + element.dataset.passage + '"]:not([data-side="' + element.dataset.side + '"])');
    element.classList.add("here");
    if (there) {
      there.classList.add("here");
      there.focus({ preventScroll: true });  // so that a second press of the key leads back
      there.scrollIntoView({ block: "center", behavior: "smooth" });
    }
  }

  function setUp(reader) {
    const articles = Array.from(reader.querySelectorAll("article"));
    const passages = JSON.parse(reader.querySelector(".passages").textContent);
    const left = reader.querySelector(".left"), right = reader.querySelector(".right");
    const found = reader.querySelector(".found");

    function show() {
      const i = Number(left.value), j = right ? Number(right.value) : i;
      for (const article of articles) {
        article.hidden = article !== articles[i] && article !== articles[j];
        clear(article);
      }
      articles[i].style.order = 0;
      if (i === j) { found.textContent = ""; return; }
      articles[j].style.order = 1;
      const [low, high] = i < j ? [i, j] : [j, i];
      const shared = passages[low + "-" + high] || [];
      const sides = [[], []];
      shared.forEach(function (p, number) {
        sides[0].push([p[0], p[1], number, p[4], p[5]]);
        sides[1].push([p[2], p[3], number, p[4], p[5]]);
      });
      sides.forEach(function (spans, side) {
        spans.sort(function (x, y) { return x[0] - y[0]; });
        mark(articles[side ? high : low], spans, side);
      });
      found.textContent = shared.length === 1 ? "1 shared passage" : shared.length + " shared passages";
    }

    left.addEventListener("change", show);
    if (right) right.addEventListener("change", show);
    reader.querySelector(".fold").addEventListener("change", function (event) {
      reader.classList.toggle("folded", event.target.checked);
    });
    reader.addEventListener("click", function (event) {
      if (event.target.matches("mark")) jump(reader, event.target);
    });
    reader.addEventListener("keydown", function (event) {
      if ((event.key === "Enter" || event.key === " ") && event.target.matches("mark")) {
        event.preventDefault();  // the blank would scroll the page
        jump(reader, event.target);
      }
    });
    show();
  }

  // Stories are set up when they come into view, for a report may hold hundreds; the first one at once, all for print.
  const waiting = new Set(document.querySelectorAll(".reader"));
  const seen = new IntersectionObserver(function (entries) {
    for (const entry of entries) if (entry.isIntersecting) wake(entry.target);
  }, { rootMargin: "600px" });
  function wake(reader) {
    seen.unobserve(reader);
    if (waiting.delete(reader)) setUp(reader);
  }
  for (const reader of waiting) seen.observe(reader);
  for (const first of waiting) { wake(first); break; }
  addEventListener("beforeprint", function () { waiting.forEach(wake); });

  const filter = document.getElementById("filter");
  filter.addEventListener("input", function () {
    const wanted = filter.value.toLocaleLowerCase();
    for (const item of document.querySelectorAll("nav li")) {
      item.hidden = !(item.textContent + "\n" + item.dataset.outlets).toLocaleLowerCase().includes(wanted);
    }
  });
})();
