/* Stand-in for X's universal website tag: the two adsct pixels; own code. */
(function () {
  "use strict";
  var queue = (window.twq && window.twq.queue) || [];
  var ids = [];
  function uuid() { return crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2); }
  function hit(id, event) {
    var parameters = {
      bci: 4, dv: "Europe/Amsterdam&nl-NL&" + screen.width, eci: 3, event: JSON.stringify(event || {}), event_id: uuid(), integration: "advertiser", p_id: "Twitter", p_user_id: 0,
      pl_id: uuid(), pt: document.title, tw_document_href: location.href, tw_iframe_status: 0, txn_id: id, type: "javascript", version: "2.3.35"
    };
    ["https://t.co/1/i/adsct", "https://analytics.twitter.com/1/i/adsct"].forEach(function (address) {
      new Image().src = address + "?" + new URLSearchParams(parameters);
    });
  }
  function run(call) {
    if (call[0] === "config" || call[0] === "init") { ids.push(call[1]); hit(call[1]); }
    if (call[0] === "track" || call[0] === "event") ids.forEach(function (id) { hit(id, call[2] || { name: call[1] }); });
  }
  window.twq = function () { run(Array.prototype.slice.call(arguments)); };
  window.twq.version = "1.1";
  queue.forEach(function (call) { run(Array.prototype.slice.call(call)); });
})();
