//! The picture as PNG, for slides and documents that show no SVG: the SVG, light, at twice its size.
//!
//! Knows how SVG becomes pixels, and the one font that it is lettered in; knows no design. The only home of resvg.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::layout::NoPicture;
use super::picture::Picture;
use super::svg::{self, STYLE};

/// The pixels of a unit of the SVG: sharp on screens that have two for one, and in print.
const SCALE: f32 = 2.0;

/// Pixels of a picture, at most: a huge one is drawn smaller. Each takes four bytes while it is drawn.
const MOST_PIXELS: f32 = 40_000_000.0;

/// Where the style for readers who like it dark begins; all that stands before is for the others, and paper is light.
const DARK: &str = "@media";

/// The font of the program: the same picture on every machine. It has no letters of East Asia; boxes stand for them.
const FONT: &str = "DejaVu Sans";

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in [dejavu::sans::regular(), dejavu::sans::bold()] {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(font)));
    }
    fonts.set_sans_serif_family(FONT);
    Arc::new(fonts)
});

/// Draws a design.
pub(super) fn draw(picture: &Picture<'_>) -> Result<Vec<u8>, NoPicture> {
    let within_a_page = Picture {
        marks: picture.marks.clone(),
        within_a_page: true,
        ..*picture
    };
    let svg = svg::draw(&within_a_page)?;
    let options = Options {
        font_family: FONT.to_owned(),
        fontdb: Arc::clone(&FONTS),
        style_sheet: STYLE.split(DARK).next().map(str::to_owned),
        ..Options::default()
    };
    let tree = Tree::from_str(&svg, &options).expect("our own SVG is well-formed");
    let size = tree.size();
    let scale = scale(size.width(), size.height());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a length between one pixel and as many as there may be"
    )]
    let side = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let mut map =
        Pixmap::new(side(size.width()), side(size.height())).expect("the size is bounded");
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut map.as_mut(),
    );
    Ok(map.encode_png().expect("memory takes all that is written"))
}

/// The pixels of a unit in a picture of a size.
fn scale(width: f32, height: f32) -> f32 {
    SCALE.min((MOST_PIXELS / (width * height).max(1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_picture_is_drawn_smaller() {
        let near = |one: f32, other: f32| (one - other).abs() < 1e-3;
        assert!(near(scale(1000.0, 500.0), SCALE));
        let small = scale(20_000.0, 20_000.0);
        assert!(near(20_000.0 * small, MOST_PIXELS.sqrt()));
    }
}
