/* Stand-in for Google's analytics.js (Universal Analytics): same cookies, same hits, own code. */
(function () {
  "use strict";
  var name = window.GoogleAnalyticsObject || "ga";
  var queue = (window[name] && window[name].q) || [];
  var tracker = { settings: {} };
  var TWO_YEARS = 63072000, ONE_DAY = 86400, ONE_MINUTE = 60;

  function random() { return Math.floor(Math.random() * 2147483647) + 1; }
  function read(key) {
    var found = document.cookie.split("; ").filter(function (pair) { return pair.indexOf(key + "=") === 0; })[0];
    return found ? found.slice(key.length + 1) : null;
  }
  function write(key, value, age) {
    var labels = location.hostname.split(".");
    for (var i = labels.length - 2; i >= 0; i--) {
      var end = new Date(Date.now() + age * 1000).toUTCString();
      document.cookie = key + "=" + value + "; path=/; expires=" + end + "; domain=" + labels.slice(i).join(".");
      if (read(key) !== null) return;
    }
  }
  function identifier(key, age) {
    var value = (read(key) || "").split(".").slice(2).join(".") || random() + "." + Math.floor(Date.now() / 1000);
    write(key, "GA1.2." + value, age);
    return value;
  }
  function hit(type) {
    var cid = identifier("_ga", TWO_YEARS), gid = identifier("_gid", ONE_DAY);
    if (read("_gat") === null) write("_gat", "1", ONE_MINUTE);
    var parameters = {
      v: 1, _v: "j101", a: random(), t: type, _s: 1, dl: location.href, ul: (navigator.language || "nl-nl").toLowerCase(), de: document.characterSet,
      dt: document.title, sd: screen.colorDepth + "-bit", sr: screen.width + "x" + screen.height, vp: innerWidth + "x" + innerHeight, je: 0,
      _u: "IEBAAEABAAAAACAAI~", jid: random(), gjid: random(), cid: cid, tid: tracker.id, _gid: gid, _r: 1, _slc: 1, z: random()
    };
    if (tracker.settings.anonymizeIp) parameters.aip = 1;
    fetch("https://www.google-analytics.com/j/collect?" + new URLSearchParams(parameters), { method: "POST", credentials: "include", body: "" })
      .then(function (answer) { return answer.text(); })
      .catch(function () {});
    if (tracker.display) {
      new Image().src = "https://stats.g.doubleclick.net/r/collect?" + new URLSearchParams({ v: 1, t: "dc", tid: tracker.id, cid: cid, jid: parameters.jid, _gid: gid, z: random() });
    }
  }
  function run(call) {
    if (call[0] === "create") tracker.id = call[1];
    if (call[0] === "set") tracker.settings[call[1]] = call[2];
    if (call[0] === "require" && call[1] === "displayfeatures") tracker.display = true;
    if (call[0] === "send") hit(call[1]);
  }
  window[name] = function () { run(Array.prototype.slice.call(arguments)); };
  queue.forEach(function (call) { run(Array.prototype.slice.call(call)); });
})();
