/* The map of control by date: the slider on the line of time, its buttons, the history of a town, and the address of a day.
   Data: #dated-map-data. Every day between the first and the last has its place on the slider; the states are those of the last date of change. */
(function () {
  "use strict";

  var DAY = 86400000;
  var GLIDE = 25, LONGEST_GLIDE = 900;  // milliseconds: for a day without news as the time runs, and for all of them between two stops
  var PAUSE = 700, PER_LETTER = 40, CALM = 1.5;  // milliseconds at a stop, and for each letter of what it says: 250 words a minute; more for who asked for less motion

  function byId(id) { return document.getElementById(id); }

  function start() {
    var root = byId("dated-map"), source = byId("dated-map-data");
    if (!root || !source) return;
    var data = JSON.parse(source.textContent);
    var shown = data.opens, timer = null, town = null, opener = null;
    var slider = byId("dm-slider"), play = byId("dm-play"), note = byId("dm-note"), sheet = byId("dm-town"), body = byId("dm-town-body");
    var still = matchMedia("(prefers-reduced-motion: reduce)");
    if (matchMedia("(max-width: 48rem)").matches) root.querySelector(".dm-key").open = false;  // map and controls share a small screen
    var weeks = Number(byId("dm-toll").dataset.weeks);
    var parts = {}, items = {};
    Object.keys(data.towns).forEach(function (id) {
      parts[id] = {
        mark: root.querySelector('g[data-town="' + id + '"]'),
        link: root.querySelector('a[data-town="' + id + '"]'),
        history: root.querySelector('details[data-town="' + id + '"]')
      };
    });
    root.querySelectorAll("#dm-fights li").forEach(function (item) { items[item.dataset.event] = item; });
    // The days with news: a change in a town, a fight, a turn.
    var stops = data.dates.concat(data.fights.map(function (fight) { return fight.from; }), Object.keys(data.turns), data.last)
      .filter(function (date, number, all) { return date >= data.first && date <= data.last && all.indexOf(date) === number; }).sort();

    function plus(date, days) { return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10); }
    function between(one, other) { return Math.round((Date.parse(other) - Date.parse(one)) / DAY); }
    function numeral(number) { return number.toLocaleString(document.documentElement.lang || "en"); }
    var filled = window.bookpressSay; // fills values into words of the page's data, which are in its language already
    function words(date) {
      var parts = date.split("-").map(Number);
      return data.days[parts[2] - 1] + "\u00a0" + data.months[parts[1] - 1] + " " + parts[0];
    }
    function numberOf(date) {
      var number = data.dates.length - 1;
      while (data.dates[number] > date) number -= 1;
      return number;
    }

    /* What a day brings, in sentences; nothing where it brings nothing. */
    function newsOf(date) {
      var number = numberOf(date);
      var told = [data.turns[date] && data.turns[date] + ".", data.dates[number] === date && data.changes[number]];
      data.fights.forEach(function (fight) {
        if (fight.from === date) told.push(filled(data.words.fight, { name: items[fight.event].querySelector("span").textContent }));
      });
      return told.filter(Boolean).join(" ");
    }

    function show(date) {
      var number = numberOf(date), news = newsOf(date), day = words(date);
      var fresh = data.dates[number] === date ? data.moved[number] : [];
      shown = date;
      slider.value = between(data.first, date);
      var told = news || filled(data.words.no_change, { day: words(data.dates[number]) });
      slider.setAttribute("aria-valuetext", day + ". " + told);
      byId("dm-date").value = date;
      byId("dm-day").textContent = day;
      byId("dm-changes").textContent = told;
      byId("dm-changes").classList.toggle("dm-quiet", !news);
      byId("dm-summary").textContent = data.summaries[number];
      byId("dm-title").textContent = filled(data.words.title, { day: day });
      byId("dm-link").setAttribute("href", address());
      byId("dm-previous").setAttribute("aria-disabled", String(date === data.first));
      byId("dm-next").setAttribute("aria-disabled", String(date === data.last));
      var fought = showFights(date);
      byId("dm-desc").textContent = data.summaries[number] + " " + byId("dm-toll").textContent;
      Object.keys(parts).forEach(function (id) {
        var way = data.ways[data.towns[id].at[number]], said = filled(data.words.town, { name: data.towns[id].name, words: way.words });
        if (fought[id]) said += data.words.and + fought[id];
        parts[id].mark.querySelector("use").setAttribute("href", "#" + way.symbol);
        parts[id].mark.classList.toggle("dm-changed", fresh.indexOf(id) >= 0);
        parts[id].link.setAttribute("aria-label", said);
        parts[id].link.querySelector("title").textContent = said;
        parts[id].history.querySelector(".dm-now").textContent = way.words;
      });
      if (town) markHistory();
    }

    /* The fights of the weeks to the day, on the map and in the list; returns words for each place with one. */
    function showFights(date) {
      var since = plus(date, 1 - 7 * weeks), sums = {}, killed = 0, said = {};
      var now = data.fights.filter(function (fight) { return fight.from <= date && fight.until >= since; });
      now.forEach(function (fight) {
        killed += fight.best || 0;
        if (!fight.place) return;
        sums[fight.place] = { best: (sums[fight.place] ? sums[fight.place].best : 0) + (fight.best || 0), near: fight.near || Boolean(sums[fight.place] && sums[fight.place].near) };
        said[fight.place] = (said[fight.place] ? said[fight.place] + " " : "") + withoutLink(items[fight.event]);
      });
      root.querySelectorAll(".dm-fight").forEach(function (mark) {
        var sum = sums[mark.dataset.place], inner = Number(mark.dataset.inner);
        mark.classList.toggle("dm-away", !sum);
        if (!sum) return;
        mark.classList.toggle("dm-near", sum.near);
        mark.classList.toggle("dm-none", sum.best === 0);
        var radius = Math.max(inner + data.leastWidth, Math.sqrt(inner * inner + data.areaPerDead * sum.best));
        mark.querySelector("circle").setAttribute("r", radius.toFixed(1));
        var number = mark.querySelector("text");
        number.setAttribute("x", (number.dataset.right * (radius + data.numberHalf[0])).toFixed(1));
        number.setAttribute("y", (number.dataset.down * (radius + data.numberHalf[1])).toFixed(1));
        number.textContent = sum.best || "";
      });
      root.querySelectorAll("text[data-spot]").forEach(function (name) { name.classList.toggle("dm-away", !sums[name.dataset.spot]); });
      var toll = now.length ? data.words.toll : data.words.no_toll;
      byId("dm-toll").textContent = filled(toll, { weeks: weeks, number: numeral(now.length), killed: numeral(killed) });
      byId("dm-recent").replaceChildren.apply(byId("dm-recent"), now.map(function (fight) { return items[fight.event].cloneNode(true); }));
      return said;
    }

    function withoutLink(item) {
      var copy = item.cloneNode(true);
      copy.querySelectorAll("a").forEach(function (link) { link.remove(); });
      return copy.textContent.trim();
    }

    function tell(text) { note.textContent = text; }
    function address() { return "#date=" + shown + (town ? "&town=" + town : ""); }
    function keep() {
      byId("dm-link").setAttribute("href", address());
      try { history.replaceState(null, "", address()); } catch (error) { /* the map matters more than the address */ }
    }

    /* What the reader chose: shown, and written into the address. */
    function choose(date) {
      tell("");
      show(date < data.first ? data.first : date > data.last ? data.last : date);
      keep();
    }

    function stopAfter(date) { return stops.filter(function (stop) { return stop > date; })[0] || data.last; }
    function stopBefore(date) { return stops.filter(function (stop) { return stop < date; }).pop() || data.first; }

    function isDay(text) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
      var day = new Date(text + "T00:00:00Z");
      return !isNaN(day) && day.toISOString().slice(0, 10) === text;
    }

    /* The day and the town in the address, if there are; any other fragment is not the map's. */
    function readAddress() {
      var found = /^#date=([^&]*)(?:&town=(.*))?$/.exec(location.hash);
      if (!found) return;
      stop();
      var text = found[1], asked = found[2], faults = [];
      if (!isDay(text)) faults.push(filled(data.words.no_day, { address: "#date=" + data.opens }));
      else if (text < data.first) faults.push(filled(data.words.before, { day: words(data.first) }));
      else if (text > data.last) faults.push(filled(data.words.after, { day: words(data.last) }));
      if (asked && !parts[asked]) faults.push(data.words.no_town);
      show(!isDay(text) ? data.opens : text < data.first ? data.first : text > data.last ? data.last : text);
      if (faults.length) faults.push(filled(data.words.shown, { day: words(shown) }));
      tell(faults.join(" "));
      if (asked && parts[asked] && asked !== town) open(asked);
    }

    /* The history of a town: beside the map where there is room, else as a sheet over it. */
    function isBeside() { return getComputedStyle(root.querySelector(".dm-stage")).gridTemplateColumns.split(" ").length > 1; }

    function open(id) {
      if (town) parts[town].link.removeAttribute("aria-current");
      town = id;
      opener = parts[id].link;
      opener.setAttribute("aria-current", "true");
      byId("dm-town-name").textContent = data.towns[id].name;
      var now = document.createElement("p");
      now.className = "dm-now";
      var kept = Array.from(parts[id].history.children).slice(1).map(function (part) { return part.cloneNode(true); });
      var bar = document.createElement("div");
      bar.className = "dm-bar-frame";
      bar.append(parts[id].history.querySelector(".dm-bar").cloneNode(true));
      bar.firstChild.append(document.createElementNS("http://www.w3.org/2000/svg", "line"));
      body.replaceChildren.apply(body, [now, bar].concat(kept));
      markHistory();
      if (!sheet.open) {
        if (isBeside()) sheet.show(); else sheet.showModal();
      }
      sheet.scrollTop = 0;
      byId("dm-town-name").focus({ preventScroll: true });
      keep();
    }

    /* The state on the day shown, the day in the bar, and the spell of the list that it belongs to. */
    function markHistory() {
      var line = body.querySelector(".dm-bar line"), across = 100 * between(data.first, shown) / (between(data.first, data.last) + 1) + "%";
      [["x1", across], ["x2", across], ["y1", "-3"], ["y2", "17"]].forEach(function (pair) { line.setAttribute(pair[0], pair[1]); });
      body.querySelector(".dm-now").textContent = filled(data.words.town, { name: words(shown), words: data.ways[data.towns[town].at[numberOf(shown)]].words }) + ".";
      body.querySelectorAll("li").forEach(function (item) {
        if (item.dataset.from <= shown && shown < item.dataset.after) item.setAttribute("aria-current", "date");
        else item.removeAttribute("aria-current");
      });
    }

    function close() { if (sheet.open) sheet.close(); }

    sheet.addEventListener("close", function () {
      if (!town) return;
      parts[town].link.removeAttribute("aria-current");
      town = null;
      opener.focus({ preventScroll: true });
      keep();
    });
    sheet.addEventListener("click", function (event) { if (event.target === sheet) close(); });  // beside the sheet
    byId("dm-close").addEventListener("click", close);
    root.addEventListener("keydown", function (event) { if (event.key === "Escape" && sheet.open) close(); });
    addEventListener("resize", function () { if (sheet.open && isBeside() === sheet.matches(":modal")) close(); });

    /* Play: from day to day to the next stop, and there as long as its words take to read. */
    function stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      play.textContent = data.words.play;
      byId("dm-day").setAttribute("aria-live", "polite");
      byId("dm-changes").setAttribute("aria-live", "polite");
    }

    function step() {
      if (shown === data.last) return stop();
      var next = stopAfter(shown), days = between(shown, next), leap = still.matches ? days : Math.max(1, Math.round(days * GLIDE / LONGEST_GLIDE));
      if (leap < days) show(plus(shown, leap)); else choose(next);
      timer = setTimeout(step, shown === next ? stay() : GLIDE);
    }

    function stay() { return (PAUSE + PER_LETTER * newsOf(shown).length) * (still.matches ? CALM : 1); }

    play.addEventListener("click", function () {
      if (timer !== null) return stop();
      play.textContent = data.words.pause;
      ["dm-day", "dm-changes"].forEach(function (id) { byId(id).setAttribute("aria-live", "off"); });  // a screen reader cannot keep up with the steps
      if (shown === data.last) choose(data.first);
      timer = setTimeout(step, GLIDE);
    });

    slider.addEventListener("input", function () { stop(); tell(""); show(plus(data.first, Number(slider.value))); });
    slider.addEventListener("change", function () { choose(plus(data.first, Number(slider.value))); });
    slider.addEventListener("keydown", function (event) {
      if (event.key !== "PageUp" && event.key !== "PageDown") return;
      event.preventDefault();
      stop();
      choose(event.key === "PageUp" ? stopAfter(shown) : stopBefore(shown));
    });
    byId("dm-previous").addEventListener("click", function () { stop(); choose(stopBefore(shown)); });
    byId("dm-next").addEventListener("click", function () { stop(); choose(stopAfter(shown)); });
    Object.keys(parts).forEach(function (id) {
      parts[id].link.addEventListener("click", function (event) {
        event.preventDefault();  // the address keeps the day
        stop();
        open(id);
      });
    });
    byId("dm-date").addEventListener("change", function (event) { if (event.target.value) location.hash = "date=" + event.target.value + (town ? "&town=" + town : ""); });
    addEventListener("hashchange", readAddress);

    show(data.opens);
    readAddress();
    if (/^#date=/.test(location.hash)) root.scrollIntoView({ behavior: "instant" });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
