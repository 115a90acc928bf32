// What is searched, filtered and sorted by, and how it stands in the address, so that a view can be shared.

function emptyState() {
  return {
    query: "",
    sort: "list",
    unfolded: false,
    chosen: Object.fromEntries(FACETS.map((facet) => [facet.name, new Set()])),
  };
}

/** The state that an address's fragment tells of. What it does not know is passed over. */
function readState(fragment) {
  const told = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = emptyState();
  state.query = told.get("q") ?? "";
  if (Object.hasOwn(SORTS, told.get("sort") ?? "")) state.sort = told.get("sort");
  state.unfolded = told.get("abstracts") === "open";
  for (const facet of FACETS) state.chosen[facet.name] = new Set(told.getAll(facet.name));
  return state;
}

/** The address of this page in that state. */
function addressOf(state) {
  const told = new URLSearchParams();
  if (state.query.trim()) told.set("q", state.query.trim());
  for (const facet of FACETS) for (const value of state.chosen[facet.name]) told.append(facet.name, value);
  if (state.sort !== "list") told.set("sort", state.sort);
  if (state.unfolded) told.set("abstracts", "open");
  const page = location.href.split("#")[0];
  return told.size > 0 ? `${page}#${told}` : page;
}

/** Chooses a value of a facet, or gives it up again. */
function toggle(state, facet, value) {
  const chosen = state.chosen[facet.name];
  if (!chosen.delete(value)) chosen.add(value);
}
