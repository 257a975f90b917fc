// @ts-check
// Changes of the address, as many as browsers put up with.
//
// Safari throws at the 101st change within 30 seconds, and Chromium ignores the 201st within ten.
// The theme makes some of its own while the reader scrolls.

const WINDOW_MS = 30_000;
const MOST = 60;

/** When the last changes were made. @type {number[]} */
const times = [];

/** Whether another change may be made now. */
export function atLiberty() {
  while (times.length && times[0] < performance.now() - WINDOW_MS) times.shift();
  return times.length < MOST;
}

/** Another entry; whether the browser has made it. @param {string} address */
export function push(address) {
  return changed(() => history.pushState(history.state, "", address), address);
}

/** The same entry under another address; whether the browser has changed it. @param {string} address */
export function replace(address) {
  return changed(() => history.replaceState(history.state, "", address), address);
}

/** @param {() => void} change @param {string} address */
function changed(change, address) {
  times.push(performance.now());
  try {
    change();
  } catch {
    return false;
  }
  return location.href === new URL(address, location.href).href;
}
