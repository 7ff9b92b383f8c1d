/** What a picture of some environments shows. It is data: it can be kept in a record and drawn later, elsewhere. */
export interface Scene {
  readonly environments: readonly string[];
}
