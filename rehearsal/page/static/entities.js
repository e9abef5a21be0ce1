// Formatted text: plain text and the Bot API's entities (UTF-16 offsets, as JavaScript counts) become elements.

import { h } from "./dom.js";
import { w } from "./labels.js";

const SIMPLE = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote",
};

const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/;

export function formatted(text, entities, actions) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, 0, text.length, sorted, actions);
}

function pieces(text, from, to, entities, actions) {
  const nodes = [];
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    if (entity.offset > at) nodes.push(...linked(text.slice(at, entity.offset), actions));
    const inside = [];
    while (entities.length && entities[0].offset < end) inside.push(entities.shift());
    nodes.push(element(entity, text.slice(entity.offset, end), pieces(text, entity.offset, end, inside, actions), actions));
    at = end;
  }
  if (at < to) nodes.push(...linked(text.slice(at, to), actions));
  return nodes;
}

// Messengers make links of addresses in plain text by themselves.
function linked(text, actions) {
  return text.split(ADDRESS).map((part, number) => (number % 2 ? press(actions.link, part, [part]) : part));
}

// No <button>: that is a box, which breaks the line before it when it holds more than the rest of the line does.
function press(action, value, children) {
  const follow = () => action(value);
  const enter = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the key would press the first button of the dialog that this opens
    follow();
  };
  return h("span", { class: "link", role: "link", tabindex: "0", onclick: follow, onkeydown: enter }, children);
}

function element(entity, plain, children, actions) {
  switch (entity.type) {
    case "text_link": return press(actions.link, entity.url, children);
    case "url": return press(actions.link, plain, [plain]);
    case "bot_command": return press(actions.command, plain, [plain]);
    case "mention": case "hashtag": case "cashtag": case "email": case "phone_number": case "text_mention":
      return h("span", { class: "mention" }, children);
    case "spoiler": return spoiler(children);
    case "expandable_blockquote": return expandable(children);
    default: return SIMPLE[entity.type] ? h(SIMPLE[entity.type], {}, children) : h("span", {}, children);
  }
}

function spoiler(children) {
  const node = h("button", { type: "button", class: "spoiler", "aria-label": w("spoiler") }, h("span", {}, children));
  node.addEventListener("click", () => { node.classList.add("open"); node.removeAttribute("aria-label"); });
  return node;
}

function expandable(children) {
  const node = h("blockquote", { class: "expandable", tabindex: "0", role: "button", "aria-expanded": "false" }, h("span", {}, children));
  const toggle = () => unfold(node, !node.classList.contains("open"));
  node.addEventListener("click", (event) => { if (!event.target.closest(".link")) toggle(); });
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === node) toggle(); });
  return node;
}

function unfold(node, open) {
  node.classList.toggle("open", open);
  node.setAttribute("aria-expanded", String(open));
}

// Once they are on the page: what was unfolded before the message was edited stays so, and what has at most three lines
// has nothing to unfold.
export function foldQuotations(node, before) {
  const opened = before ? [...before.querySelectorAll(".expandable")].map((one) => one.classList.contains("open")) : [];
  [...node.querySelectorAll(".expandable")].forEach((one, number) => {
    one.classList.toggle("folds", one.firstChild.scrollHeight > one.firstChild.clientHeight + 1);
    unfold(one, Boolean(opened[number]));
  });
}
