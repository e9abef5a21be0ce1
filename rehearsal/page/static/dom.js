// Small helpers: elements without a framework, and the commands that a visitor sends.

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "style") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// How the page scrolls to something: at once for whoever wants nothing to move.
const still = matchMedia("(prefers-reduced-motion: reduce)");
export function gently() { return still.matches ? "instant" : "smooth"; }

const SVG = "http://www.w3.org/2000/svg";
export function icon(path, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", size);
  svg.setAttribute("height", size);
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export const ICONS = {
  attach: "M16.5 6.5v9a4.5 4.5 0 01-9 0V5a3 3 0 016 0v9.5a1.5 1.5 0 01-3 0V6.5H9v8a3 3 0 006 0V5a4.5 4.5 0 00-9 0v10.5a6 6 0 0012 0v-9z",
  send: "M3 20.5v-7l8-1.5-8-1.5v-7L22 12z",
  more: "M12 6.5a1.8 1.8 0 100-3.6 1.8 1.8 0 000 3.6zM12 13.8a1.8 1.8 0 100-3.6 1.8 1.8 0 000 3.6zM12 21.1a1.8 1.8 0 100-3.6 1.8 1.8 0 000 3.6z",
  menu: "M4 6h16v2H4zM4 11h16v2H4zM4 16h16v2H4z",
  close: "M6.4 5L12 10.6 17.6 5 19 6.4 13.4 12 19 17.6 17.6 19 12 13.4 6.4 19 5 17.6 10.6 12 5 6.4z",
  back: "M15.5 4L17 5.5 10.5 12 17 18.5 15.5 20 7.5 12z",
  act: "M10 5v4C5 9.7 3 13.5 2 19c2.300-3.200 4.700-4.700 8-4.700V18l8-6.500z",
  bold: "M6 4h7.500a4.500 4.500 0 012.700 8.100A4.800 4.800 0 0113.800 20H6zm3 2.600v4h4a2 2 0 000-4zm0 6.500v4.300h4.500a2.150 2.150 0 000-4.300z",
  down: "M12 16.5L5 9.5 6.4 8l5.6 5.6L17.6 8 19 9.5z",
  pin: "M14 3l7 7-1.5 1.5-.8-.3-3.6 3.6.4 3.2-1.5 1.5-4-4L5 20l-1-1 5-5-4-4 1.5-1.5 3.2.4 3.6-3.6-.3-.8z",
  file: "M6 2h8l5 5v15H6zM13 3.5V8h4.5z",
  mute: "M4.3 3L21 19.7 19.7 21l-3-3H5v-2l2-2v-4c0-.6.1-1.2.3-1.8L3 4.3zM12 22a2 2 0 002-2h-4a2 2 0 002 2zM17 13.2V10a5 5 0 00-4-4.9V4a1 1 0 10-2 0v1.1a5 5 0 00-1.3.5z",
  mic: "M12 14a3 3 0 003-3V6a3 3 0 00-6 0v5a3 3 0 003 3zm5-3a5 5 0 01-10 0H5a7 7 0 006 6.9V21h2v-3.1A7 7 0 0019 11z",
  link: "M14 4h6v6h-2V7.4l-7.3 7.3-1.4-1.4L16.6 6H14zM5 6h5v2H7v9h9v-3h2v5H5z",
  copy: "M8 3h11v13h-2V5H8zM5 7h10v14H5zm2 2v10h6V9z",
  play: "M7 4l13 8-13 8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
};

// Says on the page what could not be done.
export function refuse(why) { window.dispatchEvent(new CustomEvent("refused", { detail: why })); }

export async function sendCommand(command) {
  const answer = await fetch("/do", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(command),
  });
  const result = await answer.json();
  if (result.error) refuse(result.error);
  return result;
}

// One of twelve quiet colours for a person, by number; avatars and tabs share it.
export function hue(number) {
  return [205, 150, 25, 265, 340, 175, 45, 225, 100, 310, 0, 190][Math.abs(number) % 12];
}

export function initials(name) {
  return name.split(/\s+/).map((part) => [...part][0] ?? "").slice(0, 2).join("");
}

export function avatar(person) {
  return h("span", { class: "avatar", style: { "--hue": hue(person.id) }, "aria-hidden": "true" }, initials(person.name));
}
