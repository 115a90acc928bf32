// The list itself: a card for each paper, some at a time.

/** How many papers are drawn at once. */
const AT_ONCE = 30;

/** More authors than this are named only where the card is unfolded. */
const FEW_AUTHORS = 8;

const CATEGORY = FACETS.find((facet) => facet.name === "category");
const TAG = FACETS.find((facet) => facet.name === "tag");

/** The card of a paper. It is made once and kept, so that what is unfolded stays unfolded. */
function cardOf(paper) {
  paper.card ??= makeCard(paper);
  return paper.card;
}

function makeCard(paper) {
  const title = titleOf(paper);
  const card = make("article", { class: "paper", "data-at": paper.at });
  card.append(
    make("h3", { dir: "auto" }, (paper.url && makeLink(paper.url, {}, title)) || title),
    ...(paper.authors ? [make("p", { class: "authors", dir: "auto" }, authorsOf(paper))] : []),
    make("p", { class: "facts" }, ...factsOf(paper)),
  );
  const foot = make("div", { class: "foot" });
  const links = linksOf(paper, title);
  if (links.length > 0) foot.append(make("p", { class: "links" }, ...links));
  if (paper.tags) {
    const tags = paper.tags.map((tag) => makeButton({ class: "tag", "data-tag": tag, dir: "auto" }, tag));
    foot.append(make("ul", { class: "tags", "aria-label": "Tags" }, ...tags.map((tag) => make("li", {}, tag))));
  }
  if (foot.hasChildNodes()) card.append(foot);
  const more = moreOf(paper);
  if (more.length > 0) {
    const unseen = make("span", { class: "unseen" }, ` of ${title}`);
    const summary = make("summary", {}, paper.abstract ? "Abstract" : "Details", unseen);
    card.append(make("details", { class: "unfold" }, summary, ...more));
  }
  return card;
}

function authorsOf({ authors }) {
  if (authors.length <= FEW_AUTHORS + 2) return authors.join(", ");
  return `${authors.slice(0, FEW_AUTHORS).join(", ")} and ${authors.length - FEW_AUTHORS} more`;
}

/** Identifier, date, categories, venue, and what is unusual. */
function factsOf(paper) {
  const facts = [];
  if (paper.status !== "enriched") facts.push(make("span", { class: "badge" }, STATUSES[paper.status]));
  if (paper.withdrawn) facts.push(make("span", { class: "badge" }, "Withdrawn"));
  if (paper.venue) {
    facts.push(make("span", { class: "venue" }, [paper.venue, paper.venue_year].filter(Boolean).join(" ")));
  }
  if (paper.published) facts.push(make("time", { datetime: paper.published }, readableDate(paper.published)));
  else if (paper.year) facts.push(make("span", {}, String(paper.year)));
  if (paper.id) facts.push(make("span", {}, `arXiv:${paper.id}${paper.version ? `v${paper.version}` : ""}`));
  for (const category of paper.categories ?? []) {
    facts.push(make("abbr", { title: CATEGORY.hint(category) }, category));
  }
  return facts;
}

function linksOf(paper, title) {
  const doi = paper.doi && `https://doi.org/${encodeURI(paper.doi)}`;
  const all = [
    [paper.id ? "arXiv" : "Page", paper.url], ["PDF", paper.pdf], ["DOI", doi],
    ...(paper.links ?? []).map((link) => [link.label || hostOf(link.url), link.url]),
  ];
  const unseen = () => make("span", { class: "unseen" }, ` of ${title}`);
  return all.map(([label, url]) => url && makeLink(url, {}, label, unseen())).filter(Boolean);
}

function hostOf(url) {
  return URL.canParse(url) ? new URL(url).hostname : "link";
}

/** What the unfolded card shows: the abstract, and what has no room above. */
function moreOf(paper) {
  const more = [];
  if (paper.abstract) more.push(make("p", { class: "abstract", dir: "auto" }, paper.abstract));
  const facts = [
    ["Authors", paper.authors?.length > FEW_AUTHORS + 2 && paper.authors.join(", ")],
    ["Comment", paper.comment],
    ["Published in", paper.journal_ref],
    ["Updated", paper.updated && paper.updated !== paper.published && readableDate(paper.updated)],
    ["Listed as", paper.listed_title],
    ["In the list", paper.mentions?.join(", ")],
  ].filter(([, value]) => value);
  if (facts.length > 0) {
    const rows = facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", { dir: "auto" }, value)]);
    more.push(make("dl", {}, ...rows));
  }
  return more;
}

function unfoldCard(card, open) {
  const details = card.querySelector(".unfold");
  if (details) details.open = open;
}

/** The list, in this place: functions that show papers in it, some at a time. */
function listIn(place, moreButton) {
  let found = [];
  let state = emptyState();
  let drawn = 0;

  function draw(upTo) {
    const elements = [];
    for (; drawn < Math.min(upTo, found.length); drawn += 1) {
      const heading = state.sort === "list" ? headingBefore(drawn) : undefined;
      if (heading !== undefined) elements.push(make("h2", { class: "section", dir: "auto" }, heading));
      elements.push(dressed(found[drawn]));
    }
    moreButton.hidden = drawn === found.length;
    moreButton.textContent = `Show ${Math.min(AT_ONCE, found.length - drawn)} more of ${found.length - drawn}`;
    return elements;
  }

  /** The section that begins with this paper. */
  function headingBefore(at) {
    const section = (paper) => paper?.sections?.[0]?.join(" › ");
    const own = section(found[at]);
    return own && own !== section(found[at - 1]) ? own : undefined;
  }

  /** The card, with what of it depends on the state. */
  function dressed(paper) {
    const isNew = !paper.card;
    const card = cardOf(paper);
    if (isNew && state.unfolded) unfoldCard(card, true);
    for (const tag of card.querySelectorAll(".tag")) {
      tag.setAttribute("aria-pressed", state.chosen.tag.has(tag.dataset.tag));
    }
    return card;
  }

  return {
    show(next, papersFound) {
      [state, found, drawn] = [next, papersFound, 0];
      place.replaceChildren(...draw(AT_ONCE));
      if (found.length === 0) place.append(make("p", { class: "notice" }, "No paper matches. Try fewer words or filters."));
    },
    /** Shows the next papers and gives the first of them. */
    more() {
      const elements = draw(drawn + AT_ONCE);
      place.append(...elements);
      return elements.find((element) => element.localName === "article");
    },
    all() {
      place.append(...draw(Infinity));
    },
    unfold(open) {
      for (const { card } of papers) if (card) unfoldCard(card, open);
    },
  };
}
