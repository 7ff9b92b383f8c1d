/** The addresses that the controller gives to the nodes of an entry. */
export interface AddressPool {
  /** The entry's name. */
  readonly entry: string;
  readonly prefixLength: number;
  /** In the order in which they are written. */
  readonly addresses: readonly string[];
}
