//! The samplers.

words! {
    /// How points of the unit cube are chosen.
    Sampler {
        /// Scrambled Sobol points.
        Sobol = "sobol",
        /// Latin hypercubes.
        LatinHypercube = "latin-hypercube",
        /// Independent points.
        MonteCarlo = "monte-carlo",
    }
}
