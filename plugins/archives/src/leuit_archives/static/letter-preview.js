/* The picture of a letter follows what is typed, a moment later; the button does the same. */
(function () {
  "use strict";
  var place = document.querySelector("[data-letter-preview]");
  if (!place) return;
  var form = document.getElementById(place.dataset.form);
  var told = place.querySelector("[data-preview-told]");
  var waiting = 0, busy = false, again = false;

  function show(pages) {
    place.querySelectorAll("img").forEach(function (old) { old.remove(); });
    pages.forEach(function (address, number) {
      var picture = document.createElement("img");
      picture.className = "letter-sheet";
      picture.src = address;
      picture.alt = place.dataset.alt.replace("{n}", number + 1);
      place.appendChild(picture);
    });
  }

  function draw() {
    if (busy) { again = true; return; }
    busy = true;
    fetch(place.dataset.letterPreview, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      credentials: "same-origin"
    }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (answer) {
      show(answer.pages);
      told.hidden = true;
    }).catch(function () {
      told.hidden = false;
    }).then(function () {
      busy = false;
      if (again) { again = false; draw(); }
    });
  }

  form.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 1000);
  });
  if (!place.querySelector("img")) draw();
})();
