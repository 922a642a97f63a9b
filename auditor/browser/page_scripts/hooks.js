// Runs in every frame before any script of the page. Tells the recorder what the protocol has no event for:
// cookie and storage writes with their stack, calls of some interfaces, timers that are still to come.
// CHANNEL is a protocol binding; it is taken away at once, so that the page cannot see or use it.
((channel, signals) => {
  const send = globalThis[channel];
  if (!send) return;
  delete globalThis[channel];

  // Everything used later is taken now: a page may replace any of it.
  const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
  const NativeProxy = Proxy, NativeError = Error, NativeMap = WeakMap;
  const performance_ = performance, now = Performance.prototype.now, origin = performance.timeOrigin;
  const mapGet = NativeMap.prototype.get, mapSet = NativeMap.prototype.set, slice = String.prototype.slice;
  const S1 = '\u0001', S2 = '\u0002', S3 = '\u0003';

  const cut = (value, size) => { try { return apply(slice, '' + value, [0, size]); } catch { return ''; } };

  // The stack as call sites, in whatever state the page left Error; nothing of it stays changed.
  const stack = () => {
    let text = '';
    const limit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit');
    const prepare = getOwnPropertyDescriptor(NativeError, 'prepareStackTrace');
    try {
      defineProperty(NativeError, 'stackTraceLimit', { value: 30, writable: true, configurable: true, enumerable: true });
      defineProperty(NativeError, 'prepareStackTrace', { configurable: true, writable: true, value: (_, sites) => {
        for (let i = 0; i < sites.length; i++) {
          const site = sites[i];
          const url = site.getFileName() || site.getScriptNameOrSourceURL() || '';
          text += (text ? S2 : '') + (site.getFunctionName() || '') + S3 + url + S3 + (site.getLineNumber() || '') +
            S3 + (site.isEval() ? site.getEvalOrigin() || '' : '');
        }
        return '';
      } });
      void new NativeError().stack;
    } catch { /* a frozen Error: no stack */ }
    try {
      if (prepare) defineProperty(NativeError, 'prepareStackTrace', prepare); else delete NativeError.prepareStackTrace;
      if (limit) defineProperty(NativeError, 'stackTraceLimit', limit);
    } catch { /* frozen */ }
    return text;
  };

  const report = (kind, a, b, c) => {
    try {
      send(kind + S1 + (origin + apply(now, performance_, [])) + S1 + location.href + S1 + self.origin + S1 + a + S1 + b + S1 + c);
    } catch { /* the frame is going away */ }
  };

  // A hooked function answers to toString, name and length as the native one does.
  const natives = new NativeMap();
  const hook = (holder, name, before, part = 'value') => {
    try {
      const found = getOwnPropertyDescriptor(holder, name);
      const native = found && found[part];
      if (typeof native !== 'function' || !found.configurable) return;
      const hooked = new NativeProxy(native, {
        apply(target, self, args) {
          try { before(self, args); } catch { /* never the page's trouble */ }
          return apply(target, self, args);
        },
      });
      apply(mapSet, natives, [hooked, native]);
      defineProperty(holder, name, { ...found, [part]: hooked });
    } catch { /* this interface is not there */ }
  };
  const toString = Function.prototype.toString;
  const plainToString = new NativeProxy(toString, {
    apply(target, self, args) {
      return apply(target, (typeof self === 'function' && apply(mapGet, natives, [self])) || self, args);
    },
  });
  apply(mapSet, natives, [plainToString, toString]);
  defineProperty(Function.prototype, 'toString', { value: plainToString, writable: true, configurable: true, enumerable: false });

  // --- cookies
  hook(Document.prototype, 'cookie', (self, args) => report('cookie', cut(args[0], 8192), 'document.cookie', stack()), 'set');
  if (typeof CookieStore === 'function') {
    hook(CookieStore.prototype, 'set', (self, args) => {
      const given = args[0];
      let raw = '';
      if (given !== null && typeof given === 'object') {
        raw = given.name + '=' + given.value + (given.domain ? '; Domain=' + given.domain : '') +
          '; Path=' + (given.path || '/') + '; Secure; SameSite=' + (given.sameSite || 'strict') +
          (given.expires ? '; Expires=' + new Date(+given.expires).toUTCString() : '') + (given.partitioned ? '; Partitioned' : '');
      } else raw = args[0] + '=' + args[1] + '; Path=/; Secure; SameSite=strict';
      report('cookie', cut(raw, 8192), 'cookieStore.set', stack());
    });
  }

  // --- storage by call (writes by property come as protocol events)
  let local = null, session = null;
  try { local = globalThis.localStorage; } catch { /* sandboxed */ }
  try { session = globalThis.sessionStorage; } catch { /* sandboxed */ }
  hook(Storage.prototype, 'setItem', (self, args) => {
    const area = self === local ? 'local' : self === session ? 'session' : '';
    if (area && args.length > 1) report('storage:' + area, cut(args[0], 512), cut(args[1], 2048), stack());
  });
  if (typeof IDBFactory === 'function') {
    hook(IDBFactory.prototype, 'open', (self, args) => report('storage:indexeddb', cut(args[0], 512), '', stack()));
  }
  if (typeof CacheStorage === 'function') {
    hook(CacheStorage.prototype, 'open', (self, args) => report('storage:cache', cut(args[0], 512), '', stack()));
  }

  // --- calls worth knowing; each at most a few times per frame and detail
  const told = { __proto__: null };
  let tellings = 0;
  const call = (name, detail) => {
    const key = name + ' ' + detail;
    told[key] = (told[key] || 0) + 1;
    if (told[key] > 3 || ++tellings > 200) return;
    report('call', name, detail, stack());
  };
  const watch = (type, names, detail = () => '') => {
    const found = globalThis[type];
    if (typeof found !== 'function') return;
    for (const name of names) hook(found.prototype, name, (self, args) => call(type + '.' + name, cut(detail(self, args, name), 300)));
  };
  const first = (self, args) => args[0];
  watch('Geolocation', ['getCurrentPosition', 'watchPosition']);
  watch('HTMLCanvasElement', ['toDataURL', 'toBlob'], (self) => self.width + 'x' + self.height);
  watch('OffscreenCanvas', ['convertToBlob'], (self) => self.width + 'x' + self.height);
  watch('CanvasRenderingContext2D', ['getImageData'], (self, args) => args[2] + 'x' + args[3]);
  for (const type of ['WebGLRenderingContext', 'WebGL2RenderingContext']) {
    const found = globalThis[type];
    if (typeof found !== 'function') continue;
    hook(found.prototype, 'getParameter', (self, args) => {
      if (args[0] === 37445 || args[0] === 37446) call(type + '.getParameter', args[0] === 37445 ? 'UNMASKED_VENDOR' : 'UNMASKED_RENDERER');
    });
    watch(type, ['readPixels']);
  }
  watch('OfflineAudioContext', ['startRendering']);
  watch('Navigator', ['sendBeacon'], first);
  watch('Navigator', ['getBattery', 'requestMIDIAccess', 'registerProtocolHandler']);
  watch('Permissions', ['query'], (self, args) => (args[0] && args[0].name) || '');
  watch('MediaDevices', ['getUserMedia', 'enumerateDevices', 'getDisplayMedia']);
  watch('PushManager', ['subscribe']);
  watch('ServiceWorkerContainer', ['register'], first);
  watch('CredentialsContainer', ['get', 'create']);
  watch('NavigatorUAData', ['getHighEntropyValues'], (self, args) => '' + args[0]);
  watch('Document', ['browsingTopics', 'requestStorageAccess', 'interestCohort']);
  watch('RTCPeerConnection', ['createDataChannel', 'createOffer']);
  if (typeof Notification === 'function') hook(Notification, 'requestPermission', () => call('Notification.requestPermission', ''));
  const followed = { __proto__: null, mousemove: 1, mousedown: 1, click: 1, scroll: 1, keydown: 1, keyup: 1, keypress: 1, input: 1,
    change: 1, touchstart: 1, touchmove: 1, pointermove: 1, copy: 1, paste: 1, visibilitychange: 1 };
  hook(EventTarget.prototype, 'addEventListener', (self, args) => {
    if (!followed[args[0]] || (self !== globalThis && self !== document && self !== document.body && self !== null && self !== undefined)) return;
    call('EventTarget.addEventListener', args[0]);
  });

  // --- timers that will fire within the time a page is watched
  let timers = 0;
  for (const name of ['setTimeout', 'setInterval']) {
    hook(globalThis, name, (self, args) => {
      const delay = +args[1];
      if (delay >= 900 && delay <= 5200 && apply(now, performance_, []) < 5500 && ++timers <= 60) report('timer', delay, name, '');
    });
  }

  // --- what the visitor's browser tells the page about tracking
  if (signals.gpc) defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, configurable: true, enumerable: true });
  if (signals.dnt) defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1', configurable: true, enumerable: true });
})(CHANNEL, SIGNALS);
