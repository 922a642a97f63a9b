"""What the visit tests plant, by site name. One concurrent run visits them all; the tests look at what was recorded."""

from __future__ import annotations

from tests.browser.local_sites import Answer, Routes

JS = "text/javascript"


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="nl"><head><title>planted</title>{head}</head><body><h1>Welkom op deze pagina</h1><p>tekst</p>{body}</body></html>'


def cookies(*lines: str) -> tuple[tuple[str, str], ...]:
    return tuple(("Set-Cookie", line) for line in lines)


SITES: dict[str, Routes] = {
    "late": {
        "/": page(
            "<script>setTimeout(() => { localStorage.setItem('at2500', 'x') }, 2500);"
            "setTimeout(() => { document.cookie = 'at4900=1'; fetch('/at4900') }, 4900);</script>"
        ),
        "/at4900": "late answer",
    },
    "nested": {"/": page('<iframe src="http://middle.localhost:{port}/"></iframe>')},
    "middle": {
        "/": Answer(
            page('<iframe src="http://inner.localhost:{port}/"></iframe>'),
            headers=cookies("m=1; SameSite=None; Secure"),
        )
    },
    "inner": {
        "/": page(
            "<script>document.cookie = 'i=1; SameSite=None; Secure'; localStorage.deep = 'down'; fetch('/deep')</script>"
        ),
        "/deep": "deep",
    },
    "workers": {
        "/": page("<script>new Worker('/outer.js'); new SharedWorker('/shared.js')</script>"),
        "/outer.js": Answer("fetch('/from-worker'); new Worker('/second.js')", JS),
        "/second.js": Answer("fetch('/from-second-worker')", JS),
        "/shared.js": Answer("fetch('/from-shared-worker')", JS),
        "*": "ok",
    },
    "service": {
        "/": page("<script>navigator.serviceWorker.register('/sw.js')</script>"),
        "/sw.js": Answer(
            "self.addEventListener('install', (e) => e.waitUntil(fetch('/from-service-worker').then(() => cookieStore.set('by_sw', '1'))))",
            JS,
        ),
        "*": "ok",
    },
    "redirects": {
        "/": Answer(status=302, headers=(("Location", "/second"), *cookies("hop1=1"))),
        "/second": Answer(
            status=301, headers=(("Location", "http://elsewhere.localhost:{port}/third"), *cookies("hop2=1"))
        ),
        "/end": Answer(page('<img src="/pixel">'), headers=cookies("hop4=1")),
        "/pixel": Answer(status=302, headers=(("Location", "http://third.localhost:{port}/pixel.gif"),)),
    },
    "elsewhere": {
        "/third": Answer(
            status=307, headers=(("Location", "http://redirects.localhost:{port}/end"), *cookies("hop3=1"))
        )
    },
    "third": {
        "/pixel.gif": Answer(
            b"GIF89a", "image/gif", headers=cookies("tp=1; SameSite=None; Secure", "lax=1; SameSite=Lax")
        )
    },
    "cookies": {
        "/": Answer(
            page('<script src="/tag.js"></script><img src="http://third.localhost:{port}/pixel.gif">'),
            headers=cookies("plain=1", "secret=1; HttpOnly; Max-Age=86400", "foreign=1; Domain=example.org"),
        ),
        "/tag.js": Answer(
            "function plant() { document.cookie = 'by_tag=1; max-age=63072000'; }\nplant();\n"
            "eval(\"document.cookie = 'by_eval=1'\");\n"
            "setTimeout(() => Promise.resolve().then(() => { document.cookie = 'by_timer=1' }), 50);\n"
            "cookieStore.set('by_store', '1');\n"
            "const image = new Image(); image.src = '/asked-by-tag.gif';",
            JS,
        ),
        "*": "ok",
    },
    "storage": {
        "/": page(
            "<script src='/store.js'></script>"
            "<iframe srcdoc=\"<script>parent.localStorage.setItem('from_srcdoc','1')</script>\"></iframe>"
        ),
        "/store.js": Answer(
            "localStorage.setItem('called', 'a'); localStorage.assigned = 'b'; sessionStorage['tab'] = 'c';"
            "localStorage.setItem('called', 'a2'); indexedDB.open('base'); caches.open('store');",
            JS,
        ),
    },
    "calls": {
        "/": page(
            "<script>navigator.sendBeacon('/beacon', 'cargo'); navigator.geolocation.getCurrentPosition(() => 0);"
            "document.createElement('canvas').toDataURL(); navigator.permissions.query({name: 'geolocation'});"
            "addEventListener('mousemove', () => 0); new WebSocket('ws://' + location.host + '/socket');"
            "fetch('/json', {method: 'POST', body: JSON.stringify({who: 'me'})});</script>"
        ),
        "*": "ok",
    },
    "hostile": {
        # Breaks everything a hook may lean on, then writes; and looks whether it can see the hook.
        "/": page(
            "<script>JSON.stringify = String = undefined; Array.prototype.toJSON = Array.prototype.join = () => { throw 1 };"
            "Error.prepareStackTrace = () => 'mine'; Reflect.apply = null; Date.now = () => 5; performance.now = () => 0;"
            "document.cookie = 'kept=1'; localStorage.setItem('kept', 'yes');"
            "const setter = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set;"
            "let signs = '';"
            "if (Function.prototype.toString.call(setter) !== 'function set cookie() { [native code] }') signs += 'cookie' + ' ';"
            "if (Storage.prototype.setItem.toString() !== 'function setItem() { [native code] }') signs += 'setItem' + ' ';"
            "if (setTimeout.name !== 'setTimeout' || setTimeout.toString() !== 'function setTimeout() { [native code] }') signs += 'timer' + ' ';"
            "if (Function.prototype.toString.toString() !== 'function toString() { [native code] }') signs += 'toString' + ' ';"
            "if (new Error().stack !== 'mine') signs += 'stack' + ' '; if (navigator.webdriver) signs += 'webdriver' + ' ';"
            "if (/headless/i.test(navigator.userAgent + JSON)) signs += 'agent' + ' ';"
            "if (navigator.userAgentData.brands.some((b) => /headless/i.test(b.brand))) signs += 'brands' + ' ';"
            "for (const name of Object.getOwnPropertyNames(window)) if (/^_[0-9a-f]{16}$/.test(name)) signs += name + ' ';"
            "localStorage.setItem('signs', signs + '.');</script>"
        )
    },
    "dialogs": {
        "/": page(
            "<script>onbeforeunload = (e) => { e.preventDefault(); return 'stay' };"
            "setTimeout(() => { alert('one'); confirm('two'); prompt('three'); localStorage.after = 'dialogs' }, 100)</script>"
            '<a href="/next">Next page</a>'
        ),
        "/next": page("next"),
    },
    "popups": {
        "/": page("<script>for (let i = 0; i < 8; i++) window.open('/pop?' + i)</script>"),
        "/pop": page("<script>document.cookie = 'by_popup=1'; fetch('/from-popup')</script>"),
        "*": "ok",
    },
    "downloads": {
        "/": page("<script>location = '/file.zip'</script>"),
        "/file.zip": Answer(
            b"PK", "application/zip", headers=(("Content-Disposition", 'attachment; filename="file.zip"'),)
        ),
    },
    "hanging": {
        "/": page('<img src="/never"><script>document.cookie = "seen=1"</script>'),
        "/never": Answer(hang=True),
    },
    "looping": {"/": page("<script>setTimeout(() => { location = '/?' + Math.random() }, 150)</script>")},
    "endless": {"*": lambda path: Answer(status=302, headers=(("Location", path + "x"),))},
    "empty": {"/": Answer("")},
    "gone": {"/": Answer(page("niet gevonden"), status=404)},
    "refusing": {"/": Answer(page("forbidden"), status=403)},
    "password": {"/": Answer(page("wie bent u"), status=401, headers=(("WWW-Authenticate", 'Basic realm="x"'),))},
    "paper": {"/": Answer(b"%PDF-1.4 not much", "application/pdf")},
    "archive": {"/": Answer(b"PK", "application/zip")},
    "huge": {"/": Answer("<p>" + "x" * 5_000_000)},
    "storm": {"/": page("<script>for (let i = 0; i < 400; i++) new Image().src = '/i?' + i</script>"), "*": "ok"},
    "busy": {"/": page("<script>setTimeout(() => { while (true); }, 10)</script>")},
    "silent": {"/": Answer(hang=True)},
    "crash": {"/": page("<script>setTimeout(() => { location = 'chrome://crash' }, 100)</script>")},
    "links": {
        "/": page(
            '<nav><a href="/diensten/a">Dienst A</a><a href="/diensten/b">Dienst B</a></nav><main><a href="/nieuws/1">Nieuws</a></main>'
            '<div id="cookie-bar"><a href="/cookies">Cookies</a></div><footer><a href="/contact#top">Contact</a>'
            '<a href="/folder.pdf">Folder</a><a href="mailto:a@b.nl">Mail</a></footer>'
            '<form action="/aanmelden" method="post"><input type="email" name="e"><input type="submit"></form>'
            "<details><summary>Meer</summary>verborgen tekst</details>"
            "<script>dataLayer = []; function gtag() { dataLayer.push(arguments) } gtag('consent', 'default', {ad_storage: 'denied'})</script>"
        ),
        "*": lambda path: Answer(page(f"pagina {path}")),
    },
    "asking": {
        "/": page(
            "<img src='/early.gif'><div id='bar' style='position:fixed;bottom:0;background:#fff;padding:20px'>"
            "<p>Wij gebruiken cookies om onze website te verbeteren en advertenties te tonen. Kies wat u goed vindt.</p>"
            "<button onclick=\"pick('yes')\">Alles accepteren</button><button onclick=\"pick('no')\">Alles weigeren</button></div>"
            "<script>const show = (v) => { document.getElementById('bar').remove(); new Image().src = '/' + v + '.gif' };"
            "const pick = (v) => { document.cookie = 'consent=' + v + '; max-age=9999; path=/'; show(v) };"
            "const kept = /consent=(\\w+)/.exec(document.cookie); if (kept) show(kept[1]);</script>"
        ),
        "/inner": page("binnen"),
        "*": Answer(b"GIF89a", "image/gif"),
    },
    "asking-later": {
        "/": page("<h1>welkom</h1><a href='/inner'>verder</a>"),
        "/inner": page(
            "<div id='bar' style='position:fixed;bottom:0;background:#fff;padding:20px'>"
            "<p>Wij gebruiken cookies om onze website te verbeteren en advertenties te tonen. Kies wat u goed vindt.</p>"
            "<button onclick=\"pick('yes')\">Alles accepteren</button><button onclick=\"pick('no')\">Alles weigeren</button></div>"
            "<script>const show = (v) => { document.getElementById('bar').remove(); new Image().src = '/' + v + '.gif' };"
            "const pick = (v) => { document.cookie = 'consent=' + v + '; max-age=9999; path=/'; show(v) };"
            "const kept = /consent=(\\w+)/.exec(document.cookie); if (kept) show(kept[1]);</script>"
        ),
        "/last": page("einde"),
        "*": Answer(b"GIF89a", "image/gif"),
    },
    "signals": {
        "/": page(
            "<script>localStorage.gpc = navigator.globalPrivacyControl; localStorage.dnt = navigator.doNotTrack;"
            "localStorage.lang = navigator.languages + ' ' + new Date(0).getHours()</script>"
        )
    },
}
