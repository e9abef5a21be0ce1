// What the bot is doing: queues, health, what comes next, alerts, and the simulated teachers.

import { avatar, h, sendCommand } from "./dom.js";
import { about, day, LANGUAGES, of, w, wall } from "./labels.js";

const STATES = ["sent", "due", "sending", "unknown", "dead", "expired", "cancelled"];
const ALWAYS = new Set(["sent", "due", "sending"]);
const BAD = new Set(["unknown", "dead"]);
const TYPED = 400; // milliseconds after typing in which what was pressed then still gets its click

export class Panel {
  constructor(root) {
    this.root = root;
    this.status = {};
    this.users = { on: false, count: 0, people: [] };
    this.hasBot = true;
    this.teacherCount = 26;
  }

  update(event) {
    if (event.panel) this.status = event.panel;
    if (event.users) this.users = event.users;
    if ("has_bot" in event) this.hasBot = event.has_bot;
    if (event.panel || event.users || "has_bot" in event) this.draw();
  }

  get alarm() { return (this.status.violations ?? 0) + (this.status.floods ?? 0) + (this.status.outbox?.dead ?? 0); }

  draw() {
    const focused = document.activeElement?.id;
    if (focused === "teacher-count") return; // somebody is typing: a new field would lose what is marked in it
    const open = this.root.querySelector("details")?.open;
    this.root.replaceChildren(...(this.hasBot ? [this.queue(), this.upcoming(), this.alerts(), this.others(open)] : [this.own()]), this.health());
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  own() {
    return section(w("panel"), h("p", { class: "quiet" }, w("own_bot", { url: about.url })));
  }

  queue() {
    const { outbox = {} } = this.status;
    const shown = STATES.filter((state) => ALWAYS.has(state) || outbox[state]);
    const total = Math.max(1, STATES.reduce((sum, state) => sum + (outbox[state] ?? 0), 0));
    return section(w("messages"),
      h("div", { class: "stack", "aria-hidden": "true" }, shown.filter((state) => outbox[state]).map((state) => h("i", { class: state, style: { "flex-grow": outbox[state] / total } }))),
      h("dl", { class: "counts" }, shown.map((state) => h("div", { class: BAD.has(state) && outbox[state] ? "bad" : "" },
        h("dt", {}, h("i", { class: `dot ${state}` }), w(state)), h("dd", { "data-count": state }, String(outbox[state] ?? 0))))));
  }

  upcoming() {
    const { upcoming = [] } = this.status;
    return section(w("upcoming"), upcoming.length === 0 ? h("p", { class: "quiet" }, w("nothing")) : h("ol", { class: "upcoming" },
      upcoming.map((event) => {
        const { iso, time } = wall(event.at);
        return h("li", {}, h("time", {}, time), h("span", {}, kind(event.kind), h("small", {}, day(iso))));
      })));
  }

  alerts() {
    const { alerts = [] } = this.status;
    return section(w("alerts"), alerts.length === 0 ? h("p", { class: "quiet" }, w("no_alerts")) : h("ol", { class: "upcoming alerts" },
      alerts.map((event) => h("li", {}, h("time", {}, wall(event.at).time), h("span", {}, kind(event.kind), h("small", {}, day(wall(event.at).iso)))))));
  }

  others(open) {
    const { on, count, people } = this.users;
    const number = h("input", { id: "teacher-count", type: "number", min: 1, max: 1000, value: count || this.teacherCount, "aria-label": w("how_many") });
    number.addEventListener("input", () => { this.teacherCount = Number(number.value); });
    number.addEventListener("blur", () => setTimeout(() => this.draw(), TYPED));
    const toggle = h("button", { id: "teacher-switch", type: "button", role: "switch", class: "switch", "aria-checked": String(on),
      onclick: () => sendCommand({ do: "simulate", on: !on, teachers: Math.max(1, Math.min(1000, Math.round(Number(number.value)) || 1)) }) },
      h("i", {}), h("span", {}, w("play_others")));
    return section(w("others"), h("div", { class: "simulation" }, toggle, number),
      people.length === 0 ? h("p", { class: "quiet" }, w("others_about")) : h("details", { open }, h("summary", {}, `${w("phones")}: ${count}`),
        h("ul", {}, people.map((person) => h("li", {}, h("button", { type: "button", onclick: () => sendCommand({ do: "show", phone: person.id }) },
          avatar(person), h("span", {}, h("b", {}, person.name), h("small", {}, `${LANGUAGES[person.language] ?? person.language} · ${of("behaviours", person.behaviour)}`))))))));
  }

  health() {
    const { violations = 0, floods = 0, unreachable = 0, inbox = {}, mistakes = [] } = this.status;
    const waiting = Object.values(inbox).reduce((sum, count) => sum + count, 0);
    const line = (key, count, bad) => h("div", { class: bad && count ? "bad" : count ? "" : "good" },
      h("dt", {}, w(key)), h("dd", { "data-count": key }, String(count)));
    return section(w("health"), h("dl", { class: "counts wide" },
      line("violations", violations, true), line("floods", floods, true),
      this.hasBot ? line("updates", waiting, false) : null, this.hasBot ? line("unreachable", unreachable, false) : null),
      mistakes.length ? h("ul", { class: "mistakes" }, mistakes.map((text) => h("li", {}, text))) : null);
  }
}

export function kind(name) {
  return of("kinds", name);
}

function section(title, ...content) {
  return h("section", {}, h("h2", {}, title), ...content);
}
