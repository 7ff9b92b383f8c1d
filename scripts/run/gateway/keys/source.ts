import { Failure } from '../../../../base/errors';
import { GatewayKey } from '../../../../model/gateway/key';
import { keyReference } from '../../../../model/gateway/key-reference';
import { presharedKeyCidr } from '../../../../model/gateway/preshared-key-cidr';
import { cloudKeepsKeys } from '../../../../model/tunnel/description';
import type { KeyRequest, KindTunnels } from '../../../kinds/tunnels';
import type { Session } from '../../../session/session';

/** Where a network's pre-shared keys come from when its gateway's files are rendered. */
export interface TunnelKeysRequest extends KeyRequest {
  readonly kind: KindTunnels;
  /** The output `tunnel_keys` of the network's stack. */
  readonly output: unknown;
  /** `vault://secret/vpn` or `file:///etc/kakehashi/keys`: the files name the keys instead of holding them. */
  readonly reference?: string;
}

/**
 * The key of each tunnel, by inside CIDR: a reference where references are asked for, else the key itself, from the cloud's
 * own store where the cloud keeps it, else from Terraform's state.
 *
 * @throws {@link Failure} for a tunnel without a key
 */
export async function tunnelKeys(
  session: Session,
  request: TunnelKeysRequest,
): Promise<Readonly<Record<string, GatewayKey>>> {
  const { kind, network, description, reference } = request;
  const { environment } = session;
  const cidrs = Object.keys(description.tunnels);
  if (reference !== undefined) {
    return Object.fromEntries(
      cidrs.map((cidr) => [
        cidr,
        keyReference(reference, environment, network, presharedKeyCidr(kind.cloud, cidr)),
      ]),
    );
  }
  const values =
    cloudKeepsKeys(description) && kind.keySource !== undefined
      ? await kind.keySource.read(session, request)
      : texts(request.output);
  return Object.fromEntries(
    cidrs.map((cidr) => {
      const value = values[presharedKeyCidr(kind.cloud, cidr)];
      if (value === undefined || value === '')
        throw new Failure(`${environment}/${network}: no pre-shared key is known for tunnel ${cidr}`);
      session.report.log.masks.add(value);
      return [cidr, checkedKey(`${environment}/${network}: tunnel ${cidr}`, value, kind)];
    }),
  );
}

function checkedKey(where: string, value: string, { cloud }: KindTunnels): GatewayKey {
  try {
    return GatewayKey.of(value, cloud.presharedKey);
  } catch (error) {
    throw new Failure(`${where}: ${(error as Error).message}`);
  }
}

function texts(output: unknown): Readonly<Record<string, string>> {
  if (typeof output !== 'object' || output === null) return {};
  return Object.fromEntries(Object.entries(output).filter(([, value]) => typeof value === 'string'));
}
