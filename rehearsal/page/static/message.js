// One bubble: text, media, marks, and the buttons under it.

import { h, hue, icon, ICONS } from "./dom.js";
import { formatted } from "./entities.js";
import { of, w, wall } from "./labels.js";
import { coloured } from "./sheet.js";

export function bubble(message, actions) {
  if (message.service) return serviceLine(message, actions);
  const side = message.mine ? "mine" : "theirs";
  const media = message.media ? drawMedia(message, actions) : null;
  const onlyMedia = media && !message.text;
  const body = h("div", { class: `bubble${onlyMedia ? ` only ${message.media.kind}-only` : ""}` },
    message.who ? h("b", { class: "who", style: { "--hue": hue(message.who.id) } }, message.who.name ?? "Hamroh") : null,
    message.forwarded ? h("small", { class: "forwarded" }, w("forwarded", { who: message.forwarded })) : null,
    message.quoted ? h("div", { class: "quoted" }, message.quoted) : null,
    media,
    message.text ? h("div", { class: "text", dir: "auto" }, formatted(message.text, message.entities, actions)) : null,
    marks(message),
    h("button", { class: "act", type: "button", "aria-label": w("act"), title: w("act"), onclick: () => actions.act(message) }, icon(ICONS.act, 16)),
  );
  return h("div", { class: `message ${side}`, "data-message": message.id, role: "listitem" },
    body,
    message.reactions ? h("div", { class: "reactions" }, message.reactions.map((one) => h("span", {}, coloured(one)))) : null,
    message.buttons ? keyboard(message, actions) : null,
  );
}

// What nobody wrote: Telegram says it in the middle of the chat.
function serviceLine(message, actions) {
  const { says, who, what, pinned } = message.service;
  const words = w(says, { who: who ?? "Hamroh", what });
  return h("div", { class: "service", "data-message": message.id, role: "listitem" },
    pinned ? h("button", { type: "button", onclick: () => actions.goTo(pinned) }, words) : h("span", {}, words));
}

function marks(message) {
  return h("div", { class: "marks" },
    message.pinned ? h("span", { title: w("pinned") }, icon(ICONS.pin, 12)) : null,
    message.silent ? h("span", { title: w("silent"), class: "silent" }, icon(ICONS.mute, 12), h("span", { class: "sr" }, w("silent"))) : null,
    message.edited ? h("span", { class: "edited" }, w("edited")) : null,
    h("time", {}, wall(message.at * 1000).time),
    message.mine ? h("span", { class: "ticks", "aria-hidden": "true" }, "✓✓") : null,
  );
}

function keyboard(message, actions) {
  return h("div", { class: "inline" }, message.buttons.map((row, rowNumber) => h("div", { class: "row" },
    row.map((button, column) => {
      const sign = button.kind === "link" ? ICONS.link : button.kind === "copy" ? ICONS.copy : null;
      const node = h("button", {
        type: "button", class: `tap ${button.style ?? ""}`,
        onclick: () => actions.button(message, rowNumber, column, button, node),
      }, h("span", { class: "label" }, button.label), sign ? icon(sign, 12) : null);
      return node;
    }))));
}

function drawMedia(message, actions) {
  const media = message.media;
  switch (media.kind) {
    case "photo": return h("a", { class: "photo", href: media.href, target: "_blank", rel: "noopener" },
      h("img", { src: media.href, alt: w("photo"), loading: "lazy", onload: actions.resized }));
    case "document": return h("a", { class: "document", href: media.href, download: media.name },
      h("span", { class: "sheet" }, icon(ICONS.file, 22)),
      h("span", {}, h("b", {}, media.name), h("small", {}, size(media.size))));
    case "venue": case "location": return venue(media);
    case "poll": return poll(message, actions);
    case "voice": return h("div", { class: "voice" }, icon(ICONS.mic, 18), wave(), h("small", {}, `0:0${media.duration ?? 1}`));
    case "sticker": return h("div", { class: "sticker" }, media.emoji ?? "🙂");
    default: return h("div", { class: "other" }, [of("media", media.name), media.about].filter(Boolean).join(" · "));
  }
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function wave() {
  return h("span", { class: "wave", "aria-hidden": "true" },
    [5, 9, 14, 8, 12, 16, 10, 6, 11, 15, 9, 5, 8, 12, 7].map((height) => h("i", { style: { height: `${height}px` } })));
}

// A drawn map: there is no network for a real one, and what matters is that a pin has come.
function venue(media) {
  const seed = Math.round(((media.latitude ?? 0) * 7919 + (media.longitude ?? 0) * 104729) * 100) >>> 0;
  const at = (n, most) => (((seed >>> (n % 24)) ^ (seed * (n + 3))) >>> 0) % most;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 260 120");
  svg.setAttribute("class", "map");
  svg.setAttribute("aria-hidden", "true");
  const add = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    svg.append(node);
  };
  add("rect", { width: 260, height: 120, class: "land" });
  add("path", { class: "water", d: `M0 ${80 + at(1, 30)} C 60 ${60 + at(2, 30)}, 120 ${110 + at(3, 20)}, 260 ${84 + at(4, 30)} V120 H0 Z` });
  add("rect", { class: "park", x: 20 + at(5, 150), y: 8 + at(6, 40), width: 44 + at(7, 40), height: 26 + at(8, 20), rx: 6 });
  for (let n = 0; n < 5; n += 1) add("path", { class: n % 2 ? "road" : "road big", d: `M${at(n + 9, 260)} -5 L${at(n + 14, 260)} 125` });
  for (let n = 0; n < 3; n += 1) add("path", { class: "road", d: `M-5 ${at(n + 19, 120)} L265 ${at(n + 22, 120)}` });
  add("ellipse", { class: "shade", cx: 130, cy: 71, rx: 10, ry: 3.4 });
  add("path", { class: "needle", d: "M130 70c-11-14-16-20-16-28a16 16 0 0132 0c0 8-5 14-16 28z" });
  add("circle", { class: "eye", cx: 130, cy: 42, r: 6 });
  return h("div", { class: "venue" }, svg, h("div", { class: "where" },
    media.title ? h("b", {}, media.title) : null,
    media.address ? h("span", {}, media.address) : null,
    media.ends ? h("span", { class: "live" }, w("is_live", { hour: wall(media.ends * 1000).time })) : null,
    h("small", {}, `${Number(media.latitude).toFixed(4)}, ${Number(media.longitude).toFixed(4)}`)));
}

function poll(message, actions) {
  const { question, options = [], total_voter_count: total = 0 } = message.media;
  return h("div", { class: "poll" }, h("b", {}, question), h("small", {}, w("poll")),
    options.map((option, number) => h("button", { type: "button", onclick: () => actions.vote(message, number) },
      h("span", {}, option.text), h("i", { style: { width: `${total ? (100 * option.voter_count) / total : 0}%` } }))));
}
