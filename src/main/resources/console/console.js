// The console works without this script. It shows times in the browser's zone, and renews parts of
// the page when the relay reports that something of their kind has changed.

const FIRST_DELAY = 1000;
const LONGEST_DELAY = 30_000;
// the relay sends an event every 15 s
const SILENCE = 40_000;
// renewing takes at most one part in this many of the time
const SHARE = 20;

/* Times */

const local = new Intl.DateTimeFormat(undefined, {
  year: "numeric", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

function showLocalTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    if (!Number.isNaN(date.getTime())) {
      time.textContent = local.format(date);
    }
  }
}

/* Renewal of the parts with data-changes */

const waiting = new Set();
let renewal = null;
let renewAt = 0;

function renewLater(kinds) {
  kinds.forEach(kind => waiting.add(kind));
  renewal ??= setTimeout(renew, Math.max(0, renewAt - Date.now()));
}

function isTypedIn(part) {
  const active = document.activeElement;
  return part.contains(active) && active.matches("input, select, textarea");
}

function renew() {
  renewal = null;
  renewAt = Date.now() + FIRST_DELAY;
  for (const part of document.querySelectorAll("[data-changes]")) {
    const concerned = part.dataset.changes.split(" ").some(kind => waiting.has(kind));
    if (concerned && !isTypedIn(part)) {
      window.htmx.trigger(part, "changed");
    }
  }
  waiting.clear();
}

let asked = 0;
document.addEventListener("htmx:beforeRequest", () => { asked = Date.now(); });
document.addEventListener("htmx:afterRequest", () => {
  const took = Date.now() - asked;
  renewAt = Date.now() + Math.min(Math.max(took * SHARE, FIRST_DELAY), LONGEST_DELAY);
});
document.addEventListener("htmx:afterSettle", () => showLocalTimes(document));
document.addEventListener("htmx:responseError", event =>
  show(false, `not up to date (${event.detail.xhr.status})`));

/* The stream of changes */

const state = document.getElementById("stream");
let source = null;
let delay = FIRST_DELAY;
let retry = null;
let watchdog = null;

function show(connected, text) {
  if (state.textContent !== text) {
    state.textContent = text;
  }
  state.classList.toggle("on", connected);
}

function received() {
  delay = FIRST_DELAY;
  show(true, "connected");
  clearTimeout(watchdog);
  watchdog = setTimeout(lost, SILENCE);
}

function connect() {
  disconnect();
  source = new EventSource("/console/stream");
  source.addEventListener("ping", received);
  source.addEventListener("change", event => {
    received();
    renewLater(event.data.split(" "));
  });
  // the browser itself gives up after some errors
  source.addEventListener("error", lost);
}

function disconnect() {
  clearTimeout(retry);
  clearTimeout(watchdog);
  source?.close();
  source = null;
}

function lost() {
  disconnect();
  show(false, "not connected");
  if (document.visibilityState === "visible") {
    retry = setTimeout(connect, delay * (0.75 + Math.random() / 2));
    delay = Math.min(delay * 2, LONGEST_DELAY);
  }
}

// a hidden tab keeps no connection: browsers allow six per host
function followVisibility() {
  if (document.visibilityState === "visible") {
    delay = FIRST_DELAY;
    connect();
  } else {
    disconnect();
    show(false, "not connected");
  }
}

showLocalTimes(document);
if (state) {
  document.addEventListener("visibilitychange", followVisibility);
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", event => { if (event.persisted) followVisibility(); });
  followVisibility();
}
