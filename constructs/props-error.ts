import type { IConstruct } from 'constructs';
import { ValueError } from '../model/value-error';

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

/** @throws {@link PropsError} with the path of the construct */
export function refuse(construct: IConstruct, problem: string): never {
  throw new PropsError(construct.node.path, problem);
}

/**
 * Runs a check of `model/` for one prop of a construct.
 *
 * @throws {@link PropsError} where the check throws a {@link ValueError}
 */
export function checked<T>(construct: IConstruct, prop: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof ValueError) refuse(construct, `${prop}: ${error.message}`);
    throw error;
  }
}
