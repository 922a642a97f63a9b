"""`python -m auditor.browser` prints the browser that visits would use; exit code 1 and the reason when there is none."""

import sys

from auditor.browser.launch import BrowserMissing, find_browser

if __name__ == "__main__":
    try:
        build = find_browser()
    except BrowserMissing as error:
        sys.exit(f"{error}")
    sys.stdout.write(f"{build.product} {build.version} at {build.executable}\n")
