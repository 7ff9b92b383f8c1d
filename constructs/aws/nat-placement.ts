import type { NetworkProps, SubnetProps } from './network-props';

/** With `nat-per-zone`, the key of the subnet beside whose public subnet the NAT gateway of a zone stands. */
export function servingKey(
  subnets: Readonly<Record<string, SubnetProps>>,
  zone: string | undefined,
): string | undefined {
  const serving = Object.entries(subnets).find(
    ([, subnet]) => subnet.zone === zone && subnet.publicCidr !== undefined,
  );
  return serving?.[0];
}

/** The keys of the public subnets that a NAT gateway stands in. */
export function natKeys({ egress, subnets }: NetworkProps): ReadonlySet<string> {
  const withPublic = Object.entries(subnets).filter(([, { publicCidr }]) => publicCidr !== undefined);
  switch (egress) {
    case 'nat':
      return new Set(withPublic.slice(0, 1).map(([key]) => key));
    case 'nat-per-zone':
      return new Set(
        withPublic.filter(([key, { zone }]) => servingKey(subnets, zone) === key).map(([key]) => key),
      );
    case 'none':
      return new Set();
  }
}
