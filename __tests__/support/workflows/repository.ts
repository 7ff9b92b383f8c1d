import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../catalog-folder';
import { compiledCli } from '../compiled';
import { type ActionCall, type Machine, readWorkflow, runWorkflow, type WorkflowRun } from './run-workflow';

/** What happened on the code host. */
export interface HostEvent {
  readonly name: string;
  /** The commit that is checked out. */
  readonly sha: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The commit that a run of it bears. @default - `sha` */
  readonly head?: string;
}

interface PastRun {
  readonly id: number;
  readonly file: string;
  readonly head_sha: string;
  readonly head_branch: string;
  readonly conclusion: string;
}

/** `gh api PATH --jq EXPRESSION`, as much of it as the workflows ask, from what has happened so far. */
const GH = `
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const [, , api, asked, flag, expression] = process.argv;
if (api !== 'api' || flag !== '--jq' || !process.env.GH_TOKEN) process.exit(64);
const { runs, pulls } = JSON.parse(readFileSync(process.env.TEST_HOST_STATE, 'utf8'));
const url = new URL(asked, 'http://host/');
const [, file] = /actions\\/workflows\\/([^/]+)\\/runs$/.exec(url.pathname) ?? [];
const [, sha] = /commits\\/([^/]+)\\/pulls$/.exec(url.pathname) ?? [];
const fits = (run) =>
  run.file === file && (!url.searchParams.has('head_sha') || run.head_sha === url.searchParams.get('head_sha')) &&
  (!url.searchParams.has('status') || run.conclusion === url.searchParams.get('status')) &&
  (!url.searchParams.has('branch') || run.head_branch === url.searchParams.get('branch'));
if (file === undefined && sha === undefined) process.exit(1);
const answer = file === undefined ? pulls.filter((pull) => pull.shas.includes(sha)) : { workflow_runs: runs.filter(fits).reverse() };
process.stdout.write(execFileSync('jq', ['-r', expression], { input: JSON.stringify(answer) }));
`;

/** A repository on a code host: its commits, the runs of its workflows, their artifacts, and one simulated cloud. */
export class HostedRepository {
  readonly origin = path.join(temporaryFolder(), 'origin.git');
  /** The author's clone. */
  readonly clone = temporaryFolder();
  readonly cloud = temporaryFolder();
  private readonly bin = temporaryFolder();
  private readonly state = path.join(temporaryFolder(), 'state.json');
  private readonly runs: PastRun[] = [];
  private readonly pulls: { readonly head: { readonly sha: string }; readonly shas: readonly string[] }[] =
    [];
  readonly artifacts = temporaryFolder();

  /** @param variables of every step: where the code host's API is */
  constructor(private readonly variables: Readonly<Record<string, string>>) {
    execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', this.origin]);
    this.git('init', '--quiet', '-b', 'main');
    this.git('remote', 'add', 'origin', this.origin);
    this.program(
      'npx',
      `[ "$1 $2" = '--no-install kakehashi' ] || exit 127\nshift 2\nexec '${process.execPath}' '${compiledCli()}' "$@"`,
    );
    this.program('npm', `[ "$*" = 'ci --ignore-scripts' ]`);
    writeFileSync(path.join(this.bin, 'gh.cjs'), GH);
    this.program('gh', `exec '${process.execPath}' '${path.join(this.bin, 'gh.cjs')}' "$@"`);
  }

  git(...args: readonly string[]): string {
    const identity = [
      '-c',
      'user.name=Ann',
      '-c',
      'user.email=ann@example.org',
      '-c',
      'commit.gpgsign=false',
    ];
    return execFileSync('git', [...identity, ...args], {
      cwd: this.clone,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  /** Commits all that the clone has, and pushes it. */
  push(branch: string, message: string): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '-m', message);
    this.git('push', '--quiet', '--force', 'origin', `HEAD:${branch}`);
    return this.git('rev-parse', 'HEAD');
  }

  edit(file: string, from: string, to: string): void {
    const place = path.join(this.clone, file);
    const text = readFileSync(place, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    writeFileSync(
      place,
      text.replace(from, () => to),
    );
  }

  /** The commit that a pull request would be merged as, which is checked out for it. */
  merged(head: string, base: string): string {
    this.git('checkout', '--quiet', '--detach', base);
    this.git('merge', '--quiet', '--no-ff', '-m', 'Merge', head);
    const sha = this.git('rev-parse', 'HEAD');
    this.git('push', '--quiet', '--force', 'origin', `${sha}:refs/pull/7/merge`);
    return sha;
  }

  /** Merges: the branch main moves, and the host knows which pull request brought the commit. */
  land(sha: string, head: string): void {
    this.git('push', '--quiet', 'origin', `${sha}:main`);
    this.pulls.push({ head: { sha: head }, shas: [sha] });
  }

  /** Runs one command in the author's clone, with the simulated cloud. */
  kakehashi(...args: readonly string[]): string {
    this.takeCloud(this.clone);
    const output = execFileSync(process.execPath, [compiledCli(), ...args], {
      cwd: this.clone,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    this.giveCloud(this.clone);
    return output;
  }

  /**
   * Runs the workflow file that the checked out commit has.
   *
   * @param simulated whether its commands work on the cloud of this repository; without, they have no cloud
   */
  async run(
    file: string,
    event: HostEvent,
    { simulated = true } = {},
  ): Promise<WorkflowRun & { readonly id: number }> {
    const id = this.runs.length + 100;
    const source = readWorkflow(path.join(this.clone, '.github/workflows', file));
    const payload = path.join(temporaryFolder(), 'event.json');
    writeFileSync(payload, JSON.stringify(event.payload));
    writeFileSync(this.state, JSON.stringify({ runs: this.runs, pulls: this.pulls }));
    const machine: Machine = {
      workspace: () => {
        const folder = path.join(temporaryFolder(), 'workspace');
        mkdirSync(folder);
        return folder;
      },
      env: {
        ...Object.fromEntries(
          Object.entries(process.env).filter(([name]) => !/^(KAKEHASHI|AWS|VAULT|ARM|GITHUB)_/.test(name)),
        ),
        ...this.variables,
        CI: 'true',
        PATH: `${this.bin}${path.delimiter}${process.env.PATH}`,
        TEST_HOST_STATE: this.state,
        GITHUB_ACTIONS: 'true',
        GITHUB_EVENT_NAME: event.name,
        GITHUB_EVENT_PATH: payload,
        GITHUB_SHA: event.sha,
        GITHUB_REF_NAME: 'main',
        GITHUB_RUN_ID: String(id),
        ...(simulated ? { KAKEHASHI_SANDBOX: '1' } : {}),
      },
      act: (call) => this.act(call, id, event, simulated),
      left: (folder) => {
        if (simulated) this.giveCloud(folder);
      },
      github: {
        event_name: event.name,
        event: event.payload,
        repository: this.variables.GITHUB_REPOSITORY,
        server_url: 'https://github.example',
        run_id: id,
        sha: event.sha,
        token: 'token',
      },
    };
    const run = await runWorkflow(source, machine);
    this.runs.push({
      id,
      file,
      head_sha: event.head ?? event.sha,
      head_branch: 'main',
      conclusion: run.conclusion,
    });
    return { ...run, id };
  }

  /** The files of an artifact. */
  artifact(run: number, name: string): readonly string[] {
    const folder = path.join(this.artifacts, String(run), name);
    return existsSync(folder)
      ? (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[]).sort()
      : [];
  }

  private act(
    { action, inputs, workspace }: ActionCall,
    run: number,
    event: HostEvent,
    simulated: boolean,
  ): void {
    const store = path.join(this.artifacts, inputs['run-id'] || String(run));
    switch (action) {
      case 'actions/checkout':
        execFileSync('git', ['clone', '--quiet', '--no-checkout', this.origin, workspace]);
        execFileSync('git', ['fetch', '--quiet', 'origin', event.sha], { cwd: workspace });
        execFileSync('git', ['checkout', '--quiet', '--detach', event.sha], { cwd: workspace });
        if (simulated) this.takeCloud(workspace);
        return;
      case 'actions/upload-artifact': {
        const paths = (inputs.path ?? '').split('\n').filter((line) => line !== '');
        for (const one of paths) {
          const from = path.join(workspace, one);
          if (one.includes('*') || !existsSync(from)) continue;
          // The folder that all paths have in common is left out.
          cpSync(from, path.join(store, inputs.name ?? '', paths.length === 1 ? '' : one), {
            recursive: true,
          });
        }
        return;
      }
      case 'actions/download-artifact': {
        const to = path.join(workspace, inputs.path ?? '');
        if (inputs.name !== undefined) {
          if (!existsSync(path.join(store, inputs.name)))
            throw new Error(`Artifact not found for name: ${inputs.name}`);
          cpSync(path.join(store, inputs.name), to, { recursive: true });
          return;
        }
        const begins = (inputs.pattern ?? '').replace('*', '');
        for (const name of existsSync(store) ? readdirSync(store) : [])
          if (name.startsWith(begins))
            cpSync(path.join(store, name), path.join(to, name), { recursive: true });
        return;
      }
      case 'github/codeql-action/upload-sarif': {
        const { version, runs } = JSON.parse(
          readFileSync(path.join(workspace, inputs.sarif_file ?? ''), 'utf8'),
        );
        if (version !== '2.1.0' || !Array.isArray(runs)) throw new Error('no SARIF 2.1.0');
        return;
      }
      case 'actions/setup-node':
      case 'hashicorp/setup-terraform':
        return;
      default:
        throw new Error(`there is no stand-in for ${action}`);
    }
  }

  /** The simulated cloud, with its states, is the same on all machines, which work one after the other. */
  private takeCloud(folder: string): void {
    rmSync(path.join(folder, 'sandbox.out'), { recursive: true, force: true });
    cpSync(this.cloud, path.join(folder, 'sandbox.out'), { recursive: true });
  }

  private giveCloud(folder: string): void {
    if (!existsSync(path.join(folder, 'sandbox.out'))) return;
    rmSync(this.cloud, { recursive: true, force: true });
    cpSync(path.join(folder, 'sandbox.out'), this.cloud, { recursive: true });
  }

  private program(name: string, script: string): void {
    const file = path.join(this.bin, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
}
