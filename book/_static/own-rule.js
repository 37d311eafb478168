// Adds up the incidents under the choices that a reader makes. The address keeps the choices, so a count can be sent to others.
(function () {
  "use strict";

  // The place of the chosen number in an incident's flat array: the last choice varies fastest; a choice of one option is none.
  function place(shape, chosen) {
    return shape.reduce(function (index, length, axis) {
      return index * length + (length === 1 ? 0 : chosen[axis]);
    }, 0);
  }

  // The number of each incident under the choices, and the totals by target.
  function count(data, chosen) {
    var totals = {}, numbers = [];
    data.targets.forEach(function (target) { totals[target] = 0; });
    data.incidents.forEach(function (incident) {
      var number = incident[3][place(incident[2], chosen)];
      numbers.push({ event: incident[0], target: incident[1], number: number });
      totals[incident[1]] += number === null ? 0 : number;
    });
    return { totals: totals, numbers: numbers };
  }

  // The choices that "#rule=0120…" names, one digit each, or null where it names none that exist.
  function choicesOf(hash, shape) {
    var found = /^#rule=(\d+)$/.exec(hash);
    if (!found || found[1].length !== shape.length) return null;
    var digits = found[1].split("").map(Number);
    return digits.every(function (digit, axis) { return digit < shape[axis]; }) ? digits : null;
  }

  if (typeof module !== "undefined") { module.exports = { count: count, choicesOf: choicesOf }; return; }

  var section = document.getElementById("own-rule");
  var data = JSON.parse(document.getElementById("own-rule-data").textContent);
  var form = section.querySelector("form");
  var note = section.querySelector(".link-note");
  var selects = Array.prototype.slice.call(form.querySelectorAll("select"));

  function show(chosen) {
    var counted = count(data, chosen);
    section.querySelectorAll("output").forEach(function (output) {
      output.textContent = counted.totals[output.dataset.target].toLocaleString("en");
    });
    counted.numbers.forEach(function (entry) {
      var cell = section.querySelector('td[data-event="' + entry.event + '"][data-target="' + entry.target + '"]');
      cell.textContent = entry.number === null ? "–" : entry.number;
    });
  }

  function chosen() { return selects.map(function (select) { return Number(select.value); }); }

  function fromAddress() {
    var choices = choicesOf(location.hash, data.shape);
    var asked = /^#rule=/.test(location.hash);
    note.hidden = !asked || choices !== null;
    note.textContent = note.hidden ? "" : "The address names choices that do not exist here; the published rule is shown.";
    if (choices === null) choices = data.shape.map(function () { return 0; });
    selects.forEach(function (select, axis) { select.value = String(choices[axis]); });
    show(choices);
  }

  form.addEventListener("change", function () {
    show(chosen());
    location.replace("#rule=" + chosen().join(""));
  });
  form.addEventListener("reset", function () {
    setTimeout(function () { show(chosen()); location.replace("#rule=" + chosen().join("")); }, 0);
  });
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
