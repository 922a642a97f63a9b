/* Tags start only after "Cookies toestaan"; there is no button to say no. */
function startTags() {
  if (window.tagsStarted) return;
  window.tagsStarted = true;
  window.dataLayer = window.dataLayer || [];
  window.gtag = function () { dataLayer.push(arguments); };
  gtag("js", new Date());
  gtag("config", "G-COMP000004");
  gtag("config", "AW-400000004");
  window.fbq = function () { window.fbq.queue.push(arguments); };
  window.fbq.queue = [];
  fbq("init", "400000000000004");
  fbq("track", "PageView");
  ["https://www.googletagmanager.com/gtag/js?id=G-COMP000004", "https://connect.facebook.net/nl_NL/fbevents.js"].forEach(function (address) {
    var script = document.createElement("script");
    script.async = true;
    script.src = address;
    document.head.appendChild(script);
  });
}
window.cookieconsent.initialise({
  type: "opt-in",
  palette: { popup: { background: "#252e39" }, button: { background: "#14a7d0" } },
  showLink: false,
  revokable: false,
  law: { regionalLaw: false },
  content: { message: "Deze website gebruikt cookies om uw bezoek zo prettig mogelijk te maken.", allow: "Cookies toestaan" },
  compliance: { "opt-in": '<div class="cc-compliance cc-highlight">{{allow}}</div>' },
  onInitialise: function () { if (this.hasConsented()) startTags(); },
  onStatusChange: function () { if (this.hasConsented()) startTags(); }
});
