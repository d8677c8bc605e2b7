//! A picture for players, drawn from the routine: its title, its exercises, how long it takes.
//!
//! At the size of a thumbnail the title and the minutes are still legible.

use ab_glyph::{Font, FontRef, GlyphId, PxScale, ScaleFont, point};

use crate::time::Frames;

const SIDE: usize = 600;
const MARGIN: f32 = 44.0;
const WIDTH: f32 = SIDE as f32 - 2.0 * MARGIN;
const TITLE: f32 = 92.0;
const TITLE_LINES: usize = 3;
const LIST: f32 = 27.0;
const MINUTES: f32 = 120.0;
/// The font is a light one: each glyph is drawn this many times, each a pixel further right.
const BOLD: usize = 3;
const BACKGROUND: [u8; 3] = [0x12, 0x3c, 0x46];
const BAND: [u8; 3] = [0xf2, 0xa6, 0x3b];
const PALE: [u8; 3] = [0xc4, 0xd8, 0xd8];
const WHITE: [u8; 3] = [0xff; 3];

/// The picture as a PNG; none when it cannot be drawn, which no text causes.
pub(super) fn draw(title: &str, exercises: &[&str], frames: Frames) -> Option<Vec<u8>> {
    let font = FontRef::try_from_slice(epaint_default_fonts::UBUNTU_LIGHT).ok()?;
    let mut canvas = Canvas { font, pixels: vec![BACKGROUND; SIDE * SIDE] };
    let band = SIDE - 150;
    canvas.pixels[band * SIDE..].fill(BAND);

    let mut size = TITLE;
    let mut lines = canvas.wrapped(title, size, WIDTH);
    while size > 40.0
        && (lines.len() > TITLE_LINES || lines.iter().any(|line| canvas.width(line, size) > WIDTH))
    {
        size -= 4.0;
        lines = canvas.wrapped(title, size, WIDTH);
    }
    let mut bottom = MARGIN - 12.0;
    for line in lines.iter().take(TITLE_LINES) {
        bottom += size;
        canvas.text(line, size, MARGIN, bottom, WHITE, BOLD);
    }
    bottom += 26.0;
    let room = (band as f32 - 16.0 - bottom) / (LIST * 1.22);
    let room = room.max(0.0) as usize;
    for (nth, exercise) in exercises.iter().take(room).enumerate() {
        bottom += LIST * 1.22;
        // The last line tells that there are more.
        let more = nth + 1 == room && exercises.len() > room;
        let line =
            if more { format!("+ {}", exercises.len() - nth) } else { canvas.cut(exercise, LIST, WIDTH) };
        canvas.text(&line, LIST, MARGIN, bottom, PALE, 1);
    }
    let minutes = (frames.millis().get() + 30_000) / 60_000;
    canvas.text(
        &format!("{} min", minutes.max(1)),
        MINUTES,
        MARGIN,
        SIDE as f32 - 36.0,
        BACKGROUND,
        BOLD + 1,
    );
    canvas.png()
}

struct Canvas<'a> {
    font: FontRef<'a>,
    pixels: Vec<[u8; 3]>,
}

impl Canvas<'_> {
    fn width(&self, text: &str, size: f32) -> f32 {
        let font = self.font.as_scaled(PxScale::from(size));
        let mut width = 0.0;
        let mut before = None;
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            width += before.map_or(0.0, |before| font.kern(before, glyph)) + font.h_advance(glyph);
            before = Some(glyph);
        }
        width
    }

    /// As few lines as will do; a word that is too long for one keeps a line to itself.
    fn wrapped(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// The text, or its beginning and an ellipsis.
    fn cut(&self, text: &str, size: f32, width: f32) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let mut short = text.to_owned();
        while short.pop().is_some() && self.width(&format!("{short}…"), size) > width {}
        format!("{}…", short.trim_end())
    }

    /// Draws with the baseline's left end at `left`, `bottom`. Letters that the font lacks are left out.
    fn text(&mut self, text: &str, size: f32, left: f32, bottom: f32, ink: [u8; 3], times: usize) {
        let scale = PxScale::from(size);
        let mut x = left;
        let mut before = None;
        for letter in text.chars() {
            let id = self.font.glyph_id(letter);
            if id == GlyphId(0) {
                continue;
            }
            let font = self.font.as_scaled(scale);
            x += before.map_or(0.0, |before| font.kern(before, id));
            let advance = font.h_advance(id);
            if let Some(outline) =
                self.font.outline_glyph(id.with_scale_and_position(scale, point(x, bottom)))
            {
                let bounds = outline.px_bounds();
                outline.draw(|across, down, coverage| {
                    for shift in 0..times {
                        self.blend(
                            bounds.min.x + across as f32 + shift as f32,
                            bounds.min.y + down as f32,
                            ink,
                            coverage,
                        );
                    }
                });
            }
            x += advance;
            before = Some(id);
        }
    }

    fn blend(&mut self, x: f32, y: f32, ink: [u8; 3], coverage: f32) {
        if x < 0.0 || y < 0.0 || x >= SIDE as f32 || y >= SIDE as f32 {
            return;
        }
        let Some(pixel) = self.pixels.get_mut(y as usize * SIDE + x as usize) else { return };
        for (old, new) in pixel.iter_mut().zip(ink) {
            let (from, to) = (f32::from(*old), f32::from(new));
            *old = (from + (to - from) * coverage.clamp(0.0, 1.0)).round() as u8;
        }
    }

    fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, SIDE as u32, SIDE as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(self.pixels.as_flattened()).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Millis;

    #[test]
    fn any_text_gives_a_picture_and_always_the_same() {
        let long = "Donaudampfschifffahrtsgesellschaftskapitänsmütze and so on and so forth for ever";
        for title in ["Upper back relief", "", "背中", "\u{0}\n", long] {
            for exercises in [&[][..], &["Bird dog"; 3], &[long; 90]] {
                let draw = || draw(title, exercises, Millis::from_secs(1_560).frames());
                let picture = draw().expect("a picture");
                assert!(picture.starts_with(b"\x89PNG") && picture.len() < 200_000);
                assert_eq!(Some(picture), draw());
            }
        }
    }
}
