import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { BothTunnels } from '../aws/vpn-options';
import type { HUB, HUB_VPN_KEYS } from './keys';

/** A hub as far as it could be read. */
export interface HubDraft {
  readonly name: string;
  /** `hub/<name>`. */
  readonly key: string;
  readonly place: Place;
  readonly draft: Draft<typeof HUB>;
  /** Absent where it is no region. */
  readonly region?: string;
  /** The tables of networks. Empty for one that exists already, and for one of another environment. */
  readonly routeTables: readonly string[];
  /** Whether anything of it is built in this environment. */
  readonly isBuilt: boolean;
  /** Its connection to the site; absent without one. */
  readonly vpn?: HubVpnDraft;
}

export interface HubVpnDraft {
  /** Of `create.vpn`. */
  readonly place: Place;
  readonly keys: Draft<typeof HUB_VPN_KEYS>;
  /** Whether all tunnels carry flows at once. */
  readonly ecmp: boolean;
  readonly tunnels: BothTunnels;
}
