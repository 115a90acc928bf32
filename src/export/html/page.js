// Wires the page: what happens changes the state, the state is drawn and stands in the address.

let state = readState(location.hash);
/** Whether the last change was typed, so that what is typed next belongs to it. */
let typing = false;
let counts = [];

const list = listIn(byId("list"), byId("more"));
const updateFilters = drawFilters(byId("filters"), choose);
const charts = drawCharts(byId("charts-inside"), choose);

function draw() {
  let found;
  ({ found, counts } = select(state));
  const isAll = found.length === papers.length;
  byId("count").textContent = isAll
    ? counted(papers.length, "paper")
    : `${found.length.toLocaleString("en")} of ${counted(papers.length, "paper")}`;
  if (byId("query").value.trim() !== state.query.trim()) byId("query").value = state.query;
  byId("sort").value = state.sort;
  const chosen = FACETS.reduce((sum, facet) => sum + state.chosen[facet.name].size, 0);
  byId("show-filters").textContent = chosen > 0 ? `Filters (${chosen})` : "Filters";
  byId("unfold").setAttribute("aria-pressed", state.unfolded);
  drawChosen(byId("chosen"), state, choose, clear);
  updateFilters(state, counts);
  drawChartsIfOpen();
  list.show(state, found);
}

function drawChartsIfOpen() {
  if (byId("charts").open) charts.update(state, counts);
}

/**
 * Makes a change of the state visible and puts it into the address. All that is typed in one go is one step of the
 * history; each other change is one of its own.
 */
function changed({ byTyping = false } = {}) {
  const address = addressOf(state);
  if (address !== location.href) {
    if (byTyping && typing) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    typing = byTyping;
  }
  draw();
}

/** Chooses a value of a facet. What had the focus may be gone afterwards; then it moves to the count. */
function choose(facet, value) {
  const focused = document.activeElement;
  toggle(state, facet, value);
  changed();
  if (!focused.isConnected) byId("count").focus({ preventScroll: true });
}

function clear() {
  const { sort, unfolded, query } = state;
  state = { ...emptyState(), sort, unfolded, query };
  changed();
  byId("count").focus({ preventScroll: true });
}

/** Follows the address: a shared view, or a step in the history. */
function follow() {
  if (addressOf(state) === location.href) return;
  const wasUnfolded = state.unfolded;
  state = readState(location.hash);
  typing = false;
  if (state.unfolded !== wasUnfolded) list.unfold(state.unfolded);
  draw();
}

function setUpKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const writes = event.target.matches?.("input[type=search], select");
    if (event.key === "/" && !writes) {
      event.preventDefault();
      byId("query").focus();
      byId("query").select();
    }
  });
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("count").focus();
    byId("count").scrollIntoView();
  });
}

function setUpSearch() {
  const sort = byId("sort");
  sort.append(...Object.entries(SORTS).map(([value, { title }]) => make("option", { value }, title)));
  sort.addEventListener("change", () => {
    state.sort = sort.value;
    changed();
  });
  byId("query").addEventListener("input", (event) => {
    state.query = event.target.value;
    changed({ byTyping: true });
  });
  byId("query").addEventListener("blur", () => (typing = false));
  byId("show-filters").addEventListener("click", () => {
    const isOpen = byId("filters").classList.toggle("open");
    byId("show-filters").setAttribute("aria-expanded", isOpen);
  });
}

function setUpList() {
  const more = byId("more");
  more.addEventListener("click", () => list.more()?.querySelector("h3 a, summary")?.focus());
  // Who scrolls gets more without asking; who comes by keyboard finds the button and asks.
  const near = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting) && document.activeElement !== more) list.more();
    },
    { rootMargin: "600px" },
  );
  near.observe(more);
  byId("list").addEventListener("click", (event) => {
    const tag = event.target.closest(".tag");
    if (tag) choose(TAG, tag.dataset.tag);
  });
  byId("unfold").addEventListener("click", () => {
    state.unfolded = !state.unfolded;
    list.unfold(state.unfolded);
    changed();
  });
  addEventListener("beforeprint", () => list.all());
}

setUpTheme();
setUpKeys();
setUpSearch();
setUpList();
drawFindings();
byId("charts").open = matchMedia("(min-width: 56rem)").matches;
byId("charts").addEventListener("toggle", () => {
  drawChartsIfOpen();
  charts.showLatest();
});
for (const id of ["bar", "columns", "theme"]) byId(id).hidden = false;
draw();
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
setTimeout(foldAhead, 100);
