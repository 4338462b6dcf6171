/* The catalogue: completes what is typed, and sorts at once. Without it the form does the same. */
(function () {
  "use strict";
  var box = document.querySelector("[data-suggest]");
  var list = box && document.getElementById(box.getAttribute("list"));
  var waiting, asked = "";

  function offer(found) {
    list.textContent = "";
    found.suggestions.forEach(function (text) {
      var option = document.createElement("option");
      option.value = text;
      list.appendChild(option);
    });
  }

  function ask() {
    var text = box.value.trim();
    if (text.length < 2 || text === asked) return;
    asked = text;
    fetch(box.dataset.suggest + "?q=" + encodeURIComponent(text), { credentials: "omit" })
      .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
      .then(function (found) { if (asked === text) offer(found); })
      .catch(function () { asked = ""; });
  }

  if (list) box.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  document.querySelectorAll("[data-now]").forEach(function (field) {
    field.addEventListener("change", function () { field.form.submit(); });
  });
})();
