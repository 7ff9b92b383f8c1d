import { Failure } from '../../../../base/errors';
import type { Loaded } from '../../../../catalog/load';
import { AWS_VPN } from '../../../../model/clouds/aws/aws-vpn';
import { GatewayKey } from '../../../../model/gateway/key';
import type { NetworkTunnels } from '../../../../model/tunnel/description';
import { presharedKeyReference } from '../../../../model/vault/preshared-key-path';
import { SecretReference } from '../../../../model/vault/secret-reference';
import type { Session } from '../../../session/session';

/** Where a network's pre-shared keys come from when its gateway's files are rendered. */
export interface KeyRequest {
  readonly session: Session;
  /** `aws/default`. */
  readonly network: string;
  readonly region: string;
  readonly loaded: Loaded;
  readonly description: NetworkTunnels;
  /** The output `tunnel_keys`. */
  readonly output: unknown;
  /** `vault://secret/vpn` or `file:///etc/kakehashi/keys`: the files name the keys instead of holding them. */
  readonly reference?: string;
}

/**
 * The key of each tunnel, by inside CIDR: a reference where references are asked for, else the key itself, from AWS's
 * Secrets Manager where AWS keeps it there, else from Terraform's state.
 *
 * @throws {@link Failure} for a tunnel without a key
 */
export async function tunnelKeys(request: KeyRequest): Promise<Readonly<Record<string, GatewayKey>>> {
  const { session, network, description, reference } = request;
  const cidrs = Object.keys(description.tunnels);
  if (reference !== undefined) {
    return Object.fromEntries(
      cidrs.map((cidr) => [cidr, keyReference(reference, session.environment, network, cidr)]),
    );
  }
  const values =
    description.preshared_key_arn === undefined ? texts(request.output) : await keptByAws(request);
  return Object.fromEntries(
    cidrs.map((cidr) => {
      const value = values[cidr];
      if (value === undefined || value === '')
        throw new Failure(`${session.environment}/${network}: no pre-shared key is known for tunnel ${cidr}`);
      session.report.log.masks.add(value);
      return [cidr, checkedKey(`${session.environment}/${network}: tunnel ${cidr}`, value)];
    }),
  );
}

function checkedKey(where: string, value: string): GatewayKey {
  try {
    return GatewayKey.of(value, AWS_VPN.presharedKey);
  } catch (error) {
    throw new Failure(`${where}: ${(error as Error).message}`);
  }
}

/**
 * `<base>/dev/aws/default/169.254.100.0`: one secret a tunnel, named by its inside CIDR's first address; in Vault where the
 * driver keeps it (`model/preshared-key-path.ts`).
 *
 * @throws ValueError
 */
export function keyReference(
  base: string,
  environment: string,
  network: string,
  insideCidr: string,
): GatewayKey {
  const path = SecretReference.isMeant(base)
    ? presharedKeyReference(SecretReference.parse(base), environment, network, insideCidr).toString()
    : `${base.replace(/\/+$/, '')}/${environment}/${network}/${insideCidr.split('/')[0]}`;
  return GatewayKey.referenceTo(path);
}

function texts(output: unknown): Readonly<Record<string, string>> {
  if (typeof output !== 'object' || output === null) return {};
  return Object.fromEntries(Object.entries(output).filter(([, value]) => typeof value === 'string'));
}

async function keptByAws(request: KeyRequest): Promise<Readonly<Record<string, string>>> {
  const { session, network, description, region, loaded } = request;
  const { readAwsSecret } = require('./aws-secret') as typeof import('./aws-secret');
  const { keysOfSecret } = require('./aws-secret-keys') as typeof import('./aws-secret-keys');
  const arn = String(description.preshared_key_arn);
  const text = await readAwsSecret(session, { arn, region, loaded });
  session.report.log.masks.add(text);
  return keysOfSecret(`${session.environment}/${network}`, text, description);
}
