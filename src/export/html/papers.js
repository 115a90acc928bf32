// The papers, and the facets by which they can be filtered.

function dataOf(id) {
  return JSON.parse(byId(id).textContent);
}

const papers = dataOf("papers");
const categoryNames = dataOf("categories");
const findings = dataOf("findings-data");

const STATUSES = {
  enriched: "On arXiv",
  not_found: "Not found on arXiv",
  unreachable: "Not yet looked up",
  no_arxiv_id: "Without arXiv identifier",
};

/** What stands between the headings of a section's path. */
const BELOW = " > ";

/** A paper's sections, each with the sections around it. */
function sectionsOf(paper) {
  const all = (paper.sections ?? []).flatMap((path) => path.map((_, at) => path.slice(0, at + 1).join(BELOW)));
  return [...new Set(all)];
}

const byTotal = (a, b) => b.total - a.total || collator.compare(a.value, b.value);
const byValue = (a, b) => collator.compare(a.value, b.value);
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/**
 * What papers are filtered by. `values` are a paper's own; `options`, filled below, are all there are, in the order of
 * `order` or else of the list.
 */
const FACETS = [
  { name: "section", title: "Section", values: sectionsOf },
  { name: "tag", title: "Tag", values: (paper) => paper.tags ?? [], order: byTotal },
  {
    name: "category", title: "Category", values: (paper) => paper.categories ?? [], order: byTotal,
    hint: (value) => categoryNames[value],
  },
  { name: "venue", title: "Venue", values: (paper) => (paper.venue ? [paper.venue] : []), order: byTotal },
  { name: "year", title: "Year", values: (paper) => (paper.year ? [String(paper.year)] : []), order: (a, b) => byValue(b, a) },
  {
    name: "month", title: "Month", values: (paper) => (paper.published ? [paper.published.slice(0, 7)] : []),
    order: byValue, label: readableDate,
  },
  { name: "status", title: "Status", values: (paper) => [paper.status], order: byTotal, label: (value) => STATUSES[value] },
];

for (const facet of FACETS) {
  facet.label ??= (value) => value;
  const options = new Map();
  for (const paper of papers) {
    for (const value of facet.values(paper)) {
      if (!options.has(value)) options.set(value, { value, total: 0 });
      options.get(value).total += 1;
    }
  }
  facet.options = [...options.values()];
  if (facet.order) facet.options.sort(facet.order);
  else facet.options = asTree(facet.options);
  facet.index = new Map(facet.options.map((option, at) => [option.value, at]));
}

/** Sections in the list's order, each followed by those within it, however far apart the list mentions them. */
function asTree(options) {
  const within = new Map();
  for (const option of options) {
    const around = option.value.includes(BELOW) ? option.value.slice(0, option.value.lastIndexOf(BELOW)) : "";
    within.set(around, [...(within.get(around) ?? []), option]);
  }
  const below = (value) => (within.get(value) ?? []).flatMap((option) => [option, ...below(option.value)]);
  return below("");
}

/** For each paper and each facet, the places of the paper's values among the options: numbers are quick to count. */
papers.forEach((paper, at) => {
  paper.at = at;
  paper.places = FACETS.map((facet) => facet.values(paper).map((value) => facet.index.get(value)));
});

/** What the search looks at. Made when it is first needed, or before that while nothing else is to do. */
function searchedText(paper) {
  paper.text ??= [
    paper.title, paper.listed_title, paper.authors?.join(", "), paper.tags?.join(", "), paper.id, paper.abstract,
  ].map((text) => (text ? fold(text) : "")).join("\n");
  return paper.text;
}

/** Milliseconds of work that nobody notices. */
const UNNOTICED = 8;

function foldAhead(from = 0) {
  const until = performance.now() + UNNOTICED;
  let at = from;
  while (at < papers.length && performance.now() < until) searchedText(papers[at++]);
  if (at < papers.length) setTimeout(foldAhead, 0, at);
}

const titleOf = (paper) => paper.title ?? paper.listed_title ?? paper.id ?? "Untitled";
const latestFirst = (dateOf) => (a, b) => dateOf(b).localeCompare(dateOf(a), "en") || a.at - b.at;
const dateOf = (paper) => paper.published ?? String(paper.year ?? "");

/** The orders to choose from. */
const SORTS = {
  list: { title: "List order" },
  newest: { title: "Newest first", compare: latestFirst(dateOf) },
  oldest: { title: "Oldest first", compare: (a, b) => (dateOf(a) || "9").localeCompare(dateOf(b) || "9", "en") || a.at - b.at },
  updated: { title: "Recently updated", compare: latestFirst((paper) => paper.updated ?? dateOf(paper)) },
  title: { title: "Title", compare: (a, b) => collator.compare(titleOf(a), titleOf(b)) || a.at - b.at },
  author: { title: "First author", compare: (a, b) => collator.compare(familyName(a), familyName(b)) || a.at - b.at },
};

/** The last word of the first author's name; papers without authors come last. */
function familyName(paper) {
  return paper.authors?.[0]?.split(" ").at(-1) ?? "\uffff";
}

function sorted(by) {
  const sort = SORTS[by];
  sort.papers ??= sort.compare ? [...papers].sort(sort.compare) : papers;
  return sort.papers;
}

/** The query that `holds` of each paper is about. */
let searched;

/**
 * The papers that the state asks for, in its order, and for each facet how many papers each option would show: those that
 * everything asks for but the facet itself.
 */
function select(state) {
  const words = wordsOf(state.query);
  // Who types on finds nothing new: only what held the words before can hold longer ones. A quotation joins words anew.
  const narrows = searched !== undefined && state.query.startsWith(searched) && !state.query.includes('"');
  searched = state.query;
  const masks = FACETS.map((facet) => maskOf(facet, state.chosen[facet.name]));
  const counts = FACETS.map((facet) => new Uint32Array(facet.options.length));
  const found = [];
  for (const paper of sorted(state.sort)) {
    if (narrows && !paper.holds) continue;
    paper.holds = words.every((word) => searchedText(paper).includes(word));
    if (!paper.holds) continue;
    let failed = -1;
    let failures = 0;
    for (let at = 0; at < FACETS.length && failures < 2; at += 1) {
      if (masks[at] && !paper.places[at].some((place) => masks[at][place])) {
        failures += 1;
        failed = at;
      }
    }
    if (failures === 0) found.push(paper);
    if (failures < 2) {
      for (let at = 0; at < FACETS.length; at += 1) {
        if (failures === 0 || failed === at) for (const place of paper.places[at]) counts[at][place] += 1;
      }
    }
  }
  return { found, counts };
}

/** Which options of a facet are chosen; nothing where none is. */
function maskOf(facet, chosen) {
  if (chosen.size === 0) return undefined;
  return facet.options.map((option) => chosen.has(option.value));
}
