//! How the sheets look: one family of colours, few formats. Which cell has which is left to the sheets.

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

/// The colour of headers and bars.
pub(super) const DARK: Color = Color::RGB(0x1F_3A_5F);
/// The colour of lines between rows.
const LINE: Color = Color::RGB(0xD9_DE_E5);
/// The colour of what is said beside.
const FAINT: Color = Color::RGB(0x5B_66_73);
/// The colour of links, dark enough to be read on white.
const LINK: Color = Color::RGB(0x0B_57_D0);
/// The colours of what is wrong and of what may be.
const WRONG: Color = Color::RGB(0xB3_26_1E);
const DOUBTFUL: Color = Color::RGB(0x8A_5A_00);

/// The height of a header, in points.
const HEADER_HEIGHT: u32 = 22;

/// The formats of all sheets.
pub(super) struct Style {
    /// The name of a column.
    pub(super) header: Format,
    /// Text, wrapped.
    pub(super) text: Format,
    /// A day.
    pub(super) date: Format,
    /// A count, or a yes or no.
    pub(super) number: Format,
    /// A text that leads somewhere.
    pub(super) link: Format,
    /// The line at the head of a sheet.
    pub(super) heading: Format,
    /// What is said beneath it.
    pub(super) aside: Format,
}

/// Begins at the left, with a little room before it, so that neighbours do not touch.
fn left(format: Format) -> Format {
    format.set_align(FormatAlign::Left).set_indent(1)
}

impl Style {
    pub(super) fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
        let cell = cell.set_border_bottom_color(LINE);
        Self {
            header: left(Format::new().set_bold().set_font_color(Color::White).set_background_color(DARK))
                .set_align(FormatAlign::VerticalCenter),
            text: left(cell.clone().set_text_wrap()),
            date: left(cell.clone().set_num_format("yyyy-mm-dd")),
            number: cell.clone().set_align(FormatAlign::Center),
            link: left(cell.set_text_wrap().set_font_color(LINK)),
            heading: Format::new().set_bold().set_font_size(16).set_font_color(DARK),
            aside: Format::new().set_font_color(FAINT),
        }
    }

    /// The first row of a sheet: its columns, which stay in view and can be filtered.
    pub(super) fn head<'a>(
        &self,
        sheet: &mut Worksheet,
        columns: impl IntoIterator<Item = (&'a str, f64)>,
        rows: u32,
    ) -> Result<(), XlsxError> {
        sheet.set_row_height(0, HEADER_HEIGHT)?;
        let mut last = 0;
        for ((name, width), column) in columns.into_iter().zip(0..) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, name, &self.header)?;
            last = column;
        }
        sheet.autofilter(0, 0, rows, last)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        Ok(())
    }

    /// Has those cells of a column stand out that hold one of these words.
    pub(super) fn stand_out(
        sheet: &mut Worksheet,
        column: u16,
        rows: u32,
        wrong: &[&str],
        doubtful: &[&str],
    ) -> Result<(), XlsxError> {
        for (words, colour) in [(wrong, WRONG), (doubtful, DOUBTFUL)] {
            for word in words {
                let format = Format::new().set_bold().set_font_color(colour);
                let rule = ConditionalFormatCellRule::EqualTo((*word).to_owned());
                let condition = ConditionalFormatCell::new().set_rule(rule).set_format(format);
                sheet.add_conditional_format(1, column, rows.max(1), column, &condition)?;
            }
        }
        Ok(())
    }
}
