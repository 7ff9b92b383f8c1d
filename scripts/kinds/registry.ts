import type { Kind } from '../../catalog/kinds/registry';
import type { Diagnostic } from '../../terraform/messages';
import type { KindAdoption } from './adoption';
import { AWS_HUB_DRIVER } from './aws-hub/driver';
import { AWS_NETWORK_DRIVER } from './aws-network/driver';
import { AWS_NODES_DRIVER } from './aws-nodes/driver';
import { AZURE_NETWORK_DRIVER } from './azure-network/driver';
import { AZURE_NODES_DRIVER } from './azure-nodes/driver';
import { DOCKER_CONTROLLER_DRIVER } from './docker-controller/driver';
import { DOCKER_NODES_DRIVER } from './docker-nodes/driver';
import type { DriverKind, Explained } from './kind';
import type { KindRights } from './rights';
import type { KindTunnels } from './tunnels';
import { VAULT_DRIVER } from './vault/driver';

/** What the driver does for each kind of stack. */
const DRIVERS: { readonly [K in Kind]: DriverKind<K> } = {
  vault: VAULT_DRIVER,
  'aws-hub': AWS_HUB_DRIVER,
  'aws-network': AWS_NETWORK_DRIVER,
  'azure-network': AZURE_NETWORK_DRIVER,
  'aws-nodes': AWS_NODES_DRIVER,
  'azure-nodes': AZURE_NODES_DRIVER,
  'docker-nodes': DOCKER_NODES_DRIVER,
  'docker-controller': DOCKER_CONTROLLER_DRIVER,
};

/** What the driver does for a stack's kind. */
export function driverOf<K extends Kind>({ kind }: { readonly kind: K }): DriverKind<K> {
  return DRIVERS[kind];
}

/** What the gateway's commands need from a stack's kind; undefined for a kind without tunnels. */
export function tunnelsOf(stack: { readonly kind: Kind }): KindTunnels | undefined {
  return driverOf(stack).tunnels;
}

/** What can be imported: how it is done, by the kind. */
export function adoptions(): readonly KindAdoption[] {
  return Object.values(DRIVERS).flatMap(({ adoption }) => adoption ?? []);
}

/** The rights of every cloud that a kind has. */
export function allRights(): readonly KindRights[] {
  return [...new Set(Object.values(DRIVERS).flatMap(({ rights }) => rights ?? []))];
}

/** The errors of Terraform, of which the kinds have put those of one cause together. */
export function explainErrors(errors: readonly Diagnostic[]): Explained {
  return Object.values(DRIVERS).reduce<Explained>(
    ({ lines, rest }, { explain }) => {
      const more = explain?.(rest) ?? { lines: [], rest };
      return { lines: [...lines, ...more.lines], rest: more.rest };
    },
    { lines: [], rest: errors },
  );
}

/** What the kinds say about an error of Terraform, a line each. */
export function remediesOf(error: string): readonly string[] {
  return Object.values(DRIVERS).flatMap(({ remedies }) =>
    remedies
      .filter((remedy) => remedy.error.test(error))
      .map(({ line }) => (typeof line === 'string' ? line : line(error))),
  );
}

/** Whether a provider is that of a kind. @param source - `hashicorp/aws` */
export function isKindsProvider(source: string): boolean {
  return Object.values(DRIVERS).some(({ provider }) => provider?.source === source);
}

/** How large a provider's package is, unpacked; a little for one of no kind. */
export function providerMegabytes(source: string): number {
  const known = Object.values(DRIVERS).find((driver) => driver.provider?.source === source);
  return known?.provider?.megabytes ?? 100;
}

/** How long a cloud usually works on a resource, where that is many minutes; undefined for any other. @param address - of the resource */
export function usualTime(address: string): string | undefined {
  const [type = ''] = address.replace(/^(module\.[^.]+\.)+/, '').split('.');
  return Object.values(DRIVERS)
    .map(({ usual }) => usual?.[type])
    .find((time) => time !== undefined);
}
