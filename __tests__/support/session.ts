import path from 'node:path';
import { Processes } from '../../base/process';
import { Report } from '../../scripts/report/report';
import { foldersOf } from '../../scripts/session/folders';
import { HeldFolders } from '../../scripts/session/run-lock';
import type { Session } from '../../scripts/session/session';
import { settingsOf } from '../../scripts/session/settings';
import { Vaults } from '../../scripts/session/vaults';
import { Terraform } from '../../terraform/terraform';
import { SCRIPTED } from './scripted-terraform';

/** The session of a run on `dev` in this folder, with the scripted Terraform; `more` takes the place of its parts. */
export function sessionIn(root: string, more: Partial<Session> = {}): Session {
  const { simulated = false, variables = process.env } = more;
  const catalogDirectory = path.join(root, 'catalog');
  const folders = foldersOf('dev', { sandbox: simulated, catalogDirectory, root });
  const report =
    more.report ?? new Report({ json: false, color: false, level: 'warn', logFolder: folders.logs });
  const processes = new Processes();
  const binary = { file: SCRIPTED, flavor: 'terraform', version: '1.11.4' } as const;
  const stop = new AbortController().signal;
  return {
    environment: 'dev',
    settings: settingsOf({ yes: true, catalog: catalogDirectory }, {}),
    folders,
    report,
    processes,
    terraform: new Terraform(binary, processes, variables, report),
    variables,
    held: new HeldFolders(),
    vaults: new Vaults(report, stop, undefined),
    simulated,
    simulatedProviders: [],
    circumstances: { simulated, terraform: 'terraform 1.11.4' },
    parallelism: 2,
    stop,
    waitsFor: { text: () => undefined },
    ...more,
  };
}
