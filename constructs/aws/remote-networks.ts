import type { IConstruct } from 'constructs';
import type { Cidr } from '../../model/net/cidr';
import { type CidrProp, knownCidr } from '../cidr-prop';
import { refuse } from '../props-error';
import { checkKnown } from '../tokens';
import { checkKeys } from './names';

/**
 * Networks behind a customer gateway: a list of known ones, or a record where some are tokens.
 *
 * A network's text, or its key, is part of the resource addresses of its routes.
 */
export type RemoteNetworks = readonly CidrProp[] | Readonly<Record<string, CidrProp>>;

/** One network behind a customer gateway. */
export interface RemoteNetwork {
  /** What its routes are called in resource addresses. */
  readonly key: string;
  readonly text: string;
  /** Undefined for a token. */
  readonly cidr?: Cidr;
}

/** The networks of the prop. @throws {@link PropsError} */
export function readRemoteNetworks(vpn: IConstruct, networks: RemoteNetworks): readonly RemoteNetwork[] {
  checkKnown(vpn, 'remoteNetworks', networks, 'give a record of tokens, a key for each network');
  const read = isList(networks) ? readList(vpn, networks) : readRecord(vpn, networks);
  if (new Set(read.map(({ text }) => text)).size < read.length) {
    const names = read.map(({ key, cidr }) => cidr ?? key).join(', ');
    refuse(vpn, `remoteNetworks: must name each network once, got ${names}`);
  }
  return read;
}

function readList(vpn: IConstruct, networks: readonly CidrProp[]): readonly RemoteNetwork[] {
  return networks.map((network, index) => {
    const cidr = knownCidr(vpn, `remoteNetworks[${index}]`, network);
    if (cidr === undefined) {
      refuse(
        vpn,
        `remoteNetworks[${index}]: must be known in a list, got a token; give a record, whose keys name the routes`,
      );
    }
    const text = cidr.toString();
    return { key: text.replaceAll('.', '_').replace('/', '-'), text, cidr };
  });
}

function readRecord(vpn: IConstruct, networks: Readonly<Record<string, CidrProp>>): readonly RemoteNetwork[] {
  checkKeys(vpn, 'remoteNetworks', networks);
  return Object.entries(networks).map(([key, network]) => {
    const cidr = knownCidr(vpn, `remoteNetworks.${key}`, network);
    return { key, text: (cidr ?? network).toString(), cidr };
  });
}

function isList(networks: RemoteNetworks): networks is readonly CidrProp[] {
  return Array.isArray(networks);
}
