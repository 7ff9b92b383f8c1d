import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../../../base/errors';
import { digestOf, digestOfFile } from '../../../base/files';
import { Interrupted } from '../../../base/interrupted';
import { makeFolder } from '../../../base/make-folder';
import type { Processes } from '../../../base/process';
import { compareTexts } from '../../../base/text/compare-texts';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { FolderReadings } from '../../../catalog/environment/neighbours';
import type { SurveyedEnvironment } from '../../../catalog/environment/survey';
import type { Problem } from '../../../catalog/ground/problem';
import { APP } from '../../session/synthesize';
import { type NormalConfiguration, normalConfiguration } from './normal-configuration';

/** An environment that was read, or what is wrong with it. */
export type Reading = { readonly loaded: Loaded } | { readonly problems: readonly Problem[] };

/** A project as it is at one revision, in a folder. */
export class Revision {
  private folder: FolderReadings | undefined;
  private readonly readings = new Map<string, Reading>();
  private surveyed: ReadonlyMap<string, SurveyedEnvironment> | undefined;
  private others: string | undefined;

  /**
   * @param project - its folder
   * @param catalog - the folder of its catalogs, as messages show it
   */
  constructor(
    readonly project: string,
    readonly catalog: string,
  ) {}

  get environments(): ReadonlyMap<string, SurveyedEnvironment> {
    const { surveyFolder } =
      require('../../../catalog/environment/survey') as typeof import('../../../catalog/environment/survey');
    this.surveyed ??= surveyFolder(this.catalog, this.folderReadings);
    return this.surveyed;
  }

  /** What was read of the folder of catalogs, for all environments. */
  private get folderReadings(): FolderReadings {
    const { FolderReadings } =
      require('../../../catalog/environment/neighbours') as typeof import('../../../catalog/environment/neighbours');
    this.folder ??= new FolderReadings();
    return this.folder;
  }

  /** The digest of the files that an environment is made of; undefined where it has none. */
  inputsOf(environment: string): string | undefined {
    const files = this.environments.get(environment)?.files;
    if (files === undefined) return undefined;
    const all = [...files, path.join(this.catalog, `${environment}.lock.yml`)];
    const digests = all.map((file) => [path.relative(this.catalog, file), digestOfFile(file) ?? '']);
    return digestOf(JSON.stringify([digests, this.otherFiles]));
  }

  /** The digest of all other files of the folder of catalogs: scripts of nodes. */
  private get otherFiles(): string {
    this.others ??= digestOf(
      JSON.stringify(
        filesBelow(this.catalog)
          .filter((file) => !/\.ya?ml$|\.schema\.json$/.test(file))
          .map((file) => [file, digestOfFile(path.join(this.catalog, file)) ?? '']),
      ),
    );
    return this.others;
  }

  /** An environment's catalog, without a look at states. */
  read(environment: string): Reading {
    const known = this.readings.get(environment);
    if (known !== undefined) return known;
    const reading = this.load(environment);
    this.readings.set(environment, reading);
    return reading;
  }

  private load(environment: string): Reading {
    const { loadEnvironment } = require('../../../catalog/load') as typeof import('../../../catalog/load');
    const { CatalogError } =
      require('../../../catalog/ground/catalog-error') as typeof import('../../../catalog/ground/catalog-error');
    try {
      const options = { directory: this.catalog, environment, lenient: true, readings: this.folderReadings };
      return { loaded: loadEnvironment(options) };
    } catch (error) {
      if (error instanceof CatalogError) return { problems: error.problems };
      throw error;
    }
  }

  /**
   * The configurations of some stacks, by id.
   *
   * @param chosen - ids of stacks, by environment
   * @throws {@link CommandError}
   */
  async synthesize(
    chosen: ReadonlyMap<string, readonly string[]>,
    { processes, variables, out }: Synthesis,
  ): Promise<ReadonlyMap<string, NormalConfiguration>> {
    const environments = [...chosen.keys()];
    const stacks = [...chosen.values()].flat();
    if (stacks.length === 0) return new Map();
    makeFolder(out, 0o700);
    const env: NodeJS.ProcessEnv = {
      ...variables,
      KAKEHASHI_ENV: environments.join(','),
      KAKEHASHI_CATALOG: this.catalog,
      KAKEHASHI_UNSETTLED: '1',
      KAKEHASHI_STACKS: stacks.join(','),
      CDKTF_OUTDIR: out,
    };
    delete env.KAKEHASHI_SANDBOX;
    delete env.KAKEHASHI_UNAPPLIED;
    const result = await processes.run({
      command: process.execPath,
      args: [APP],
      cwd: this.project,
      env,
      expendable: true,
    });
    if (processes.interrupted) throw new Interrupted();
    if (result.kind !== 'exited' || result.exitCode !== 0) {
      const exitCode = result.kind === 'exited' ? result.exitCode : undefined;
      const argv = [process.execPath, APP];
      throw new CommandError(
        `${environments.join(', ')}: synth failed`,
        argv,
        result.kind,
        exitCode,
        result.lastLines,
      );
    }
    return new Map(
      stacks.map((id) => {
        const file = path.join(out, 'stacks', id, 'cdk.tf.json');
        return [id, normalConfiguration(readFileSync(file, 'utf8'))];
      }),
    );
  }
}

/** What a synthesis runs with. */
export interface Synthesis {
  readonly processes: Processes;
  readonly variables: NodeJS.ProcessEnv;
  /** A folder for what is synthesized. */
  readonly out: string;
}

/** The files below a folder, at their paths in it, sorted. Links are not followed, and hidden folders are left out. */
export function filesBelow(folder: string, below = ''): readonly string[] {
  const here = path.join(folder, below);
  if (!existsSync(here) || !statSync(here).isDirectory()) return [];
  return readdirSync(here, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => compareTexts(a.name, b.name))
    .flatMap((entry) => {
      const file = path.posix.join(below, entry.name);
      if (entry.isDirectory()) return filesBelow(folder, file);
      return entry.isFile() ? [file] : [];
    });
}
