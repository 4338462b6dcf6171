/* Saves steps, adds nothing that cannot be done without it. */
(function () {
  "use strict";
  var root = document;

  // A second press while a form is being sent is ignored, and the button says so.
  root.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    var button = event.submitter || form.querySelector("button");
    if (button) {
      button.setAttribute("aria-disabled", "true");
      button.textContent = button.dataset.busy || "Mengirim…";
    }
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) window.location.reload();
  });

  // The summary of faults gets the focus, so that a reader hears it first.
  var summary = root.querySelector(".error-summary");
  if (summary) summary.focus();

  // The print button exists only where a script runs.
  root.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // The clock of the home card goes on; without a script it shows the time of loading.
  var clock = root.querySelector("[data-clock]");
  if (clock) {
    var offset = Number(clock.dataset.clock) - Date.now();
    setInterval(function () {
      var now = new Date(Date.now() + offset + Number(clock.dataset.zone) * 1000);
      clock.textContent = now.toISOString().slice(11, 16).replace(":", ".");
    }, 1000);
  }

  // A page about long work looks again by itself.
  var watch = root.querySelector("[data-refresh]");
  if (watch) setTimeout(function () { window.location.reload(); }, Number(watch.dataset.refresh));

  // One open menu at a time, closed by Escape.
  root.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    root.querySelectorAll("details.sheet[open]").forEach(function (open) {
      open.open = false;
      open.querySelector("summary").focus();
    });
  });
})();
