/**
 * Whether BGP is on, as azurerm 4 calls it on a gateway and on a connection. It is written out also where it is off: an absent one keeps
 * what Azure has. azurerm 5 calls it `bgp_enabled` (its upgrade guide), and one configuration can't serve both: this is the one place
 * that says it.
 */
export function bgpSwitch(on: boolean): { readonly enableBgp: boolean } {
  return { enableBgp: on };
}
