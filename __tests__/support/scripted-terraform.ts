import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compiledCli } from './compiled';

export const SCRIPTED = path.join(__dirname, 'scripted-terraform-program.js');

/** One call that the scripted Terraform answers. */
export interface ScriptEntry {
  readonly on: 'version' | 'init' | 'plan' | 'show' | 'apply' | 'output';
  readonly stack?: string;
  readonly times?: number;
  readonly say?: readonly (string | object)[];
  /** Printed after `seconds`, before it ends. */
  readonly sayAtEnd?: readonly (string | object)[];
  readonly exit?: number;
  readonly seconds?: number;
  readonly write?: Readonly<Record<string, string>>;
  readonly hang?: boolean;
}

export interface Call {
  readonly args?: readonly string[];
  readonly stack: string;
  readonly umask?: number;
  readonly scripted?: boolean;
  readonly signal?: string;
  readonly ended?: string;
  readonly at?: number;
  /** SHA-256 of variables that it got, where they were asked for. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project folder with a small catalog, and a scripted Terraform for it. */
export class ScriptedProject {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
  readonly scriptFolder = path.join(this.folder, '.script');

  constructor(catalog: string = TWO_NETWORKS) {
    mkdirSync(path.join(this.folder, 'catalog'));
    mkdirSync(this.scriptFolder);
    this.write('catalog/dev.yml', catalog);
  }

  /** Replaces the script; calls noted so far are forgotten. */
  play(...entries: readonly ScriptEntry[]): void {
    rmSync(this.scriptFolder, { recursive: true, force: true });
    mkdirSync(this.scriptFolder);
    const all: readonly ScriptEntry[] = [VERSION, ...entries];
    writeFileSync(path.join(this.scriptFolder, 'script.json'), JSON.stringify(all));
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    writeFileSync(path.join(this.folder, file), text);
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  has(file: string): boolean {
    return existsSync(path.join(this.folder, file));
  }

  /** What Terraform was called with, in order. */
  get calls(): readonly Call[] {
    const file = path.join(this.scriptFolder, 'calls.jsonl');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Call);
  }

  /** `plan dev-aws-one`, … without `version`, sorted. */
  get commands(): readonly string[] {
    return this.calls
      .flatMap(({ args, stack }) =>
        args === undefined || args[0] === 'version' ? [] : [`${args[0]} ${stack}`],
      )
      .sort();
  }

  /** Starts the CLI in the project's folder. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [compiledCli(), ...args], {
      cwd: this.folder,
      env: {
        ...process.env,
        KAKEHASHI_TERRAFORM_BIN: SCRIPTED,
        SCRIPTED_TERRAFORM: this.scriptFolder,
        CI: '',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const ended = new Promise<Outcome>((resolve) =>
      child.on('close', (code) => resolve({ code, stdout, stderr })),
    );
    return { child, ended };
  }

  run(...args: readonly string[]): Promise<Outcome> {
    return this.start(args).ended;
  }

  /** Waits until the scripted Terraform was called so. */
  async called(command: string): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      if (this.commands.includes(command)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`never called: ${command}; called were ${this.commands.join(', ')}`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const VERSION: ScriptEntry = { on: 'version', times: 50, say: ['{"terraform_version": "1.11.4"}'] };
export const INIT: ScriptEntry = { on: 'init', times: 50 };

/** A plan that creates resources. */
export function planCreates(
  stack: string,
  addresses: readonly string[],
  more: Partial<ScriptEntry> = {},
): ScriptEntry {
  return {
    on: 'plan',
    stack,
    say: [...addresses.map((address) => change(address, 'create')), OUTPUT_CHANGES],
    ...more,
  };
}

/** A plan without changes. */
export function planUnchanged(stack: string, more: Partial<ScriptEntry> = {}): ScriptEntry {
  return {
    on: 'plan',
    stack,
    say: [
      { type: 'outputs', '@message': 'Outputs', outputs: { catalog: { sensitive: false, action: 'noop' } } },
    ],
    ...more,
  };
}

/** An apply that makes resources and tells the output `catalog`. */
export function applies(
  stack: string,
  addresses: readonly string[],
  catalog: object,
  more: Partial<ScriptEntry> = {},
): ScriptEntry {
  return {
    on: 'apply',
    stack,
    say: [
      ...addresses.flatMap((address) => [hook('apply_start', address), hook('apply_complete', address)]),
      {
        type: 'change_summary',
        '@message': 'Apply complete!',
        changes: { add: addresses.length, change: 0, remove: 0, operation: 'apply' },
      },
      {
        type: 'outputs',
        '@message': 'Outputs',
        outputs: {
          catalog: { sensitive: false, type: 'dynamic', value: catalog },
          tunnel_keys: { sensitive: true, type: 'dynamic' },
        },
      },
    ],
    ...more,
  };
}

/** An error as Terraform tells it. */
export function failure(summary: string, detail = '', address?: string): object {
  return {
    type: 'diagnostic',
    '@message': `Error: ${summary}`,
    diagnostic: { severity: 'error', summary, detail, ...(address === undefined ? {} : { address }) },
  };
}

export function change(address: string, action: string): object {
  return {
    type: 'planned_change',
    '@message': `${address}: Plan to ${action}`,
    change: { resource: { addr: address, resource_type: address.split('.')[0] }, action },
  };
}

export function hook(type: string, address: string): object {
  return {
    type,
    '@message': `${address}: ${type}`,
    hook: {
      resource: { addr: address, resource_type: address.split('.')[0] },
      action: 'create',
      elapsed_seconds: 1,
    },
  };
}

const OUTPUT_CHANGES = {
  type: 'outputs',
  '@message': 'Outputs',
  outputs: { catalog: { sensitive: false, action: 'create' } },
};

/** Two networks, `dev-aws-one` and `dev-aws-two`, and an entry that exists. */
export const TWO_NETWORKS = `cci_version: '1.0'
site:
  controller: 10.0.2.15/24
  public_ip: 198.51.100.10
  asn: 65000
aws:
  one:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none }
  two:
    aws_region: ap-northeast-3
    private_network_ipmask: 172.29.2.0/24
    create: { vpc_cidr: 172.29.0.0/16, egress: none }
onpremises:
  default: {}
`;
