// The second opinion: npm @ghostery/adblocker on the same lists. Reads {"lists": {name: path}, "rows": [[url, site, type], …]}
// on standard input; prints, for each row, the name of the first list that blocks it, or null, as one JSON array.
import { readFileSync } from 'node:fs';
import { FiltersEngine, Request } from '@ghostery/adblocker';

const { lists, rows } = JSON.parse(readFileSync(0, 'utf8'));
const options = { loadCosmeticFilters: false, enableOptimizations: false, enableHtmlFiltering: false };
const engines = Object.entries(lists).map(([name, path]) => [name, FiltersEngine.parse(readFileSync(path, 'utf8'), options)]);

const types = { subdocument: 'sub_frame', document: 'main_frame' }; // this engine uses the browser's own words

function firstHit([url, sourceUrl, type]) {
  const request = Request.fromRawDetails({ url, sourceUrl, type: types[type] ?? type });
  return engines.find(([, engine]) => engine.match(request).match)?.[0] ?? null;
}

process.stdout.write(JSON.stringify(rows.map(firstHit)));
