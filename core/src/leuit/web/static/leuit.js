/* Saves steps, adds nothing that cannot be done without it. */
(function () {
  "use strict";

  function each(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }

  // A second press while a form is being sent is ignored, and the button says so. The button itself
  // stays enabled until the form is on its way, since a disabled one would not send its value.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    var button = event.submitter || form.querySelector("button");
    if (!button) return;
    button.dataset.sent = "1";
    button.dataset.words = button.textContent.trim();
    button.textContent = button.dataset.busy || "Mengirim…";
  });

  // Coming back through the history finds the form as it was, ready to be sent again.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    each("[data-sent]", function (sent) {
      delete sent.dataset.sent;
      if (sent.dataset.words) sent.textContent = sent.dataset.words;
    });
  });

  // A button that is not available says why beside it, and does nothing.
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest('[aria-disabled="true"]')) event.preventDefault();
  });

  // The summary of faults gets the focus, so that a reader hears it first.
  var summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  // The print button exists only where a script runs.
  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // The clock goes on from the server's wall time; without a script it shows the time of loading.
  each("[data-clock]", function (clock) {
    var at = clock.dataset.clock.slice(11, 19).split(":");
    var begun = at[0] * 3600 + at[1] * 60 + Number(at[2]);
    function two(number) { return (number < 10 ? "0" : "") + number; }
    setInterval(function () {
      var second = Math.floor(begun + performance.now() / 1000) % 86400;
      clock.textContent = two(Math.floor(second / 3600)) + "." + two(Math.floor(second / 60) % 60);
    }, 1000);
  });

  // A page about long work fetches itself again and takes over the part that says how far it is.
  function watch(part) {
    if (!part || !part.dataset.refresh) return;
    setTimeout(function () {
      fetch(location.href, { credentials: "same-origin" }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      }).then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
        if (!fresh) return;
        part.replaceWith(fresh);
        watch(fresh);
      }).catch(function () { watch(part); });
    }, part.dataset.refresh * 1000);
  }
  each("[data-refresh][id]", watch);

  // Escape closes an open menu, as does a press beside it.
  function close(keep) {
    each("details.who[open]", function (open) {
      if (open.contains(keep)) return;
      open.open = false;
      if (!keep) open.querySelector("summary").focus();
    });
  }
  document.addEventListener("click", function (event) { close(event.target); });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    close(null);
    if (location.hash === "#menu") location.hash = "isi";
  });
})();
