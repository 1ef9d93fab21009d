//! A small design on a screen: the drawing, and everything that is stated beside it.
//!
//! Knows which parts are shown; how each reads is the sheet's business.

use super::card::listing;
use crate::coach::reply::Reply;
use crate::coach::sheet;
use crate::drawing::{self, Picture};
use crate::model::{Design, Vocabulary};

/// The drawing and what is stated.
pub(super) fn design(design: &Design, vocabulary: &Vocabulary) -> Vec<Reply> {
    let mut rows = sheet::requirements(design);
    rows.extend(sheet::estimates(design));
    rows.extend(sheet::stated(design));
    rows.extend(sheet::flows(design));
    rows.extend(sheet::data(design));
    rows.extend(sheet::api(design));
    rows.extend(sheet::decisions(design));
    rows.extend(sheet::answers(design));
    let drawing = Reply::Picture(drawing::tree(&Picture::plain(design, vocabulary)));
    std::iter::once(drawing)
        .chain(listing("Stated", rows))
        .collect()
}
