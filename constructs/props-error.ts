/** Props that can't be built: says where, what must hold, and what was given. */
export class PropsError extends Error {
  /**
   * @param path path of the construct in the tree
   * @param problem `prop: must be …, got …`
   */
  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.name = 'PropsError';
  }
}
