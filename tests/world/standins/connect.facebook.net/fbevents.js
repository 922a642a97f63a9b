/* Stand-in for Meta's pixel: the _fbp cookie, the configuration fetch and the /tr hit; own code. */
(function () {
  "use strict";
  var queue = (window.fbq && window.fbq.queue) || [];
  var pixels = [], revoked = false, waiting = [];
  var NINETY_DAYS = 7776000;

  function read(name) {
    var found = document.cookie.split("; ").filter(function (pair) { return pair.indexOf(name + "=") === 0; })[0];
    return found ? found.slice(name.length + 1) : null;
  }
  function browserId() {
    /* Written again at every page, so that the ninety days start anew. */
    var value = read("_fbp") || "fb.1." + Date.now() + "." + String(Math.random()).slice(2, 20);
    var labels = location.hostname.split(".");
    for (var i = labels.length - 2, done = false; i >= 0 && !done; i--, done = read("_fbp") !== null) {
      document.cookie = "_fbp=" + value + "; path=/; domain=" + labels.slice(i).join(".") + "; max-age=" + NINETY_DAYS + "; SameSite=Lax";
    }
    return value;
  }
  function hit(id, event, data) {
    var parameters = {
      id: id, ev: event, dl: location.href, rl: document.referrer, "if": false, ts: Date.now(), sw: screen.width, sh: screen.height, v: "2.9.240",
      r: "stable", ec: 0, o: 4126, fbp: browserId(), it: Date.now(), coo: false, rqm: "GET"
    };
    Object.keys(data || {}).forEach(function (key) { parameters["cd[" + key + "]"] = data[key]; });
    new Image().src = "https://www.facebook.com/tr/?" + new URLSearchParams(parameters);
  }
  function run(call) {
    if (call[0] === "consent") {
      revoked = call[1] === "revoke";
      if (!revoked) waiting.splice(0).forEach(run);
    } else if (revoked) {
      waiting.push(call);
    } else if (call[0] === "init") {
      pixels.push(call[1]);
      var script = document.createElement("script");
      script.async = true;
      script.src = "https://connect.facebook.net/signals/config/" + call[1] + "?v=2.9.240&r=stable&domain=" + location.hostname;
      document.head.appendChild(script);
    } else if (call[0] === "track" || call[0] === "trackCustom") {
      pixels.forEach(function (id) { hit(id, call[1], call[2]); });
    }
  }
  window.fbq = window._fbq = function () { run(Array.prototype.slice.call(arguments)); };
  window.fbq.version = "2.0";
  window.fbq.loaded = true;
  queue.forEach(function (call) { run(Array.prototype.slice.call(call)); });
})();
