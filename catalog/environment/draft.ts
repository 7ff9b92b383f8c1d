import type { AdoptedEntry } from '../ground/adopted-entry';
import type { Backend } from '../ground/backend';
import type { Claims, IdentityClaim } from '../ground/claims';
import type { Site } from '../ground/site';
import type { Readings } from '../kinds/registry';
import type { Place } from '../source/place';

/** An environment as far as its file could be read: what the checks across entries and files work on. */
export interface EnvironmentDraft {
  readonly environment: string;
  readonly file: string;
  readonly root: Place;
  readonly site?: Site;
  /** The gateway's address, also where the rest of `site` is broken: who shares the gateway. */
  readonly publicIp?: string;
  readonly backend: Backend;
  readonly adopted: readonly AdoptedEntry[];
  readonly readings: Readings;
  /** The claims of all kinds. */
  readonly claims: Claims;
  /** The entries that have stacks of their own. */
  readonly identities: readonly IdentityClaim[];
}
