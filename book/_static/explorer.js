// Search and filters over the tables of claims as they stand on the page. Without it, the tables are all there.
(function () {
  "use strict";

  // "Ségou" is found by "segou".
  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  // A cell that a spreadsheet would run as a formula gets an apostrophe before it.
  function cellOf(text) {
    var words = text.replace(/\s+/g, " ").trim();
    if (/^[=+\-@\t]/.test(words)) words = "'" + words;
    return '"' + words.replace(/"/g, '""') + '"';
  }

  // One record per claim: its row, the table, the group that it stands under, and the words of its cells by column.
  function readClaims(root) {
    var claims = [];
    root.querySelectorAll("table").forEach(function (table) {
      var heads = Array.prototype.map.call(table.querySelectorAll("thead th"), function (head) { return head.textContent.trim(); });
      var group = null;
      table.querySelectorAll("tbody tr").forEach(function (row) {
        var name = row.querySelector("th.group");
        if (name) { group = { row: row, words: name.textContent.trim() }; return; }
        var cells = {};
        row.querySelectorAll("td").forEach(function (cell, index) { cells[heads[index]] = cell.textContent.replace(/\s+/g, " ").trim(); });
        claims.push({ row: row, table: table, group: group, cells: cells, facets: facetsOf(group, cells), words: folded(group.words + " " + row.textContent) });
      });
    });
    return claims;
  }

  // What a claim can be filtered by.
  function facetsOf(group, cells) {
    var role = /\(([^()]*)\)$/.exec(cells.Claimant || "");
    var outcome = /\b(killed|wounded|captured)\b/.exec(cells.Claimed || "");
    return {
      "Event or place": group.words.replace(/, [^,]*\d{4}$/, ""),
      "Victims": cells.Victims || "",
      "Outcome": outcome ? outcome[1] : cells.Claimed ? "" : cells.How ? "control of a town" : "course of an event",
      "Where the claimant stands": role ? role[1] : "",
      "Source": (cells.Source || "").replace(/ \([^()]*\)$/, "")
    };
  }

  var article = document.querySelector("article");
  var claims = readClaims(article);
  var names = Object.keys(claims[0].facets);

  var form = document.createElement("form");
  form.className = "explorer";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Claims");
  function field(labelled, control) {
    var label = document.createElement("label");
    label.append(labelled, control);
    form.append(label);
    return control;
  }
  var search = field("Words", document.createElement("input"));
  search.type = "search";
  var selects = names.map(function (name) {
    var select = field(name, document.createElement("select"));
    var values = Array.from(new Set(claims.map(function (claim) { return claim.facets[name]; }))).filter(Boolean);
    values.sort(function (a, b) { return a.localeCompare(b); });
    [""].concat(values).forEach(function (value) { select.append(new Option(value || "any", value)); });
    return select;
  });
  var reset = document.createElement("button");
  reset.type = "reset";
  reset.textContent = "Show all";
  var download = document.createElement("button");
  download.type = "button";
  download.textContent = "Download what is shown (CSV)";
  var status = document.createElement("p");
  status.setAttribute("role", "status");
  form.append(reset, download, status);
  article.querySelector("h1 ~ p:last-of-type, h1 + p").after(form);

  function shown() {
    var words = folded(search.value.trim());
    return claims.filter(function (claim) {
      return claim.words.includes(words) && names.every(function (name, index) {
        return !selects[index].value || claim.facets[name] === selects[index].value;
      });
    });
  }

  function apply() {
    var visible = new Set(shown());
    var groups = new Set(), tables = new Set();
    claims.forEach(function (claim) {
      var show = visible.has(claim);
      claim.row.hidden = !show;
      if (show) { groups.add(claim.group.row); tables.add(claim.table); }
    });
    claims.forEach(function (claim) {
      claim.group.row.hidden = !groups.has(claim.group.row);
      var frame = claim.table.parentElement, data = frame.nextElementSibling;
      frame.hidden = !tables.has(claim.table);
      if (data && data.classList.contains("datafile")) data.hidden = frame.hidden;
    });
    status.textContent = visible.size === claims.length
      ? "All " + claims.length + " claims are shown."
      : visible.size + " of " + claims.length + " claims are shown." + (visible.size ? "" : " Take a filter away to see more.");
  }

  // The address keeps the filters; what it names and the page does not have is left out.
  function remember() {
    var kept = new URLSearchParams();
    if (search.value.trim()) kept.set("words", search.value.trim());
    selects.forEach(function (select, index) { if (select.value) kept.set(names[index], select.value); });
    history.replaceState(null, "", kept.toString() ? "#find?" + kept : location.pathname + location.search);
  }
  function recall() {
    if (!location.hash.startsWith("#find?")) return;
    var kept = new URLSearchParams(location.hash.slice(6));
    search.value = kept.get("words") || "";
    selects.forEach(function (select, index) {
      var value = kept.get(names[index]) || "";
      select.value = Array.prototype.some.call(select.options, function (option) { return option.value === value; }) ? value : "";
    });
    apply();
  }

  function csv() {
    var heads = ["Event or place", "Victims", "Claimed", "What is said", "Date", "From", "To", "How", "Claimant", "Source"];
    var lines = shown().map(function (claim) {
      return heads.map(function (head, index) { return cellOf(index ? claim.cells[head] || "" : claim.group.words); }).join(",");
    });
    return [heads.map(cellOf).join(",")].concat(lines).join("\r\n") + "\r\n";
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function () { apply(); remember(); });
  form.addEventListener("reset", function () { setTimeout(function () { apply(); remember(); }, 0); });
  download.addEventListener("click", function () {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    link.download = "claims.csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 0);
  });
  addEventListener("hashchange", recall);
  apply();
  recall();
})();
