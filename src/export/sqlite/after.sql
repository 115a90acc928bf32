-- Made when the rows are there, which is faster than keeping them up row by row.
CREATE INDEX papers_arxiv_id ON papers (arxiv_id);
CREATE INDEX authors_name ON authors (name);
CREATE INDEX categories_category ON categories (category);
CREATE INDEX tags_tag ON tags (tag);
INSERT INTO papers_fts (papers_fts) VALUES ('rebuild');
INSERT INTO papers_fts (papers_fts) VALUES ('optimize');
