// One phone: a label with the person, and a messenger with one chat.

import { avatar, gently, h, icon, ICONS, refuse, sendCommand } from "./dom.js";
import { foldQuotations } from "./entities.js";
import { bubble } from "./message.js";
import { day, LANGUAGES, of, w, wall } from "./labels.js";

const NEAR_END = 90; // pixels from the end within which a reader is "at the newest message"
const TOAST = 3200; // milliseconds
const PIN_STICKS = 3; // beside the pinned message, one for each of the pinned; Telegram draws no more of them

export class Phone {
  constructor(id, page) {
    this.id = id;
    this.page = page;
    this.head = { id, name: "…", role: "teacher", language: "", menu: [], keyboard: [], pinned: [] };
    this.messages = new Map();
    this.nodes = new Map();
    this.unread = 0;
    this.fresh = true;
    this.follows = true; // reads at the end, and stays there when a picture takes its place
    this.top = 0;
    this.inView = true;
    this.build();
  }

  get actions() {
    return {
      button: (...pressed) => this.press(...pressed),
      link: (url) => this.page.link(url, this),
      command: (text) => this.say(text),
      goTo: (id) => this.goTo(id),
      vote: (message, option) => this.do({ do: "vote", message: message.id, option }),
      resized: () => { if (this.follows) this.toEnd(); },
    };
  }

  do(what) { return sendCommand({ ...what, phone: this.id }); }
  say(text) { return this.do({ do: "text", text }); }

  // --- building -----------------------------------------------------------------------------------------------------

  build() {
    this.owner = h("header", { class: "owner" });
    this.status = h("small", {});
    this.pinAt = 0; // which of the pinned messages the bar shows; 0 is the newest
    this.pinButton = h("button", { class: "show", type: "button", onclick: () => this.nextPin() });
    this.unpin = h("button", { class: "round", type: "button", onclick: () => this.do({ do: "unpin", message: this.shownPin.id }) }, icon(ICONS.close, 16));
    this.pin = h("div", { class: "pinned", hidden: true }, this.pinButton, this.unpin);
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    this.chat = h("div", { class: "chat", tabindex: "0", onscroll: () => this.scrolled() }, this.log);
    this.newest = h("button", { class: "newest", type: "button", hidden: true, onclick: () => this.toEnd(true) }, icon(ICONS.down, 22), h("b", {}));
    this.keys = h("div", { class: "keys", hidden: true });
    this.commands = h("div", { class: "commands", hidden: true, role: "menu" });
    this.toast = h("div", { class: "toast", role: "status", hidden: true });
    this.popup = h("div", { class: "popup", role: "alertdialog", "aria-modal": "true", hidden: true });
    this.menuButton = h("button", { class: "menu", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.toggleMenu() }, icon(ICONS.menu, 16), h("span", {}));
    this.file = h("input", { type: "file", hidden: true, onchange: () => this.sendFile() });
    this.attach = h("button", { class: "round", type: "button", onclick: () => this.file.click() }, icon(ICONS.attach));
    this.input = h("input", { type: "text", autocomplete: "off", enterkeyhint: "send", maxlength: "12000" });
    this.send = h("button", { class: "round send", type: "submit" }, icon(ICONS.send));
    this.composer = h("form", { class: "composer", onsubmit: (event) => this.submit(event) }, this.menuButton, this.file, this.attach, this.input, this.send);
    this.begin = h("button", { class: "begin", type: "button", hidden: true, onclick: () => this.do({ do: "start" }) });
    this.welcome = h("div", { class: "welcome", hidden: true });
    this.device = h("div", { class: "device" },
      h("div", { class: "top" },
        h("img", { src: "/static/hamroh.svg", alt: "", width: 34, height: 34 }),
        h("div", {}, h("b", {}, "Hamroh"), this.status)),
      this.pin, h("div", { class: "middle" }, this.chat, this.welcome, this.newest, this.toast, this.popup, this.commands),
      this.composer, this.begin, this.keys);
    this.root = h("article", { class: "phone", id: `phone-${this.id}`, role: "tabpanel", "data-phone": this.id }, this.owner, this.device);
    this.root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.closeAll(); });
    this.tab = h("button", { class: "chip", type: "button", role: "tab", "aria-controls": `phone-${this.id}`, onclick: () => this.page.focus(this) });
    this.word();
  }

  // Everything that holds words, again: at the start, and when the page's language changes.
  word() {
    const head = this.head;
    this.root.setAttribute("aria-label", w("of_phone", { name: head.name }));
    this.chat.setAttribute("aria-label", w("of_phone", { name: head.name }));
    this.owner.replaceChildren(avatar(head), h("div", { class: "person" },
      h("b", { title: head.name }, head.name),
      h("span", {}, h("span", { class: `role ${head.role}` }, of("roles", head.role)), h("span", { class: "tongue", lang: head.language }, LANGUAGES[head.language] ?? head.language))),
      this.more());
    this.tab.replaceChildren(avatar(head), h("span", {}, head.name.split(" ")[0]), h("i", { class: `dot ${head.role}` }), h("b", { class: "badge", hidden: true }));
    this.status.textContent = head.typing ? w("typing") : w("bot");
    this.status.classList.toggle("typing", Boolean(head.typing));
    this.menuButton.lastChild.textContent = w("menu");
    for (const [node, key] of [[this.attach, "attach"], [this.send, "send"], [this.newest, "newest"], [this.unpin, "unpin"]]) {
      node.setAttribute("aria-label", w(key));
      node.title = w(key);
    }
    this.input.placeholder = w("message");
    this.input.setAttribute("aria-label", w("message"));
    this.welcome.replaceChildren(h("div", {}, h("b", {}, w("before_start")), h("p", {}, w("about_start"))));
    this.states();
    this.showUnread();
  }

  more() {
    const item = (key, what) => h("button", { type: "button", onclick: () => { list.removeAttribute("open"); this.do(what); } }, w(key));
    const list = h("details", { class: "more" },
      h("summary", { "aria-label": w("more"), title: w("more") }, icon(ICONS.more)),
      h("div", {},
        item("sticker", { do: "send", what: "sticker" }), item("voice", { do: "send", what: "voice" }),
        item("location", { do: "send", what: "location" }), item("again", { do: "again" }),
        item(this.head.blocked ? "unblock" : "block", { do: "block" }), item("close_phone", { do: "close" })));
    return list;
  }

  // What is to be seen besides messages: Start, the composer, the reply keyboard, the pin, the menu.
  states() {
    const { started, blocked, menu, keyboard, pinned } = this.head;
    this.begin.hidden = started && !blocked;
    this.begin.textContent = blocked ? w("unblock") : w("start");
    this.composer.hidden = !started || blocked;
    this.welcome.hidden = started || this.messages.size > 0;
    this.menuButton.hidden = !menu?.length;
    this.keys.hidden = !keyboard?.length || blocked;
    this.keys.replaceChildren(...(keyboard ?? []).map((row) => h("div", { class: "row" },
      row.map((label) => h("button", { type: "button", onclick: () => this.do({ do: "keyboard", label }) }, label)))));
    this.pin.hidden = !pinned?.length;
    if (pinned?.length) this.drawPin();
  }

  // The bar shows one of the pinned messages; a tap goes to it, and the bar on to the one before, round and round.
  get shownPin() { return this.head.pinned[this.pinAt % this.head.pinned.length]; }

  nextPin() {
    this.goTo(this.shownPin.id);
    this.pinAt = (this.pinAt + 1) % this.head.pinned.length;
    this.drawPin();
  }

  drawPin() {
    const { pinned } = this.head;
    const at = this.pinAt % pinned.length;
    const number = at ? ` #${pinned.length - at}` : "";
    this.pinButton.replaceChildren(
      h("span", { class: "sticks", "aria-hidden": "true" }, pinned.slice(0, PIN_STICKS).map((_, stick) => h("i", { class: stick === Math.min(at, PIN_STICKS - 1) ? "on" : "" })).reverse()),
      h("span", {}, h("b", {}, `${w("pinned")}${number}`), h("span", {}, this.shownPin.text)));
  }

  // --- changes ------------------------------------------------------------------------------------------------------

  update(change) {
    if (change.head) {
      const textChanged = this.head.name !== change.head.name || this.head.role !== change.head.role
        || this.head.language !== change.head.language || this.head.blocked !== change.head.blocked;
      if (String(this.head.pinned.map((one) => one.id)) !== String(change.head.pinned.map((one) => one.id))) this.pinAt = 0;
      this.head = change.head;
      if (textChanged) this.word();
      this.status.textContent = this.head.typing ? w("typing") : w("bot");
      this.status.classList.toggle("typing", Boolean(this.head.typing));
      this.states();
    }
    const stay = this.follows || this.atEnd || this.fresh;
    for (const id of change.gone ?? []) this.remove(id);
    for (const message of change.bubbles ?? []) this.put(message);
    if (change.bubbles || change.gone) this.dates();
    if (stay) this.toEnd();
    this.fresh = false;
    for (const [text, alert] of change.toasts ?? []) this.answer(text, alert);
  }

  put(message) {
    const node = bubble(message, this.actions);
    const old = this.nodes.get(message.id);
    this.messages.set(message.id, message);
    this.nodes.set(message.id, node);
    if (old) {
      old.replaceWith(node);
      foldQuotations(node, old);
      node.classList.add("changed");
      return;
    }
    this.place(message.id, node);
    foldQuotations(node);
    if (this.fresh) return;
    node.classList.add("arrives");
    if (!message.mine) {
      this.glow();
      if (!this.atEnd || !this.inView || document.hidden) this.unread += 1;
      this.showUnread();
    }
  }

  // By its number: one that was pinned long ago comes later than what was written since.
  place(id, node) {
    const next = [...this.nodes.keys()].find((one) => one > id);
    if (next === undefined) {
      this.log.append(node);
      return;
    }
    this.nodes.get(next).before(node);
    for (const kept of [this.messages, this.nodes]) {
      const sorted = [...kept].sort(([one], [other]) => one - other);
      kept.clear();
      for (const [key, value] of sorted) kept.set(key, value);
    }
  }

  remove(id) {
    this.nodes.get(id)?.remove();
    this.nodes.delete(id);
    this.messages.delete(id);
  }

  dates() {
    for (const chip of this.log.querySelectorAll(".date")) chip.remove();
    let before = "";
    for (const [id, message] of this.messages) {
      const iso = wall(message.at * 1000).iso;
      if (iso !== before) this.nodes.get(id).before(h("div", { class: "date" }, day(iso)));
      before = iso;
    }
  }

  redraw() {
    for (const message of this.messages.values()) {
      const node = bubble(message, this.actions);
      const old = this.nodes.get(message.id);
      old.replaceWith(node);
      foldQuotations(node, old);
      this.nodes.set(message.id, node);
    }
    this.dates();
    this.word();
  }

  glow() {
    this.device.classList.remove("glows");
    void this.device.offsetWidth; // lets the same animation start again
    this.device.classList.add("glows");
  }

  answer(text, alert) {
    if (alert) {
      const ok = h("button", { type: "button", onclick: () => { this.popup.hidden = true; this.chat.focus(); } }, w("ok"));
      this.popup.replaceChildren(h("div", {}, h("p", {}, text), ok));
      this.popup.hidden = false;
      return;
    }
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { this.toast.hidden = true; }, TOAST);
  }

  // --- reading ------------------------------------------------------------------------------------------------------

  get atEnd() { return this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < NEAR_END; }

  toEnd(smooth = false) {
    this.follows = true;
    this.chat.scrollTo({ top: this.chat.scrollHeight, behavior: smooth ? gently() : "instant" });
    this.seen();
  }

  goTo(id) {
    const node = this.nodes.get(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: gently() });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1400);
  }

  scrolled() {
    if (this.atEnd) this.follows = true;
    else if (this.chat.scrollTop < this.top) this.follows = false;
    this.top = this.chat.scrollTop;
    this.newest.hidden = this.atEnd;
    if (this.atEnd) this.seen();
  }

  seen() {
    if (!this.inView || document.hidden || !this.unread) return;
    this.unread = 0;
    this.showUnread();
  }

  showUnread() {
    const badge = this.tab.querySelector(".badge");
    badge.hidden = this.unread === 0;
    badge.textContent = this.unread > 99 ? "99+" : String(this.unread);
    this.newest.lastChild.textContent = this.unread ? String(this.unread) : "";
    const unread = this.unread ? `, ${w("unread", { n: this.unread })}` : "";
    this.tab.setAttribute("aria-label", `${this.head.name}, ${of("roles", this.head.role)}${unread}`);
    this.page.countUnread();
  }

  // --- doing --------------------------------------------------------------------------------------------------------

  async press(message, row, column, button, node) {
    if (button.kind === "link") return this.page.link(button.value, this);
    if (button.kind === "copy") {
      await navigator.clipboard?.writeText(button.value).catch(() => {});
      return this.answer(w("copied"), false);
    }
    node.classList.add("waits");
    setTimeout(() => node.classList.remove("waits"), 4000);
    return this.do({ do: "press", message: message.id, row, column });
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value;
    if (!text.trim()) return;
    this.input.value = "";
    this.toEnd();
    this.say(text);
  }

  async sendFile() {
    const [file] = this.file.files;
    if (!file) return;
    const about = new URLSearchParams({ name: file.name, caption: this.input.value.trim() });
    const answer = await fetch(`/upload/${this.id}?${about}`, { method: "POST", body: file });
    this.file.value = "";
    if (answer.ok) this.input.value = "";
    else refuse(await answer.text());
  }

  toggleMenu() {
    const open = this.commands.hidden;
    this.commands.hidden = !open;
    this.menuButton.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.commands.replaceChildren(...this.head.menu.map((command) => h("button", {
      type: "button", role: "menuitem", onclick: () => { this.closeAll(); this.toEnd(); this.say(`/${command.name}`); },
    }, h("b", {}, `/${command.name}`), h("span", {}, command.about))));
    this.commands.querySelector("button")?.focus({ preventScroll: true });
  }

  closeAll() {
    this.commands.hidden = true;
    this.popup.hidden = true;
    this.menuButton.setAttribute("aria-expanded", "false");
    this.owner.querySelector("details")?.removeAttribute("open");
  }
}

