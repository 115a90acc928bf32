// Text as the search compares it: without case and without accents.

/** Letters that Unicode does not take apart into a base letter and marks. */
const WHOLE_LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

function fold(text) {
  const lower = text.toLowerCase();
  if (/^[\x00-\x7f]*$/.test(lower)) return lower;
  return lower
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => WHOLE_LETTERS[letter]);
}

/** The words of a query, folded. What stands in quotation marks is one word. */
function wordsOf(query) {
  const words = fold(query).matchAll(/"([^"]+)"?|[^\s"]+/g);
  return [...words].map(([word, quoted]) => quoted ?? word);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 2024-03 as "Mar 2024" and 2024-03-12 as "12 Mar 2024". */
function readableDate(date) {
  const [year, month, day] = date.split("-");
  return [day && Number(day), MONTHS[month - 1], year].filter(Boolean).join(" ");
}

function counted(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
