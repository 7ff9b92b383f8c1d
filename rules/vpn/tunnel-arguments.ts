import type { Resource } from '../resource';
import { type Found, unseen, violated } from '../rule';
import { listAt, numberAt, type Seen, textAt, UNKNOWN, type Unknown } from '../values';

export const AWS_VPN = 'aws_vpn_connection';
export const AZURE_VPN = 'azurerm_virtual_network_gateway_connection';

/** A tunnel of a connection of AWS: its arguments without `tunnel1_`. */
export interface Tunnel {
  readonly number: 1 | 2;
  readonly name: (argument: string) => string;
  readonly text: (argument: string) => Seen<string>;
  readonly number_: (argument: string) => Seen<number>;
  readonly list: (argument: string) => Seen<readonly (string | Unknown)[]>;
}

export function tunnelsOf({ values }: Resource): readonly Tunnel[] {
  return ([1, 2] as const).map((number) => {
    const name = (argument: string) => `tunnel${number}_${argument}`;
    return {
      number,
      name,
      text: (argument) => textAt(values, name(argument)),
      number_: (argument) => numberAt(values, name(argument)),
      list: (argument) => listAt(values, name(argument)),
    };
  });
}

/** Whether an Azure connection is one of IPsec: others, to an ExpressRoute or another network, have no such options. */
export function isIpsec({ values }: Resource): boolean {
  const type = textAt(values, 'type');
  return type === UNKNOWN || type?.toLowerCase() === 'ipsec';
}

/** Judges each element of a list that must hold, where an absent one means the cloud's default. */
export function judgeList(
  list: Seen<readonly (string | Unknown)[]>,
  attribute: string,
  what: string,
  judge: (value: string) => Found | undefined,
  absent: string,
): readonly Found[] {
  if (list === undefined) return [violated(absent, attribute)];
  if (list === UNKNOWN) return [unseen(`${what} is not known`, attribute)];
  return list.flatMap((value) =>
    value === UNKNOWN ? [unseen(`${what} is not known`, attribute)] : (judge(value) ?? []),
  );
}
