// The page's labels in one language, as the server sends them; {braces} are filled in here.

// What the seminar is written in, from code to its own name, and what is spoken to readers of anything else.
const offered = await (await fetch("/languages")).json();
export const LANGUAGES = offered.languages;
export const FALLBACK = offered.fallback;

let labels = {};
export let about = {};
export let language = FALLBACK;

export async function load(chosen) {
  const answer = await fetch(`/labels/${chosen}`);
  if (!answer.ok) throw new Error(`no labels in ${chosen}`);
  const content = await answer.json();
  labels = content.labels;
  about = content;
  language = chosen;
  document.documentElement.lang = chosen;
}

export function w(key, values = {}) {
  const text = labels[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function of(list, key) {
  return labels[list]?.[key] ?? key;
}

export function day(iso) {
  return labels.days?.[iso] ?? iso;
}

const formats = new Map();
function format(zone) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }));
  }
  return formats.get(zone);
}

// The wall clock of the seminar: {iso: "2025-08-04", time: "07:00"}.
export function wall(milliseconds) {
  const parts = {};
  for (const { type, value } of format(about.zone || "UTC").formatToParts(milliseconds)) parts[type] = value;
  return { iso: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

export function apply(root = document) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = w(node.dataset.word);
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", w(node.dataset.label));
    if (node.tagName === "BUTTON") node.title = w(node.dataset.label);
  }
}
