// What a phone shows of its groups: which chats there are, the topics of a forum, and what its members can do.

import { h, hue, icon, ICONS } from "./dom.js";
import { w, wall } from "./labels.js";

// The chats of a phone, once it has more than the one with the bot.
export function chips(phone) {
  const { chats, open, id } = phone.head;
  const chip = (chat, title, unread) => h("button", {
    type: "button", "aria-pressed": String((open?.id ?? id) === chat), onclick: () => phone.do({ do: "open", chat }),
  }, h("span", {}, title), unread ? h("i", {}, unread > 99 ? "99+" : unread) : null);
  return [chip(id, "Hamroh", 0), ...chats.map((chat) => chip(chat.id, chat.title, chat.unread))];
}

export function topicList(phone) {
  const { open } = phone.head;
  return open.topics.map((topic) => h("button", { type: "button", onclick: () => phone.do({ do: "open", chat: open.id, topic: topic.id }) },
    h("span", { class: "sign", style: { "--hue": hue(topic.id) }, "aria-hidden": "true" }, "#"),
    h("span", { class: "about" },
      h("b", {}, topic.name ?? w("general"), topic.closed ? h("small", {}, ` · ${w("closed")}`) : null),
      h("span", {}, topic.last || w("no_messages"))),
    h("span", { class: "side" }, topic.at ? h("time", {}, wall(topic.at * 1000).time) : null, topic.unread ? h("i", {}, topic.unread) : null)));
}

export function backButton(phone) {
  return h("button", { class: "round back", type: "button", hidden: true, onclick: () => goBack(phone) }, icon(ICONS.back));
}

function goBack(phone) {
  const { open, id } = phone.head;
  phone.do({ do: "open", chat: open.forum && open.topic !== null ? open.id : id });
}

// The lines of the phone's menu about groups: [label, what happens].
export function groupMenu(phone, people) {
  const { open } = phone.head;
  const send = (what) => () => phone.do(what);
  if (!open) return [["make_group", () => phone.sheet.ask(w("group_title"), w("staff"), (title) => phone.do({ do: "group", title }))]];
  const gone = open.bot === "left" || open.bot === "kicked";
  const lines = [["new_topic", () => phone.sheet.ask(w("topic_title"), "", (title) => phone.do({ do: "topic", title }))]];
  if (open.topicTitle) lines.push([open.closed ? "reopen_topic" : "close_topic", send({ do: "topic-close" })], ["delete_topic", send({ do: "topic-delete" })]);
  if (open.admin) {
    if (gone) lines.push(["add_bot", send({ do: "group-bot", status: "administrator" })]);
    else {
      const has = open.bot === "administrator";
      lines.push([has ? "take_rights" : "give_rights", send({ do: "group-bot", status: has ? "member" : "administrator" })]);
      lines.push(["remove_bot", send({ do: "group-bot", status: "kicked" })]);
    }
    lines.push(["migrate", send({ do: "group-migrate" })]);
    for (const one of people) if (!open.people.includes(one.id)) lines.push([w("let_in", { name: one.name }), send({ do: "group-join", who: one.id })]);
  }
  if (!open.owner) lines.push(["leave_group", send({ do: "group-leave" })]);
  return lines;
}
