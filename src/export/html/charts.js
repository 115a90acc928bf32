// Bars: papers per month, and the most frequent categories and tags. Each bar is a button that filters.

/** How many bars the charts of categories and tags have. */
const MOST_BARS = 6;

/** Draws the charts and gives functions that bring them up to date. `choose` hears of each choice. */
function drawCharts(place, choose) {
  const facet = (name) => FACETS.find((one) => one.name === name);
  const charts = [
    drawMonths(facet("month"), choose),
    drawBars(facet("category"), "Categories", choose),
    drawBars(facet("tag"), "Tags", choose),
  ].filter((chart) => chart.bars.length > 0);
  place.replaceChildren(...charts.map((chart) => chart.element));
  for (const chart of charts) {
    rove(chart.group, chart.first);
    chart.most = Math.max(...chart.bars.map((bar) => bar.option.total));
  }
  return {
    update(state, counts) {
      for (const chart of charts) updateChart(chart, state, counts[FACETS.indexOf(chart.facet)]);
    },
    /** Where the months are too many for the width, the latest are seen first. */
    showLatest() {
      for (const { group } of charts) group.scrollLeft = group.scrollWidth;
    },
  };
}

function updateChart({ facet, bars, most }, state, counts) {
  for (const { option, button, number } of bars) {
    const now = counts[facet.index.get(option.value)];
    const label = `${facet.label(option.value)}: ${counted(now, "paper")}`;
    button.style.setProperty("--all", option.total / most);
    button.style.setProperty("--now", now / most);
    button.setAttribute("aria-pressed", state.chosen[facet.name].has(option.value));
    // A bar with text in it is called by that text.
    if (number) number.textContent = now.toLocaleString("en");
    else if (button.title !== label) {
      button.title = label;
      button.setAttribute("aria-label", label);
    }
  }
}

function makeBar(facet, option, choose, ...inside) {
  const track = make("span", { class: "track" }, make("span", { class: "all" }), make("span", { class: "now" }));
  const button = makeButton({ class: "bar-button" }, ...inside, track);
  button.addEventListener("click", () => choose(facet, option.value));
  return { option, button };
}

function chartOf(facet, title, kind, bars, group) {
  const element = make("section", { class: `chart ${kind}` }, make("h3", {}, title), group);
  return { facet, bars, group, element, first: 0 };
}

function drawBars(facet, title, choose) {
  const bars = facet.options.slice(0, MOST_BARS).map((option) => {
    const number = make("span", { class: "number" });
    const hint = facet.hint?.(option.value);
    const name = make("span", { class: "name", dir: "auto" }, option.value, hint && make("span", { class: "hint" }, ` ${hint}`));
    const bar = makeBar(facet, option, choose, name);
    bar.button.title = hint ?? option.value;
    bar.button.append(number, make("span", { class: "unseen" }, " papers"));
    return { ...bar, number };
  });
  const group = make("div", { role: "toolbar", "aria-label": `Filter by ${facet.title.toLowerCase()}`, class: "bars" });
  group.append(...bars.map((bar) => bar.button));
  return chartOf(facet, title, "across", bars, group);
}

/** A column for each month from the first to the last, with a gap where there is no paper. */
function drawMonths(facet, choose) {
  const group = make("div", { role: "toolbar", "aria-label": "Filter by month", class: "months" });
  const bars = [];
  for (const month of monthsBetween(facet.options[0]?.value, facet.options.at(-1)?.value)) {
    const option = facet.options[facet.index.get(month)];
    const column = make("span", { class: "month" });
    if (option) {
      const bar = makeBar(facet, option, choose);
      bars.push(bar);
      column.append(bar.button);
    }
    if (month.endsWith("-01") || group.children.length === 0) {
      column.append(make("span", { class: "year", "aria-hidden": "true" }, month.slice(0, 4)));
    }
    group.append(column);
  }
  return { ...chartOf(facet, "Papers per month", "upright", bars, group), first: bars.length - 1 };
}

/** "2023-11" to "2024-01" is three months. */
function monthsBetween(first, last) {
  const months = [];
  let month = first;
  while (month !== undefined && month <= last) {
    months.push(month);
    const [year, number] = month.split("-").map(Number);
    month = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  }
  return months;
}
