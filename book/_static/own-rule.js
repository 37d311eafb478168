// Adds up the incidents under the answers that a reader gives. The address keeps the answers, so a count can be sent to others.
(function () {
  "use strict";

  // The place of the chosen number in a flat array: the last choice varies fastest; a choice of one option is none.
  function place(lengths, chosen) {
    return lengths.reduce(function (index, length, axis) {
      return index * length + (length === 1 ? 0 : chosen[axis]);
    }, 0);
  }

  // The number of each incident under the answers, and the totals by target; null where no incident has a number.
  function count(data, answers) {
    var totals = {}, numbers = [];
    data.targets.forEach(function (target) { totals[target] = null; });
    data.incidents.forEach(function (incident) {
      var array = data.numbers[incident[2][answers.heard]];  // none where nobody who is heard gives a number
      var number = array ? array[1][place(array[0], answers.chosen)] : null;
      numbers.push({ event: incident[0], target: incident[1], number: number });
      if (number !== null) totals[incident[1]] += number;
    });
    return { totals: totals, numbers: numbers };
  }

  // The answers that "#rule=0120…&heard=outside" names: one digit for each choice, and a reading. null where it names none that exist.
  function answersOf(hash, data) {
    var found = /^#rule=(\d+)(?:&heard=(\w+))?$/.exec(hash);
    if (!found) return null;
    var digits = found[1].split("").map(Number), heard = found[2] ? data.readings.indexOf(found[2]) : 0;
    if (digits.length === data.shape.length - data.later.length) data.later.forEach(function (axis) { digits.splice(axis, 0, 0); });
    var exist = digits.length === data.shape.length && heard >= 0 && digits.every(function (digit, axis) { return digit < data.shape[axis]; });
    return exist ? { chosen: digits, heard: heard } : null;
  }

  function addressOf(answers, data) {
    return "#rule=" + answers.chosen.join("") + (answers.heard ? "&heard=" + data.readings[answers.heard] : "");
  }

  var language = document.documentElement.lang || "en";

  function numeral(number) { return number.toLocaleString(language); }

  // Fills values into words of the page's data, which are in its language already.
  var filled = window.bookpressSay;

  // own_rule.share_words; a dash where there is no total.
  function shareWords(total, counts, said) {
    if (total === null) return "–";
    var below = 0, every = 0;
    counts.forEach(function (pair) { every += pair[1]; if (pair[0] <= total) below += pair[1]; });
    if (below === 0 || below === every) return below === 0 ? said.none : said.all;
    var percent = Math.floor((200 * below + every) / (2 * every));
    return percent < 1 ? said.less : percent > 99 ? said.more : filled(said.percent, { percent: percent });
  }

  function numberWords(total, said) { return total === null ? said.no_number : numeral(total); }

  // own_rule.change_words.
  function changeWords(before, after, data) {
    var parts = data.targets.filter(function (target) { return after[target] !== before[target]; }).map(function (target) {
      var known = before[target] !== null && after[target] !== null, change = after[target] - before[target];
      var told = known ? (change < 0 ? "−" : "+") + numeral(Math.abs(change)) : numberWords(after[target], data.words);
      return (data.short[target] + " " + told).replace(/ /g, "\u00a0");
    });
    return parts.join(", ") || data.words.no_change;
  }

  if (typeof module !== "undefined") { module.exports = { count, answersOf, addressOf, shareWords, changeWords }; return; }

  var section = document.getElementById("own-rule"), form = section.querySelector("form");
  var data = JSON.parse(document.getElementById("own-rule-data").textContent);
  var note = section.querySelector(".link-note"), status = section.querySelector(".unseen"), back = section.querySelector(".back button");
  var buttons = Array.from(section.querySelectorAll(".presets button")), fieldsets = Array.from(form.querySelectorAll(".question"));
  // The questions in the order of an address: the switches, as the data name them, after the reading.
  var questions = fieldsets.map(function (fieldset) {
    return { element: fieldset, axis: data.switches.indexOf(fieldset.dataset.question), inputs: Array.from(fieldset.querySelectorAll("input")) };
  });
  var none = { chosen: data.shape.map(function () { return 0; }), heard: 0 };
  var published = count(data, none);
  var cells = new Map(Array.from(section.querySelectorAll("td[data-event]"), function (cell) { return [cell.dataset.event + " " + cell.dataset.target, cell]; }));

  // The answers with one of them given otherwise; the axis of the reading is -1.
  function otherwise(answers, axis, option) {
    if (axis < 0) return { chosen: answers.chosen, heard: option };
    return { chosen: answers.chosen.map(function (given, at) { return at === axis ? option : given; }), heard: answers.heard };
  }

  function show(answers) {
    var counted = count(data, answers), totals = counted.totals;
    section.querySelectorAll("b[data-target]").forEach(function (output) {
      output.textContent = totals[output.dataset.target] === null ? "–" : numeral(totals[output.dataset.target]);
    });
    section.querySelectorAll("[data-share]").forEach(function (words) {
      words.textContent = shareWords(totals[words.dataset.share], data.distribution[words.dataset.share], data.words);
    });
    section.querySelectorAll(".side").forEach(function (side) {
      var drawing = side.querySelector(".histogram"), total = totals[side.querySelector("b").dataset.target], mark = drawing.querySelector(".mark");
      mark.setAttribute("visibility", total === null ? "hidden" : "visible");
      if (total !== null) mark.setAttribute("x", 100 * total / drawing.dataset.scale + "%");
    });
    questions.forEach(function (question) {
      var given = question.axis < 0 ? answers.heard : answers.chosen[question.axis];
      question.element.classList.toggle("changed", given !== 0);
      question.inputs.forEach(function (input, option) {
        input.checked = option === given;
        var after = option === given ? null : count(data, otherwise(answers, question.axis, option)).totals;
        input.parentElement.querySelector("small").textContent = after ? changeWords(totals, after, data) : "";
      });
    });
    var address = addressOf(answers, data), changed = showIncidents(counted.numbers);
    buttons.forEach(function (button) {
      var sets = { chosen: button.dataset.rule.split("").map(Number), heard: data.readings.indexOf(button.dataset.heard) };
      button.setAttribute("aria-pressed", String(addressOf(sets, data) === address));
    });
    var told = data.targets.map(function (target) {
      return filled(data.words.target, {
        target: data.short[target], total: numberWords(totals[target], data.words), published: numberWords(published.totals[target], data.words)
      });
    });
    return filled(data.words.rule, { totals: told.join(data.words.and), incidents: changed });
  }

  // The incidents, those that differ from the published rule marked; how many they are, in words.
  function showIncidents(numbers) {
    var rows = new Set();
    section.querySelectorAll(".incidents .changed").forEach(function (row) { row.classList.remove("changed"); });
    numbers.forEach(function (entry, index) {
      var cell = cells.get(entry.event + " " + entry.target), before = published.numbers[index].number;
      cell.textContent = entry.number === null ? "–" : entry.number;
      if (entry.number === before) return;
      cell.append(" ", Object.assign(document.createElement("small"), { textContent: "(" + (before === null ? "–" : before) + ")" }));
      rows.add(cell.parentElement);
    });
    rows.forEach(function (row) { row.classList.add("changed"); });
    var form = data.differ[new Intl.PluralRules(language).select(rows.size)] || data.differ.other;
    var words = rows.size === 0 ? data.words.same : filled(form, { number: rows.size });
    section.querySelector(".changed-rows").textContent = words;
    return words;
  }

  function given() {
    var answers = { chosen: none.chosen.slice(), heard: 0 };
    questions.forEach(function (question) {
      var option = question.inputs.findIndex(function (input) { return input.checked; });
      if (question.axis < 0) answers.heard = option; else answers.chosen[question.axis] = option;
    });
    return answers;
  }

  function take(answers) {
    note.hidden = true;
    status.textContent = show(answers);
    try { history.replaceState(null, "", addressOf(answers, data)); } catch (refused) { /* the page works without */ }
  }

  function fromAddress() {
    var answers = answersOf(location.hash, data);
    note.hidden = !/^#rule=/.test(location.hash) || answers !== null;
    note.textContent = note.hidden ? "" : data.words.lost;
    show(answers || none);
  }

  form.addEventListener("change", function () { take(given()); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  back.addEventListener("click", function () { take(none); });
  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      take({ chosen: button.dataset.rule.split("").map(Number), heard: data.readings.indexOf(button.dataset.heard) });
    });
  });
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
