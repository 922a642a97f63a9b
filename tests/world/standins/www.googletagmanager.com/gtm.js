/* Stand-in for an empty Google Tag Manager container: it starts, tells the data layer so, and fires no tag. */
(function () {
  var layer = (window.dataLayer = window.dataLayer || []);
  layer.push({ event: "gtm.dom" }, { event: "gtm.load" });
})();
