"""Who is behind a request, a cookie or a storage key, and what it is for.

Sources in order. Requests (request_labels.py): signatures, third-party-web, filter list, unknown. Cookies and storage
(stored_labels.py): signatures, the cookie database, name patterns, the host or script that set it, unknown.
Unknown is an honest answer.
"""

from __future__ import annotations

from auditor.model import Label
from auditor.trackers import catalogue, filter_lists
from auditor.trackers.address import cut
from auditor.trackers.filter_lists import FilterList
from auditor.trackers.product import Product
from auditor.trackers.request_labels import RequestLabels
from auditor.trackers.stored_labels import StoredLabels
from auditor.trackers.vendors import VendorNames


class Labeller:
    """All sources behind one door. Makes no network requests; the same input gives the same label.

    filter_list: None for none; `filter_lists.installed()` gives those found on this machine.
    """

    def __init__(self, filter_list: FilterList | None = None) -> None:
        self._all = catalogue.products()
        self._version = catalogue.digest()[:12]
        self._filter_list = filter_list
        self._names = VendorNames(self._all)
        self._requests = RequestLabels(self._all, self._version, self._names, filter_list)
        self._stored = StoredLabels(self._all, self._version, self._names, self._requests)

    @classmethod
    def with_installed_lists(cls) -> Labeller:
        """With the filter lists of this machine; without any where there are none, and `lists` then names none."""
        return cls(filter_lists.installed())

    @property
    def products(self) -> dict[str, Product]:
        """Every product of the signatures by its name."""
        return {product.name: product for product in self._all}

    @property
    def lists(self) -> dict[str, str]:
        """Source -> version or date, for the report."""
        found = {
            "signatures": self._version,
            "third-party-web": self._requests.entities.version,
            "cookie-database": self._stored.database.version,
        }
        return found | (self._filter_list.versions if self._filter_list else {})

    def vendor(self, name: str) -> Product | None:
        """The product or company a statement means by a name, under any of its names; None when nobody is known."""
        return self._names.find(name)

    def request(
        self, req_url: str, *, site: str, resource_type: str = "other", body: str | None = None, method: str = "GET"
    ) -> Label:
        """Label of one request. `site`: address of the visited home page. Never raises for a broken address."""
        return self._requests.label(req_url, site=site, resource_type=resource_type, body=body)

    def cookie(
        self, name: str, *, domain: str, site: str, value: str | None = None, setter_url: str | None = None
    ) -> Label:
        """Label of one cookie. `domain` with or without leading dot; `setter_url`: the nearest script that set it."""
        place = self._stored.place(domain.lstrip(".").lower(), site, setter_url)
        return self._stored.label_cookie(name, place, value)

    def storage(
        self, key: str, *, origin: str, site: str, value: str | None = None, setter_url: str | None = None
    ) -> Label:
        """Label of one local, session or IndexedDB key."""
        place = self._stored.place(cut(origin).host, site, setter_url)
        return self._stored.label_key(key, place, value)
