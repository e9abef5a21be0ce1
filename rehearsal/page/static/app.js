// The page: the feed of changes, the row of phones, the clock and the dialogs.

import { gently, h, icon, ICONS, sendCommand } from "./dom.js";
import { kind, Panel } from "./panel.js";
import { Phone } from "./phone.js";
import { about, apply, day, FALLBACK, language, LANGUAGES, load, of, w, wall } from "./labels.js";

const SPEEDS = [0, 1, 60, 600];
const $ = (id) => document.getElementById(id);
const store = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private windows keep nothing */ } };
const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

const phones = new Map();
const panel = new Panel($("panel"));
const clock = { now: 0, at: 0, speed: 1, advancing: false, known: false };

const page = {
  focus(phone) {
    phone.root.scrollIntoView({ behavior: gently(), inline: "center", block: "nearest" });
    phone.chat.focus({ preventScroll: true });
    phone.seen();
  },
  link(url, phone) {
    const start = new RegExp(`^https?://t\\.me/${about.username}\\?start=([\\w-]+)$`, "i").exec(url);
    if (start) addPhone(start[1]);
    else if (/^https?:/.test(url) || url.includes(".")) leave(/^https?:/.test(url) ? url : `https://${url}`);
    else phone.answer(url, false);
  },
  people: () => [...phones.values()].map((phone) => ({ id: phone.id, name: phone.head.name })),
  countUnread() {
    const unread = [...phones.values()].reduce((sum, phone) => sum + phone.unread, 0);
    document.title = `${unread ? `(${unread}) ` : ""}Hamroh · ${w("rehearsal")}`;
  },
};

// --- changes --------------------------------------------------------------------------------------------------------

function listen() {
  const feed = new EventSource("/feed");
  feed.onopen = () => {
    $("lost").hidden = true;
    for (const phone of [...phones.values()]) close(phone);
  };
  feed.onerror = () => { $("lost").hidden = false; };
  feed.onmessage = (message) => {
    for (const event of JSON.parse(message.data)) applyChange(event);
    document.body.dataset.ready = "true";
  };
}

function applyChange(event) {
  if (event.phone) (phones.get(event.phone) ?? open(event.phone)).update(event);
  if (event.closed && phones.has(event.closed)) close(phones.get(event.closed));
  if (event.clock) Object.assign(clock, event.clock, { at: performance.now(), known: true });
  if ("advancing" in event) { clock.advancing = event.advancing; showAdvancing(); }
  panel.update(event);
  if (event.panel) { next(); $("panel-alarm").hidden = panel.alarm === 0; }
  if (event.clock) { tick(); showAdvancing(); }
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const phone = phones.get(Number(entry.target.dataset.phone));
    if (!phone) continue;
    phone.inView = entry.isIntersecting;
    phone.tab.setAttribute("aria-selected", String(entry.isIntersecting));
    if (phone.inView && phone.atEnd) phone.seen();
  }
}, { threshold: 0.55 });

function open(id) {
  const phone = new Phone(id, page);
  phones.set(id, phone);
  $("phones").append(phone.root);
  $("tabs").append(phone.tab);
  seen.observe(phone.root);
  if (phoneToFocus === id) { phoneToFocus = 0; requestAnimationFrame(() => page.focus(phone)); }
  return phone;
}

function close(phone) {
  seen.unobserve(phone.root);
  phone.root.remove();
  phone.tab.remove();
  phones.delete(phone.id);
}

// --- the clock ------------------------------------------------------------------------------------------------------

function tick() {
  if (!clock.known) return;
  const now = clock.now + (clock.advancing ? 0 : (performance.now() - clock.at) * clock.speed);
  const { iso, time } = wall(now);
  $("time").textContent = time;
  $("date").textContent = about.first ? day(iso) : iso;
  if (!about.first) return;
  const number = Math.round((Date.parse(iso) - Date.parse(about.first)) / 86400000) + 1;
  $("day").textContent = number < 1 ? w("before") : number > about.days_count ? w("after") : w("day_of", { day: number, days: about.days_count });
}

function showAdvancing() {
  document.body.classList.toggle("advancing", clock.advancing);
  $("next-event").querySelector("b").textContent = clock.advancing ? w("stop") : w("next_event");
  $("next-day").disabled = clock.advancing;
  for (const button of $("speeds").children) {
    button.setAttribute("aria-pressed", String(!clock.advancing && Number(button.dataset.speed) === clock.speed));
  }
}

function next() {
  const [event] = panel.status.upcoming ?? [];
  $("next-what").textContent = event ? `${wall(event.at).time} · ${kind(event.kind)}` : "";
  $("next-event").disabled = !event && !clock.advancing;
}

function speeds() {
  $("speeds").replaceChildren(...SPEEDS.map((speed) => {
    const label = speed === 0 ? w("pause") : w("play", { speed });
    return h("button", { type: "button", "data-speed": speed, "aria-label": label, title: label, onclick: () => sendCommand({ do: "speed", speed }) },
      speed === 0 ? icon(ICONS.pause, 14) : speed === 1 ? icon(ICONS.play, 14) : null, speed === 0 ? "" : `×${speed}`);
  }));
  showAdvancing();
}

// --- dialogs --------------------------------------------------------------------------------------------------------

let phoneToFocus = 0;

function choices(name, options, chosen) {
  return Object.entries(options).map(([value, label]) => h("label", {},
    h("input", { type: "radio", name, value, checked: value === chosen }), h("span", {}, label)));
}

function addPhone(code = "") {
  const dialog = $("adding");
  const roles = code ? ["stranger"] : ["teacher", "organizer", "coordinator", "stranger"];
  const shown = panel.hasBot ? roles : ["stranger"];
  $("roles").closest("fieldset").hidden = Boolean(code);
  $("roles").replaceChildren(...choices("role", Object.fromEntries(shown.map((role) => [role, of("roles", role)])), shown[0]));
  $("languages").replaceChildren(...choices("language", LANGUAGES, Object.keys(LANGUAGES)[0]));
  $("invitation").hidden = !code;
  $("invitation").querySelector("code").textContent = code;
  dialog.onclose = async () => {
    if (dialog.returnValue !== "add") return;
    const form = new FormData(dialog.querySelector("form"));
    const answer = await sendCommand({ do: "add", role: form.get("role"), language: form.get("language"), code });
    if (phones.has(answer.phone)) page.focus(phones.get(answer.phone));
    else phoneToFocus = answer.phone ?? 0;
  };
  dialog.returnValue = "";
  dialog.showModal();
}

function leave(url) {
  const dialog = $("leaving");
  dialog.querySelector("code").textContent = url;
  dialog.querySelector("a").href = url;
  dialog.querySelector("a").onclick = () => dialog.close();
  dialog.showModal();
}

// --- the frame ------------------------------------------------------------------------------------------------------

async function speak(chosen) {
  await load(chosen);
  apply();
  $("seminar").textContent = about.title ? `${about.title} · ${about.place}` : w("tagline");
  $("language").value = language;
  speeds();
  tick();
  next();
  for (const phone of phones.values()) phone.redraw();
  panel.draw();
  page.countUnread();
}

function theme(chosen) {
  document.documentElement.dataset.theme = chosen;
  store("theme", chosen);
}

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function showPanel(shown) {
  document.body.classList.toggle("no-panel", !shown);
  $("panel-toggle").setAttribute("aria-expanded", String(shown));
}

function closest(languages) {
  for (const one of languages) {
    const code = one.slice(0, 2).toLowerCase();
    if (code in LANGUAGES) return code;
  }
  return FALLBACK;
}

$("language").append(...Object.entries(LANGUAGES).map(([code, name]) => h("option", { value: code, lang: code }, name)));
const oneLanguage = Object.keys(LANGUAGES).length < 2;
$("language").closest("label").hidden = oneLanguage;
$("languages").closest("fieldset").hidden = oneLanguage;
$("language").onchange = () => { store("language", $("language").value); speak($("language").value); };
$("theme").onclick = () => theme(dark() ? "light" : "dark");
$("panel-toggle").onclick = () => showPanel(document.body.classList.contains("no-panel"));
$("next-event").onclick = () => sendCommand({ do: clock.advancing ? "stop" : "next-event" });
$("next-day").onclick = () => sendCommand({ do: "next-day" });
$("add-phone").onclick = () => addPhone();
$("tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = [...$("tabs").children];
  tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length].focus();
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.more[open]")) if (!open.contains(event.target)) open.removeAttribute("open");
  for (const phone of phones.values()) if ((!phone.commands.hidden || phone.sheet.open) && !event.composedPath().includes(phone.root)) phone.closeAll();
});
document.addEventListener("visibilitychange", () => { for (const phone of phones.values()) if (phone.atEnd) phone.seen(); });

let refusal = 0;
window.addEventListener("refused", (event) => {
  $("refused").textContent = event.detail;
  $("refused").hidden = false;
  clearTimeout(refusal);
  refusal = setTimeout(() => { $("refused").hidden = true; }, 6000);
});

theme(stored("theme") ?? "auto");
showPanel(matchMedia("(min-width: 900px)").matches);
setInterval(tick, 200);
await speak(closest([stored("language"), ...navigator.languages].filter(Boolean)));
listen();
