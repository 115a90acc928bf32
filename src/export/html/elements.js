// Making elements. Data reaches the document as text nodes and attributes only, never as markup.

function byId(id) {
  return document.getElementById(id);
}

/** An element with these attributes; those that are undefined, null or false are left out. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

function makeButton(attributes, ...children) {
  return make("button", { type: "button", ...attributes }, ...children);
}

/** A link, where the address is one of the web: a `javascript:` address is never linked. */
function makeLink(address, attributes, ...children) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  return make("a", { href: url.href, ...attributes }, ...children);
}

/** Makes the buttons of an element one stop of the Tab key, with the arrow keys moving between them from `first` on. */
function rove(element, first) {
  const buttons = [...element.querySelectorAll("button")];
  const enter = (at) => {
    buttons.forEach((button, other) => (button.tabIndex = other === at ? 0 : -1));
  };
  enter(first);
  element.addEventListener("focusin", (event) => enter(Math.max(buttons.indexOf(event.target), 0)));
  element.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const last = buttons.length - 1;
    const to = {
      ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: last,
    }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    buttons[Math.min(Math.max(to, 0), last)].focus();
  });
}
