import path from 'node:path';
import { CommandError, Failure } from '../../../base/errors';
import { Interrupted } from '../../../base/interrupted';
import { findTerraform } from '../../../terraform/binary';
import { Terraform } from '../../../terraform/terraform';
import type { Purpose, RightsVerdict } from '../../kinds/rights';
import { foldersOf } from '../../session/folders';
import type { InitSession } from '../../session/init';
import { holdFolder } from '../../session/run-lock';
import type { Examination } from '../check';
import { type TerraformVariablesOf, variablesForTerraform } from '../terraform-variables';
import { type TerraformBlock, Trial } from '../trial';
import { cloudAsker } from './cloud-asker';
import type { NeededOfCloud, NeededRights } from './needed-rights';
import { checkState } from './state-check';
import { checkVaultRights } from './vault-check';
import type { VaultRights } from './vault-rights';

/** What is checked, and with what. */
export interface CheckedRights
  extends Pick<
    Examination,
    'environment' | 'settings' | 'report' | 'processes' | 'vaults' | 'variables' | 'stop'
  > {
  readonly catalog: Exclude<Examination['catalog'], Error>;
  readonly purpose: Purpose;
  readonly needed: NeededRights;
  readonly vaultRights?: VaultRights;
  /** A private folder with the synthesized stacks, relative to the project. */
  readonly out: string;
  /** The blocks `terraform` of the stacks, by id. */
  readonly blocks: ReadonlyMap<string, TerraformBlock>;
}

/** Compares what a purpose needs with what the credentials that it would use may do. Nothing is changed anywhere. @throws Interrupted */
export async function checkRights(run: CheckedRights): Promise<readonly RightsVerdict[]> {
  const { vaultRights, needed, settings } = run;
  const { vault } = run.catalog.catalog.kinds;
  const ofVault =
    vault === undefined || vaultRights === undefined ? [] : [await checkVaultRights(run, vault, vaultRights)];
  if (run.stop.aborted) throw new Interrupted();
  if (settings.sandbox) return [...needed.clouds.map(unasked('the sandbox needs no rights')), ...ofVault];
  const terraform = await variablesForTerraform(run);
  const ofClouds: RightsVerdict[] = [];
  for (const cloud of needed.clouds) ofClouds.push(...(await ofCloud(run, cloud, terraform)));
  return [...ofClouds, ...(await ofStates(run, terraform)), ...ofVault];
}

const unasked =
  (because: string) =>
  ({ rights }: NeededOfCloud): RightsVerdict => ({
    subject: rights.title.replace(/:.*$/, ''),
    allowed: 0,
    missing: [],
    unknown: [because],
  });

/** The verdicts of one cloud; what stands in the way of its check is a part of them. @throws Interrupted */
async function ofCloud(
  run: CheckedRights,
  cloud: NeededOfCloud,
  { variables, withheld }: TerraformVariablesOf,
): Promise<readonly RightsVerdict[]> {
  const { rights, asked, stack } = cloud;
  if (stack === undefined)
    return [unasked('no stack has its provider, which would be asked; only states lie there')(cloud)];
  const kind = run.catalog.stacks.find(({ id }) => id === stack)?.kind;
  if (kind !== undefined && withheld.includes(kind))
    return [unasked("its credentials are in Vault, where they can't be read now")(cloud)];
  let release = () => {};
  try {
    const session = await askingSession(run, variables);
    // The folder of providers is in it, which two runs must not fill at once.
    release = holdFolder(path.dirname(session.folders.plugins), run.environment);
    return await rights.check({ ...asked, ask: cloudAsker(session, stack) });
  } catch (error) {
    if (error instanceof Interrupted || run.processes.interrupted) throw new Interrupted();
    if (!(error instanceof Failure) && !(error instanceof CommandError)) throw error;
    return [unasked(error.message)(cloud)];
  } finally {
    release();
  }
}

/** A session that asks in the private folder, with the providers that plans share. */
async function askingSession(run: CheckedRights, variables: NodeJS.ProcessEnv): Promise<InitSession> {
  const { environment, settings, processes, report } = run;
  const binary = await findTerraform(settings.terraformBin, processes, variables);
  const { catalogDirectory } = settings;
  const folders = foldersOf(environment, { sandbox: false, catalogDirectory });
  const listener = {
    log: { write: () => undefined, masks: report.log.masks },
    note: () => undefined,
  };
  return {
    simulated: false,
    folders: { ...folders, out: run.out },
    circumstances: { simulated: false, terraform: `${binary.flavor} ${binary.version}` },
    terraform: new Terraform(binary, processes, variables, listener),
    variables,
  };
}

/** Whether the first state can be read, which stands for all: they lie side by side. @throws Interrupted */
async function ofStates(
  run: CheckedRights,
  { variables, withheld }: TerraformVariablesOf,
): Promise<readonly RightsVerdict[]> {
  const [first] = run.catalog.stacks;
  const block = first === undefined ? undefined : run.blocks.get(first.id);
  if (first === undefined || block?.backend === undefined) return [];
  const [type = 'local'] = Object.keys(block.backend);
  const subject = `state in ${type}`;
  const none = { subject, allowed: 0, missing: [] };
  if (type === 'local') return [];
  if (withheld.length > 0)
    return [{ ...none, unknown: ["Terraform gets credentials from Vault, which can't be read now"] }];
  const trial = new Trial({ ...run, variables });
  try {
    return await checkState(trial, { stack: first.id, block, purpose: run.purpose, variables });
  } catch (error) {
    if (!(error instanceof Failure) && !(error instanceof CommandError)) throw error;
    return [{ ...none, unknown: [error.message] }];
  } finally {
    trial.close();
  }
}
