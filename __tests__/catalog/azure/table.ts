import { azureCatalog } from '../../fixtures/azure-catalog';

/** A catalog that Azure would refuse, and what is said about it before anything is asked of Azure. */
export interface WrongCatalog {
  readonly name: string;
  /** The error code of Azure, as the simulated cloud has it, or that none is recorded. */
  readonly azure: string;
  readonly text: string;
  /** `line:column code path`, in order; the sentences are in `azure-messages.golden.txt`. */
  readonly problems: readonly string[];
}

/** No source that was looked up names a code. */
export const NOT_RECORDED = 'not recorded';

/** The catalog of the fixture with another `vpn`, in line 11. */
export const withVpn = (
  name: string,
  azure: string,
  vpn: string,
  ...problems: readonly string[]
): WrongCatalog => ({ name, azure, text: azureCatalog(vpn), problems });

/** The catalog of the fixture with one more line of `create`, line 11. */
export const withCreate = (
  name: string,
  azure: string,
  line: string,
  ...problems: readonly string[]
): WrongCatalog => ({ name, azure, text: azureCatalog('{ routing: bgp }', `      ${line}\n`), problems });

export type Change = readonly [from: string, to: string];

/** The catalog of the fixture with parts of it replaced. */
export const changed = (
  name: string,
  azure: string,
  changes: readonly Change[],
  ...problems: readonly string[]
): WrongCatalog => ({ name, azure, text: replaced(azureCatalog(), changes), problems });

export function replaced(catalog: string, changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the catalog holds no ${from}`);
    return text.replace(from, () => to);
  }, catalog);
}

const TWO_GATEWAYS =
  'gateways: { east: { public_ip: 198.51.100.10, address: 10.0.2.2 }, west: { public_ip: 198.51.100.11, address: 10.0.2.3 } }';

/** The catalog of the fixture with two gateways of the site. */
export function withTwoGateways(vpn: string): string {
  return replaced(azureCatalog(vpn), [['public_ip: 198.51.100.10', TWO_GATEWAYS]]);
}

/** So many texts, numbered from 1, with commas. */
export function numbered(count: number, text: (number: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index + 1)).join(', ');
}
