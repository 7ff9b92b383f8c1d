import type { Catalog } from './catalog';
import type { Allocation, Lock } from './lock';
import type { Problem } from './problem';
import type { Stack } from './stacks';

/** Which environment to load, and from where. */
export interface LoadOptions {
  /** The catalog's folder. */
  readonly directory: string;
  /** An environment's name, or the path of a file: also of any controller's `vpn_catalog.yml`. */
  readonly environment: string;
  /** The file with additions to an environment's committed lock (the sandbox has its own); read after it, and wins. */
  readonly lockAdditions?: (environment: string) => string;
}

/** An environment, ready to be synthesized. */
export interface Loaded {
  readonly catalog: Catalog;
  readonly lock: Lock;
  readonly stacks: readonly Stack[];
  /** By network key, `aws/default`: what is locked, else newly allocated. */
  readonly allocations: ReadonlyMap<string, Allocation>;
  /** Warnings only. */
  readonly problems: readonly Problem[];
  /** Every file that was read for this environment, its own first. */
  readonly files: readonly string[];
}
