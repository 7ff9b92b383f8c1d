import { Declined, EXIT, Failure } from '../../../../base/errors';
import { shownPath } from '../../../../base/files';
import { listed } from '../../../../base/text/listed';
import type { Stack } from '../../../../catalog/kinds/registry';
import { writeFolder } from '../../../../gateway/folder/write';
import { rotationSteps } from '../../../../gateway/render/rotation-steps';
import type { GatewayConnection } from '../../../../model/gateway/host';
import type { SiteGateway } from '../../../../model/gateway/site-gateway';
import { discardPlan, type PlanRecord } from '../../../../terraform/plan/saved-plan';
import { confirm } from '../../../session/confirm';
import { stackFolder } from '../../../session/folders';
import { holdFile, hostLock } from '../../../session/run-lock';
import type { Session } from '../../../session/session';
import { showPlans } from '../../show-plan';
import { type AppliedHost, appliedHost } from '../host';
import { folderOf, hostFiles } from '../host-files';
import { storeHostKeys } from '../keys/stored';
import type { HostEnvironment } from '../neighbours';
import { renderHost } from '../render';
import { readTelemetry } from '../telemetry';
import { applyRotation } from './apply';
import { guardRotation } from './guard';
import { beginRotation, endRotation } from './pending';
import { planRotation } from './plan';
import {
  checkKeyFolder,
  type RotatedTunnel,
  rotatedConnection,
  rotatedGateway,
  tunnelsWithKey,
} from './requirements';
import { lastRotation, noteRotation } from './rotations';

/**
 * Gives one tunnel a new pre-shared key, at the cloud and in the gateway's files.
 *
 * @param isChecked - the user has checked the other tunnels, so their telemetry is not read
 * @returns the exit code
 * @throws {@link Failure} while another rotation works on the same gateway host
 */
export async function rotateKey(
  own: HostEnvironment,
  stack: Stack,
  tunnel: RotatedTunnel,
  isChecked: boolean,
): Promise<number> {
  const gateway = rotatedGateway(own.loaded, tunnel);
  const { publicIp } = gateway;
  // Environments of one host share the folder with the new key, and a host should lose one tunnel at a time.
  const free = holdFile(hostLock(own.session, publicIp, 'rotate.'), `a rotation at the gateway ${publicIp}`);
  try {
    return await rotateAlone(own, gateway, stack, tunnel, isChecked);
  } finally {
    free();
  }
}

async function rotateAlone(
  own: HostEnvironment,
  gateway: SiteGateway,
  stack: Stack,
  tunnel: RotatedTunnel,
  isChecked: boolean,
): Promise<number> {
  const { session, loaded, initializer } = own;
  const { environment, network, identity } = tunnel;
  checkKeyFolder(loaded, gateway);
  const connections = (await appliedHost(own, gateway))?.host.connections ?? [];
  const connection = rotatedConnection(tunnel, stack, connections);
  const together = tunnelsWithKey(connection, tunnel.insideCidr);
  const [insideCidr = tunnel.insideCidr] = together;
  const named = { ...tunnel, insideCidr };
  if (!isChecked) await guard(own, stack, named, connection);
  const { key, isResumed } = beginRotation(session, named, connection, connections);
  await initializer.init(stack.id);
  const record = await planRotation(own, stack, insideCidr, key);
  const replaced = new Map(together.map((cidr) => [`${environment}/${identity}/${cidr}`, key]));
  const after = await appliedHost(own, gateway, { replaced });
  if (after === undefined) throw new Failure(`${environment}: nothing is applied any more`);
  const next = `${folderOf(session, after.host)}.next`;
  try {
    await confirmRotation(session, after, next, record, together);
    const change = { insideCidr, connection: connection.description.cloud_connection };
    if (!(await applyRotation(own, stack, change, key, record))) return EXIT.failed;
  } catch (error) {
    // A new key is in no other place yet. That of an earlier run may be at the cloud, so it is kept.
    if (error instanceof Declined && !isResumed) endRotation(session, next);
    throw error;
  } finally {
    discardPlan(stackFolder(session.folders, stack.id));
  }
  for (const cidr of together) noteRotation(session.folders, identity, cidr, new Date());
  await storeHostKeys(own, after.host.connections, new Set([stack.id]));
  await renderHost(own, gateway);
  endRotation(session, next);
  for (const cidr of together)
    session.report.event({ type: 'key_rotated', environment, network, tunnel: cidr });
  const steps = rotationSteps(after.host, `${environment}/${identity}`, insideCidr);
  showSteps(session, shownPath(folderOf(session, after.host)), steps);
  return EXIT.done;
}

async function guard(
  own: HostEnvironment,
  stack: Stack,
  tunnel: RotatedTunnel,
  connection: GatewayConnection,
) {
  const { session } = own;
  const warnings = guardRotation({
    network: tunnel.network,
    insideCidr: tunnel.insideCidr,
    together: tunnelsWithKey(connection, tunnel.insideCidr),
    standby: standbyOf(connection),
    tunnels: await readTelemetry(own, stack),
    lastRotation: (insideCidr) => lastRotation(session.folders, tunnel.identity, insideCidr),
  });
  for (const warning of warnings) session.report.note('warn', warning);
}

/** The tunnels that wait for the preferred one to fail: with a policy-based connection one of them carries the traffic. */
function standbyOf({ description, interfaces }: GatewayConnection): ReadonlySet<string> {
  if (description.mode !== 'policy-based') return new Set();
  const [, ...others] = Object.keys(description.tunnels).sort(
    (a, b) => (interfaces[a] ?? 0) - (interfaces[b] ?? 0),
  );
  return new Set(others);
}

/** Writes the files with the new key beside those of now, shows both and the plan, and asks. @throws {@link Declined} */
async function confirmRotation(
  session: Session,
  { host }: AppliedHost,
  next: string,
  record: PlanRecord,
  together: readonly string[],
): Promise<void> {
  writeFolder(next, hostFiles(session, host));
  showPlans(session, [record.summary], new Set());
  session.report.say(`\ngateway   ${shownPath(folderOf(session, host))}/   as it is now`);
  session.report.say(`          ${shownPath(next)}/   with the new key: have it at hand on the gateway`);
  await confirm(session, {
    done: 'rotated',
    text:
      together.length === 1
        ? `Type 'yes' to give tunnel ${together.join()} its new key:`
        : `Type 'yes' to give the tunnels ${listed(together)} their new key:`,
    answer: 'yes',
  });
}

function showSteps(session: Session, folder: string, steps: readonly string[]): void {
  const { report, environment, simulated } = session;
  if (steps.length === 0) {
    report.say("\nNext:     nothing: the gateway's files do not use this tunnel");
    return;
  }
  report.say(`\nNext:     on the gateway, as root, in the folder ${folder}:`);
  for (const step of steps) report.say(`            ${step}`);
  report.say(
    `          then check that it is up: npx kakehashi status ${environment}${simulated ? ' --sandbox' : ''}`,
  );
}
