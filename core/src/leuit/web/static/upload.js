/* A file of a field that names a purpose is sent in pieces (tus 1.0.0) before its form. After a cut it
   goes on by itself, and after a reload when the same file is chosen again. */
(function () {
  "use strict";

  var LEAST = 512 * 1024, MOST = 8 * 1024 * 1024, SLOW = 2000, FAST = 500, LONGEST_WAIT = 30;
  var LATER = [429, 502, 503, 504];

  function call(method, path, headers, body, moved) {
    return new Promise(function (done, cut) {
      var asked = new XMLHttpRequest();
      asked.open(method, path);
      asked.timeout = 120000;
      asked.setRequestHeader("Tus-Resumable", "1.0.0");
      Object.keys(headers).forEach(function (name) { asked.setRequestHeader(name, headers[name]); });
      if (moved) asked.upload.onprogress = function (event) { moved(event.loaded); };
      asked.onload = function () { done(asked); };
      asked.onerror = asked.ontimeout = asked.onabort = function () { cut(new Error("cut")); };
      asked.send(body || null);
    });
  }

  function remembered(key, path) {
    try {
      if (path === undefined) return localStorage.getItem(key);
      if (path) localStorage.setItem(key, path); else localStorage.removeItem(key);
    } catch (error) { /* nothing is kept: only a reload begins anew */ }
    return null;
  }

  function base64(bytes) {
    return btoa(Array.prototype.map.call(new Uint8Array(bytes), function (byte) {
      return String.fromCharCode(byte);
    }).join(""));
  }

  function checksum(bytes) {
    if (!window.crypto || !crypto.subtle) return Promise.resolve({});
    return crypto.subtle.digest("SHA-256", bytes).then(function (digest) {
      return { "Upload-Checksum": "sha256 " + base64(digest) };
    });
  }

  // A pause that a line which is there again ends.
  function pause(seconds) {
    return new Promise(function (done) {
      function on() { clearTimeout(timer); window.removeEventListener("online", on); done(); }
      var timer = setTimeout(on, seconds * 1000);
      window.addEventListener("online", on);
    });
  }

  function refusal(sentence) {
    var error = new Error(sentence);
    error.told = true;
    return error;
  }

  // Sends the file and gives its address; `tell(bytes, word)` says how far it is.
  function send(file, purpose, words, tell) {
    var key = ["leuit", purpose, file.name, file.size, file.lastModified].join("|");
    var path = remembered(key), at = 0, size = 2 * LEAST, wait = 1;

    function refused(answer) {
      if (LATER.indexOf(answer.status) >= 0) throw new Error("later");
      var problem = {};
      try { problem = JSON.parse(answer.responseText); } catch (error) { /* no sentence came */ }
      throw refusal([problem.title || words.failed, problem.detail || ""].join(" ").trim());
    }

    function begin() {
      var told = { purpose: purpose, filename: file.name };
      return call("POST", "/api/uploads/v1/files", {
        "Upload-Length": file.size,
        "Upload-Metadata": Object.keys(told).map(function (name) {
          return name + " " + base64(new TextEncoder().encode(told[name]));
        }).join(",")
      }).then(function (answer) {
        if (answer.status !== 201) refused(answer);
        path = answer.getResponseHeader("Location");
        remembered(key, path);
        at = 0;
      });
    }

    function locate() {
      if (!path) return begin();
      return call("HEAD", path, {}).then(function (answer) {
        if (answer.status === 404 || answer.status === 410) { remembered(key, ""); return begin(); }
        if (answer.status !== 200) refused(answer);
        at = Number(answer.getResponseHeader("Upload-Offset"));
      });
    }

    function next() {
      tell(at, "sending");
      if (at >= file.size) return Promise.resolve(path);
      var began = 0;
      return file.slice(at, at + size).arrayBuffer().catch(function () {
        throw refusal(words.unreadable);
      }).then(function (bytes) {
        return checksum(bytes).then(function (headers) {
          headers["Upload-Offset"] = at;
          headers["Content-Type"] = "application/offset+octet-stream";
          began = performance.now();
          return call("PATCH", path, headers, bytes, function (moved) { tell(at + moved, "sending"); });
        });
      }).then(function (answer) {
        if (answer.status === 409 || answer.status === 460) return locate();
        if (answer.status !== 204) refused(answer);
        var took = performance.now() - began;
        at = Number(answer.getResponseHeader("Upload-Offset"));
        size = took < FAST ? Math.min(MOST, size * 2) : took > SLOW ? Math.max(LEAST, size / 2) : size;
        wait = 1;
      }).then(next);
    }

    function begun() {
      return locate().then(next).catch(function (error) {
        if (error.told) throw error;
        tell(at, "waiting");
        size = LEAST;
        var now = wait;
        wait = Math.min(LONGEST_WAIT, wait * 2);
        return pause(now).then(begun);
      });
    }
    return begun();
  }

  function megabytes(bytes) { return Math.floor(bytes / 1048576).toLocaleString("id-ID"); }

  document.querySelectorAll("input[data-upload]").forEach(function (input) {
    var form = input.form, shown = input.parentNode.querySelector("[data-upload-shown]");
    var bar = shown.querySelector("progress"), status = shown.querySelector("[role=status]");
    var sending = false, told = 0;
    input.parentNode.querySelector("[data-upload-plain]").hidden = true;

    function tell(file, at, word) {
      bar.hidden = false;
      bar.max = file.size || 1;
      bar.value = at;
      // Read out loud too: a line of how far it is comes every few seconds, not with each packet.
      if (word === "sending" && performance.now() - told < 3000) return;
      told = word === "sending" ? performance.now() : 0;
      var text = word === "sending"
        ? shown.dataset.sending + " " + megabytes(at) + " / " + megabytes(file.size) + " MB"
        : shown.dataset[word];
      if (status.textContent !== text) status.textContent = text;
    }

    form.addEventListener("submit", function (event) {
      var file = !input.disabled && input.files[0], button = event.submitter;
      if (!file && !sending) return;
      event.preventDefault();
      event.stopPropagation();  // the form is not on its way yet
      if (sending) return;
      sending = true;
      shown.hidden = false;
      status.className = "hint";
      if (button) button.setAttribute("aria-disabled", "true");
      send(file, input.dataset.upload, shown.dataset, function (at, word) {
        tell(file, at, word);
      }).then(function (path) {
        tell(file, file.size, "whole");
        var kept = form.querySelector('input[type="hidden"][name="' + input.name + '"]');
        if (!kept) {
          kept = document.createElement("input");
          kept.type = "hidden";
          kept.name = input.name;
          form.appendChild(kept);
        }
        kept.value = path.split("/").pop();
        input.disabled = true;
        return true;
      }, function (error) {
        bar.hidden = true;
        status.className = "fault";
        status.textContent = error.told ? error.message : shown.dataset.failed;
        return false;
      }).then(function (whole) {
        sending = false;
        if (button) button.removeAttribute("aria-disabled");
        if (whole) form.requestSubmit(button);
      });
    });

    // Back through the history, another file may be chosen.
    window.addEventListener("pageshow", function (event) { if (event.persisted) input.disabled = false; });
  });
})();
