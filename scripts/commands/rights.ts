import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EXIT, Failure, UsageError } from '../../base/errors';
import { shownPath } from '../../base/files';
import { writeGiven } from '../../base/given-file';
import { Interrupted } from '../../base/interrupted';
import { Processes } from '../../base/process';
import { onStop } from '../../base/signals';
import type { Loaded } from '../../catalog/environment/catalog';
import { calledFor } from '../doctor/check';
import { checkRights } from '../doctor/rights/check-rights';
import { type NeededRights, neededRights } from '../doctor/rights/needed-rights';
import { eventOf, findingsOf, isLacking } from '../doctor/rights/show-verdicts';
import { type VaultRights, vaultPolicy, vaultRights } from '../doctor/rights/vault-rights';
import { sandboxVault } from '../doctor/sandbox-vault';
import { showFindings } from '../doctor/show-findings';
import type { TerraformBlock } from '../doctor/trial';
import { PURPOSES, type Purpose, type RightsVerdict } from '../kinds/rights';
import type { Report } from '../report/report';
import { Revision } from '../run/affected/revision';
import { readCatalog, shownDirectory } from '../session/read-catalog';
import { reportOf, targetOf } from '../session/session';
import type { Settings } from '../session/settings';
import { Vaults } from '../session/vaults';
import { namedEnvironments } from './environments';

/** What the flags of `doctor --for` say. */
export interface RightsOptions {
  readonly purpose: string;
  readonly all: boolean;
  readonly out?: string;
  /** Whether the credentials are compared with what is printed. */
  readonly check: boolean;
}

/** A purpose of an environment. */
interface Asked {
  readonly environment: string;
  readonly settings: Settings;
  readonly purpose: Purpose;
  readonly out?: string;
  readonly check: boolean;
}

/**
 * `kakehashi doctor --for`: prints the smallest rights for a purpose, derived from what the stacks of an environment make, and says
 * which of them the credentials lack. Without the check it asks nobody, and needs neither Terraform nor credentials.
 */
export async function rights(
  settings: Settings,
  names: readonly string[],
  { purpose, all, out, check }: RightsOptions,
): Promise<number> {
  const known = PURPOSES.find((one) => one === purpose);
  if (known === undefined)
    throw new UsageError(`--for: must be one of ${PURPOSES.join(', ')}, got ${JSON.stringify(purpose)}`);
  const chosen = namedEnvironments(settings, names, all);
  if (chosen.length > 1 && (out !== undefined || settings.json))
    throw new UsageError('--for: writes the rights of one environment, got several');
  const codes: number[] = [];
  for (const name of chosen) {
    const own = { ...targetOf(settings, name), purpose: known, check };
    codes.push(await rightsOf(out === undefined ? own : { ...own, out }));
  }
  return Math.max(...codes);
}

async function rightsOf(asked: Asked): Promise<number> {
  const { environment, settings, purpose, out } = asked;
  // With --json alone stdout is the document.
  const isWhole = settings.json && out === undefined;
  const report = reportOf({ ...settings, json: settings.json && !isWhole }, { stdoutTaken: isWhole }).of(
    environment,
  );
  const processes = new Processes();
  const stop = new AbortController();
  const endStops = onStop(() => {
    processes.interrupt();
    stop.abort();
  });
  const scratch = mkdtempSync(path.join(tmpdir(), 'kakehashi-rights-'));
  try {
    const loaded = readCatalog(environment, settings, report, { lenient: true });
    const stacks = loaded.stacks.map(({ id }) => id);
    const folder = path.join(scratch, 'out');
    const configurations = await new Revision(process.cwd(), shownDirectory(settings)).synthesize(
      new Map([[environment, stacks]]),
      { processes, variables: process.env, out: folder },
    );
    const needed = neededRights(environment, purpose, loaded.stacks, configurations);
    const { vault } = loaded.catalog.kinds;
    const ofVault = vault === undefined ? undefined : vaultRights(loaded, vault, purpose);
    if (needed.documents.length === 0 && ofVault === undefined)
      throw new Failure(`${environment}: nothing of it needs rights in a cloud or in Vault`);
    const printed: Printed = { ...asked, needed, ...(ofVault === undefined ? {} : { ofVault }) };
    if (!isWhole) print(report, printed);
    const verdicts = asked.check
      ? await checked(report, printed, { loaded, processes, stop: stop.signal, folder })
      : [];
    if (isWhole) process.stdout.write(documentOf(printed, verdicts));
    return verdicts.some(isLacking) ? EXIT.failed : EXIT.done;
  } catch (error) {
    throw stop.signal.aborted && !(error instanceof Interrupted) ? new Interrupted() : error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    endStops();
    report.close();
  }
}

interface Printed extends Asked {
  readonly needed: NeededRights;
  readonly ofVault?: VaultRights;
}

/** As JSON. @param verdicts - what was found out about the credentials; none where they were not looked at */
function documentOf(
  { environment, purpose, check, needed, ofVault }: Printed,
  verdicts: readonly RightsVerdict[],
): string {
  const { documents, others } = needed;
  const whole = {
    environment,
    purpose,
    documents: documents.map(({ title, document }) => ({ title, document })),
    ...(others.length === 0 ? {} : { others }),
    ...(ofVault === undefined ? {} : { vault: vaultPolicy(ofVault) }),
    ...(check ? { checks: verdicts.map((verdict) => eventOf(purpose, verdict)) } : {}),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function print(report: Report, printed: Printed): void {
  const { environment, purpose, out, needed, ofVault } = printed;
  if (out !== undefined) {
    writeGiven(out, documentOf({ ...printed, check: false }, []));
    report.say(`rights    ${shownPath(out)}`);
    return;
  }
  report.say(`${environment}: what kakehashi ${purpose} needs`);
  for (const { title, document, remarks } of needed.documents) {
    report.say(`\n${title}`);
    report.show(`${JSON.stringify(document, null, 2)}\n`);
    for (const remark of remarks) report.say(`· ${remark}`);
  }
  for (const other of needed.others) report.say(`\n· ${other}`);
  if (ofVault !== undefined) {
    report.say('\nVault: a policy of the token');
    report.show(vaultPolicy(ofVault));
  }
}

interface Checking {
  readonly loaded: Loaded;
  readonly processes: Processes;
  readonly stop: AbortSignal;
  /** The private folder of the synthesized stacks. */
  readonly folder: string;
}

/** Compares the credentials with what is printed, and shows what they lack. */
async function checked(
  report: Report,
  { environment, settings, purpose, needed, ofVault }: Printed,
  { loaded, processes, stop, folder }: Checking,
): Promise<readonly RightsVerdict[]> {
  const closing: (() => unknown)[] = [];
  try {
    const ownVault = settings.sandbox ? () => sandboxVault(report, closing) : undefined;
    const verdicts = await checkRights({
      environment,
      settings,
      report,
      processes,
      vaults: new Vaults(report, stop, ownVault),
      variables: process.env,
      stop,
      catalog: loaded,
      purpose,
      needed,
      out: path.relative(process.cwd(), folder),
      blocks: new Map(loaded.stacks.map(({ id }) => [id, blockOf(folder, id)])),
      ...(ofVault === undefined ? {} : { vaultRights: ofVault }),
    });
    report.say('');
    for (const verdict of verdicts) {
      const called = (command: string) => calledFor({ environment, settings }, command);
      showFindings(report, 'rights', findingsOf(verdict), called);
      report.event({ type: 'rights_checked', ...eventOf(purpose, verdict) });
    }
    return verdicts;
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

function blockOf(folder: string, stack: string): TerraformBlock {
  const file = path.join(folder, 'stacks', stack, 'cdk.tf.json');
  const { terraform } = JSON.parse(readFileSync(file, 'utf8')) as { terraform?: TerraformBlock };
  return terraform ?? {};
}
