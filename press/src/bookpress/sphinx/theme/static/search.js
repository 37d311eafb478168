// Looks for words, names, numbers and dates in the prose of all pages (search-prose.js), then in their tables, figures and references
// (search-rows.js), which are loaded once something is asked for: over a slow line the prose answers first.
(function () {
  "use strict";
  var say = window.bookpressSay;
  var root = document.documentElement.dataset.content_root || "./";
  var field = document.getElementById("q"), status = document.getElementById("search-status"), results = document.getElementById("search-results");
  var FIRST = 10;          // results of each kind that are shown at once
  var LONGEST = 200;       // letters of a query
  var LINE = 220;          // letters of the line that is shown, about
  var WORD = /\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{M}\p{N}]+/gu;
  // Words that every page has, and the names of months, in the language of the pages.
  var COMMON = new Set(say("a an and are as at by for from has have in is it of on or that the their to was were which who with").split(" "));
  var MONTHS = {};         // "june", "jun" and what lies between, to "jun": tables shorten months
  plain(say("january february march april may june july august september october november december")).split(" ").forEach(function (name, _, names) {
    var shortest = names.filter(function (other) { return other.slice(0, 3) === name.slice(0, 3); }).length > 1 ? 4 : 3;
    for (var length = shortest; length <= name.length; length++) MONTHS[name.slice(0, length)] = name.slice(0, shortest);
  });

  // --- words ---------------------------------------------------------------------------------------------------------

  function plain(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae"); }

  function folded(word) {
    if (/^\d{1,3}(,\d{3})+$/.test(word)) return word.replace(/,/g, "");
    return MONTHS[word] || word;
  }

  // The words of a text as they are compared, each with a blank on both sides.
  function spaced(text) { return " " + (plain(text).match(WORD) || []).map(folded).join(" ") + " "; }

  // What is asked for, as a list of terms; `text` is found in what `spaced` gives. A word may be the beginning of one; a number, a
  // common word and what stands in quotation marks may not.
  function termsOf(query) {
    var parts = query.match(/"[^"]*"|“[^”]*”|«[^»]*»|\S+/g) || [];
    return parts.map(function (part) {
      var text = spaced(part), words = text.trim().split(" "), last = words[words.length - 1];
      var whole = /^["“«]/.test(part) || /^[\d.,]+$/.test(last) || last.length < 2 || COMMON.has(last);
      return { said: part.replace(/["“”«»]/g, "").trim(), words: words, whole: whole, text: whole ? text : text.slice(0, -1) };
    }).filter(function (term) { return term.words[0]; });
  }

  function phraseOf(terms) {
    var words = [].concat.apply([], terms.map(function (term) { return term.words; })), last = terms[terms.length - 1];
    return { words: words, whole: last.whole, text: " " + words.join(" ") + (last.whole ? " " : "") };
  }

  function times(text, part) { return text.split(part).length - 1; }

  // --- passages ------------------------------------------------------------------------------------------------------

  var known = new Map();   // words, and how often each was counted

  // The passages of the pages of one file.
  function read(pages) {
    var passages = [];
    pages.forEach(function (page) {
      var heading = page[1];
      page[2].forEach(function (passage) {
        heading = passage[1] || heading;
        var lines = passage[2] ? passage[2].replace(/(\S)\|(?=\S)/g, "$1 | ").split("\n") : [], head = spaced(heading);
        var text = head + "\n" + lines.map(spaced).join("\n");
        passages.push({ page: page[0], title: page[1], place: passage[0], heading: heading, lines: lines, head: head, text: text, length: text.length });
        text.split(/\s+/).forEach(function (word) { known.set(word, (known.get(word) || 0) + 1); });
      });
    });
    return passages;
  }

  // The passages that have all terms, the best first; where none has and there are several terms, those that have some.
  function find(passages, terms) {
    var phrase = phraseOf(terms), rare = terms.filter(function (term) { return term.words.length > 1 || !COMMON.has(term.words[0]); });
    var needed = rare.length ? rare : terms, all = passages.length;
    needed.forEach(function (term) {
      term.weight = Math.log(1 + all / (1 + passages.filter(function (passage) { return passage.text.includes(term.text); }).length));
    });
    var some = [];
    passages.forEach(function (passage) {
      var has = needed.filter(function (term) { return passage.text.includes(term.text); });
      if (!has.length) return;
      var score = 0, most = 0;
      has.forEach(function (term) {
        var whole = times(passage.text, term.text.trimEnd() + " "), begun = times(passage.text, term.text) - whole;
        var often = whole + Math.max(0, begun) / 2;
        score += term.weight * (often / (often + 0.5 + passage.length / 2000) + (passage.head.includes(term.text) ? 1 : 0));
        most += term.weight;
      });
      if (terms.length > 1 && passage.text.includes(phrase.text)) score += 2 * most;
      some.push({ passage: passage, has: has.length, score: score });
    });
    var full = some.filter(function (found) { return found.has === needed.length; });
    var chosen = full.length ? full : some;
    chosen.sort(function (a, b) { return b.has - a.has || b.score - a.score; });  // what is alike stays in the order of the book
    return { full: full.length > 0, passages: chosen.map(function (found) { return found.passage; }), needed: needed, phrase: phrase };
  }

  // The word that is nearest to one that stands nowhere, or undefined: one letter more, less, other or exchanged; two in a long word.
  function nearest(word) {
    var most = word.length < 8 ? 1 : 2, best, distance = most + 1, often = 0;
    if (word.length < 4 || /\d/.test(word)) return undefined;
    known.forEach(function (count, other) {
      if (Math.abs(other.length - word.length) > most || /\d/.test(other)) return;
      var far = steps(word, other);
      if (far < distance || (far === distance && far <= most && count > often)) { best = other; distance = far; often = count; }
    });
    return best;
  }

  // Edits from one word to another, two neighbours exchanged among them (optimal string alignment).
  function steps(one, two) {
    var rows = [Array.from({ length: two.length + 1 }, function (_, column) { return column; })];
    for (var row = 1; row <= one.length; row++) {
      rows[row] = [row];
      for (var column = 1; column <= two.length; column++) {
        var same = one[row - 1] === two[column - 1];
        var least = Math.min(rows[row - 1][column] + 1, rows[row][column - 1] + 1, rows[row - 1][column - 1] + (same ? 0 : 1));
        if (row > 1 && column > 1 && one[row - 1] === two[column - 2] && one[row - 2] === two[column - 1]) least = Math.min(least, rows[row - 2][column - 2] + 1);
        rows[row][column] = least;
      }
    }
    return rows[one.length][two.length];
  }

  // --- the line that is shown ----------------------------------------------------------------------------------------

  // Where the terms stand in a line: [start, end] in letters, with the number of the term.
  function hits(line, terms) {
    var words = Array.from(line.matchAll(WORD), function (match) { return { start: match.index, end: match.index + match[0].length, word: folded(plain(match[0])) }; });
    var found = [];
    for (var at = 0; at < words.length; at++) {
      for (var number = 0; number < terms.length; number++) {
        var term = terms[number], last = term.words.length - 1;
        var fits = at + last < words.length && term.words.every(function (word, index) {
          var there = words[at + index].word;
          return index < last || term.whole ? there === word : there.startsWith(word);
        });
        if (fits) { found.push({ start: words[at].start, end: words[at + last].end, term: number }); at += last; break; }
      }
    }
    return found;
  }

  // Of a passage the line with most of the terms, the phrase as a whole counting more, cut to a length that can be read.
  function lineOf(passage, found) {
    var best = { line: passage.lines[0] || "", hits: [], worth: 0 };
    passage.lines.forEach(function (line) {
      var whole = found.phrase.words.length > 1 ? hits(line, [found.phrase]) : [], here = whole.length ? whole : hits(line, found.needed);
      var worth = whole.length ? Infinity : Array.from(new Set(here.map(function (hit) { return hit.term; }))).reduce(function (sum, term) { return sum + found.needed[term].weight; }, 0);
      if (worth > best.worth) best = { line: line, hits: here, worth: worth };
    });
    var line = best.line, start = 0, most = 0;
    best.hits.forEach(function (hit) {
      var seen = new Set(best.hits.filter(function (other) { return other.start >= hit.start && other.end <= hit.start + LINE - 60; }).map(function (other) { return other.term; })).size;
      if (seen > most) { most = seen; start = hit.start; }
    });
    var first = best.hits.find(function (hit) { return hit.start === start; });
    var from = start > 80 ? line.lastIndexOf(" ", start - 60) + 1 : 0;
    var to = line.length > from + LINE ? line.lastIndexOf(" ", from + LINE) : line.length;
    if (to <= start) to = line.length;
    return { line: line, from: from, to: to, hits: best.hits.filter(function (hit) { return hit.start >= from && hit.end <= to; }), first: first };
  }

  // --- what is shown -------------------------------------------------------------------------------------------------

  function element(name, words, attributes) {
    var made = document.createElement(name);
    made.textContent = words || "";
    Object.entries(attributes || {}).forEach(function (pair) { made.setAttribute(pair[0], pair[1]); });
    return made;
  }

  // The address of a passage; where the browser can lead to words (text fragments), of those found, told by their neighbours in the same cell.
  function addressOf(passage, shown) {
    var address = root + passage.page + ".html" + (passage.place ? "#" + passage.place : "");
    if (!shown.first || !("fragmentDirective" in document)) return address;
    var left = shown.line.lastIndexOf(" | ", shown.first.start), right = shown.line.indexOf(" | ", shown.first.end);
    var before = shown.line.slice(left < 0 ? 0 : left + 3, shown.first.start).split(" ").slice(-3).join(" ").trim();
    var after = shown.line.slice(shown.first.end, right < 0 ? undefined : right).split(" ").slice(0, 3).join(" ").trim();
    var words = [before, shown.line.slice(shown.first.start, shown.first.end), after].map(function (part) { return encodeURIComponent(part).replace(/-/g, "%2D"); });
    return address + (passage.place ? "" : "#") + ":~:text=" + (before && words[0] + "-,") + words[1] + (after && ",-" + words[2]);
  }

  function item(passage, found) {
    var shown = lineOf(passage, found), entry = element("li"), line = element("p"), at = shown.from;
    entry.append(element("a", passage.heading, { href: addressOf(passage, shown) }));
    if (passage.heading !== passage.title) entry.append(element("span", passage.title, { class: "page-title" }));
    if (shown.from > 0) line.append("… ");
    shown.hits.forEach(function (hit) {
      line.append(shown.line.slice(at, hit.start), element("mark", shown.line.slice(hit.start, hit.end)));
      at = hit.end;
    });
    line.append(shown.line.slice(at, shown.to) + (shown.to < shown.line.length ? " …" : ""));
    entry.append(line);
    return entry;
  }

  function list(name, found) {
    var box = element("section"), shown = element("ul"), next = 0;
    if (!found.passages.length) return box;
    box.append(element("h2", name), shown);
    var more = element("button", "", { type: "button" });
    function add(count) {
      found.passages.slice(next, next + count).forEach(function (passage) { shown.append(item(passage, found)); });
      next = Math.min(next + count, found.passages.length);
      more.textContent = say("Show more ({count} left)", { count: found.passages.length - next });
      if (next === found.passages.length) more.remove();
    }
    box.append(more);
    add(FIRST);
    more.addEventListener("click", function () {
      var first = shown.children.length;
      add(5 * FIRST);
      shown.children[first].firstElementChild.focus();
    });
    return box;
  }

  function quoted(words) { return say("“{words}”", { words: words }); }

  // --- asking --------------------------------------------------------------------------------------------------------

  var prose = null, proseFailed = false, rows = null, rowsAsked = false, rowsFailed = false;

  function load(file, use, fail) {
    var script = element("script", "", { src: root + "_static/" + file });
    script.onload = function () { use(); answer(); };
    script.onerror = function () { fail(); answer(); };
    document.head.append(script);
  }

  function askForRows() {
    if (rowsAsked) return;
    rowsAsked = true;
    load("search-rows.js", function () { rows = read(window.searchRows); }, function () { rowsFailed = true; });
  }

  // Replaces words that stand nowhere by their nearest; returns what is to be said of it.
  function mendSpelling(terms) {
    var there = prose.concat(rows || []);
    return terms.map(function (term) {
      if (there.some(function (passage) { return passage.text.includes(term.text); })) return "";
      var other = term.words.length === 1 && nearest(term.words[0]);
      if (!other) return say("{word} stands nowhere.", { word: quoted(term.said) }) + " ";
      term.words = [other];
      term.text = " " + other + (term.whole ? " " : "");
      return say("{word} stands nowhere; shown is what is written {other}.", { word: quoted(term.said), other: quoted(other) }) + " ";
    }).join("");
  }

  // Whoever asks the browser to save data is asked before the larger file is loaded.
  function offerRows() {
    var button = element("button", say("Look through tables, figures and references too"), { type: "button" });
    button.addEventListener("click", function () { askForRows(); answer(); });
    return button;
  }

  function answer() {
    var query = field.value.slice(0, LONGEST).trim(), terms = termsOf(query), shown = document.createDocumentFragment();
    if (proseFailed) { tell(say("The text of the pages could not be loaded. Load this page again, or use the contents."), shown); return; }
    if (!prose) { tell(query && say("Looking through the text …"), shown); return; }
    if (!query) { tell("", shown); return; }
    if (!terms.length) { tell(say("There is no word and no number in {words}. Ask for a word, a name, a number as it is printed, or a date.", { words: quoted(query) }), shown); return; }
    var isSaving = !rowsAsked && navigator.connection && navigator.connection.saveData;
    if (!isSaving) askForRows();
    var isWaiting = !rows && !rowsFailed, said = isWaiting ? "" : mendSpelling(terms);
    var inProse = find(prose, terms), inRows = find(rows || [], terms);
    if (inProse.full !== inRows.full || isWaiting) {  // all terms in one place before some of them in another
      [inProse, inRows].forEach(function (found) { if (!found.full) found.passages = []; });
    }
    var found = [];
    if (inProse.passages.length) found.push((inProse.passages.length === 1 ? say("{count} passage of the text") : say("{count} passages of the text")).replace("{count}", inProse.passages.length));
    if (inRows.passages.length) found.push((inRows.passages.length === 1 ? say("{count} place in tables, figures and references") : say("{count} places in tables, figures and references")).replace("{count}", inRows.passages.length));
    if (found.length) said += (inProse.full || inRows.full ? say("{found}.") : say("{found} with some of these words; none has all of them.")).replace("{found}", found.join(", "));
    if (isSaving) said += found.length ? "" : say("The text has no such passage.");
    else if (isWaiting) said += " " + say("Looking through tables, figures and references …");
    else if (!found.length) said += say("Nothing was found. Try fewer words, the beginning of a word, or another spelling of the name; or look through the contents.");
    if (rowsFailed) said += " " + say("Tables, figures and references could not be loaded.");
    shown.append(list(say("In the text"), inProse), isSaving ? offerRows() : list(say("In tables, figures and references"), inRows));
    tell(said, shown);
  }

  function tell(said, shown) {
    status.textContent = said;
    results.replaceChildren(shown);
  }

  // The address keeps what is asked for. False where the browser refuses, as some do for pages opened from disk.
  function keepAddress() {
    try { history.replaceState(null, "", field.value ? "?q=" + encodeURIComponent(field.value) : location.pathname); return true; } catch (refused) { return false; }
  }

  var waiting = 0;
  field.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () { keepAddress(); answer(); }, 250);
  });
  field.form.addEventListener("submit", function (event) {
    clearTimeout(waiting);
    if (keepAddress()) { event.preventDefault(); answer(); }
  });
  field.value = (new URLSearchParams(location.search).get("q") || "").slice(0, LONGEST);
  load("search-prose.js", function () { prose = read(window.searchProse); }, function () { proseFailed = true; });
  answer();
})();
