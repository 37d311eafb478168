/* The map of control by date: the slider, its buttons and the link to a date. Data: #dated-map-data. */
(function () {
  "use strict";

  var PACE = 1000, CALM_PACE = 2500;  // milliseconds per step; the second where the reader asked for less motion

  function byId(id) { return document.getElementById(id); }

  function start() {
    var root = byId("dated-map"), source = byId("dated-map-data");
    if (!root || !source) return;
    var data = JSON.parse(source.textContent);
    var last = data.dates.length - 1, shown = last, timer = null;
    var slider = byId("dm-slider"), play = byId("dm-play"), note = byId("dm-note"), output = byId("dm-output");
    var parts = {};
    Object.keys(data.towns).forEach(function (id) {
      parts[id] = {
        mark: root.querySelector('g[data-town="' + id + '"]'),
        link: root.querySelector('a[data-town="' + id + '"]'),
        history: root.querySelector('details[data-town="' + id + '"]')
      };
    });

    function show(number) {
      shown = Math.max(0, Math.min(last, number));
      slider.value = shown;
      slider.setAttribute("aria-valuetext", data.days[shown]);
      byId("dm-date").value = data.dates[shown];
      byId("dm-day").textContent = data.days[shown];
      byId("dm-summary").textContent = data.summaries[shown];
      byId("dm-changes").textContent = data.changes[shown];
      byId("dm-title").textContent = "Who held the towns of northern Mali, " + data.days[shown];
      byId("dm-desc").textContent = data.summaries[shown];
      byId("dm-link").setAttribute("href", "#date=" + data.dates[shown]);
      byId("dm-previous").setAttribute("aria-disabled", String(shown === 0));
      byId("dm-next").setAttribute("aria-disabled", String(shown === last));
      Object.keys(parts).forEach(function (id) {
        var town = data.towns[id], way = data.ways[town.at[shown]], words = town.name + ": " + way.words;
        parts[id].mark.querySelector("use").setAttribute("href", "#" + way.symbol);
        parts[id].mark.classList.toggle("dm-changed", data.moved[shown].indexOf(id) >= 0);
        parts[id].link.setAttribute("aria-label", words);
        parts[id].link.querySelector("title").textContent = words;
        parts[id].history.querySelector(".dm-now").textContent = way.words;
      });
    }

    function tell(words) { note.textContent = words; }

    /* What the reader chose: shown, and written into the address. */
    function choose(number) {
      tell("");
      show(number);
      try { history.replaceState(null, "", "#date=" + data.dates[shown]); } catch (error) { /* the map matters more than the address */ }
    }

    function isDay(text) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
      var day = new Date(text + "T00:00:00Z");
      return !isNaN(day) && day.toISOString().slice(0, 10) === text;
    }

    /* The date in the address, if there is one; any other fragment is not the map's. */
    function readAddress() {
      var found = /^#date=(.*)$/.exec(location.hash);
      if (!found) return;
      stop();
      var text = found[1];
      if (!isDay(text)) {
        show(last);
        return tell("The address names no date that can be read; the map shows its last day.");
      }
      var number = last;
      while (number >= 0 && data.dates[number] > text) number -= 1;
      if (number < 0) {
        show(last);
        return tell("The date in the address lies before the study; the map shows its last day.");
      }
      show(number);
      if (data.dates[number] === text) return tell("");
      tell(number === last ? "The date in the address lies after the study; the map shows its last day."
        : "No state changes on " + text + "; the map shows the day of the change before it, and the states are the same.");
    }

    function stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      play.textContent = "Play";
      output.setAttribute("aria-live", "polite");
    }

    function step() {
      if (shown === last) return stop();
      choose(shown + 1);
      timer = setTimeout(step, pace());
    }

    function pace() { return matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM_PACE : PACE; }

    slider.addEventListener("input", function () { stop(); tell(""); show(Number(slider.value)); });
    slider.addEventListener("change", function () { choose(Number(slider.value)); });
    byId("dm-previous").addEventListener("click", function () { stop(); choose(shown - 1); });
    byId("dm-next").addEventListener("click", function () { stop(); choose(shown + 1); });
    play.addEventListener("click", function () {
      if (timer !== null) return stop();
      play.textContent = "Pause";
      output.setAttribute("aria-live", "off");  // a screen reader cannot keep up with the steps
      if (shown === last) choose(0);
      timer = setTimeout(step, pace());
    });
    Object.keys(parts).forEach(function (id) {
      parts[id].link.addEventListener("click", function (event) {
        event.preventDefault();  // the address keeps the date
        stop();
        parts[id].history.open = true;
        parts[id].history.querySelector("summary").focus();
      });
    });
    byId("dm-date").addEventListener("change", function (event) { if (event.target.value) location.hash = "date=" + event.target.value; });
    addEventListener("hashchange", readAddress);

    show(data.opens);
    readAddress();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
