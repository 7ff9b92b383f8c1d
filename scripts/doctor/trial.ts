import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Interrupted } from '../../base/interrupted';
import type { Processes } from '../../base/process';
import type { Stack } from '../../catalog/kinds/registry';
import { findTerraform, initFormat } from '../../terraform/binary';
import { MessageReader } from '../../terraform/message-reader';
import { foldersOf } from '../session/folders';
import { reportOf } from '../session/session';
import type { Settings } from '../session/settings';
import { synthesize } from '../session/synthesize';

/** The `terraform` block of a stack's configuration, as far as a trial needs it. */
export interface TerraformBlock {
  readonly required_providers?: Readonly<
    Record<string, { readonly source?: string; readonly version?: string }>
  >;
  readonly backend?: Readonly<Record<string, object>>;
  readonly cloud?: object;
}

/** What a trial needs of an examination. */
interface TrialOptions {
  readonly environment: string;
  readonly settings: Settings;
  readonly processes: Processes;
  /** Those of the user, without what would mislead Terraform. */
  readonly variables: NodeJS.ProcessEnv;
}

/** How a trial of `terraform init` ended. */
export interface InitTrial {
  /** `silent`: it did not end in time. */
  readonly kind: 'passed' | 'failed' | 'silent';
  /** Terraform's errors, each in one line. */
  readonly errors: readonly string[];
}

/**
 * Trials of Terraform in a folder of their own, which is removed at the end: what it finds there is what a plan will find,
 * because it is the same program with the same variables.
 */
export class Trial {
  private readonly folder: string;
  private written: Promise<ReadonlyMap<string, TerraformBlock>> | undefined;
  private count = 0;

  constructor(private readonly options: TrialOptions) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-doctor-'));
  }

  /** The blocks of the environment's stacks, by id. @throws {@link CommandError}, {@link Failure} where it can't be synthesized */
  blocks(stacks: readonly Stack[]): Promise<ReadonlyMap<string, TerraformBlock>> {
    this.written ??= this.synthesize(stacks);
    return this.written;
  }

  /** Runs `terraform init` with nothing but this block. @param variables - those that Terraform gets */
  async init(block: TerraformBlock, variables: NodeJS.ProcessEnv, seconds: number): Promise<InitTrial> {
    const { processes, settings } = this.options;
    const binary = await findTerraform(settings.terraformBin, processes, variables);
    this.count += 1;
    const folder = path.join(this.folder, `trial-${this.count}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify({ terraform: block }));
    const reader = new MessageReader(() => undefined);
    const signal = AbortSignal.timeout(seconds * 1000);
    const result = await processes.run({
      command: binary.file,
      args: ['init', initFormat(binary), '-input=false'],
      cwd: folder,
      env: variables,
      expendable: true,
      signal,
      onLine: (line) => reader.line(line),
    });
    if (processes.interrupted) throw new Interrupted();
    const told = reader.diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`);
    const errors = (told.length > 0 ? told : errorsIn(reader.printed)).map((text) =>
      text.replace(/\s+/g, ' ').trim(),
    );
    if (result.kind === 'killed' && signal.aborted) return { kind: 'silent', errors };
    const isGood = result.kind === 'exited' && result.exitCode === 0;
    return isGood ? { kind: 'passed', errors: [] } : { kind: 'failed', errors };
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async synthesize(stacks: readonly Stack[]): Promise<ReadonlyMap<string, TerraformBlock>> {
    const { environment, settings, processes, variables } = this.options;
    const { catalogDirectory, sandbox } = settings;
    const folders = foldersOf(environment, { sandbox, catalogDirectory });
    const out = path.relative(folders.root, path.join(this.folder, 'out'));
    // Its events and its log are not those of the examination.
    const report = reportOf({ ...settings, json: false, color: false, logLevel: 'error' });
    const own = { ...folders, out };
    await synthesize(
      { environment, settings, folders: own, report, processes, variables, lenient: true },
      { stacks, unapplied: [] },
    );
    return new Map(
      stacks.map(({ id }) => {
        const file = path.join(this.folder, 'out/stacks', id, 'cdk.tf.json');
        const { terraform } = JSON.parse(readFileSync(file, 'utf8')) as { terraform?: TerraformBlock };
        return [id, terraform ?? {}];
      }),
    );
  }
}

/** The errors in the text of a Terraform that prints no messages. */
function errorsIn(lines: readonly string[]): readonly string[] {
  const text = lines.map((line) => line.replace(/^[│╷╵|\s]+/, '')).join(' ');
  const [, ...errors] = text.split(/\bError: /);
  return errors.length > 0 ? errors : [text];
}
