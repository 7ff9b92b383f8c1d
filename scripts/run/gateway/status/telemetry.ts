import { rmSync } from 'node:fs';
import path from 'node:path';
import { visibleText } from '../../../../base/visible-text';
import { stackFolder } from '../../../session/folders';
import type { Initializer } from '../../../session/init';
import type { Session } from '../../../session/session';

/** One tunnel as the cloud reports it. */
export interface TunnelTelemetry {
  readonly insideCidr: string;
  readonly outsideAddress: string;
  /** `vpn-0abc…`. */
  readonly connection: string;
  /** As the cloud writes it: `UP`, `DOWN`. */
  readonly status: string;
  /** `IPSEC IS DOWN`; empty where the cloud says nothing. */
  readonly message: string;
  /** When the status last changed, ISO 8601; undefined where the cloud does not say. */
  readonly since?: string;
  readonly acceptedRoutes: number;
}

const REFRESH_FILE = 'kakehashi-refresh.tfplan';

/**
 * The tunnels of a stack as the cloud reports them now: the state is refreshed for it, not changed.
 *
 * @throws TerraformError
 */
export async function readTelemetry(
  session: Session,
  initializer: Initializer,
  stack: string,
): Promise<readonly TunnelTelemetry[]> {
  await initializer.init(stack);
  const folder = stackFolder(session.folders, stack);
  const file = path.join(folder, REFRESH_FILE);
  try {
    await session.terraform.plan(
      folder,
      REFRESH_FILE,
      { destroy: false, refreshOnly: true },
      () => undefined,
    );
    return parseTelemetry(await session.terraform.show(folder, file));
  } finally {
    rmSync(file, { force: true });
  }
}

/** Picks the tunnels out of `terraform show -json` of a plan; nothing else of it is kept, because it holds keys in clear. */
export function parseTelemetry(text: string): readonly TunnelTelemetry[] {
  const plan = JSON.parse(text) as {
    readonly prior_state?: { readonly values?: { readonly root_module?: Module } };
  };
  return resourcesOf(plan.prior_state?.values?.root_module)
    .filter(({ type }) => type === 'aws_vpn_connection')
    .flatMap(({ values = {} }) => ['tunnel1', 'tunnel2'].map((tunnel) => tunnelOf(values, tunnel)));
}

interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

interface Resource {
  readonly type: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

function resourcesOf(module: Module | undefined): readonly Resource[] {
  if (module === undefined) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesOf)];
}

function tunnelOf(connection: Readonly<Record<string, unknown>>, tunnel: string): TunnelTelemetry {
  const outsideAddress = String(connection[`${tunnel}_address`] ?? '');
  const all = Array.isArray(connection.vgw_telemetry) ? connection.vgw_telemetry : [];
  const told = (all as readonly Readonly<Record<string, unknown>>[]).find(
    (part) => part.outside_ip_address === outsideAddress,
  );
  const since = visibleText(String(told?.last_status_change ?? ''));
  return {
    insideCidr: String(connection[`${tunnel}_inside_cidr`] ?? ''),
    outsideAddress,
    connection: String(connection.id ?? ''),
    status: visibleText(String(told?.status ?? 'UNKNOWN')),
    message: visibleText(String(told?.status_message ?? '')),
    ...(Number.isNaN(Date.parse(since)) ? {} : { since }),
    acceptedRoutes: Number(told?.accepted_route_count ?? 0),
  };
}
