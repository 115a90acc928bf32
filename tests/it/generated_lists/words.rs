//! The words that generated lists are made of, all invented, in five languages.

use crate::support::pick;

/// The language that titles, sections and the names of links are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    /// English with capitals, as in headlines.
    Capitals,
    Chinese,
    Japanese,
    Turkish,
    Russian,
}

/// What a title is put together from, a word of each list, and what stands between them.
struct Words {
    parts: [[&'static str; 8]; 4],
    between: &'static str,
    sections: [&'static str; 4],
    /// What links to the paper, to its code and to its page are called.
    names: [&'static str; 3],
    /// What the columns of title, authors, venue, year and links are called.
    columns: [&'static str; 5],
    quotes: [&'static str; 2],
}

const ENGLISH: Words = Words {
    parts: [
        ["slow", "quiet", "dim", "patient", "narrow", "crooked", "early", "hollow"],
        ["tides", "comets", "lanterns", "boats", "bridges", "kettles", "anchors", "orchards"],
        ["under", "beyond", "without", "near", "before", "behind", "after", "inside"],
        [
            "a cold harbour", "the last hill", "two rivers", "a paper moon", "the old pier", "thin ice",
            "a long winter", "the north gate",
        ],
    ],
    between: " ",
    sections: ["Boats", "Old lamps", "Weather", "Sky and sea"],
    names: ["pdf", "code", "project"],
    columns: ["Title", "Authors", "Venue", "Year", "Link"],
    quotes: ["\"", "\""],
};

const CAPITALS: Words = Words {
    parts: [
        ["Slow", "Quiet", "Dim", "Patient", "Narrow", "Crooked", "Early", "Hollow"],
        ["Tides", "Comets", "Lanterns", "Boats", "Bridges", "Kettles", "Anchors", "Orchards"],
        ["under", "beyond", "without", "near", "before", "behind", "after", "inside"],
        [
            "a Cold Harbour", "the Last Hill", "Two Rivers", "a Paper Moon", "the Old Pier", "Thin Ice",
            "a Long Winter", "the North Gate",
        ],
    ],
    ..ENGLISH
};

const CHINESE: Words = Words {
    parts: [
        ["缓慢的", "安静的", "昏暗的", "耐心的", "狭窄的", "弯曲的", "早来的", "空心的"],
        ["潮汐", "彗星", "灯笼", "纸船", "小桥", "水壶", "铁锚", "果园"],
        ["遇见", "离开", "绕过", "照亮", "等待", "穿过", "记得", "忘记"],
        ["寒冷的港口", "最后的山", "两条河", "纸做的月亮", "旧码头", "薄冰", "漫长的冬天", "北门"],
    ],
    between: "",
    sections: ["船", "旧灯", "天气", "天空与海"],
    names: ["论文", "代码", "主页"],
    columns: ["标题", "作者", "会议", "年份", "链接"],
    quotes: ["“", "”"],
};

const JAPANESE: Words = Words {
    parts: [
        ["遅い", "静かな", "暗い", "気長な", "狭い", "曲がった", "早い", "空の"],
        ["潮と", "彗星と", "提灯と", "紙の船と", "橋と", "やかんと", "錨と", "果樹園と"],
        ["冷たい", "古い", "遠い", "小さな", "薄い", "高い", "長い", "北の"],
        ["港の夜", "丘の道", "川の音", "月の影", "桟橋の灯り", "氷の上", "冬の朝", "門の前"],
    ],
    between: "",
    sections: ["船", "古い灯り", "天気", "空と海"],
    names: ["論文", "コード", "スライド"],
    columns: ["タイトル", "著者", "会議", "年", "リンク"],
    quotes: ["「", "」"],
};

const TURKISH: Words = Words {
    parts: [
        ["Yavaş", "Sessiz", "Sönük", "Sabırlı", "Dar", "Eğri", "Erken", "Boş"],
        ["gelgitler", "kuyruklu yıldızlar", "fenerler", "gemiler", "köprüler", "çaydanlıklar", "çapalar", "bahçeler"],
        ["ve", "ile", "ya da", "için", "gibi", "kadar", "üzerine", "hakkında"],
        [
            "soğuk bir liman", "son tepe", "iki nehir", "kağıttan ay", "eski iskele", "ince buz", "uzun kış",
            "kuzey kapısı",
        ],
    ],
    between: " ",
    sections: ["Gemiler", "Eski fenerler", "Hava", "Gök ve deniz"],
    names: ["makale", "kod", "sayfa"],
    columns: ["Başlık", "Yazarlar", "Konferans", "Yıl", "Bağlantı"],
    quotes: ["“", "”"],
};

const RUSSIAN: Words = Words {
    parts: [
        ["Медленные", "Тихие", "Тусклые", "Терпеливые", "Узкие", "Кривые", "Ранние", "Пустые"],
        ["приливы", "кометы", "фонари", "лодки", "мосты", "чайники", "якоря", "сады"],
        ["у", "возле", "около", "вокруг", "после", "вдоль", "напротив", "среди"],
        [
            "холодной гавани", "последнего холма", "двух рек", "бумажной луны", "старого причала", "тонкого льда",
            "долгой зимы", "северных ворот",
        ],
    ],
    between: " ",
    sections: ["Лодки", "Старые фонари", "Погода", "Небо и море"],
    names: ["статья", "код", "сайт"],
    columns: ["Название", "Авторы", "Конференция", "Год", "Ссылка"],
    quotes: ["«", "»"],
};

/// Names of links that are words of no language.
pub(crate) const NONSENSE: [&str; 3] = ["kamori", "tune", "lavi"];

/// Other names, as good as any, for a list whose links are renamed.
pub(crate) const RENAMED: [&str; 3] = ["sopode", "juba", "nevit"];

const PEOPLE: [&str; 8] = ["A. Dee", "B. Roe", "C. Bee", "Ana Lind", "J. van Oak", "Mira Poe", "T. Okoro", "L. Sato"];

const VENUES: [&str; 5] = ["NeurIPS", "Annals of Boats", "CVPR", "Conf", "arXiv"];

impl Language {
    pub(crate) const ALL: [Self; 6] =
        [Self::English, Self::Capitals, Self::Chinese, Self::Japanese, Self::Turkish, Self::Russian];

    fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::Capitals => &CAPITALS,
            Self::Chinese => &CHINESE,
            Self::Japanese => &JAPANESE,
            Self::Turkish => &TURKISH,
            Self::Russian => &RUSSIAN,
        }
    }

    /// The title of this number; there are 4,096, and none is another's.
    pub(crate) fn title(self, number: usize) -> String {
        let words = self.words();
        let mut rest = number;
        let parts = words.parts.iter().enumerate().map(|(at, list)| {
            let word = list[(rest + at) % 8];
            rest /= 8;
            word
        });
        let title = parts.collect::<Vec<_>>().join(words.between);
        let mut letters = title.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    }

    pub(crate) fn section(self, number: usize) -> &'static str {
        self.words().sections[number % 4]
    }

    pub(crate) fn names(self) -> [&'static str; 3] {
        self.words().names
    }

    pub(crate) fn columns(self) -> [&'static str; 5] {
        self.words().columns
    }

    pub(crate) fn quoted(self, title: &str) -> String {
        let [open, close] = self.words().quotes;
        format!("{open}{title}{close}")
    }
}

/// One to three people.
pub(crate) fn people(seed: u64) -> String {
    let count = *pick(&[1, 2, 2, 3], seed);
    let first = *pick(&[0, 1, 2, 3, 4, 5, 6, 7], seed.wrapping_add(1));
    (0..count).map(|at| PEOPLE[(first + 3 * at) % 8]).collect::<Vec<_>>().join(", ")
}

pub(crate) fn venue(seed: u64) -> &'static str {
    pick::<&str>(&VENUES, seed)
}
