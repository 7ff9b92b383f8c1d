import { rmSync } from 'node:fs';
import { Declined, EXIT, Failure, UsageError } from '../../base/errors';
import { shownPath, writeAtomically } from '../../base/files';
import { networkStackId } from '../../catalog/ground/stacks';
import type { Loaded } from '../../catalog/load';
import { writeFolder } from '../../gateway/folder/write';
import type { GatewayConnection } from '../../model/gateway/host';
import { Journal } from '../../terraform/journal';
import { discardPlan } from '../../terraform/plan/saved-plan';
import { applyWave } from '../run/apply-wave';
import { appliedHost } from '../run/gateway/host';
import { folderOf, hostFiles } from '../run/gateway/host-folder';
import { storeHostKeys } from '../run/gateway/keys/stored';
import { renderHost } from '../run/gateway/render';
import { guardRotation } from '../run/gateway/rotation/guard';
import { newPresharedKey } from '../run/gateway/rotation/new-key';
import { planRotation } from '../run/gateway/rotation/plan';
import {
  noteRotation,
  type PendingRotation,
  pendingFile,
  pendingRotation,
} from '../run/gateway/rotation/rotations';
import { rotationSteps } from '../run/gateway/rotation/steps';
import { readTelemetry } from '../run/gateway/status/telemetry';
import { prepare } from '../run/prepare';
import { showPlans } from '../run/show-plan';
import { Waves } from '../run/waves';
import { confirm } from '../session/confirm';
import { stackFolder } from '../session/folders';
import { Initializer } from '../session/init';
import { type Session, withSession } from '../session/session';
import type { Settings } from '../session/settings';

export interface RotateFlags {
  /** The inside CIDRs that were given; only one is accepted. */
  readonly tunnels: readonly string[];
  /** Whether the user has checked the other tunnel, so that its telemetry is not read. */
  readonly iChecked: boolean;
}

/** `kakehashi gateway rotate`: gives one tunnel a new pre-shared key, at the cloud and in the gateway's files. */
export function rotate(
  settings: Settings,
  [environment, network]: readonly string[],
  flags: RotateFlags,
): Promise<number> {
  const [tunnel, second] = flags.tunnels;
  if (tunnel === undefined)
    throw new UsageError(
      'gateway rotate: which tunnel? name it by its inside CIDR: --tunnel 169.254.100.0/30',
    );
  if (second !== undefined)
    throw new UsageError(
      `gateway rotate: one tunnel at a time, so that the other carries the traffic; got ${flags.tunnels.join(' and ')}`,
    );
  return withSession({ command: 'gateway rotate' }, settings, environment, async (session) => {
    const loaded = await prepare(session);
    const stack = networkStackId(session.environment, networkOf(loaded, network));
    const key = String(network);
    const initializer = new Initializer(session);
    const own = { session, loaded, initializer };
    checkKeyFolder(loaded);
    const before = await appliedHost(own);
    checkTunnel(session, key, tunnel, before?.host.connections ?? []);
    if (!flags.iChecked)
      guardRotation(session, key, tunnel, await readTelemetry(session, initializer, stack));
    const { pending, isResumed } = beginRotation(session, key, tunnel, before?.host.connections ?? []);
    await initializer.init(stack);
    const record = await planRotation(session, loaded, stack, tunnel, pending.key);
    const replaced = new Map([[`${session.environment}/${key}/${tunnel}`, pending.key]]);
    const after = await appliedHost(own, { replaced });
    if (after === undefined) throw new Failure(`${session.environment}: nothing is applied any more`);
    const next = `${folderOf(session, after.host)}.next`;
    try {
      writeFolder(next, hostFiles(session, after.host));
      showPlans(session, [record.summary], new Set());
      session.report.say(`\ngateway   ${shownPath(folderOf(session, after.host))}/   as it is now`);
      session.report.say(`          ${shownPath(next)}/   with the new key: have it ready on the gateway`);
      await confirm(session, {
        done: 'rotated',
        text: `Type 'yes' to give tunnel ${tunnel} its new key:`,
        answer: 'yes',
      });
      const waves = new Waves([{ id: stack, requires: [] }]);
      const journal = new Journal(session.folders.journal);
      await applyWave(session, waves, journal, [record], 'rotate');
      if (waves.stateOf(stack).kind !== 'settled') return EXIT.failed;
    } catch (error) {
      // Nobody else has the new key yet, unless an earlier run has sent it to the cloud.
      if (error instanceof Declined && !isResumed) forget(session, next);
      throw error;
    } finally {
      discardPlan(stackFolder(session.folders, stack));
    }
    noteRotation(session.folders, key, tunnel, new Date());
    await storeHostKeys(own, after.host.connections, new Set([stack]));
    await renderHost(own);
    forget(session, next);
    session.report.event({ type: 'key_rotated', environment: session.environment, network: key, tunnel });
    const steps = rotationSteps(after.host, `${session.environment}/${key}`, tunnel);
    showSteps(session, shownPath(folderOf(session, after.host)), steps);
    return EXIT.done;
  });
}

function networkOf(loaded: Loaded, network: string | undefined): string {
  const known = loaded.catalog.networks.filter(({ vpn }) => vpn !== undefined).map(({ key }) => key);
  if (network !== undefined && known.includes(network)) return network;
  throw new UsageError(
    `gateway rotate: must name a network with a VPN, got "${network ?? ''}"; there are: ${known.join(', ') || 'none'}`,
  );
}

/** Checks that the new key can reach the gateway: in its files, or through Vault. */
function checkKeyFolder({ catalog }: Loaded): void {
  const { site, vault } = catalog;
  const named = site?.gateway.keyReference;
  if (named === undefined || named === vault?.presharedKeys?.toString()) return;
  throw new Failure(
    `site.gateway.key_reference: the gateway reads its keys at ${named}, where kakehashi stores none; to rotate, name the same folder as vault.preshared_keys, or let the files hold the keys`,
  );
}

function checkTunnel(
  session: Session,
  network: string,
  tunnel: string,
  connections: readonly GatewayConnection[],
): void {
  const connection = connections.find(
    (candidate) => candidate.environment === session.environment && candidate.network === network,
  );
  if (connection === undefined)
    throw new Failure(`${session.environment}/${network}: not applied yet: there is no key to rotate`);
  const { description } = connection;
  if (description.tunnels[tunnel] === undefined) {
    const known = Object.entries(description.tunnels)
      .sort(([a], [b]) => (connection.interfaces[a] ?? 0) - (connection.interfaces[b] ?? 0))
      .map(([cidr, { outside_address }]) => `${cidr} (${outside_address})`);
    throw new UsageError(
      `gateway rotate: ${network} has no tunnel ${tunnel}; its tunnels: ${known.join(', ')}`,
    );
  }
  if (description.preshared_key_arn !== undefined) {
    throw new Failure(
      `${session.environment}/${network}: AWS keeps its keys in Secrets Manager, and a key that Terraform sets would lie in the state; rotate it with: aws ec2 modify-vpn-tunnel-options, then run: kakehashi gateway ${session.environment}`,
    );
  }
}

/** The key of a rotation of this tunnel that was begun before, else a new one. It is written to its file before it is used. */
function beginRotation(
  session: Session,
  network: string,
  insideCidr: string,
  connections: readonly GatewayConnection[],
): { readonly pending: PendingRotation; readonly isResumed: boolean } {
  const { folders, report } = session;
  const begun = stillThere(session, pendingRotation(folders), connections);
  if (begun !== undefined && (begun.network !== network || begun.insideCidr !== insideCidr)) {
    throw new Failure(
      `a rotation of ${begun.network}, tunnel ${begun.insideCidr}, was begun and not finished; finish it first: kakehashi gateway rotate ${session.environment} ${begun.network} --tunnel ${begun.insideCidr}`,
    );
  }
  const pending = begun ?? { network, insideCidr, key: newPresharedKey() };
  report.log.masks.add(pending.key);
  writeAtomically(pendingFile(folders), `${JSON.stringify(pending)}\n`, 0o600);
  return { pending, isResumed: begun !== undefined };
}

/** A rotation that was begun, if its tunnel is still applied; otherwise it can't be finished. */
function stillThere(
  session: Session,
  begun: PendingRotation | undefined,
  connections: readonly GatewayConnection[],
): PendingRotation | undefined {
  const isThere = connections.some(
    ({ environment, network, description }) =>
      environment === session.environment &&
      network === begun?.network &&
      description.tunnels[begun.insideCidr] !== undefined,
  );
  if (begun === undefined || isThere) return begun;
  session.report.note(
    'warn',
    `a rotation of ${begun.network}, tunnel ${begun.insideCidr}, was begun; that tunnel is gone, and its key with it`,
  );
  return undefined;
}

/** Removes the temporary files of a rotation. */
function forget(session: Session, next: string): void {
  rmSync(next, { recursive: true, force: true });
  rmSync(pendingFile(session.folders), { force: true });
}

function showSteps(session: Session, folder: string, steps: readonly string[]): void {
  if (steps.length === 0) {
    session.report.say("\nNext:     nothing: the gateway's files do not use this tunnel");
    return;
  }
  session.report.say(`\nNext:     on the gateway, as root, in the folder ${folder}:`);
  for (const step of steps) session.report.say(`            ${step}`);
  session.report.say(
    `          then check that it is up: npx kakehashi status ${session.environment}${session.simulated ? ' --sandbox' : ''}`,
  );
}
