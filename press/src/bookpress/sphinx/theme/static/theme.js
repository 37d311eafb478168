// Light, dark, or as the system has it; and a mark that scripts run, so that what only they serve is shown (class "with-script")
// and what stands in for them is not ("without-script"). Loaded before the page is painted, so that no page flashes or jumps.
// The link to another language leads to the place that is being read, and takes along what the address asks for.
// bookpressSay gives the words of scripts in the language of the page, which words.js has where it is not English.
(function () {
  "use strict";
  var root = document.documentElement;
  root.dataset.script = "";
  var known = window.bookpressWords || {};

  // The words in the language of the page, with values in the places of their names: say("{count} claims", {count: 3}).
  function say(words, values) {
    return (known[words] || words).replace(/\{(\w+)\}/g, function (place, name) { return values && name in values ? values[name] : place; });
  }
  window.bookpressSay = say;

  // Storage may be refused, as it is for pages opened from disk in some browsers; the switch then lasts as long as the page.
  function remembered() {
    try { return localStorage.getItem("theme"); } catch (refused) { return null; }
  }
  function remember(theme) {
    try { localStorage.setItem("theme", theme); } catch (refused) { /* nothing to do */ }
  }
  function isDark() {
    var chosen = root.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  var last = remembered();
  if (last === "dark" || last === "light") root.dataset.theme = last;

  // Paragraphs, figures and tables have the same ids in all languages.
  function placeRead() {
    if (location.hash || scrollY < innerHeight / 2) return location.hash;
    var above = Array.from(document.querySelectorAll("article .paragraph-number[id], article figure[id], article table[id]")).filter(function (place) {
      return place.getClientRects().length && place.getBoundingClientRect().top < innerHeight / 3;
    });
    return above.length ? "#" + above[above.length - 1].id : "";
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("a.language").forEach(function (link) {
      var page = link.href;
      link.addEventListener("click", function () { link.href = page + location.search + placeRead(); });
    });
    var button = document.getElementById("theme");
    function label() { button.textContent = isDark() ? say("Light") : say("Dark"); }
    button.hidden = false;
    label();
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      label();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);
  });
})();
