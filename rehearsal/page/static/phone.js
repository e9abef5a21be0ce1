// One phone: a label with the person, and a messenger with one chat.

import { avatar, gently, h, icon, ICONS, refuse, sendCommand } from "./dom.js";
import { foldQuotations } from "./entities.js";
import { backButton, chips, groupMenu, topicList } from "./group.js";
import { bubble } from "./message.js";
import { day, LANGUAGES, of, w, wall } from "./labels.js";
import { asTyped, Sheet } from "./sheet.js";

const NEAR_END = 90; // pixels from the end within which a reader is "at the newest message"
const TOAST = 3200; // milliseconds
const PIN_STICKS = 3; // beside the pinned message, one for each of the pinned; Telegram draws no more of them

export class Phone {
  constructor(id, page) {
    this.id = id;
    this.page = page;
    this.head = { id, name: "…", role: "teacher", language: "", menu: [], keyboard: [], pinned: [], chats: [], open: null };
    this.messages = new Map();
    this.nodes = new Map();
    this.unread = 0;
    this.fresh = true;
    this.answers = null; // the message that the next text answers
    this.edited = null; // ... or takes the place of
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
      act: (message) => this.sheet.actOn(this, message),
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
    this.title = h("b", {}, "Hamroh");
    this.back = backButton(this);
    this.chips = h("nav", { class: "chats", hidden: true });
    this.topics = h("div", { class: "topics", hidden: true });
    this.sheet = new Sheet();
    this.about = h("div", { class: "answering", hidden: true });
    this.pinAt = 0; // which of the pinned messages the bar shows; 0 is the newest
    this.pinButton = h("button", { class: "show", type: "button", onclick: () => this.nextPin() });
    this.unpin = h("button", { class: "round", type: "button", onclick: () => this.do({ do: "unpin", message: this.shownPin.id }) }, icon(ICONS.close, 16));
    this.pin = h("div", { class: "pinned", hidden: true }, this.pinButton, this.unpin);
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    this.chat = h("div", { class: "chat", tabindex: "0", onscroll: () => this.scrolled() }, this.log);
    // Fonts, pictures and the bars above change heights after a message was shown: whoever reads the end stays there.
    new ResizeObserver(() => { if (this.follows) this.toEnd(); }).observe(this.log);
    this.newest = h("button", { class: "newest", type: "button", hidden: true, onclick: () => this.toEnd(true) }, icon(ICONS.down, 22), h("b", {}));
    this.keys = h("div", { class: "keys", hidden: true });
    this.commands = h("div", { class: "commands", hidden: true, role: "menu" });
    this.toast = h("div", { class: "toast", role: "status", hidden: true });
    this.popup = h("div", { class: "popup", role: "alertdialog", "aria-modal": "true", hidden: true });
    this.menuButton = h("button", { class: "menu", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.toggleMenu() }, icon(ICONS.menu, 16), h("span", {}));
    this.file = h("input", { type: "file", hidden: true, onchange: () => this.sendFile() });
    this.attach = h("button", { class: "round", type: "button", onclick: () => this.file.click() }, icon(ICONS.attach));
    this.bold = h("button", { class: "round bold", type: "button", onclick: () => this.makeBold() }, icon(ICONS.bold, 18));
    this.input = h("input", { type: "text", autocomplete: "off", enterkeyhint: "send", maxlength: "12000" });
    this.send = h("button", { class: "round send", type: "submit" }, icon(ICONS.send));
    this.composer = h("form", { class: "composer", onsubmit: (event) => this.submit(event) }, this.menuButton, this.file, this.attach, this.input, this.bold, this.send);
    this.begin = h("button", { class: "begin", type: "button", hidden: true, onclick: () => this.do({ do: "start" }) });
    this.welcome = h("div", { class: "welcome", hidden: true });
    this.device = h("div", { class: "device" },
      h("div", { class: "top" }, this.back,
        h("img", { src: "/static/hamroh.svg", alt: "", width: 34, height: 34 }),
        h("div", {}, this.title, this.status)),
      this.chips, this.pin, h("div", { class: "middle" }, this.chat, this.topics, this.welcome, this.newest, this.toast, this.popup, this.commands, this.sheet.root),
      this.about, this.composer, this.begin, this.keys);
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
    this.chips.setAttribute("aria-label", w("chats"));
    this.menuButton.lastChild.textContent = w("menu");
    for (const [node, key] of [[this.attach, "attach"], [this.send, "send"], [this.newest, "newest"], [this.unpin, "unpin"], [this.back, "back"], [this.bold, "bold"]]) {
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
    const item = (label, act) => h("button", { type: "button", onclick: () => { list.removeAttribute("open"); act(); } }, w(label));
    const lines = h("div", {});
    const fill = () => {
      const sent = ["sticker", "voice", "album", "contact", "location", "live"].map((what) => item(what, () => this.do({ do: "send", what })));
      const own = [
        item("again", () => this.do({ do: "again" })),
        item(this.head.refusesVoice ? "take_voice" : "refuse_voice", () => this.do({ do: "privacy" })),
        item(this.head.blocked ? "unblock" : "block", () => this.do({ do: "block" })),
      ];
      const groups = groupMenu(this, this.page.people?.() ?? []).map(([label, act]) => item(label, act));
      lines.replaceChildren(...(this.composer.hidden ? [] : sent), ...(this.head.open ? [] : own),
        ...(this.head.started || this.head.open ? groups : []), item("close_phone", () => this.do({ do: "close" })));
    };
    const list = h("details", { class: "more", ontoggle: () => { if (list.open) fill(); } },
      h("summary", { "aria-label": w("more"), title: w("more") }, icon(ICONS.more)), lines);
    return list;
  }

  // What is to be seen besides messages: Start, the composer, the reply keyboard, the pin, the menu.
  states() {
    const { started, blocked, menu, keyboard, pinned, open, chats, typing } = this.head;
    const list = Boolean(open?.forum && open.topic === null);
    this.title.textContent = open ? (open.forum && !list ? open.topicTitle ?? w("general") : open.title) : "Hamroh";
    this.status.textContent = typing ? w("typing") : open ? (list || !open.forum ? w("people_count", { n: open.members }) : open.title) : w("bot");
    this.status.classList.toggle("typing", Boolean(typing));
    this.back.hidden = !open;
    this.chips.hidden = !chats.length;
    this.chips.replaceChildren(...chips(this));
    this.topics.hidden = !list;
    this.topics.replaceChildren(...(list ? topicList(this) : []));
    this.chat.hidden = list;
    this.begin.hidden = Boolean(open) || (started && !blocked);
    this.begin.textContent = blocked ? w("unblock") : w("start");
    this.composer.hidden = open ? list || (open.closed && !open.admin) : !started || blocked;
    this.welcome.hidden = Boolean(open) || started || this.messages.size > 0;
    this.menuButton.hidden = !menu?.length;
    this.keys.hidden = !keyboard?.length || blocked;
    this.keys.replaceChildren(...(keyboard ?? []).map((row) => h("div", { class: "row" },
      row.map((label) => h("button", { type: "button", onclick: () => this.key(label) }, label)))));
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

  // Another chat was opened: what follows are its messages.
  clear() {
    for (const id of [...this.nodes.keys()]) this.remove(id);
    this.dates();
    this.fresh = this.follows = true;
    this.aboutNext(null, null);
    this.sheet.close();
    this.seen();
  }

  update(change) {
    if (change.opened) this.clear();
    if (change.head) {
      const textChanged = this.head.name !== change.head.name || this.head.role !== change.head.role
        || this.head.language !== change.head.language || this.head.blocked !== change.head.blocked;
      if (String(this.head.pinned.map((one) => one.id)) !== String(change.head.pinned.map((one) => one.id))) this.pinAt = 0;
      this.head = change.head;
      if (textChanged) this.word();
      this.states();
    }
    const wrote = change.bubbles?.some((one) => one.mine && !this.messages.has(one.id));
    const stay = this.follows || this.atEnd || this.fresh || wrote;
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

  // A button under the chat; one that asks for a group opens the list of those that fit.
  async key(label, group) {
    const answer = await this.do({ do: "keyboard", label, ...(group ? { group } : {}) });
    if (answer.choose) this.sheet.choose(w("choose_group"), answer.choose.map((one) => [one.title, () => this.key(label, one.id)]));
  }

  // Where this phone can forward to: [title, chat, topic].
  targets() {
    const { chats, open } = this.head;
    const groups = chats.map((chat) => [chat.title, chat.id]);
    const topics = (open?.topics ?? []).map((topic) => [`${open.title} · ${topic.name ?? w("general")}`, open.id, topic.id]);
    return [["Hamroh", this.id], ...groups.filter(([, id]) => id !== open?.id || !open.forum), ...topics];
  }

  answerTo(message) { this.aboutNext(message, null); }

  edit(message) {
    this.aboutNext(null, message);
    this.input.value = asTyped(message.text, message.entities);
  }

  aboutNext(answers, edited) {
    if (this.edited && !edited) this.input.value = "";
    this.answers = answers;
    this.edited = edited;
    const about = answers ?? edited;
    this.about.hidden = !about;
    if (!about) return;
    const close = h("button", { class: "round", type: "button", "aria-label": w("cancel"), title: w("cancel"), onclick: () => this.aboutNext(null, null) }, icon(ICONS.close, 16));
    this.about.replaceChildren(h("span", {}, h("b", {}, w(answers ? "reply" : "edit")), h("span", {}, about.text || "…")), close);
    this.input.focus({ preventScroll: true });
  }

  // Puts the marks of bold around what is marked, or around everything.
  makeBold() {
    const { selectionStart: from, selectionEnd: to, value } = this.input;
    const [start, end] = from === to ? [0, value.length] : [from, to];
    if (!value.slice(start, end).trim()) return this.input.focus();
    this.input.value = `${value.slice(0, start)}**${value.slice(start, end)}**${value.slice(end)}`;
    return this.input.focus();
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value;
    if (!text.trim()) return;
    const { answers, edited } = this;
    this.aboutNext(null, null);
    this.input.value = "";
    if (edited) {
      this.do({ do: "edit", message: edited.id, text });
      return;
    }
    this.toEnd();
    this.do({ do: "text", text, ...(answers ? { reply: answers.id } : {}) });
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
    this.sheet.close();
    this.popup.hidden = true;
    this.menuButton.setAttribute("aria-expanded", "false");
    this.owner.querySelector("details")?.removeAttribute("open");
  }
}

