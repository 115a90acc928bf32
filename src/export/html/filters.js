// The filters beside the list, and the chosen ones above it.

/** How many options of a facet stand there before the others are asked for. */
const FEW_OPTIONS = 10;

/** The facets that tell papers apart; the month is chosen in its chart. */
function facetsToShow() {
  return FACETS.filter(
    ({ name, options }) => name !== "month" && options.some((option) => option.total < papers.length),
  );
}

/** Draws the filters and gives a function that brings them up to date. `choose` hears of each choice. */
function drawFilters(place, choose) {
  const panels = facetsToShow().map((facet) => drawFacet(facet, choose));
  place.replaceChildren(make("h2", { class: "unseen" }, "Filters"), ...panels.map((panel) => panel.element));
  return (state, counts) => panels.forEach((panel) => panel.update(state, counts[FACETS.indexOf(panel.facet)]));
}

function drawFacet(facet, choose) {
  const rows = new Map();
  const group = make("div", { role: "group", "aria-label": facet.title, class: "options" });
  const all = makeButton({ class: "quiet show-all" }, `Show all ${facet.options.length}`);
  let shown = facet.options.length > FEW_OPTIONS + 2 ? FEW_OPTIONS : facet.options.length;
  let current = [new Set(), new Uint32Array(facet.options.length)];
  all.hidden = shown === facet.options.length;
  all.addEventListener("click", () => {
    const first = facet.options[shown];
    shown = facet.options.length;
    all.hidden = true;
    update(...current);
    rows.get(first).box.focus();
  });

  function rowOf(option) {
    if (!rows.has(option)) {
      const box = make("input", { type: "checkbox" });
      const count = make("span", { class: "number" });
      const depth = facet.name === "section" ? option.value.split(BELOW).length - 1 : 0;
      const label = facet.name === "section" ? option.value.split(BELOW).at(-1) : facet.label(option.value);
      const name = make("span", { class: "name", dir: "auto" }, label);
      const row = make("label", { class: "option", title: facet.hint?.(option.value) ?? label }, box, name, count);
      row.style.setProperty("--depth", depth);
      box.addEventListener("change", () => choose(facet, option.value));
      rows.set(option, { row, box, count });
    }
    return rows.get(option);
  }

  function update(chosen, counts) {
    current = [chosen, counts];
    const visible = facet.options.filter((option, at) => at < shown || chosen.has(option.value));
    if (visible.length !== group.children.length || visible.some((option) => !rows.has(option))) {
      group.replaceChildren(...visible.map((option) => rowOf(option).row));
    }
    for (const option of visible) {
      const { row, box, count } = rowOf(option);
      const number = counts[facet.index.get(option.value)];
      box.checked = chosen.has(option.value);
      row.classList.toggle("none", number === 0 && !box.checked);
      count.textContent = number.toLocaleString("en");
    }
  }

  const element = make("details", { class: "facet", open: true }, make("summary", {}, make("h3", {}, facet.title)), group, all);
  return { facet, element, update: (state, counts) => update(state.chosen[facet.name], counts) };
}

/** Writes the chosen filters above the list, each with a button that gives it up. */
function drawChosen(place, state, choose, clear) {
  const buttons = FACETS.flatMap((facet) =>
    [...state.chosen[facet.name]].map((value) => {
      const label = facet.label(value) ?? value;
      const name = make("span", { dir: "auto" }, label);
      const button = makeButton({ "aria-label": `Remove filter ${facet.title}: ${label}` }, `${facet.title}: `, name, " ✕");
      button.addEventListener("click", () => choose(facet, value));
      return button;
    }),
  );
  if (buttons.length > 1) {
    const button = makeButton({ class: "quiet" }, "Clear all");
    button.addEventListener("click", clear);
    buttons.push(button);
  }
  place.replaceChildren(...buttons.map((button) => make("li", {}, button)));
  place.hidden = buttons.length === 0;
}
