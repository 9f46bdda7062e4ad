//! The price list and the rents of GPUs that come with the program.

use std::sync::OnceLock;

use super::list::List;

/// What the list is called.
const NAME: &str = "built-in";

/// The price list that comes with the program.
pub fn built_in() -> &'static List {
    static LIST: OnceLock<List> = OnceLock::new();
    LIST.get_or_init(|| {
        // It is held by a test; were it broken, no model would have a name.
        let empty = List { name: NAME.to_owned(), digest: String::new(), entries: Vec::new() };
        List::read(NAME, include_bytes!("models.csv"), None).unwrap_or(empty)
    })
}

/// The rent of a GPU.
#[derive(Clone, Debug, PartialEq)]
pub struct Gpu {
    /// The chip.
    pub gpu: String,
    /// Who rents it out.
    pub provider: String,
    /// On demand, per hour.
    pub on_demand: Option<f64>,
    /// Reserved, per hour.
    pub reserved: Option<f64>,
    /// How many are rented at least.
    pub least: Option<f64>,
    /// Of which day the price is.
    pub as_of: String,
    /// Where it was found.
    pub source: String,
}

/// All rents of GPUs that are known.
pub fn gpus() -> &'static [Gpu] {
    static GPUS: OnceLock<Vec<Gpu>> = OnceLock::new();
    GPUS.get_or_init(|| {
        let mut reader = csv::Reader::from_reader(include_bytes!("gpus.csv").as_slice());
        let number = |text: &str| text.parse().ok();
        let gpu = |row: csv::StringRecord| Gpu {
            gpu: row[0].to_owned(),
            provider: row[1].to_owned(),
            on_demand: number(&row[2]),
            reserved: number(&row[3]),
            least: number(&row[4]),
            as_of: row[5].to_owned(),
            source: row[6].to_owned(),
        };
        reader.records().filter_map(Result::ok).filter(|row| row.len() == 7).map(gpu).collect()
    })
}

/// The hourly rate of `h100@lambda`, or of `h100@lambda:reserved`; `None` where it is not known.
pub fn gpu(name: &str) -> Option<(&'static Gpu, f64)> {
    let name = name.to_lowercase();
    let (name, reserved) = name.strip_suffix(":reserved").map_or((name.as_str(), false), |name| (name, true));
    let (chip, provider) = name.split_once('@')?;
    let found = gpus().iter().find(|gpu| gpu.gpu == chip && gpu.provider == provider)?;
    Some((found, if reserved { found.reserved } else { found.on_demand }?))
}
