// The console works without this script. It shows times in the browser's zone, renews parts of the
// page when the relay reports that something of their kind has changed, and adds keys.

const FIRST_DELAY = 1000;
const LONGEST_DELAY = 30_000;
// the relay sends an event every 15 s
const SILENCE = 40_000;
// renewing takes at most one part in this many of the time
const SHARE = 20;
// of that time, a page that was quiet has this much in advance
const ADVANCE = 10_000;

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

function renewAll() {
  for (const part of document.querySelectorAll("[data-changes]")) {
    part.dataset.changes.split(" ").forEach(kind => waiting.add(kind));
  }
  clearTimeout(renewal);
  renew();
}

let asked = 0;
// when the renewals so far have taken their share of the time
let sharedAt = 0;
document.addEventListener("htmx:beforeRequest", () => { asked = Date.now(); });
document.addEventListener("htmx:afterRequest", () => {
  const now = Date.now();
  sharedAt = Math.max(sharedAt, now - ADVANCE) + (now - asked) * SHARE;
  sharedAt = Math.min(sharedAt, now + LONGEST_DELAY);
  renewAt = Math.max(sharedAt, now + FIRST_DELAY);
  // parts that are renewed at once take their time once
  asked = now;
});
document.addEventListener("htmx:afterSettle", () => showLocalTimes(document));

/* What a renewed part keeps: the focus, open details, and how far its tables are scrolled */

const kept = new Map();

function nameOf(element) {
  const action = element.getAttribute("formaction") ?? element.form?.action ?? "";
  return [element.tagName, element.getAttribute("href") ?? action, element.textContent].join(" ");
}

function keep(part) {
  const active = document.activeElement;
  kept.set(part.id, {
    focus: part.contains(active) ? nameOf(active) : null,
    open: [...part.querySelectorAll("details")].map(details => details.open),
    scrolled: [...part.querySelectorAll(".scroll")].map(table => table.scrollLeft),
  });
}

function restore(part) {
  const before = kept.get(part.id);
  if (!before) {
    return;
  }
  kept.delete(part.id);
  const details = [...part.querySelectorAll("details")];
  if (details.length === before.open.length) {
    details.forEach((one, i) => { one.open = before.open[i]; });
  }
  part.querySelectorAll(".scroll").forEach((table, i) => { table.scrollLeft = before.scrolled[i] ?? 0; });
  if (before.focus && !part.contains(document.activeElement)) {
    [...part.querySelectorAll("a[href], button, summary, .scroll")]
      .find(element => nameOf(element) === before.focus)?.focus({ preventScroll: true });
  }
}

document.addEventListener("htmx:beforeSwap", event => keep(event.detail.target));
document.addEventListener("htmx:afterSettle", event => restore(event.detail.elt));
document.addEventListener("htmx:responseError", event =>
  show(false, `not up to date (${event.detail.xhr.status})`));

/* The stream of changes */

const state = document.getElementById("stream");
let source = null;
let delay = FIRST_DELAY;
let retry = null;
let watchdog = null;
// whether changes may have been missed
let missed = false;

function show(connected, text) {
  if (state.textContent !== text) {
    state.textContent = text;
  }
  state.classList.toggle("on", connected);
}

function received() {
  delay = FIRST_DELAY;
  show(true, "connected");
  if (missed) {
    missed = false;
    renewAll();
  }
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
  missed = true;
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
    missed = true;
    show(false, "not connected");
  }
}

/* Keys */

// WCAG 2.1.4: keys of a single character can be turned off
const SETTING = "solar-relay.keys";
const SEQUENCE = 1500;
const PAGES = { n: "/console", d: "/console/dead" };
const ROWS = "main tbody tr, main .needed li, main .tile";
const FIELDS = "input, select, textarea";

const help = document.getElementById("help");
let keysOn = true;
let goPressed = 0;

function readSetting() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    // the browser stores nothing for this site
    return true;
  }
}

function storeSetting() {
  try {
    localStorage.setItem(SETTING, keysOn ? "on" : "off");
  } catch {
    // the setting holds for this page
  }
}

function links() {
  return [...document.querySelectorAll(ROWS)]
    .map(row => row.querySelector("a[href]"))
    .filter(link => link?.checkVisibility());
}

function moveBy(step) {
  const all = links();
  const current = all.findIndex(link => link.closest(ROWS).contains(document.activeElement));
  const next = current < 0 ? 0 : Math.min(Math.max(current + step, 0), all.length - 1);
  all[next]?.focus();
}

const KEYS = {
  "/": () => document.querySelector(".search input").focus(),
  "?": () => help.showModal(),
  g: () => { goPressed = Date.now(); },
  j: () => moveBy(1),
  k: () => moveBy(-1),
};

function onKey(event) {
  const withModifier = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  if (!keysOn || withModifier || help.open || event.target.closest(FIELDS)) {
    return;
  }
  const page = Date.now() - goPressed < SEQUENCE ? PAGES[event.key] : undefined;
  goPressed = 0;
  if (page) {
    location.assign(page);
  } else if (Object.hasOwn(KEYS, event.key)) {
    event.preventDefault();
    KEYS[event.key]();
  }
}

function addKeys() {
  const setting = document.getElementById("single-keys");
  const button = document.getElementById("keys");
  keysOn = readSetting();
  setting.checked = keysOn;
  setting.addEventListener("change", () => {
    keysOn = setting.checked;
    storeSetting();
  });
  button.hidden = false;
  button.addEventListener("click", KEYS["?"]);
  document.addEventListener("keydown", onKey);
}

if (help) {
  addKeys();
}
showLocalTimes(document);
if (state) {
  document.addEventListener("visibilitychange", followVisibility);
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", event => { if (event.persisted) followVisibility(); });
  followVisibility();
}
