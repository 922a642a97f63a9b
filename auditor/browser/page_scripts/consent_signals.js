// What the page tells others about consent, as it stands now: Google Consent Mode calls, TCF and GPP data.
(() => {
  const found = [];
  const text = (value) => { try { return JSON.stringify(value).slice(0, 4000); } catch { return ''; } };
  try {
    for (const name of ['dataLayer', 'gtmDataLayer']) {
      const layer = window[name];
      if (!Array.isArray(layer)) continue;
      for (let i = 0; i < layer.length && found.length < 50; i++) {
        const entry = layer[i];
        if (entry && entry[0] === 'consent') found.push(['google-consent-mode', text(Array.prototype.slice.call(entry))]);
      }
    }
  } catch { /* not a plain layer */ }
  try {
    if (typeof window.__tcfapi === 'function') window.__tcfapi('getTCData', 2, (data, ok) => {
      if (data) found.push(['tcf', text({ ok, tcString: data.tcString, eventStatus: data.eventStatus, cmpId: data.cmpId,
        gdprApplies: data.gdprApplies, purpose: data.purpose && { consents: data.purpose.consents, legitimateInterests: data.purpose.legitimateInterests } })]);
    });
  } catch { /* a platform's own fault */ }
  try {
    if (typeof window.__gpp === 'function') window.__gpp('ping', (data) => { if (data) found.push(['gpp', text(data)]); });
  } catch { /* as above */ }
  return found;
})()
