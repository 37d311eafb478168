// Light, dark, or as the system has it. Loaded before the page is painted, so that no page flashes.
(function () {
  "use strict";
  var root = document.documentElement;

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

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("theme");
    function label() { button.textContent = isDark() ? "Light" : "Dark"; }
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
