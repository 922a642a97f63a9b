/* Stand-in for Google's gtag.js: same cookies, same hits, own code. Reads its id from its own address. */
(function () {
  "use strict";
  var own = new URL(document.currentScript.src);
  var layerName = own.searchParams.get("l") || "dataLayer";
  var layer = (window[layerName] = window[layerName] || []);
  var state = (window.google_tag_data = window.google_tag_data || { consent: {}, seen: false, done: {}, waiting: [] });
  var CONSENT = ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"];
  var TWO_YEARS = 63072000, NINETY_DAYS = 7776000;

  function random() { return Math.floor(Math.random() * 2147483647) + 1; }
  function seconds() { return Math.floor(Date.now() / 1000); }
  function read(name) {
    var found = document.cookie.split("; ").filter(function (pair) { return pair.indexOf(name + "=") === 0; })[0];
    return found ? found.slice(name.length + 1) : null;
  }
  function write(name, value, age) {
    /* "auto" domain: from the top label pair downwards until the browser takes it. */
    var labels = location.hostname.split(".");
    for (var i = labels.length - 2; i >= 0; i--) {
      var domain = labels.slice(i).join(".");
      document.cookie = name + "=" + value + "; path=/; domain=" + domain + "; max-age=" + age + (location.protocol === "https:" ? "; secure" : "");
      if (read(name) !== null) return;
    }
  }
  function granted(kind) { return state.consent[kind] !== "denied"; }
  function gcs() { return "G1" + (granted("ad_storage") ? 1 : 0) + (granted("analytics_storage") ? 1 : 0); }
  function gcd() {
    return "13" + CONSENT.map(function (kind) {
      return state.seen ? (granted(kind) ? "r" : "p") : "l";
    }).join("3") + "3l1";
  }
  function send(address, parameters) {
    fetch(address + "?" + new URLSearchParams(parameters), { method: "POST", mode: "no-cors", credentials: "include", keepalive: true, body: "" });
  }
  function pixel(address, parameters) {
    new Image().src = address + "?" + new URLSearchParams(parameters);
  }

  function analytics(id, settings) {
    var cid, sid = String(seconds()), count = 1, first = 0;
    var container = "_ga_" + id.slice(2);
    if (granted("analytics_storage")) {
      cid = (read("_ga") || "").split(".").slice(2).join(".");
      if (!cid) { cid = random() + "." + seconds(); first = 1; }
      write("_ga", "GA1.1." + cid, TWO_YEARS);
      var before = /^GS2\.1\.s(\d+)\$o(\d+)/.exec(read(container) || "");
      if (before) { sid = before[1]; count = Number(before[2]); }
      write(container, "GS2.1.s" + sid + "$o" + count + "$g" + (before ? 1 : 0) + "$t" + seconds() + "$j60$l0$h0", TWO_YEARS);
    } else {
      cid = random() + "." + seconds();
    }
    var hit = {
      v: 2, tid: id, gtm: "45je5b1v9" + random() + "za200", _p: Date.now(), gcs: gcs(), gcd: gcd(), npa: granted("ad_personalization") ? 0 : 1,
      dma: 1, dma_cps: "a", cid: cid, ul: (navigator.language || "nl-nl").toLowerCase(), sr: screen.width + "x" + screen.height,
      _s: 1, sid: sid, sct: count, seg: 0, dl: location.href, dr: document.referrer, dt: document.title, en: "page_view"
    };
    if (!state.seen) delete hit.gcs;
    if (first) { hit._fv = 1; hit._ss = 1; }
    send((settings.server_container_url || "https://region1.google-analytics.com") + "/g/collect", hit);
    if (granted("ad_storage") && settings.allow_google_signals) {
      send("https://stats.g.doubleclick.net/g/collect", { v: 2, tid: id, cid: cid, aip: 1, dma: 1, gcd: gcd(), gcs: gcs() });
    }
  }

  function ads(id) {
    var key;
    if (granted("ad_storage")) {
      key = (read("_gcl_au") || "").split(".").slice(2).join(".") || random() + "." + seconds();
      write("_gcl_au", "1.1." + key, NINETY_DAYS);
    }
    pixel("https://googleads.g.doubleclick.net/pagead/viewthroughconversion/" + id.slice(3) + "/", {
      random: Date.now(), cv: 11, fst: Date.now(), bg: "ffffff", guid: "ON", async: 1, en: "gtag.config", gcs: gcs(), gcd: gcd(), dma: 1,
      u_w: screen.width, u_h: screen.height, url: location.href, tiba: document.title, hn: "www.googleadservices.com", npa: granted("ad_personalization") ? 0 : 1,
      auid: key || "", rfmt: 3, fmt: 4
    });
  }

  function config(id, settings) {
    if (state.done[id]) return;
    state.done[id] = true;
    if (/^G-/.test(id)) analytics(id, settings || {});
    if (/^AW-/.test(id)) ads(id);
  }

  function handle(entry) {
    var call = Array.prototype.slice.call(entry || []);
    if (call[0] === "consent") {
      state.seen = true;
      Object.assign(state.consent, call[2]);
      /* An update to "granted" sends again what was sent without cookies. */
      if (call[1] === "update") {
        var again = state.waiting;
        state.waiting = [];
        again.forEach(function (item) {
          if (granted("analytics_storage") || granted("ad_storage")) { state.done[item[0]] = false; config(item[0], item[1]); } else state.waiting.push(item);
        });
      }
    } else if (call[0] === "config") {
      config(call[1], call[2]);
      if (!granted("analytics_storage")) state.waiting.push([call[1], call[2]]);
    }
  }

  if (!state.listening) {
    state.listening = true;
    layer.forEach(handle);
    var push = layer.push;
    layer.push = function () {
      var result = push.apply(layer, arguments);
      Array.prototype.forEach.call(arguments, handle);
      return result;
    };
  }
})();
