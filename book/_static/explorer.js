// Search, filters, order, totals and pages of rows over the table of claims. Without it, the whole table is there.
// Only the rows of one page of rows are in the document; search, filters, order, totals and the download act on all claims.
(function () {
  "use strict";

  // "Ségou" is found by "segou".
  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  var language = document.documentElement.lang || "en";

  function numeral(number) { return number.toLocaleString(language); }

  // Fills values into words of the page's data, which are in its language already.
  var filled = window.bookpressSay;

  function present(value) { return value !== null; }

  // The claims of the page's data as objects, by the names of its columns.
  function claimsOf(data) {
    return data.rows.map(function (row) {
      return Object.fromEntries(data.columns.map(function (name, index) { return [name, row[index]]; }));
    });
  }

  // casualties.deciding_claims: those carried by an encyclopaedia only where no other has a number.
  function deciding(counting) {
    var stated = counting.filter(function (claim) { return present(claim.low) || present(claim.high); });
    var others = stated.filter(function (claim) { return !claim.carried; });
    return others.length ? others : stated;
  }

  function mostOf(claim) { return present(claim.high) ? claim.high : claim.low; }

  // counting.counted.counts: a part gives way to a larger number.
  function countingOf(claims) {
    var marked = claims.filter(function (claim) { return claim.counts; });
    return marked.filter(function (part) {
      return !part.part || !marked.some(function (claim) { return mostOf(claim) > mostOf(part) && (part.carried || !claim.carried); });
    });
  }

  // counting.ranges._best: the number of the first claim by weight; null where none commits.
  function bestOf(claims) {
    var committed = claims.filter(function (claim) { return present(claim.best); });
    committed.sort(function (a, b) { return a.weight - b.weight; });
    return committed.length ? committed[0].best : null;
  }

  // casualties.incident_ranges for the claims on one incident, group of victims and outcome.
  function rangeOf(claims) {
    var counting = countingOf(claims);
    var naming = counting.length ? counting : claims;
    var oneVictim = naming.every(function (claim) { return claim.victim === naming[0].victim; });
    var chosen = deciding(counting);
    var range = { side: oneVictim ? naming[0].side : naming[0].whole_side, reported: chosen.length > 0, low: 0, best: 0, high: 0, at_least: false };
    if (!range.reported) return range;
    var lowest = Math.min.apply(null, chosen.map(function (claim) { return claim.low || 0; }));  // "up to six" leaves zero open
    var best = bestOf(chosen);
    range.low = chosen.some(function (claim) { return claim.whose && claim.side !== "unseparated"; }) ? 0 : lowest;
    range.best = best === null ? lowest : best;
    range.high = Math.max.apply(null, chosen.map(function (claim) { return present(claim.high) ? claim.high : claim.low; }));
    range.at_least = chosen.some(function (claim) { return !present(claim.high); });
    return range;
  }

  // casualties.totals by side and outcome ("mnla killed") over the fights between both sides.
  function totals(claims) {
    var groups = new Map(), sums = {}, events = {};
    claims.forEach(function (claim) {
      if (!claim.core) return;
      var key = [claim.event, claim.group, claim.outcome].join(" "), group = groups.get(key);
      if (group) group.push(claim); else groups.set(key, [claim]);
    });
    groups.forEach(function (group) {
      var range = rangeOf(group), key = range.side + " " + group[0].outcome;
      var sum = sums[key] = sums[key] || { low: 0, best: 0, high: 0, at_least: false, reported: false };
      ["low", "best", "high"].forEach(function (name) { sum[name] += range[name]; });
      sum.at_least = sum.at_least || range.at_least;
      sum.reported = sum.reported || range.reported;
      sum.incidents = (events[key] = events[key] || new Set()).add(group[0].event).size;
    });
    return sums;
  }

  // explorer.total_cells: low, best, high and incidents as words.
  function totalCells(sum, said) {
    if (!sum || !sum.reported) return ["–", "–", "–", String(sum ? sum.incidents : 0)];
    return [sum.low, sum.best, sum.high, sum.incidents].map(function (number, index) {
      return index === 2 && sum.at_least ? filled(said.more, { number: numeral(number) }) : numeral(number);
    });
  }

  // A cell of CSV; one that a spreadsheet would run as a formula gets an apostrophe before it.
  function cellOf(value) {
    var words = value === null ? "" : String(value).replace(/\s+/g, " ").trim();
    return '"' + (/^[=+\-@]/.test(words) ? "'" : "") + words.replace(/"/g, '""') + '"';
  }

  // What "#claims?words=…&event=…&sort=-claimed" names; null for any other address, also one that cannot be read.
  function stateOf(hash) {
    return hash.indexOf("#claims?") === 0 ? new URLSearchParams(hash.slice(8)) : null;
  }

  // The places of a page of rows among so many claims: the first, the one after the last, the page's number, and how many pages there are.
  function windowOf(page, claims, size) {
    var pages = Math.max(1, Math.ceil(claims / size)), number = Math.min(Math.max(1, page), pages);
    return { first: (number - 1) * size, end: Math.min(number * size, claims), page: number, pages: pages };
  }

  if (typeof module !== "undefined") { module.exports = { folded, claimsOf, totals, totalCells, cellOf, stateOf, windowOf }; return; }

  var ROWS = 50;  // of a page of rows
  var data = JSON.parse(document.getElementById("explorer-data").textContent);
  var section = document.getElementById("explorer"), form = section.querySelector("form"), status = section.querySelector("[role=status]");
  var words = form.querySelector("input"), selects = Array.from(form.querySelectorAll("select"));
  var table = section.querySelector("table.claims"), body = table.tBodies[0], heads = Array.from(table.querySelectorAll("thead th"));
  var rows = Array.from(body.rows), pagers = Array.from(section.querySelectorAll("nav.pager"));
  var order = { key: "date", down: false }, page = 1;
  var read = null;  // the claims, once something is asked of them: reading them all would keep a slow phone from showing the page
  var ranks = {};  // by column: the claims in its order, once it is asked for
  var shown = rows;  // the rows that match, in order

  function claims() {
    if (read) return read;
    read = claimsOf(data);
    // A filter that is not among the data: its options are the words of a column of the table.
    var inCells = selects.filter(function (select) { return select.dataset.cells; }).map(function (select) {
      return { name: select.name, place: placeOf(select.dataset.cells), values: new Map(Array.from(select.options, function (option) { return [option.textContent, option.value]; })) };
    });
    read.forEach(function (claim, index) {
      var row = rows[index];
      claim.row = row;
      claim.place_in_table = index;
      claim.cells = Array.from(row.cells, function (cell) { return cell.textContent; });
      inCells.forEach(function (filter) { claim[filter.name] = filter.values.get(claim.cells[filter.place]); });
      claim.found = folded(claim.cells.join(" ").replace(/\s+/g, " "));
    });
    return read;
  }

  function placeOf(key) { return heads.findIndex(function (head) { return head.dataset.sort === key; }); }

  function sortKey(claim, key) {
    if (key === "claimed") return [claim.best, claim.low, claim.high].find(present);
    return folded(claim.cells[placeOf(key)]);
  }

  // The claims in the order of a column; one without a number is last in either direction.
  function sorted() {
    if (order.key === "date") return order.down ? claims().slice().reverse() : claims();
    var found = ranks[order.key], compare = new Intl.Collator(language).compare;
    if (!found) {
      found = ranks[order.key] = claims().map(function (claim) { return { claim: claim, key: sortKey(claim, order.key) }; });
    }
    return found.sort(function (a, b) {
      if (a.key === undefined || b.key === undefined) return (a.key === undefined) - (b.key === undefined) || a.claim.place_in_table - b.claim.place_in_table;
      var rank = typeof a.key === "number" ? a.key - b.key : compare(a.key, b.key);
      return (order.down ? -rank : rank) || a.claim.place_in_table - b.claim.place_in_table;
    }).map(function (one) { return one.claim; });
  }

  function matching(list) {
    var asked = folded(words.value).split(/\s+/).filter(Boolean), chosen = selects.filter(function (select) { return select.value; });
    if (!asked.length && !chosen.length) return list;
    return list.filter(function (claim) {
      return asked.every(function (word) { return claim.found.includes(word); }) && chosen.every(function (select) { return claim[select.name] === select.value; });
    });
  }

  // Filters, order and totals anew, from the first page of rows on.
  function apply() {
    var found = matching(sorted()), sums = totals(found);
    shown = found.map(function (claim) { return claim.row; });
    section.querySelectorAll("table.totals tbody tr").forEach(function (row) {
      totalCells(sums[row.dataset.side + " " + row.dataset.outcome], data.words).forEach(function (text, index) { row.cells[index + 1].textContent = text; });
    });
    markOrder();
    turn(1);
  }

  // Puts one page of rows into the document.
  function turn(number) {
    var part = windowOf(number, shown.length, ROWS);
    page = part.page;
    put(shown.slice(part.first, part.end));
    var values = { rows: numeral(part.first + 1) + "–" + numeral(part.end), number: numeral(shown.length), whole: numeral(rows.length) };
    var said = shown.length === rows.length ? data.words.all : shown.length ? data.words.some : data.words.none;
    status.textContent = filled(said, values);
    pagers.forEach(function (pager) {
      pager.hidden = part.pages === 1;
      pager.querySelector("span").textContent = filled(data.words.rows, values);
      pager.querySelector("[data-turn='-1']").setAttribute("aria-disabled", String(part.page === 1));
      pager.querySelector("[data-turn='1']").setAttribute("aria-disabled", String(part.page === part.pages));
    });
  }

  function put(chosen) { body.replaceChildren.apply(body, chosen); }

  function markOrder() {
    heads.forEach(function (head) {
      head.setAttribute("aria-sort", head.dataset.sort !== order.key ? "none" : order.down ? "descending" : "ascending");
    });
  }

  function remember() {
    var kept = new URLSearchParams();
    if (words.value.trim()) kept.set("words", words.value.trim());
    selects.forEach(function (select) { if (select.value) kept.set(select.name, select.value); });
    if (order.key !== "date" || order.down) kept.set("sort", (order.down ? "-" : "") + order.key);
    if (page > 1) kept.set("page", page);
    try { history.replaceState(null, "", kept.toString() ? "#claims?" + kept : location.pathname + location.search); } catch (refused) { /* the page works without */ }
  }

  // The page of rows that holds a claim which the address names, whatever the filters were.
  function unhide(id) {
    var row = rows.find(function (one) { return one.id === id; });
    if (!row) { turn(page); return; }
    if (!shown.includes(row)) {
      words.value = "";
      selects.forEach(function (select) { select.value = ""; });
      apply();
    }
    turn(Math.floor(shown.indexOf(row) / ROWS) + 1);
    if (!row.matches(":target")) location.replace(location.href);  // the browser looked for it before it was there
    row.scrollIntoView({ block: "center", behavior: "instant" });
  }

  function recall() {
    var kept = stateOf(location.hash);
    if (!kept) { unhide(location.hash.slice(1)); return; }
    words.value = (kept.get("words") || "").replace(/\ufffd/g, "");  // letters that could not be read
    selects.forEach(function (select) {
      var asked = kept.get(select.name);
      select.value = Array.from(select.options).some(function (option) { return option.value === asked; }) ? asked : "";
    });
    var sort = /^(-?)([a-z]+)$/.exec(kept.get("sort") || "");
    order = sort && heads.some(function (head) { return head.dataset.sort === sort[2]; }) ? { key: sort[2], down: sort[1] === "-" } : { key: "date", down: false };
    apply();
    if (/^\d+$/.test(kept.get("page") || "")) turn(Number(kept.get("page")));
  }

  function csv() {
    var names = ["claim_id"].concat(heads.map(function (head) { return head.textContent; }), ["subject", "low", "best", "high", "counted"]);
    var lines = matching(sorted()).map(function (claim) {
      return [claim.row.id.replace("claim-", "")].concat(claim.cells, [claim.outcome, claim.low, claim.best, claim.high, claim.counts === null ? null : claim.part ? "part" : claim.counts ? "yes" : "no"]);
    });
    return [names].concat(lines).map(function (line) { return line.map(cellOf).join(",") + "\r\n"; }).join("");
  }

  heads.forEach(function (head) {
    var button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent });
    head.replaceChildren(button);
    button.addEventListener("click", function () {
      order = { key: head.dataset.sort, down: order.key === head.dataset.sort && !order.down };
      changed();
    });
  });
  function changed() { apply(); remember(); }
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", changed);
  form.addEventListener("focusin", claims, { once: true });  // read before the first letter is typed
  form.addEventListener("reset", function () { setTimeout(changed, 0); });
  form.querySelector("button[type=button]").addEventListener("click", function () {
    var address = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href: address, download: "claims.csv" }).click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
  });
  pagers.forEach(function (pager) {
    pager.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button || button.getAttribute("aria-disabled") === "true") return;
      turn(page + Number(button.dataset.turn));
      remember();
      // From below the rows the reader goes on at their top, where the same button is.
      pagers[0].querySelector("[data-turn='" + button.dataset.turn + "']").focus({ preventScroll: true });
      pagers[0].scrollIntoView({ block: "start", behavior: "instant" });
    });
  });
  addEventListener("beforeprint", function () { put(shown); });  // paper has no pages of rows
  addEventListener("afterprint", function () { turn(page); });
  addEventListener("hashchange", recall);
  markOrder();
  recall();
})();
