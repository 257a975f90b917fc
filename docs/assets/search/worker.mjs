// @ts-check
// The search, in a worker that speaks as the theme's does: READY, then a RESULT for each QUERY.

import MiniSearch from "./engine/minisearch.mjs";
import { Finder } from "./find.mjs";
import { shown } from "./shown.mjs";

const READY = 1;
const QUERY = 2;
const RESULT = 3;

try {
  const response = await fetch(new URL("index.json", import.meta.url));
  if (!response.ok) throw new Error(`${response.status}`);
  const finder = new Finder(await response.json(), MiniSearch);
  addEventListener("message", ({ data: { type, data } }) => {
    if (type === QUERY) postMessage({ type: RESULT, data: shown(finder, data) });
  });
  postMessage({ type: READY });
} catch (failure) {
  postMessage({ failed: String(failure) });
}
