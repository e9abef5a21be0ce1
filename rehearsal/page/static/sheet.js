// What slides up in a phone: lists to choose from, what can be done with a message, and a line to fill in.

import { h } from "./dom.js";
import { w } from "./labels.js";

const QUICK = ["👍", "❤", "🙏", "😁", "😢", "👌"];
const SIGNS = { bold: "**", italic: "__", strikethrough: "~~", spoiler: "||", code: "`" };

// As a picture: a bare heart is drawn as a black sign.
export const coloured = (emoji) => (emoji === "❤" ? "❤\ufe0f" : emoji);

export class Sheet {
  constructor() {
    this.root = h("div", { class: "commands drawer", hidden: true, role: "menu" });
  }

  get open() { return !this.root.hidden; }

  close() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  show(...nodes) {
    this.root.replaceChildren(...nodes.filter(Boolean));
    this.root.hidden = false;
    this.root.querySelector("input, button")?.focus({ preventScroll: true });
  }

  // A choice of lines, each with what happens once it is pressed.
  choose(title, choices) {
    this.show(title ? h("h3", {}, title) : null, ...choices.map(([label, chosen]) => this.line(label, chosen)));
  }

  line(label, chosen) {
    return h("button", { type: "button", role: "menuitem", onclick: () => { this.close(); chosen(); } }, h("b", {}, label));
  }

  ask(label, value, given) {
    const input = h("input", { type: "text", value, maxlength: 128, "aria-label": label });
    const submit = (event) => {
      event.preventDefault();
      if (!input.value.trim()) return;
      this.close();
      given(input.value.trim());
    };
    this.show(h("form", { onsubmit: submit }, h("h3", {}, label), input, h("button", { type: "submit", class: "primary" }, w("done"))));
    input.select();
  }

  // What can be done with one message on this phone.
  actOn(phone, message) {
    const about = { message: message.id };
    const live = message.mine && message.media?.kind === "location" && message.media.live_period;
    const forwardTo = ([title, to, topic]) => [title, () => phone.do({ do: "forward", ...about, to, topic })];
    this.show(
      h("div", { class: "quick" }, QUICK.map((emoji) => h("button", {
        type: "button", "aria-label": emoji, onclick: () => { this.close(); phone.do({ do: "react", ...about, emoji }); },
      }, coloured(emoji)))),
      this.line(w("reply"), () => phone.answerTo(message)),
      live ? this.line(w("move_live"), () => phone.do({ do: "move", ...about })) : null,
      live ? this.line(w("stop_live"), () => phone.do({ do: "move", ...about, stop: true })) : null,
      message.mine && message.text && !message.forwarded ? this.line(w("edit"), () => phone.edit(message)) : null,
      this.line(w("forward"), () => this.choose(w("forward_to"), phone.targets().map(forwardTo))),
      message.mine || !phone.head.open ? this.line(w("delete"), () => phone.do({ do: "delete", ...about })) : null);
  }
}

// A formatted text as it would be typed again: **bold**, __italic__ and the like.
export function asTyped(text, entities) {
  let typed = text;
  for (const one of [...entities].sort((a, b) => b.offset - a.offset)) {
    const sign = SIGNS[one.type];
    const end = one.offset + one.length;
    if (sign) typed = typed.slice(0, one.offset) + sign + typed.slice(one.offset, end) + sign + typed.slice(end);
  }
  return typed;
}
