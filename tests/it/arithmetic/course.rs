//! How a number changes while the months go by, as a scenario says it.

/// What a number is multiplied with in a month.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A little more with every month.
    Trend(f64),
    /// Another level in the later months of the year.
    Season(u32, f64),
    /// Another level after a month that is drawn.
    Switch(f64),
    /// Another level above so many requests.
    Tier(f64, f64),
    /// More with every month since the launch.
    SinceLaunch(f64),
    /// More with every month since the last training.
    SinceTraining(f64),
    /// From nothing to all between two months.
    Ramp(f64, f64),
}

/// What becomes of a number.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    pub shape: Shape,
    /// What it cannot exceed.
    pub most: Option<f64>,
}

impl Course {
    /// A number on this course in the language of scenarios; `switch` names the month of a switch.
    pub fn text(&self, number: &str, switch: &str) -> String {
        let factor = match self.shape {
            Shape::Trend(each) => format!("(1 + {each:?} * month)"),
            Shape::Season(after, level) => format!("if(calendar_month > {after}, {level:?}, 1)"),
            Shape::Switch(level) => format!("if(month > {switch}, {level:?}, 1)"),
            Shape::Tier(above, level) => format!("if(requests > {above:?}, {level:?}, 1)"),
            Shape::SinceLaunch(each) => format!("(1 + {each:?} * months_since_launch)"),
            Shape::SinceTraining(each) => format!("(1 + {each:?} * months_since_training)"),
            Shape::Ramp(from, to) => format!("ramp({from:?}, {to:?})"),
        };
        match self.most {
            Some(most) => format!("min({most:?}, {number} * {factor})"),
            None => format!("{number} * {factor}"),
        }
    }
}
