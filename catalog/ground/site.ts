import type { GatewaySite, InterfaceKind } from '../../model/gateway/host';

/** The controller's own network, at the on-premises end of every tunnel. Its subnets are sorted. */
export interface Site extends GatewaySite {
  readonly gateway: GatewaySite['gateway'] & {
    /** Kind of the interfaces of route-based tunnels. @default - the daemon's own */
    readonly interface?: InterfaceKind;
    /** The folder of the keys that the host's files name instead of holding them. @default - the files hold them */
    readonly keyReference?: string;
  };
}
