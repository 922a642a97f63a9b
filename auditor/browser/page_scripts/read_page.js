// What a settled page shows: title, language, links with their place, forms. Runs in an isolated world, changes nothing.
(() => {
  const landmark = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement || (at.getRootNode() && at.getRootNode().host)) {
      const tag = at.tagName ? at.tagName.toLowerCase() : '';
      const role = (at.getAttribute && at.getAttribute('role') || '').toLowerCase();
      if (tag === 'footer' || role === 'contentinfo') return 'footer';
      if (tag === 'nav' || role === 'navigation') return 'nav';
      if (tag === 'header' || role === 'banner') return 'header';
      if (tag === 'aside' || role === 'complementary') return 'aside';
      if (role === 'dialog' || role === 'alertdialog' || tag === 'dialog') return 'banner';
      if (tag === 'main' || role === 'main') return 'main';
      const name = ((at.id || '') + ' ' + (typeof at.className === 'string' ? at.className : '')).toLowerCase();
      if (/cookie|consent|\bcmp\b|gdpr/.test(name)) return 'banner';
      if (/(^|[\s_-])(site-?)?(footer|colophon)($|[\s_-])/.test(name)) return 'footer';
    }
    return 'other';
  };
  const visible = (element) => {
    try { return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0; }
    catch { return true; }
  };
  const clean = (text) => (text || '').replace(/\s+/g, ' ').trim().slice(0, 300);
  const nameOf = (element) => clean(element.innerText) || clean(element.getAttribute('aria-label')) || clean(element.textContent) ||
    clean(element.title) || clean([...element.querySelectorAll('img[alt]')].map((image) => image.alt).join(' '));

  // Links stand in open shadow roots too.
  const roots = [document];
  for (let i = 0; i < roots.length && roots.length < 200; i++) {
    for (const element of roots[i].querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
  }
  const links = [], forms = [];
  for (const root of roots) {
    for (const link of root.querySelectorAll('a[href], area[href]')) {
      if (links.length >= 1500) break;
      const href = link.getAttribute('href').trim();
      if (/^(javascript|data|blob):/i.test(href)) continue;
      const shown = href.startsWith('#') ? href : String(link.href).split('#')[0];
      links.push([shown.slice(0, 2000), nameOf(link), landmark(link), visible(link), link.rel || '']);
    }
    for (const form of root.querySelectorAll('form')) {
      if (forms.length >= 100) break;
      const fields = [...form.elements].filter((field) => field.type && !/^(submit|button|fieldset|reset|image)$/.test(field.type))
        .slice(0, 100).map((field) => field.type + ':' + (field.name || field.id || ''));
      const action = form.getAttribute('action');
      forms.push([new URL(action || location.href, document.baseURI).href, (form.getAttribute('method') || 'get').toLowerCase(), fields]);
    }
  }
  const root = document.documentElement;
  let html = '';
  if (KEEP_HTML) html = root ? root.outerHTML.slice(0, 3000000) : '';
  return {
    url: location.href,
    title: document.title,
    lang: root ? root.getAttribute('lang') || root.getAttribute('xml:lang') : null,
    text: document.body ? clean(document.body.innerText).length : 0,
    elements: document.body ? document.body.querySelectorAll('*').length : 0,
    links, forms, html,
  };
})()
