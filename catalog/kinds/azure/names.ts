import type { Identities } from '../../ground/identities';
import type { JsonMap } from '../../ground/json';

/** The names that nodes find their network by. */
export interface NetworkNames {
  readonly resourceGroup: string;
  readonly vnet: string;
  readonly securityGroup: string;
}

/** What the names of an entry's resources are made of, where the catalog gives none: the environment, and the entry at its birth. */
export function baseName(environment: string, { bornOf }: Identities, key: string): string {
  return `${environment}-${bornOf(key)}`;
}

/**
 * The names of a network: those that its entry gives, else made of its base name.
 *
 * @param values - the keys of the entry
 */
export function networkNames(values: JsonMap, base: string): NetworkNames {
  return {
    resourceGroup: given(values.azure_resource_group_name) ?? base,
    vnet: given(values.azure_vnet_name) ?? base,
    securityGroup: given(values.azure_security_group_name) ?? `${base}-nodes`,
  };
}

/** The name of a subnet: that of its entry, else its base name. */
export function subnetName(values: JsonMap, base: string): string {
  return given(values.azure_subnet_name) ?? base;
}

function given(value: JsonMap[string] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
