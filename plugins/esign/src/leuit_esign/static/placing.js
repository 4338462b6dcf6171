/* Boxes are dragged over the picture or moved with the arrow keys; the fields beside keep the truth. */
(function () {
  "use strict";
  var POINTS = 72 / 25.4;

  document.querySelectorAll("[data-drag]").forEach(function (hint) { hint.hidden = false; });

  function fieldsOf(place) {
    var box = document.querySelector('[data-fields="' + place.dataset.place + '"]');
    return function (side) { return box && box.querySelector('[name="' + side + "-" + place.dataset.place + '"]'); };
  }

  function number(attribute, place) { return Number(place.querySelector("rect").getAttribute(attribute)); }

  function put(place, x, y) {
    var view = place.ownerSVGElement.viewBox.baseVal;
    x = Math.min(Math.max(x, 0), view.width - number("width", place));
    y = Math.min(Math.max(y, 0), view.height - number("height", place));
    place.querySelectorAll("rect, text").forEach(function (part) {
      part.setAttribute("x", x.toFixed(2));
      part.setAttribute("y", y.toFixed(2));
    });
    var field = fieldsOf(place);
    [["left", x], ["top", y]].forEach(function (pair) {
      var input = field(pair[0]);
      if (input) input.value = (pair[1] / POINTS).toFixed(1).replace(".", ",");
    });
  }

  document.querySelectorAll("[data-place]").forEach(function (place) {
    var held = null;
    place.setAttribute("tabindex", "0");
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", place.dataset.label);

    function at(event) {
      var svg = place.ownerSVGElement, seen = svg.getBoundingClientRect();
      var scale = svg.viewBox.baseVal.width / seen.width;
      return { x: event.clientX * scale, y: event.clientY * scale };
    }

    place.addEventListener("pointerdown", function (event) {
      var from = at(event);
      held = { x: number("x", place) - from.x, y: number("y", place) - from.y };
      place.setPointerCapture(event.pointerId);
      place.classList.add("esign-held");
      event.preventDefault();
      place.focus({ preventScroll: true });
    });
    place.addEventListener("pointermove", function (event) {
      if (!held) return;
      var to = at(event);
      put(place, held.x + to.x, held.y + to.y);
    });
    ["pointerup", "pointercancel"].forEach(function (name) {
      place.addEventListener(name, function () { held = null; place.classList.remove("esign-held"); });
    });
    place.addEventListener("keydown", function (event) {
      if (event.key === "Enter") {
        var form = document.querySelector("[data-fields]").form;
        form.requestSubmit(form.querySelector(".actions button"));
        return;
      }
      var step = (event.shiftKey ? 10 : 1) * POINTS;
      var way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!way) return;
      event.preventDefault();
      put(place, number("x", place) + way[0] * step, number("y", place) + way[1] * step);
    });
  });

  // What is typed moves the box too.
  document.querySelectorAll("[data-fields] input").forEach(function (input) {
    input.addEventListener("input", function () {
      var id = input.closest("[data-fields]").dataset.fields;
      var place = document.querySelector('[data-place="' + id + '"]');
      var side = input.name.slice(0, input.name.indexOf("-"));
      var value = Number(input.value.replace(",", ".")) * POINTS;
      var attribute = { left: "x", top: "y", width: "width", height: "height" }[side];
      if (!place || !attribute || !isFinite(value) || value < 0) return;
      place.querySelectorAll(attribute === "x" || attribute === "y" ? "rect, text" : "rect").forEach(function (part) {
        part.setAttribute(attribute, value.toFixed(2));
      });
    });
  });
})();
