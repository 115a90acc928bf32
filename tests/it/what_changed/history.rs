//! A made-up reading list and a made-up arXiv on eleven days. Each day differs from the one before in what its words say.

use crate::support::{FakePaper, Fault, Faults};

/// A day on which the list is read.
pub(super) struct Day {
    /// When it is.
    pub(super) date: &'static str,
    /// What happened since the day before.
    pub(super) what: &'static str,
    /// The list.
    pub(super) list: String,
    /// What arXiv holds.
    pub(super) papers: Vec<FakePaper>,
    /// How arXiv behaves.
    pub(super) faults: Faults,
}

/// An entry of the list: its title, its tags, and where it leads.
type Line = (&'static str, &'static str, &'static str);

const ATTENTION: Line = ("Attention to Placeholders", "`attention`, `nlp`", "https://arxiv.org/abs/2401.00001");
const DIFFUSION: Line = ("Diffusion of Samples", "`vision`", "https://arxiv.org/abs/2401.00002");
const BLOG: Line = ("Notes on Made-Up Training", "`training`", "https://blog.example/notes");
const PRUNING: Line = ("Pruning Imaginary Trees", "`pruning`", "https://arxiv.org/abs/2402.00003");
const MISTYPED: Line = ("Quantising Nothing", "`pruning`", "https://arxiv.org/abs/2402.99999");
const QUANTISING: Line = ("Quantising Nothing", "`pruning`", "https://arxiv.org/abs/2402.00004");
const ROUTING: Line = ("Routing Invented Experts", "`moe`", "https://arxiv.org/abs/2403.00005");
const HOSTILE: Line = ("A | B", "`@everyone`, `<b>bold</b>`", "https://arxiv.org/abs/2403.00006");

fn list(sections: &[(&str, &[Line])]) -> String {
    let mut list = String::from("# Papers to read\n");
    for (heading, lines) in sections {
        list.push_str(&format!("\n## {heading}\n\n"));
        for (title, tags, link) in *lines {
            list.push_str(&format!(
                "#### {}\n\ntag: {tags}\n\npaper link: [here]({link})\n\n",
                title.replace('|', "\\|")
            ));
        }
    }
    list
}

fn paper(id: &str, title: &str) -> FakePaper {
    FakePaper::new(id).title(title)
}

/// The days in their order.
pub(super) fn days() -> Vec<Day> {
    let attention = paper("2401.00001", ATTENTION.0);
    let attention_2 = attention
        .clone()
        .next_version("2024-01-20T09:00:00Z")
        .title("Attention to Placeholders and Samples")
        .summary("A second abstract, as the fake service tells it.");
    let attention_3 = attention_2.clone().next_version("2024-02-11T09:00:00Z");
    let diffusion = paper("2401.00002", DIFFUSION.0);
    let diffusion_2 = diffusion.clone().next_version("2024-01-21T09:00:00Z").authors(&["Nomen Nescio", "Ada Example"]);
    let diffusion_published = diffusion_2.clone().journal_ref("J. Made Up 7 (2024) 1-9").doi("10.5555/fake.7");
    let pruning = paper("2402.00003", PRUNING.0);
    let pruning_withdrawn = pruning
        .clone()
        .next_version("2024-03-15T09:00:00Z")
        .comment("This paper has been withdrawn by the authors due to an error in Lemma *2*");
    let (quantising, routing) = (paper("2402.00004", QUANTISING.0), paper("2403.00005", ROUTING.0));
    let notes = paper("2403.00007", "Notes on Made-Up Training, with Proofs");
    let hostile = paper("2403.00006", "A | B](https://evil.example) <script>alert(1)</script> `x` @everyone fixes #1");

    let good = Faults::none;
    let day = |date, what, list, papers: &[&FakePaper], faults| Day {
        date,
        what,
        list,
        papers: papers.iter().map(|paper| (*paper).clone()).collect(),
        faults,
    };
    let first = list(&[("Models", &[ATTENTION, DIFFUSION]), ("Practice", &[BLOG])]);
    let grown = list(&[("Models", &[ATTENTION, DIFFUSION]), ("Practice", &[BLOG, PRUNING, MISTYPED])]);
    let retagged = ("Attention to Placeholders", "`nlp`, `transformers`", ATTENTION.2);
    let mended = list(&[("Practice", &[BLOG, PRUNING, QUANTISING]), ("Models", &[retagged, DIFFUSION])]);
    let routed = list(&[("Practice", &[BLOG, PRUNING, QUANTISING]), ("Models", &[retagged, DIFFUSION, ROUTING])]);
    let identified = (BLOG.0, BLOG.1, "https://arxiv.org/abs/2403.00007");
    let shortened =
        list(&[("Practice", &[identified, PRUNING, QUANTISING]), ("Models", &[DIFFUSION, ROUTING, HOSTILE])]);
    let moved = list(&[("Models", &[HOSTILE, ROUTING, DIFFUSION]), ("Practice", &[QUANTISING, PRUNING, identified])]);
    let all_but = |diffusion, pruning| vec![&attention_3, diffusion, pruning, &quantising, &routing];
    let known = all_but(&diffusion_published, &pruning_withdrawn);
    let last = [&known[..], &[&notes, &hostile]].concat();
    vec![
        day("2024-01-08", "the list begins", first.clone(), &[&attention, &diffusion], good()),
        day("2024-01-15", "nothing happens", first.clone(), &[&attention, &diffusion], good()),
        day("2024-01-22", "both papers have a second version", first, &[&attention_2, &diffusion_2], good()),
        day(
            "2024-02-05",
            "two papers are added, one under an identifier that arXiv does not know",
            grown,
            &[&attention_2, &diffusion_2, &pruning, &quantising],
            good(),
        ),
        day(
            "2024-02-12",
            "the identifier is mended, a paper has other tags and a third version, sections change places",
            mended.clone(),
            &all_but(&diffusion_2, &pruning),
            good(),
        ),
        day("2024-02-19", "a paper is published", mended, &all_but(&diffusion_published, &pruning), good()),
        day(
            "2024-03-04",
            "a paper is added while arXiv refuses all requests",
            routed.clone(),
            &all_but(&diffusion_published, &pruning),
            Faults::always(Fault::RateExceeded),
        ),
        day("2024-03-11", "arXiv answers again", routed.clone(), &all_but(&diffusion_published, &pruning), good()),
        day("2024-03-18", "a paper is withdrawn", routed, &known, good()),
        day(
            "2024-03-25",
            "the blog post became a paper, a paper is taken off, and one with a hostile title is added",
            shortened,
            &last,
            good(),
        ),
        day("2024-04-01", "the list is put into another order", moved, &last, good()),
    ]
}
