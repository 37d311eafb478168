// Notes in the text: behind a number its rule and its claims, behind a citation the reference.
// Without it, both are links. What is said of the numbers is loaded when the first of its notes is asked for.
(function () {
  "use strict";
  var say = window.bookpressSay;
  if (!HTMLElement.prototype.showPopover) return;
  var root = document.documentElement.dataset.content_root || "./";
  var note = null, owner = null, isLoading = false, waiting = 0, hint = null;

  function element(name, words, attributes) {
    var made = document.createElement(name);
    made.textContent = words || "";
    Object.entries(attributes || {}).forEach(function (pair) { made.setAttribute(pair[0], pair[1]); });
    return made;
  }

  function link(words, address) { return element("a", words, { href: address }); }

  function numberId(mark) {
    return Array.from(mark.classList).find(function (name) { return name.indexOf("number-") === 0; });
  }

  // Hands over the notes of the numbers, or null where they cannot be loaded.
  function withNumbers(use) {
    if (window.numberNotes) { use(window.numberNotes); return; }
    var script = element("script", "", { src: root + "_static/number-notes.js" });
    script.onload = function () { use(window.numberNotes || null); };
    script.onerror = function () { use(null); };
    document.head.append(script);
  }

  // The rule, the claims and the further link of a number, or nothing: numbers share them, and a note names their places.
  function toldOf(notes, id) {
    var note = notes && notes.notes[id];
    function at(place) { return place === null ? null : notes.told[place]; }
    return note && { rule: at(note[0]), claims: note[1].map(at), more: at(note[2]) };
  }

  // Claims on one thing stand together below its name.
  function listOf(claims) {
    var list = element("ul"), groups = new Map();
    function below(name) {
      if (!name) return list;
      if (!groups.has(name)) {
        groups.set(name, element("ul"));
        list.append(element("li", name));
        list.lastChild.append(groups.get(name));
      }
      return groups.get(name);
    }
    claims.forEach(function (claim) {
      var line = element("li");
      line.append(link(claim[0], root + claim[1]));
      below(claim[2]).append(line);
    });
    return list;
  }

  function fillNumber(box, mark, notes) {
    var told = toldOf(notes, numberId(mark));
    if (told) box.append(element("p", told.rule));
    if (mark.href) { box.append(element("p")); box.lastChild.append(link(say("The sentence that computes it"), mark.href)); }
    if (!told) return;
    if (told.claims.length) {
      box.append(element("p", told.claims.length === 1 ? say("The claim behind it:") : say("The {count} claims behind it:", { count: told.claims.length })));
      box.append(listOf(told.claims));
    }
    if (told.more) { box.append(element("p")); box.lastChild.append(link(told.more[0], root + told.more[1])); }
  }

  function fillReference(box, mark) {
    var text = element("p");
    mark.dataset.reference.split(/(https?:\S+)/).forEach(function (part, index) { text.append(index % 2 ? link(part, part) : part); });
    box.append(text, element("p"));
    box.lastChild.append(link(say("In the list of references"), mark.href));
  }

  function close() {
    clearTimeout(waiting);
    if (!note) return;
    owner.setAttribute("aria-expanded", "false");
    owner.removeAttribute("aria-describedby");
    note.remove();
    note = owner = null;
  }

  function open(mark) {
    clearTimeout(waiting);
    if (owner === mark) return;
    close();
    if (numberId(mark)) learn();
    owner = mark;
    note = element("div", "", { class: "note", id: "note", role: "note", popover: "manual", "aria-label": mark.dataset.reference ? say("Reference") : say("Where this number comes from") });
    mark.after(note);
    var shown = note;
    function show() {
      if (!shown.matches(":popover-open")) shown.showPopover();
      place(mark);
      mark.setAttribute("aria-expanded", "true");
      mark.setAttribute("aria-describedby", "note");
    }
    if (mark.dataset.reference) { fillReference(note, mark); show(); return; }
    if (isLoading = !window.numberNotes) { shown.append(element("p", say("Loading …"))); show(); }
    withNumbers(function (notes) {
      isLoading = false;
      if (note !== shown) return;
      shown.replaceChildren();
      fillNumber(shown, mark, notes);
      show();
    });
  }

  // Below the mark, or above it where there is no room; never over the edge of the screen.
  function place(mark) {
    var line = mark.getClientRects()[0], size = note.getBoundingClientRect(), page = document.documentElement;
    var below = line.bottom + size.height < page.clientHeight || line.top < size.height;
    note.style.left = Math.max(8, Math.min(line.left, page.clientWidth - size.width - 8)) + scrollX + "px";
    note.style.top = (below ? line.bottom + 4 : line.top - size.height - 4) + scrollY + "px";
  }

  function later(then, milliseconds) { clearTimeout(waiting); waiting = setTimeout(then, milliseconds); }

  function attend(mark) {
    mark.setAttribute("aria-expanded", "false");
    if (mark.title && !numberId(mark)) mark.dataset.reference = mark.title;
    mark.removeAttribute("title");
    if (!mark.href) { mark.setAttribute("role", "button"); mark.tabIndex = 0; }
    mark.addEventListener("pointerenter", function (event) { if (event.pointerType === "mouse") later(function () { open(mark); }, 200); });
    mark.addEventListener("pointerleave", function () { later(close, 400); });
    mark.addEventListener("focus", function () { if (mark.matches(":focus-visible")) open(mark); });
    // The first tap opens the note; the next follows the link, once the note has told what it leads to.
    mark.addEventListener("click", function (event) { if (owner !== mark || !mark.href || isLoading) { event.preventDefault(); open(mark); } });
    mark.addEventListener("keydown", function (event) {
      if (!mark.href && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); open(mark); }
    });
  }

  // That numbers open is said on each page until the first one is opened, or until it is closed; then never again.
  // Where the browser remembers nothing it is not said: it could not be closed for good.
  function isLearned() {
    try { return localStorage.getItem("notes") === "known"; } catch (refused) { return true; }
  }

  // The line stays on this page: the text must not jump away under the click that opens the first number.
  function learn() {
    if (hint) try { localStorage.setItem("notes", "known"); } catch (refused) { /* it comes again on the next page */ }
  }

  function giveHint() {
    var mark = document.querySelector("article section > :not(table, figure) .why[class*=number-], article section > .why[class*=number-]");
    if (!mark || isLearned()) return;
    var button = element("button", say("Close"), { type: "button" });
    var words = element("span"), parts = say("Numbers with a {line} open: they say how they were counted, and lead to the claims.").split("{line}");
    words.append(parts[0], element("u", say("dotted line")), parts[1]);
    hint = element("p", "", { class: "hint" });
    hint.append(words, button);
    button.addEventListener("click", function () { learn(); hint.remove(); hint = null; });
    mark.closest("section > *").before(hint);
  }

  document.querySelectorAll("article .why[class*=number-], article a[href*='#ref-'][title]").forEach(attend);
  giveHint();
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !note) return;
    if (note.contains(document.activeElement)) owner.focus();
    close();
  });
  document.addEventListener("pointerover", function (event) { if (note && note.contains(event.target)) clearTimeout(waiting); });
  document.addEventListener("pointerout", function (event) { if (note && note.contains(event.target) && event.pointerType === "mouse") later(close, 400); });
  document.addEventListener("focusin", function (event) { if (note && event.target !== owner && !note.contains(event.target)) close(); });
  document.addEventListener("pointerdown", function (event) { if (note && !note.contains(event.target) && !owner.contains(event.target)) close(); });
})();
