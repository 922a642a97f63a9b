"""Names for what was seen: who is behind a request, a cookie or a storage key, and what it is for.

    labeller = Labeller()
    labeller.request("https://www.google-analytics.com/g/collect?v=2&tid=G-1", site="https://example.com/").product

Read product.py for the signatures, labeller.py for the order of sources.
"""

from auditor.trackers.labeller import Labeller
from auditor.trackers.product import Product

__all__ = ["Labeller", "Product"]
