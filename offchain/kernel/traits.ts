/** The traits of a work as buyers see them: trait name to value name, for instance `{ family: "petals" }`. */
export type Traits = Readonly<Record<string, string>>;
