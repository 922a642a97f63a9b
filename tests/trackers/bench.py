"""Speed of the labeller: start, requests, cookies, and a whole site. `python -m tests.trackers.bench`

Prints medians of processor time, so that other work on the machine does not count. Goals: start under 0.4 s,
50,000 requests a second, the record of a site in under 30 ms.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

from auditor.trackers import Labeller, catalogue

SITE = "https://www.example.com/"
ROUNDS = 5
SITE_REQUESTS = 600
SITE_COOKIES = 120
"""What a dozen page visits to a site with much advertising hold, seen on published crawls: at most that."""

_START = "import time; t=time.process_time(); import auditor.trackers as a; a.Labeller(); print(time.process_time()-t)"


def addresses(count: int, seed: int = 7) -> list[str]:
    """Examples of every signature, own files of the site, and hosts nobody knows, mixed and all different."""
    chance = random.Random(seed)
    known = [text for product in catalogue.products() for text in product.match if text.startswith("http")]
    own = [f"https://www.example.com/assets/{number:x}/app.js" for number in range(200)]
    foreign = [f"https://cdn{number}.unheard-of-{number % 60}.nl/lib/main.js" for number in range(200)]
    return [f"{chance.choice(known + own + foreign)}{'?'}r={number}" for number in range(count)]


def cookie_names(count: int, seed: int = 7) -> list[str]:
    """Names of signatures (wildcards filled in) and names that nobody knows, all different where wildcards allow."""
    chance = random.Random(seed)
    known = [rule.name for product in catalogue.products() for rule in product.cookies]
    return [
        chance.choice(known).replace("*", f"{number:x}") if chance.random() < 0.7 else f"kx{number:x}_v"
        for number in range(count)
    ]


def start_seconds() -> float:
    """Processor time of import and `Labeller()` in a new process."""
    return median(
        float(subprocess.run([sys.executable, "-c", _START], check=True, capture_output=True, text=True).stdout)
        for _ in range(ROUNDS)
    )


def per_second(work: Callable[[str], object], inputs: list[str]) -> float:
    """Inputs worked off per second of processor time."""
    return median(len(inputs) / max(_seconds(work, inputs), 1e-9) for _ in range(ROUNDS))


def site_milliseconds(labeller: Labeller) -> float:
    """Labelling what one site's record holds, with inputs the labeller has not met."""
    times = []
    for number in range(ROUNDS):
        urls, names = addresses(SITE_REQUESTS, 100 + number), cookie_names(SITE_COOKIES, 100 + number)
        begun = time.process_time()
        for url in urls:
            labeller.request(url, site=SITE)
        for name in names:
            labeller.cookie(name, domain="www.example.com", site=SITE, value="1f9c2ab7d3e4")
        times.append(1000 * (time.process_time() - begun))
    return median(times)


def _seconds(work: Callable[[str], object], inputs: list[str]) -> float:
    begun = time.process_time()
    for one in inputs:
        work(one)
    return time.process_time() - begun


def request_work(labeller: Labeller) -> Callable[[str], object]:
    """One request labelled."""
    return lambda url: labeller.request(url, site=SITE)


def cookie_work(labeller: Labeller) -> Callable[[str], object]:
    """One cookie labelled."""
    return lambda name: labeller.cookie(name, domain=".example.com", site=SITE, value="1f9c2ab7d3e4")


def main() -> None:
    """Print all figures."""
    labeller = Labeller()
    labeller.request("https://unknown.example.net/", site=SITE)
    labeller.cookie("unknown", domain="example.com", site=SITE)
    lines = [
        f"start                      {start_seconds():8.3f} s",
        f"a site, {SITE_REQUESTS} + {SITE_COOKIES}         {site_milliseconds(labeller):8.1f} ms",
        f"requests per second        {per_second(request_work(labeller), addresses(20_000)):8,.0f}",
        f"cookies per second         {per_second(cookie_work(labeller), cookie_names(20_000)):8,.0f}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
