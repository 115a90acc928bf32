-- The papers, in the order of the lists. Titles and abstracts are readable; their TeX stands in title_tex and abstract_tex.
CREATE TABLE papers (
    id INTEGER PRIMARY KEY,
    arxiv_id TEXT,
    version INTEGER,
    status TEXT NOT NULL,
    title TEXT,
    title_tex TEXT,
    abstract TEXT,
    abstract_tex TEXT,
    primary_category TEXT,
    published TEXT,
    updated TEXT,
    comment TEXT,
    journal_ref TEXT,
    doi TEXT,
    venue TEXT,
    venue_year INTEGER,
    withdrawn INTEGER NOT NULL,
    url TEXT,
    pdf_url TEXT,
    listed_title TEXT,
    citation_key TEXT,
    citation TEXT,
    source TEXT NOT NULL
);

CREATE TABLE authors (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (paper, position)
) WITHOUT ROWID;

CREATE TABLE categories (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    category TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (paper, position)
) WITHOUT ROWID;

CREATE TABLE tags (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (paper, position)
) WITHOUT ROWID;

CREATE TABLE links (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (paper, position)
) WITHOUT ROWID;

-- The e-prints that the list's entry names besides its own.
CREATE TABLE related (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    arxiv_id TEXT NOT NULL,
    PRIMARY KEY (paper, position)
) WITHOUT ROWID;

-- Every place in the lists that names the paper; section is the headings above it, outermost first, as a JSON array.
CREATE TABLE mentions (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    line INTEGER NOT NULL,
    version INTEGER,
    section TEXT NOT NULL,
    PRIMARY KEY (paper, position)
) WITHOUT ROWID;

-- What is the matter in the lists, sorted by place.
CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    level TEXT NOT NULL,
    path TEXT NOT NULL,
    line INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    message TEXT NOT NULL,
    help TEXT,
    arxiv_id TEXT
);

-- Full text of titles and abstracts. Datasette knows it by `content="papers"`, written just so.
CREATE VIRTUAL TABLE papers_fts USING fts5(
    title,
    abstract,
    content="papers",
    content_rowid="id",
    tokenize='porter unicode61 remove_diacritics 2'
);
