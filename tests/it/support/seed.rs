//! The papers of the reading list in `input/list.md`, with the facts that public records agree on.
//!
//! Titles, authors, primary categories and versions are true. A time of `00:00:00` is a placeholder: the hour, and for later
//! versions mostly the day too, is not on record. The same holds for every abstract, and for comments, which are left out.

use super::papers::FakePaper;

/// The papers, in the order of the list.
pub fn seed() -> Vec<FakePaper> {
    vec![
        FakePaper::new("2403.07648")
            .title("Characterization of Large Language Model Development in the Datacenter")
            .authors(&[
                "Qinghao Hu", "Zhisheng Ye", "Zerui Wang", "Guoteng Wang", "Meng Zhang", "Qiaoling Chen", "Peng Sun",
                "Dahua Lin", "Xiaolin Wang", "Yingwei Luo", "Yonggang Wen", "Tianwei Zhang",
            ])
            .categories("cs.DC cs.LG")
            .dated("2024-03-12T13:31:14Z")
            .next_version("2024-04-03T20:07:33Z"),
        FakePaper::new("2402.01825")
            .title("Fractal Patterns May Unravel the Intelligence in Next-Token Prediction")
            .authors(&["Ibrahim Alabdulmohsin", "Vinh Q. Tran", "Mostafa Dehghani"])
            .categories("cs.CL")
            .dated("2024-02-02T00:00:00Z")
            .next_version("2024-02-03T00:00:00Z")
            .title("Fractal Patterns May Illuminate the Success of Next-Token Prediction"),
        FakePaper::new("2311.03687")
            .title("Dissecting the Runtime Performance of the Training, Fine-tuning, and Inference of Large Language Models")
            .authors(&[
                "Longteng Zhang", "Xiang Liu", "Zeyu Li", "Xinglin Pan", "Peijie Dong", "Ruibo Fan", "Rui Guo",
                "Xin Wang", "Qiong Luo", "Shaohuai Shi", "Xiaowen Chu",
            ])
            .categories("cs.PF cs.CL cs.LG")
            .dated("2023-11-07T03:25:56Z")
            .next_version("2023-12-01T15:37:07Z"),
        FakePaper::new("2307.10169")
            .title("Challenges and Applications of Large Language Models")
            .authors(&[
                "Jean Kaddour", "Joshua Harris", "Maximilian Mozes", "Herbie Bradley", "Roberta Raileanu",
                "Robert McHardy",
            ])
            .categories("cs.CL cs.AI cs.LG")
            .dated("2023-07-19T00:00:00Z"),
        FakePaper::new("2305.12133")
            .title("Loss Spike in Training Neural Networks")
            .authors(&["Zhongwang Zhang", "Zhi-Qin John Xu"])
            .categories("cs.LG")
            .dated("2023-05-20T07:57:15Z")
            .next_version("2024-10-05T05:40:02Z")
            .authors(&["Xiaolong Li", "Zhi-Qin John Xu", "Zhongwang Zhang"]),
        FakePaper::new("2303.08112")
            .title("Eliciting Latent Predictions from Transformers with the Tuned Lens")
            .summary(
                "Abstract of 2303.08112, as the fake service tells it, with the TeX of the real one: the \\emph{tuned \
                 lens} and the ``logit lens''.",
            )
            .authors(&[
                "Nora Belrose", "Zach Furman", "Logan Smith", "Danny Halawi", "Igor Ostrovsky", "Lev McKinney",
                "Stella Biderman", "Jacob Steinhardt",
            ])
            .categories("cs.LG")
            .dated("2023-03-14T18:47:09Z")
            .next_version("2023-03-15T00:00:00Z")
            .next_version("2023-03-16T00:00:00Z")
            .next_version("2023-11-28T00:00:00Z")
            .next_version("2023-11-29T00:00:00Z")
            .next_version("2023-11-30T00:00:00Z"),
        FakePaper::new("2108.05305")
            .title("ConvNets vs. Transformers: Whose Visual Representations are More Transferable?")
            .authors(&["Hong-Yu Zhou", "Chixiang Lu", "Sibei Yang", "Yizhou Yu"])
            .categories("cs.CV")
            .dated("2021-08-11T16:20:38Z")
            .next_version("2021-08-12T00:00:00Z"),
        FakePaper::new("2105.12221")
            .title("Geometry of the Loss Landscape in Overparameterized Neural Networks: Symmetries and Invariances")
            .authors(&[
                "Berfin Şimşek", "François Ged", "Arthur Jacot", "Francesco Spadaro", "Clément Hongler",
                "Wulfram Gerstner", "Johanni Brea",
            ])
            .categories("cs.LG"),
        FakePaper::new("2103.00065")
            .title("Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability")
            .authors(&["Jeremy M. Cohen", "Simran Kaur", "Yuanzhi Li", "J. Zico Kolter", "Ameet Talwalkar"])
            .categories("cs.LG")
            .next_version("2021-03-02T00:00:00Z")
            .next_version("2021-03-03T00:00:00Z"),
        FakePaper::new("2001.08361")
            .title("Scaling Laws for Neural Language Models")
            .authors(&[
                "Jared Kaplan", "Sam McCandlish", "Tom Henighan", "Tom B. Brown", "Benjamin Chess", "Rewon Child",
                "Scott Gray", "Alec Radford", "Jeffrey Wu", "Dario Amodei",
            ])
            .categories("cs.LG")
            .dated("2020-01-23T00:00:00Z"),
        FakePaper::new("1609.04836")
            .title("On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima")
            .authors(&[
                "Nitish Shirish Keskar", "Dheevatsa Mudigere", "Jorge Nocedal", "Mikhail Smelyanskiy",
                "Ping Tak Peter Tang",
            ])
            .categories("cs.LG")
            .dated("2016-09-15T20:03:06Z")
            .next_version("2016-09-16T00:00:00Z"),
    ]
}
