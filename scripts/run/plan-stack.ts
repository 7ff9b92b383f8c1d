import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { networkStackId } from '../../catalog/ground/stacks';
import type { Loaded } from '../../catalog/load';
import type { Cidr } from '../../model/net/cidr';
import { erroredState } from '../../terraform/errored-state';
import { discardPlan, PLAN_FILE, type PlanRecord, recordPlan } from '../../terraform/plan/saved-plan';
import { type ScrubbedPlan, scrubPlan } from '../../terraform/plan/scrub';
import { countsOf, PlanMessages, type StackPlan } from '../../terraform/plan/stack-plan';
import type { PlanOptions } from '../../terraform/terraform';
import { changeWords, driftOf, driftWords } from '../kinds/aws-network/change-sentences';
import { networkWords } from '../kinds/aws-network/creation-sentences';
import { lostMounts, vaultWords } from '../kinds/vault/change-sentences';
import { refuseLostSecrets } from '../kinds/vault/lost-secrets';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';

/**
 * Plans one stack that is initialised, and saves the plan with its record.
 *
 * @throws TerraformError; {@link Failure} beside a state that could not be saved, and for a plan that would destroy
 * secrets which the catalog needs
 */
export async function planStack(
  session: Session,
  loaded: Loaded,
  stack: string,
  options: PlanOptions,
): Promise<PlanRecord> {
  const folder = stackFolder(session.folders, stack);
  const unsaved = erroredState(stack, folder);
  if (unsaved !== undefined) throw new Failure(unsaved);
  discardPlan(folder);
  const messages = new PlanMessages();
  await session.terraform.plan(folder, PLAN_FILE, options, (message) => messages.add(message));
  if (!existsSync(path.join(folder, PLAN_FILE)))
    throw new Failure(
      `${stack}: terraform plan ended well but wrote no plan: is ${session.terraform.binary.file} a Terraform?`,
    );
  if (!options.destroy) {
    try {
      refuseLostSecrets(loaded.catalog, lostMounts(messages.resources));
    } catch (error) {
      discardPlan(folder);
      throw error;
    }
  }
  const details = messages.complete ? undefined : await look(session, folder);
  return recordPlan(
    folder,
    session.circumstances,
    options.destroy,
    summarize(loaded, stack, messages, details),
  );
}

async function look(session: Session, folder: string): Promise<ScrubbedPlan> {
  const { masks } = session.report.log;
  return scrubPlan(await session.terraform.show(folder, path.join(folder, PLAN_FILE)), (secret) =>
    masks.add(secret),
  );
}

function summarize(
  loaded: Loaded,
  stack: string,
  messages: PlanMessages,
  details: ScrubbedPlan | undefined,
): StackPlan {
  const { catalog } = loaded;
  const drift = details === undefined ? [] : driftOf(details);
  const network = catalog.networks.find(
    (candidate) => networkStackId(catalog.environment, candidate.key) === stack,
  );
  const creates = messages.resources.some(
    ({ action, resourceType }) => action === 'create' && resourceType === 'aws_vpc',
  );
  const deletes = messages.resources.some(
    ({ action, resourceType }) => action === 'delete' && resourceType === 'aws_vpc',
  );
  const inVault = loaded.stacks.find(({ id, kind }) => id === stack && kind === 'vault');
  const words = (): readonly string[] => {
    if (inVault?.kind === 'vault' && messages.resources.length > 0)
      return vaultWords({ address: inVault.address, environment: catalog.environment }, messages.resources);
    if (details !== undefined) return changeWords(details);
    if (messages.resources.length === 0) return outputWords(messages.outputs);
    if (creates && network !== undefined) return networkWords(network, catalog.site);
    if (deletes) {
      const hasVpn = messages.resources.some(({ resourceType }) => resourceType === 'aws_vpn_connection');
      return [destroyWords(network?.vpcCidr, hasVpn)];
    }
    return changeWords({ changes: messages.resources.map(bareChange), drift: [], outputs: [] });
  };
  return {
    stack,
    counts: countsOf(messages.resources),
    resources: messages.resources,
    outputs: messages.outputs,
    drift,
    sentences: [...words(), ...driftWords(drift)],
  };
}

function outputWords(outputs: readonly string[]): readonly string[] {
  return outputs.length === 0
    ? []
    : [`nothing is built; what is noted about it changes: ${outputs.join(', ')}`];
}

function destroyWords(cidr: Cidr | undefined, hasVpn: boolean): string {
  const vpc = cidr === undefined ? 'the VPC' : `VPC ${cidr}`;
  return `${vpc} is DESTROYED, with all that is in it${hasVpn ? '; its VPN goes down' : ''}`;
}

/** A change of which only the message is known. */
function bareChange(change: PlanMessages['resources'][number]): ScrubbedPlan['changes'][number] {
  const actions = change.action === 'replace' ? ['delete', 'create'] : [change.action];
  return {
    address: change.address,
    type: change.resourceType,
    actions,
    replacedBy: [],
    before: {},
    after: {},
    changed: ['*'],
  };
}
