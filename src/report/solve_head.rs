//! The manifest of a goal seek: what it was, and what was found.

use serde_json::{Map, Value, json as value};

use super::json::{estimate, head, number};
use crate::scenario::Scenario;
use crate::solve::{Meeting, Solution, Way};

/// What the manifest of a goal seek begins with. Without a value at which the goal is met `nearest` has the point that comes
/// nearest to it.
pub fn solve_head(scenario: &Scenario, solution: &Solution, options: Map<String, Value>) -> Map<String, Value> {
    let mut head = head(scenario, "solve", options);
    let nearest = solution.nearest().filter(|_| solution.meetings.is_empty());
    let nearest = nearest.map(|point| {
        let off = number(point.above(solution.goal.target));
        value!({ "value": number(point.value), "figure": estimate(Some(point.figure)), "above_goal": off })
    });
    let found = [
        ("trials", value!(solution.trials)),
        ("points", value!(solution.points.len())),
        ("path", value!(solution.range.path)),
        ("goal", value!(solution.goal.text)),
        ("met", solution.meetings.iter().map(meeting).collect()),
        ("nearest", value!(nearest)),
    ];
    head.extend(found.map(|(key, value)| (key.to_owned(), value)));
    head
}

fn meeting(meeting: &Meeting) -> Value {
    match meeting {
        Meeting::At { value, way, jump } => {
            let way = match way {
                Way::Rises => "rises",
                Way::Falls => "falls",
                Way::Touches => "touches",
            };
            let jump = jump.map(|ends| ends.map(|end| estimate(Some(end))));
            value!({ "value": number(value.value), "std_error": value.std_error.map(number), "figure": way, "jump": jump })
        }
        Meeting::Along { from, to } => value!({ "from": number(*from), "to": number(*to) }),
    }
}
