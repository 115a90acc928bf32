//! arXiv's subject categories, such as `cs.LG` or `hep-th`.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The archives of today's taxonomy and of the years before (arXiv, "Category Taxonomy").
const ARCHIVES: [&str; 38] = [
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph", "cmp-lg",
    "comp-gas", "cond-mat", "cs", "dg-ga", "econ", "eess", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph",
    "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg",
    "q-bio", "q-fin", "quant-ph", "solv-int", "stat", "supr-con",
];

/// A category and its name on each line, in the order of their bytes.
const TABLE: &str = include_str!("categories.txt");

static NAMES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// An arXiv category: an archive, or an archive and a subject class within it.
///
/// The service before November 2025 listed ACM and MSC codes among the categories; those are none and do not parse.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = r"^[a-z-]+(\.[A-Za-z-]+)?$"))]
pub struct Category(Box<str>);

/// The text is not a category of arXiv's taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an arXiv category")]
pub struct NotACategory(String);

impl Category {
    /// The category as arXiv writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What arXiv calls it: `cs.LG` is "Machine Learning". One that the taxonomy has gained since then goes by itself.
    pub fn name(&self) -> &str {
        match NAMES.binary_search_by_key(&self.as_str(), |(category, _)| category) {
            Ok(at) => NAMES[at].1,
            Err(_) => self.as_str(),
        }
    }
}

impl FromStr for Category {
    type Err = NotACategory;

    fn from_str(text: &str) -> Result<Self, NotACategory> {
        let (archive, class) = text.split_once('.').map_or((text, None), |(archive, class)| (archive, Some(class)));
        let is_class = |class: &str| {
            (class.len() == 2 && class.bytes().all(|b| b.is_ascii_uppercase()))
                || (class.len() > 2 && class.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        };
        if ARCHIVES.binary_search(&archive).is_ok() && class.is_none_or(is_class) {
            Ok(Self(text.into()))
        } else {
            Err(NotACategory(text.to_owned()))
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Category {
    type Error = NotACategory;

    fn try_from(text: String) -> Result<Self, NotACategory> {
        text.parse()
    }
}

impl From<Category> for String {
    fn from(category: Category) -> Self {
        category.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_a_name() {
        let check = |category: &str, name: &str| assert_eq!(category.parse::<Category>().unwrap().name(), name);
        check("cs.LG", "Machine Learning");
        check("hep-th", "High Energy Physics - Theory");
        check("math-ph", "Mathematical Physics");
        check("cond-mat.mtrl-sci", "Materials Science");
        check("chao-dyn", "Chaotic Dynamics");
        check("cs.ZZ", "cs.ZZ");
        assert!(NAMES.is_sorted());
        for (category, name) in NAMES.iter() {
            check(category, name);
        }
        for archive in ARCHIVES {
            assert!(NAMES.binary_search_by_key(&archive, |(category, _)| category).is_ok(), "{archive} has no name");
        }
    }

    #[test]
    fn arxiv_categories_parse_and_other_schemes_do_not() {
        assert!(ARCHIVES.is_sorted());
        for category in ["cs.LG", "hep-th", "cond-mat.mtrl-sci", "physics.flu-dyn", "eess.IV", "q-fin.ST", "stat.ML"] {
            assert_eq!(category.parse::<Category>().map(|c| c.to_string()).as_deref(), Ok(category));
        }
        for other in ["", "I.2.7", "68T50", "cs.", "cs.lg", "F.2.2; I.2.7", "35", "machine learning"] {
            assert_eq!(other.parse::<Category>(), Err(NotACategory(other.to_owned())));
        }
    }
}
