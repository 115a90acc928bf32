use std::time::Instant;
fn main() {
    for p in std::env::args().skip(1) {
        let t = std::fs::read_to_string(&p).unwrap();
        let opts = pulldown_cmark::Options::ENABLE_TABLES
            | pulldown_cmark::Options::ENABLE_TASKLISTS
            | pulldown_cmark::Options::ENABLE_FOOTNOTES
            | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
            | pulldown_cmark::Options::ENABLE_HEADING_ATTRIBUTES
            | pulldown_cmark::Options::ENABLE_MATH;
        let reps = if t.len() > 20_000_000 { 1 } else { 5 };
        let mut a = f64::MAX;
        let mut b = f64::MAX;
        let mut n = 0;
        for _ in 0..reps {
            let s = Instant::now();
            n = pulldown_cmark::Parser::new_ext(&t, opts).into_offset_iter().count();
            a = a.min(s.elapsed().as_secs_f64());
            let s = Instant::now();
            let e = enrich::extract::list(&p, &t, &Default::default());
            b = b.min(s.elapsed().as_secs_f64());
            if reps == 1 {
                println!("{} entries {} findings", e.entries.len(), e.findings.len());
            }
        }
        println!(
            "{p}: {} bytes events {n}: pulldown {:.1} ms, extract {:.1} ms, ratio {:.2}",
            t.len(),
            a * 1e3,
            b * 1e3,
            b / a
        );
    }
}
