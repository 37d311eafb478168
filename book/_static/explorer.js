// Search, filters, order and totals over the table of claims. Without it, the whole table is there.
(function () {
  "use strict";

  // "Ségou" is found by "segou".
  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

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

  // casualties._best: the highest role; among equals the latest published, then the lowest number; null where none commits.
  function bestOf(claims) {
    var committed = claims.filter(function (claim) { return present(claim.best); });
    committed.sort(function (a, b) {
      return a.rank - b.rank || (a.published < b.published) - (a.published > b.published) || a.best - b.best;
    });
    return committed.length ? committed[0].best : null;
  }

  // casualties.incident_ranges for the claims on one incident, group of victims and outcome.
  function rangeOf(claims) {
    var counting = claims.filter(function (claim) { return claim.counts; });
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
      var key = [claim.event, claim.group, claim.outcome].join(" ");
      groups.set(key, (groups.get(key) || []).concat(claim));
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
  function totalCells(sum) {
    if (!sum || !sum.reported) return ["–", "–", "–", String(sum ? sum.incidents : 0)];
    return [sum.low, sum.best, sum.high, sum.incidents].map(function (number, index) {
      return number.toLocaleString("en") + (index === 2 && sum.at_least ? " or more" : "");
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

  if (typeof module !== "undefined") { module.exports = { folded, claimsOf, totals, totalCells, cellOf, stateOf }; return; }

  var section = document.getElementById("explorer"), form = section.querySelector("form"), status = section.querySelector("[role=status]");
  var words = form.querySelector("input"), selects = Array.from(form.querySelectorAll("select"));
  var body = section.querySelector("table.claims tbody"), heads = Array.from(section.querySelectorAll("table.claims thead th"));
  var read = null;  // the claims, once they are asked for: reading them all would keep a slow phone from showing the page

  function claims() {
    if (read) return read;
    read = claimsOf(JSON.parse(document.getElementById("explorer-data").textContent));
    Array.from(body.rows).forEach(function (row, index) {
      var claim = read[index];
      claim.row = row;
      claim.place_in_table = index;
      claim.cells = Array.from(row.cells, function (cell) { return cell.textContent; });
      claim.found = folded(claim.cells.join(" ").replace(/\s+/g, " "));
    });
    return read;
  }
  var order = { key: "date", down: false };

  function sortKey(claim) {
    if (order.key === "date") return claim.place_in_table;
    if (order.key === "claimed") return [claim.best, claim.low, claim.high].find(present);
    return folded(claim.cells[heads.findIndex(function (head) { return head.dataset.sort === order.key; })]);
  }

  function sorted() {
    return claims().slice().sort(function (a, b) {
      var first = sortKey(a), second = sortKey(b);
      if (first === undefined || second === undefined) return (first === undefined) - (second === undefined);  // no number: last
      var rank = typeof first === "number" ? first - second : first.localeCompare(second, "en");
      return (order.down ? -rank : rank) || a.place_in_table - b.place_in_table;
    });
  }

  function matching(list) {
    var asked = folded(words.value).split(/\s+/).filter(Boolean);
    return list.filter(function (claim) {
      return asked.every(function (word) { return claim.found.includes(word); }) && selects.every(function (select) {
        return !select.value || claim[select.name] === select.value;
      });
    });
  }

  function apply() {
    var shown = new Set(matching(claims())), sums = totals(Array.from(shown));
    claims().forEach(function (claim) { claim.row.hidden = !shown.has(claim); });
    section.querySelectorAll("table.totals tbody tr").forEach(function (row) {
      totalCells(sums[row.dataset.side + " " + row.dataset.outcome]).forEach(function (text, index) { row.cells[index + 1].textContent = text; });
    });
    status.textContent = (shown.size === claims().length ? "All " : shown.size + " of ") + claims().length + " claims are shown."
      + (shown.size ? "" : " Take a filter away to see more.");
  }

  function arrange() {
    body.append.apply(body, sorted().map(function (claim) { return claim.row; }));
    markOrder();
  }

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
    try { history.replaceState(null, "", kept.toString() ? "#claims?" + kept : location.pathname + location.search); } catch (refused) { /* the page works without */ }
  }

  // A claim that the address names is shown, whatever the filters say.
  function unhide() {
    var row = document.getElementById(location.hash.slice(1));
    if (!row || !body.contains(row)) return;
    row.hidden = false;
    row.scrollIntoView({ block: "center", behavior: "instant" });
  }

  function recall() {
    var kept = stateOf(location.hash);
    if (!kept) { unhide(); return; }
    words.value = (kept.get("words") || "").replace(/\ufffd/g, "");  // letters that could not be read
    selects.forEach(function (select) {
      var asked = kept.get(select.name);
      select.value = Array.from(select.options).some(function (option) { return option.value === asked; }) ? asked : "";
    });
    var sort = /^(-?)([a-z]+)$/.exec(kept.get("sort") || "");
    order = sort && heads.some(function (head) { return head.dataset.sort === sort[2]; }) ? { key: sort[2], down: sort[1] === "-" } : { key: "date", down: false };
    arrange();
    apply();
  }

  function csv() {
    var names = ["claim_id"].concat(heads.map(function (head) { return head.textContent; }), ["subject", "low", "best", "high", "counted"]);
    var lines = matching(sorted()).map(function (claim) {
      return [claim.row.id.replace("claim-", "")].concat(claim.cells, [claim.outcome, claim.low, claim.best, claim.high, claim.counts === null ? null : claim.counts ? "yes" : "no"]);
    });
    return [names].concat(lines).map(function (line) { return line.map(cellOf).join(",") + "\r\n"; }).join("");
  }

  heads.forEach(function (head) {
    var button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent });
    head.replaceChildren(button);
    button.addEventListener("click", function () {
      order = { key: head.dataset.sort, down: order.key === head.dataset.sort && !order.down };
      arrange();
      remember();
    });
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  function changed() { apply(); remember(); }
  form.addEventListener("input", changed);
  form.addEventListener("reset", function () { setTimeout(changed, 0); });
  form.querySelector("button[type=button]").addEventListener("click", function () {
    var address = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href: address, download: "claims.csv" }).click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
  });
  addEventListener("hashchange", recall);
  markOrder();
  recall();
})();
