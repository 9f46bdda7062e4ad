//! Scenarios that draw the same: variables of one name share their coordinates.

use std::collections::HashMap;

use super::Scenario;

/// Gives variables of one name one dimension in all scenarios. Those of the first keep their own; others follow in the order
/// in which they first appear.
pub fn share_draws(scenarios: &mut [Scenario]) {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut next = 0;
    for (k, scenario) in scenarios.iter_mut().enumerate() {
        let variables = &mut scenario.quantities.variables;
        let mut order: Vec<usize> = (0..variables.len()).collect();
        order.sort_by_key(|v| variables[*v].dimension);
        for v in order {
            let own = variables[v].dimension;
            let new = if k == 0 { own } else { next };
            let dimension = *known.entry(variables[v].name.clone()).or_insert(new);
            variables[v].dimension = dimension;
            next = next.max(dimension + 1);
        }
    }
}
