// Light, dark, or as the system has it; and a mark that scripts run, so that what only they serve is shown (class "with-script")
// and what stands in for them is not ("without-script"). Loaded before the page is painted, so that no page flashes or jumps.
(function () {
  "use strict";
  var root = document.documentElement;
  root.dataset.script = "";

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
