// What was found in the lists and in arXiv's answers.

function drawFindings() {
  if (findings.length === 0) return;
  byId("findings-head").textContent = counted(findings.length, "finding");
  byId("findings-list").append(
    ...findings.map(({ place, level, code, message, help }) =>
      make(
        "li", {},
        make("span", { class: `level ${level}` }, level), " ",
        make("span", { dir: "auto" }, message), help ? `; ${help}` : "", " ",
        make("span", { class: "place" }, `${place} [${code}]`),
      ),
    ),
  );
  byId("findings").hidden = false;
}
