//! The words that lists use for the parts of an entry, in the languages that lists are kept in. They are data: a word missing
//! here is a line to add. All are in lower case.

/// Link texts and labels that lead to the presented paper. None is ever a title.
pub(super) const PAPER: &[&str] = &[
    "paper", "papers", "pdf", "arxiv", "abs", "abstract page", "preprint", "article", "full text", "fulltext",
    "full paper", "paper link", "paper page", "link to paper", "original paper", "technical report", "tech report",
    "manuscript", "publication", "doi", "openreview", "hf paper", "read", "read paper", "this paper", "the paper",
    "ar5iv", "alphaxiv", "論文", "论文", "原文", "论文链接", "论文地址", "論文リンク", "文献", "논문",
];

/// Labels that lead elsewhere. None is ever a title.
pub(super) const ELSEWHERE: &[&str] = &[
    "code", "codes", "source code", "source", "github", "git", "gitlab", "repo", "repository", "implementation",
    "official code", "project", "project page", "project website", "homepage", "home page", "home", "website",
    "webpage", "web page", "web", "page", "site", "demo", "demos", "online demo", "video", "videos", "youtube", "talk",
    "presentation", "recording", "slides", "slide", "poster", "blog", "blog post", "blogpost", "post", "news", "tweet",
    "twitter", "x", "thread", "zhihu", "wechat", "data", "dataset", "datasets", "data set", "benchmark", "leaderboard",
    "model", "models", "weights", "checkpoint", "checkpoints", "huggingface", "hugging face", "hf", "space", "spaces",
    "colab", "notebook", "docs", "documentation", "doc", "api", "supplementary", "supplement", "supp", "appendix",
    "bibtex", "bib", "cite", "citation", "citations", "pytorch", "tensorflow", "jax", "tf", "stars", "star", "license",
    "wiki", "html", "note", "notes", "review", "summary", "explanation", "tutorial", "course", "book", "link", "links",
    "url", "here", "this", "this link", "this paper", "click here", "more", "details", "download", "view", "full list",
    "see more", "代码", "代碼", "源码", "项目", "项目主页", "主页", "项目地址", "代码地址", "代码链接", "链接", "視頻",
    "视频", "数据集", "数据", "博客", "演示", "知乎", "解读", "中文解读", "コード", "実装", "プロジェクト", "リンク",
    "デモ", "動画", "データ", "データセット", "解説", "スライド", "코드", "링크",
];

/// Labels before a link to another paper than the one presented.
pub(super) const RELATED: &[&str] = &[
    "follow-up", "followup", "follow up", "follow-up work", "previous version", "previous work", "prior work",
    "earlier version", "extended version", "extension", "journal version", "conference version", "related",
    "related work", "related paper", "see also", "based on", "builds on", "baseline", "original version",
    "predecessor", "successor", "old version", "new version", "cf", "compare", "相关工作", "后续工作", "関連",
    "関連研究", "後続研究",
];

/// Fields whose values are the list's labels for the paper.
pub(super) const TAGS: &[&str] = &[
    "tag", "tags", "keyword", "keywords", "key word", "key words", "key-word", "key-words", "label", "labels", "topic",
    "topics", "标签", "标记", "关键词", "关键字", "關鍵詞", "標籤", "キーワード", "タグ", "태그", "키워드",
];

/// Columns, fields and badge labels that say in one or a few words what the paper is or where it appeared.
pub(super) const LABELLING: &[&str] = &[
    "venue", "venues", "publish", "published", "published in", "publisher", "publication", "publications",
    "publication venue", "pub", "pub.", "conference", "conf", "conf.", "journal", "booktitle", "proceedings",
    "source venue", "where", "type", "types", "paper type", "category", "categories", "class", "classification",
    "task", "tasks", "subtask", "domain", "domains", "area", "areas", "field", "fields", "topic", "topics", "subject",
    "keyword", "keywords", "key words", "tag", "tags", "label", "labels", "method type", "approach", "modality",
    "modalities", "institute", "institutes", "institution", "institutions", "affiliation", "affiliations",
    "organization", "organizations", "organisation", "org", "team", "company", "lab", "group", "会议", "期刊",
    "会议/期刊", "发表", "发表于", "出版", "来源", "类型", "类别", "分类", "任务", "领域", "方向", "机构", "单位",
    "关键词", "标签", "会議", "学会", "掲載", "種類", "分野", "タスク", "所属", "機関", "カテゴリ", "キーワード",
    "タグ",
];

/// Columns and fields that name the paper.
pub(super) const TITLE: &[&str] = &[
    "title", "titles", "paper title", "title & authors", "name", "paper name", "article title", "标题", "题目",
    "论文标题", "论文题目", "论文名称", "名称", "タイトル", "題名", "論文名", "論文タイトル", "제목",
];

/// Fields whose values are prose or facts that are no label.
pub(super) const PROSE: &[&str] = &[
    "author", "authors", "by", "abstract", "tldr", "tl;dr", "summary", "description", "comment", "comments", "note",
    "notes", "remark", "remarks", "introduction", "intro", "overview", "date", "year", "time", "published date",
    "publish date", "submitted", "updated", "citation", "citations", "bibtex", "cite", "cited by", "key points",
    "contribution", "contributions", "highlights", "main idea", "idea", "insight", "motivation", "results",
    "conclusion", "method", "metrics", "stars", "language", "license", "review", "作者", "摘要", "简介", "概要",
    "备注", "日期", "时间", "年份", "著者", "要約", "説明", "日付", "年",
];

/// Hosts that publish papers: a link there presents one even where arXiv has none.
pub(super) const PAPER_HOSTS: &[&str] = &[
    "openreview.net", "aclanthology.org", "aclweb.org", "openaccess.thecvf.com", "ecva.net", "papers.nips.cc",
    "proceedings.neurips.cc", "papers.neurips.cc", "nips.cc", "proceedings.mlr.press", "jmlr.org", "dl.acm.org",
    "doi.acm.org", "ieeexplore.ieee.org", "computer.org", "link.springer.com", "springer.com", "nature.com",
    "science.org", "sciencemag.org", "sciencedirect.com", "doi.org", "biorxiv.org", "medrxiv.org", "chemrxiv.org",
    "semanticscholar.org", "journals.aps.org", "link.aps.org", "pubs.acs.org", "pubs.rsc.org", "iopscience.iop.org",
    "quantum-journal.org", "mdpi.com", "frontiersin.org", "tandfonline.com", "onlinelibrary.wiley.com", "wiley.com",
    "academic.oup.com", "oup.com", "cell.com", "pnas.org", "plos.org", "pubmed.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov",
    "ojs.aaai.org", "aaai.org", "ijcai.org", "isca-speech.org", "isca-archive.org", "usenix.org", "ssrn.com",
    "hal.science", "hal.inria.fr", "researchgate.net", "bmvc2022.mpi-inf.mpg.de", "projecteuclid.org",
    "royalsocietypublishing.org", "jstor.org", "mitpressjournals.org", "direct.mit.edu", "roboticsproceedings.org",
    "vldb.org", "eprint.iacr.org", "psyarxiv.com", "osf.io", "aip.org", "pubs.aip.org",
];

/// What a badge says when it leads somewhere rather than labels the paper.
pub(super) const BADGE_NOISE: &[&str] = &[
    "arxiv", "github", "star", "stars", "forks", "issues", "website", "web", "webpage", "homepage", "paper", "pdf",
    "code", "video", "youtube", "project", "page", "demo", "blog", "dataset", "data", "model", "models",
    "hugging face", "huggingface", "hf", "colab", "slides", "poster", "license", "awesome", "twitter", "zhihu",
    "bibtex", "citation", "citations", "cite", "link", "url", "repo", "repository", "doi", "openreview",
    "contributions", "prs", "welcome", "maintained", "visitors", "views", "hits", "last commit", "discord", "wechat",
    "slack", "tutorial", "docs", "documentation", "home", "read", "supplementary", "space", "spaces", "checkpoint",
    "weights", "release", "build", "pypi", "python", "pytorch", "made with", "click", "x", "semantic scholar", "dblp",
    "google scholar", "official", "unofficial", "leaderboard", "benchmark", "api", "论文", "代码", "项目", "主页",
    "博客",
];

/// Verbs, pronouns and prepositions that lead a sentence to its link: what ends in one of these is prose and no title.
pub(super) const LEADING_TO_A_LINK: &[&str] = &[
    "on", "in", "at", "see", "is", "are", "the", "a", "an", "from", "by", "to", "of", "and", "or", "via", "with",
    "for", "our", "this", "that", "here", "their", "as", "under", "into", "read", "check", "following", "called",
    "introduced", "proposed", "original", "out", "also", "be", "following", "paper",
];

/// Words that no list of authors holds, though they may stand in capitals.
pub(super) const NEVER_NAMES: &[&str] = &[
    "learning", "deep", "neural", "network", "networks", "model", "models", "modeling", "language", "vision", "visual",
    "image", "images", "video", "for", "with", "of", "in", "on", "via", "using", "towards", "toward", "survey",
    "review", "transformer", "transformers", "attention", "generation", "generative", "diffusion", "training", "data",
    "quantum", "computing", "detection", "segmentation", "reasoning", "large", "the", "a", "an", "is", "are", "from",
    "to", "as", "by", "at", "how", "what", "why", "when", "can", "do", "does", "adversarial", "reinforcement", "graph",
    "graphs", "optimization", "representation", "representations", "recognition", "knowledge", "system", "systems",
    "method", "methods", "approach", "analysis", "study", "evaluation", "benchmark", "dataset", "datasets", "report",
    "paper", "text", "speech", "audio", "multi", "multimodal", "unsupervised", "supervised", "self-supervised",
    "zero-shot", "few-shot", "efficient", "robust", "fast", "adaptive", "scaling", "fine-tuning", "pre-training",
    "pretraining", "prompting", "retrieval", "retrieval-augmented", "agents", "agent", "search", "planning", "control",
    "robot", "robotics", "memory", "understanding", "through", "without", "beyond", "or", "not", "into", "its", "your",
    "it", "you", "need", "university", "institute", "laboratory", "research", "conference", "workshop", "journal",
    "proceedings", "international", "transactions", "arxiv", "preprint",
];

/// Particles that stand in names in lower case.
pub(super) const NAME_PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn",
    "ben", "ter", "ten", "zu", "y", "e", "und", "and", "et", "al.", "others", "jr", "jr.",
];

/// What folds away details of one entry instead of a group of entries.
pub(super) const FOLDED_DETAILS: &[&str] = &[
    "abstract", "bibtex", "bib", "citation", "cite", "click to expand", "click to view", "expand", "more", "details",
    "show more", "see more", "summary", "tldr", "tl;dr", "table of contents", "toc", "contents", "摘要", "引用",
    "展开", "目录", "概要", "目次",
];

/// Names of sections that are no paper's title.
pub(super) const SECTIONS: &[&str] = &[
    "paper", "papers", "survey", "surveys", "introduction", "overview", "citation", "citations", "cite", "references",
    "reference", "resources", "acknowledgement", "acknowledgements", "acknowledgments", "contact", "news", "updates",
    "usage", "abstract", "license", "related work", "bibtex", "contents", "table of contents", "contributing", "code",
    "datasets", "blogs", "books", "tutorials", "论文", "综述", "引用", "論文", "参考文献",
];

/// Whether `text`, in any case, is one of `words`.
pub(super) fn is_one_of(text: &str, words: &[&str]) -> bool {
    let text = text.trim();
    // Longer than any word here, and so not worth the copy.
    if text.len() > 48 {
        return false;
    }
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return words.contains(&text);
    }
    words.contains(&text.to_lowercase().as_str())
}
