import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EXIT, Failure, UsageError } from '../../base/errors';
import { shownPath } from '../../base/files';
import { writeGiven } from '../../base/given-file';
import { Processes } from '../../base/process';
import { onStop } from '../../base/signals';
import { neededRights } from '../doctor/rights/needed-rights';
import { vaultPolicy } from '../doctor/rights/vault-rights';
import { PURPOSES, type Purpose } from '../kinds/rights';
import { Revision } from '../run/affected/revision';
import { readCatalog, shownDirectory } from '../session/read-catalog';
import { reportOf, targetOf } from '../session/session';
import type { Settings } from '../session/settings';
import { namedEnvironments } from './environments';

/**
 * `kakehashi doctor --for`: prints the smallest rights for a purpose, derived from what the stacks of an environment make. It asks no
 * cloud, and needs neither Terraform nor credentials.
 */
export async function rights(
  settings: Settings,
  names: readonly string[],
  { purpose, all, out }: { readonly purpose: string; readonly all: boolean; readonly out?: string },
): Promise<number> {
  const known = PURPOSES.find((one) => one === purpose);
  if (known === undefined)
    throw new UsageError(`--for: must be one of ${PURPOSES.join(', ')}, got ${JSON.stringify(purpose)}`);
  const chosen = namedEnvironments(settings, names, all);
  if (chosen.length > 1 && (out !== undefined || settings.json))
    throw new UsageError('--for: writes the rights of one environment, got several');
  for (const name of chosen) await rightsOf(settings, name, known, out);
  return EXIT.done;
}

async function rightsOf(
  settings: Settings,
  name: string | undefined,
  purpose: Purpose,
  out: string | undefined,
): Promise<void> {
  const { environment, settings: own } = targetOf(settings, name);
  // With --json stdout is the document alone.
  const isWhole = settings.json && out === undefined;
  const report = reportOf({ ...own, json: false }, { stdoutTaken: isWhole });
  const loaded = readCatalog(environment, own, report, { lenient: true });
  const processes = new Processes();
  const endStops = onStop(() => processes.interrupt());
  const scratch = mkdtempSync(path.join(tmpdir(), 'kakehashi-rights-'));
  try {
    const stacks = loaded.stacks.map(({ id }) => id);
    const configurations = await new Revision(process.cwd(), shownDirectory(own)).synthesize(
      new Map([[environment, stacks]]),
      { processes, variables: process.env, out: path.join(scratch, 'out') },
    );
    const { documents, others } = neededRights(environment, purpose, loaded.stacks, configurations);
    const { vault } = loaded.catalog.kinds;
    const policy = vault === undefined ? undefined : vaultPolicy(loaded, vault, purpose);
    if (documents.length === 0 && policy === undefined)
      throw new Failure(`${environment}: nothing of it needs rights in a cloud or in Vault`);
    if (out !== undefined || isWhole) {
      const whole = {
        environment,
        purpose,
        documents: documents.map(({ title, document }) => ({ title, document })),
        ...(others.length === 0 ? {} : { others }),
        ...(policy === undefined ? {} : { vault: policy }),
      };
      const text = `${JSON.stringify(whole, null, 2)}\n`;
      if (out === undefined) process.stdout.write(text);
      else writeGiven(out, text);
      if (out !== undefined) report.say(`rights    ${shownPath(out)}`);
      return;
    }
    report.say(`${environment}: what kakehashi ${purpose} needs`);
    for (const { title, document, remarks } of documents) {
      report.say(`\n${title}`);
      report.show(`${JSON.stringify(document, null, 2)}\n`);
      for (const remark of remarks) report.say(`· ${remark}`);
    }
    for (const other of others) report.say(`\n· ${other}`);
    if (policy !== undefined) {
      report.say('\nVault: a policy of the token');
      report.show(policy);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    endStops();
    report.close();
  }
}
