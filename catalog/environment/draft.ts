import type { AddressPool } from '../ground/address-pool';
import type { AdoptedEntry } from '../ground/adopted-entry';
import type { Backend } from '../ground/backend';
import type { Claims, IdentityClaim } from '../ground/claims';
import type { DriftIgnore } from '../ground/drift';
import type { Policy } from '../ground/policy';
import type { Site } from '../ground/site';
import type { Readings } from '../kinds/registry';
import type { GatewayClaim } from '../site/gateway-claims';
import type { Place } from '../source/place';

/** An environment as far as its file could be read: what the checks across entries and files work on. */
export interface EnvironmentDraft {
  readonly environment: string;
  readonly file: string;
  readonly root: Place;
  readonly site?: Site;
  /** The gateways' public addresses, also where the rest of `site` is broken: who shares a gateway. */
  readonly publicIps: readonly string[];
  /** The connections of all kinds to each gateway of the site. */
  readonly connections: readonly GatewayClaim[];
  readonly backend: Backend;
  readonly policy: Policy;
  /** Drift that is expected. */
  readonly driftIgnore: readonly DriftIgnore[];
  readonly adopted: readonly AdoptedEntry[];
  /** Addresses for nodes, of entries whose controller reads them from a file of its own. */
  readonly addressPools: readonly AddressPool[];
  readonly readings: Readings;
  /** The claims of all kinds. */
  readonly claims: Claims;
  /** The entries that have stacks of their own. */
  readonly identities: readonly IdentityClaim[];
}
