//! Small plots of a class as SVG.
//!
//! Knows numbers and titles of steps; styles stand in the style of the site.

use crate::model::Step;
use crate::model::spelling::counted;

/// The lowest, the quarter, the middle, the three quarters and the highest of some numbers.
pub(super) type Five = [f64; 5];

/// A number so that a share of the sorted numbers lies below it, between two neighbours in proportion.
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    #[expect(clippy::cast_precision_loss, reason = "a class is small")]
    let at = share * last as f64;
    let below = (0..last).take_while(|n| as_number(n + 1) <= at).count();
    let get = |at: usize| sorted.get(at.min(last)).copied().unwrap_or(0.0);
    let (low, high) = (get(below), get(below + 1));
    low + (high - low) * (at - as_number(below))
}

#[expect(clippy::cast_precision_loss, reason = "a class is small")]
fn as_number(count: usize) -> f64 {
    count as f64
}

/// The five numbers of a distribution.
pub(super) fn five(mut numbers: Vec<f64>) -> Five {
    numbers.sort_by(f64::total_cmp);
    [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile(&numbers, share))
}

/// How many scores lie in each ten percent.
pub(super) fn histogram(percents: &[f64]) -> String {
    let bins: Vec<usize> = (0..10_u8)
        .map(|bin| {
            let (low, high) = (f64::from(bin) * 10.0, f64::from(bin) * 10.0 + 10.0);
            let last = bin == 9;
            let inside = |percent: &&f64| **percent >= low && (**percent < high || last);
            percents.iter().filter(inside).count()
        })
        .collect();
    let most = as_number(bins.iter().copied().max().unwrap_or(0).max(1));
    let mut body = String::new();
    let mut said = Vec::new();
    for (bin, count) in bins.iter().enumerate() {
        let x = 20.0 + as_number(bin) * 40.0;
        let height = 130.0 * as_number(*count) / most;
        let y = 160.0 - height;
        if *count > 0 {
            body.push_str(&format!(
                "<rect class=\"bar\" x=\"{:.1}\" y=\"{y:.1}\" width=\"34\" height=\"{height:.1}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{count}</text>",
                x + 3.0,
                x + 20.0,
                y - 5.0
            ));
            let people = counted(*count, "candidate", "candidates");
            said.push(format!("{people} from {} to {}%", bin * 10, bin * 10 + 10));
        }
        body.push_str(&format!(
            "<text x=\"{x:.1}\" y=\"178\" text-anchor=\"middle\">{}</text>",
            bin * 10
        ));
    }
    body.push_str(
        "<text x=\"420\" y=\"178\" text-anchor=\"middle\">100</text>\
         <line class=\"axis\" x1=\"20\" y1=\"160.5\" x2=\"420\" y2=\"160.5\"/>",
    );
    plot(440, 190, &said.join(", "), &body)
}

/// How each step lies: whiskers from the lowest to the highest, a box around the middle half, a line at the median.
pub(super) fn boxes(steps: &[(Step, Five)]) -> String {
    let mut body = String::new();
    let mut said = Vec::new();
    let x = |percent: f64| 150.0 + percent * 2.6;
    for (row, (step, five)) in steps.iter().enumerate() {
        let [low, quarter, middle, three, high] = *five;
        let y = 18.0 + as_number(row) * 30.0;
        body.push_str(&format!(
            "<text x=\"140\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <line class=\"line\" x1=\"{:.1}\" y1=\"{y}\" x2=\"{:.1}\" y2=\"{y}\"/>\
             <rect class=\"box\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"16\"/>\
             <line class=\"median\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
            y + 4.0,
            step.title().replace('&', "&amp;"),
            x(low),
            x(high),
            x(quarter),
            y - 8.0,
            x(three) - x(quarter),
            x(middle),
            y - 8.0,
            x(middle),
            y + 8.0,
        ));
        said.push(format!(
            "{}: from {low:.0} to {high:.0}%, median {middle:.0}%",
            step.title()
        ));
    }
    let bottom = 18.0 + as_number(steps.len()) * 30.0;
    for percent in [0.0, 25.0, 50.0, 75.0, 100.0] {
        body.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{bottom:.1}\" text-anchor=\"middle\">{percent}</text>",
            x(percent)
        ));
    }
    plot(440, 30 + steps.len() * 30, &said.join("; "), &body)
}

/// How a score moved from attempt to attempt: a line over the whole range from 0 to 100%, with a dot at the last.
pub(super) fn sparkline(percents: &[f64]) -> String {
    let last = as_number(percents.len().saturating_sub(1).max(1));
    let at = |(number, percent): (usize, &f64)| {
        (
            4.0 + 48.0 * as_number(number) / last,
            22.0 - percent.clamp(0.0, 100.0) * 0.2,
        )
    };
    let points: Vec<(f64, f64)> = percents.iter().enumerate().map(at).collect();
    let line: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    let dot = points
        .last()
        .map(|(x, y)| format!("<circle class=\"bar\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>"));
    let said: Vec<String> = percents
        .iter()
        .map(|percent| format!("{percent}%"))
        .collect();
    let body = format!(
        "<polyline class=\"line\" fill=\"none\" points=\"{}\"/>{}",
        line.join(" "),
        dot.unwrap_or_default()
    );
    let said = format!("Scores from attempt to attempt: {}", said.join(", "));
    svg("plot spark", 56, 24, &said, &body)
}

fn plot(width: usize, height: usize, said: &str, body: &str) -> String {
    svg("plot", width, height, said, body)
}

fn svg(class: &str, width: usize, height: usize, said: &str, body: &str) -> String {
    let said = said.replace('&', "and");
    format!(
        "<svg class=\"{class}\" role=\"img\" aria-label=\"{said}\" viewBox=\"0 0 {width} {height}\">{body}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_their_neighbours() {
        let [low, quarter, middle, three, high] = five(vec![40.0, 10.0, 20.0, 30.0]);
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert!(near(low, 10.0) && near(high, 40.0) && near(middle, 25.0));
        assert!(near(quarter, 17.5) && near(three, 32.5));
        assert!(near(five(vec![7.0])[2], 7.0));
    }

    #[test]
    fn every_score_is_in_one_bin() {
        let plot = histogram(&[0.0, 9.9, 10.0, 99.0, 100.0]);
        assert!(plot.contains(
            "2 candidates from 0 to 10%, 1 candidate from 10 to 20%, 2 candidates from 90 to 100%"
        ));
    }
}
