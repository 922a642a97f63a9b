/* The shop's tag container: two tags on "all pages", neither waiting for consent. */
(function () {
  function load(address) {
    var script = document.createElement("script");
    script.async = true;
    script.src = address;
    document.head.appendChild(script);
  }
  window.fbq = function () { window.fbq.queue.push(arguments); };
  window.fbq.queue = [];
  window.fbq("init", "100000000000001");
  window.fbq("track", "PageView");
  load("https://connect.facebook.net/nl_NL/fbevents.js");

  window._linkedin_partner_id = "1000001";
  load("https://snap.licdn.com/li.lms-analytics/insight.min.js");

  window.dataLayer.push({ event: "gtm.dom" }, { event: "gtm.load" });
})();
