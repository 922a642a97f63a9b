/* Stand-in for LinkedIn's Insight Tag: one collect hit per partner id; own code. */
(function () {
  "use strict";
  var ids = window._linkedin_data_partner_ids || [];
  if (window._linkedin_partner_id) ids = ids.concat(window._linkedin_partner_id);
  ids = ids.filter(function (id, place) { return ids.indexOf(id) === place; });
  if (!ids.length) return;
  var parameters = { v: 2, fmt: "js", pid: ids.join(","), time: Date.now(), li_adsId: crypto.randomUUID ? crypto.randomUUID() : String(Math.random()), url: location.href };
  new Image().src = "https://px.ads.linkedin.com/collect?" + new URLSearchParams(parameters);
  window.lintrk = function (action, data) {
    new Image().src = "https://px.ads.linkedin.com/collect?" + new URLSearchParams(Object.assign({}, parameters, { conversionId: (data || {}).conversion_id, action: action }));
  };
})();
