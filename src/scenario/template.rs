//! Scenarios to start from: the examples of the repository, carried in the program.

use crate::diagnostic::is_unsafe;

/// An example, with the data files that it reads.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Its name.
    pub name: &'static str,
    /// The question it answers.
    pub question: &'static str,
    /// Its data files: where they lie, seen from the scenario, and what they hold.
    pub data: &'static [(&'static str, &'static str)],
    text: &'static str,
}

impl Template {
    /// All of them, smallest first.
    pub const ALL: [Template; 5] = [
        Template {
            name: "article",
            question: "A few numbers: prompting at $450 a month against fine-tuning with recurring retraining",
            data: &[],
            text: include_str!("../../configs/article.toml"),
        },
        Template {
            name: "small-model",
            question: "A large prompted model against a small tuned one on hosted deployment; reads a data file",
            data: &[("data/usage.csv", include_str!("../../configs/data/usage.csv"))],
            text: include_str!("../../configs/small-model.toml"),
        },
        Template {
            name: "self-hosted",
            question: "Two models behind an API against a tuned open model on rented GPUs",
            data: &[],
            text: include_str!("../../configs/self-hosted.toml"),
        },
        Template {
            name: "drift",
            question: "A tuned model that gets worse until it is trained again: how often should it be?",
            data: &[],
            text: include_str!("../../configs/drift.toml"),
        },
        Template {
            name: "portfolio",
            question: "Many different tasks: in what share of them, and of the money, does fine-tuning win?",
            data: &[],
            text: include_str!("../../configs/portfolio.toml"),
        },
    ];

    /// The scenario's text. Its comments name the file in commands to try: they get the name it is to have.
    pub fn text(&self, file: &str) -> String {
        // A line break in a name would end the comment.
        let file = if file.chars().any(is_unsafe) { "scenario.toml" } else { file };
        self.text.replace(&format!("configs/{}.toml", self.name), file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_that_a_template_names_comes_with_it() {
        for template in Template::ALL {
            let code = template.text.lines().map(|line| line.split('#').next().unwrap_or(""));
            let named = code.flat_map(|line| line.split('\'').filter(|part| part.ends_with(".csv")));
            for file in named {
                assert!(template.data.iter().any(|(name, _)| *name == file), "{}: {file}", template.name);
            }
        }
    }

    #[test]
    fn commands_in_comments_name_the_file_and_nothing_breaks_out_of_them() {
        let article = Template::ALL[0];
        assert!(article.text("my task.toml").contains("breakeven run my task.toml"));
        for template in Template::ALL {
            assert!(!template.text("x.toml").contains("configs/"), "{}", template.name);
            assert!(!template.text("a\nb = 1").contains("b = 1"));
        }
    }
}
