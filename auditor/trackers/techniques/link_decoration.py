"""Link decoration: an identifier carried from site to site in an address, where third-party cookies no longer work.

Inwards: a click identifier in the address (gclid, fbclid …) is stored. Outwards: a link to another site carries an
identifier of this visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from auditor.model import LinkSeen, Navigation, Visit
from auditor.trackers.techniques.values_kept import stored
from auditor.trackers.techniques.view import Technique, View, evidence

CLICK_IDS = {
    "gclid": "Google", "wbraid": "Google", "gbraid": "Google", "dclid": "Google", "fbclid": "Meta", "msclkid": "Microsoft",
    "ttclid": "TikTok", "twclid": "X", "li_fat_id": "LinkedIn", "epik": "Pinterest", "ScCid": "Snap", "rdt_cid": "Reddit",
    "yclid": "Yandex", "awc": "Awin", "tduid": "Tradedoubler", "mc_eid": "Mailchimp", "_kx": "Klaviyo",
}  # fmt: skip
"""Parameter -> company whose click identifier it is; the companies' own help pages name them."""


def find(view: View) -> Iterator[Technique]:
    """Click identifiers stored, and links that carry identifiers out."""
    for visit in view.visits:
        yield from _stored(view, visit)
    pieces = {
        (visit_id, piece): place[1]
        for place, status in view.identifiers.items()
        for visit_id, own in status.pieces.items()
        for piece in own
    }
    for visit in view.visits if pieces else ():
        yield from _outwards(
            view, visit, {piece: name for (name_of, piece), name in pieces.items() if name_of == visit.id}
        )


def _stored(view: View, visit: Visit) -> Iterator[Technique]:
    for navigation in visit.observations:
        if not isinstance(navigation, Navigation):
            continue
        for name, value in _parameters(navigation.requested) + _parameters(navigation.url):
            if name not in CLICK_IDS or len(value) < 8:
                continue
            for one in stored(visit):
                if one.value and value in one.value:
                    subject = one.name if one.kind == "cookie-held" else one.key
                    yield Technique(
                        kind="click-identifier-stored",
                        subject=subject,
                        parties=(view.entity(CLICK_IDS[name]),),
                        detail=f"the click identifier {name} of the address is kept in {subject}",
                        evidence=evidence(visit, one, navigation),
                        confidence="sure",
                    )
                    break


def _outwards(view: View, visit: Visit, pieces: dict[str, str]) -> Iterator[Technique]:
    for link in visit.observations:
        if not isinstance(link, LinkSeen) or view.is_own(link.url) or "?" not in link.url:
            continue
        carried = sorted({name for piece, name in pieces.items() if piece in link.url})
        owner = view.owner(link.url)
        if carried and owner:
            yield Technique(
                kind="link-decoration",
                subject=carried[0],
                parties=(owner,),
                detail=f"a link to another site carries the identifier in {', '.join(carried)}",
                evidence=evidence(visit, link),
                confidence="sure",
            )


def _parameters(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query, max_num_fields=200)
    except ValueError:
        return []
