import { chmodSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compiledCli, ROOT } from './compiled';
import { type Finished, Project } from './project';

/** The catalog of {@link Brownfield}: a site, and no network. */
export const CATALOG = `# Our lab.
cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }   # the gateway
onpremises:
  default: {}
`;

/** The stack of the entry that an import makes. */
export const STACK = 'lab-aws-default';

/** A Terraform state, as far as tests look at it. */
export interface State {
  readonly serial: number;
  readonly lineage: string;
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes: Readonly<Record<string, unknown>>;
      readonly private?: string;
      readonly schema_version: number;
    }[];
  }[];
}

/** A project whose network something else has built. */
export class Brownfield extends Project {
  constructor(fixture: string) {
    super({ 'catalog/lab.yml': CATALOG });
    for (const name of ['base', 'dev', 'staging', 'prod']) rmSync(join(this.folder, `catalog/${name}.yml`));
    cpSync(join(ROOT, '__tests__/fixtures', fixture), join(this.folder, 'old'), { recursive: true });
  }

  async build(): Promise<string> {
    const terraform = (...args: readonly string[]) =>
      this.kakehashi('sandbox', '--', 'terraform', '-chdir=old', ...args);
    await terraform('init', '-input=false');
    const { stdout } = await terraform('apply', '-auto-approve', '-input=false', '-no-color');
    return stdout;
  }

  sandbox(...args: readonly string[]): Promise<Finished> {
    return this.kakehashi(...args, '--sandbox');
  }

  import(...args: readonly string[]): Promise<Finished> {
    return this.sandbox('import', 'lab', '--state', 'old/terraform.tfstate', ...args);
  }

  /**
   * Runs `kakehashi …` as for the real cloud, so that states are in the backend of the catalog, but with a Terraform that has the
   * simulated providers.
   */
  beyondSandbox(...args: readonly string[]): Promise<Finished> {
    this.write('attached-terraform', '#!/bin/sh\nTF_REATTACH_PROVIDERS="$ATTACHED" exec terraform "$@"\n');
    chmodSync(join(this.folder, 'attached-terraform'), 0o755);
    const script =
      'unset KAKEHASHI_SANDBOX; ATTACHED="$TF_REATTACH_PROVIDERS" KAKEHASHI_TERRAFORM_BIN="$PWD/attached-terraform" exec "$@"';
    return this.kakehashi(
      'sandbox',
      '--',
      'sh',
      '-c',
      script,
      'sh',
      process.execPath,
      compiledCli(),
      ...args,
    );
  }

  get old(): State {
    return JSON.parse(this.read('old/terraform.tfstate'));
  }

  get own(): State {
    return JSON.parse(this.read(`sandbox.out/lab/state/${STACK}.tfstate`));
  }

  /** The counts of the plan, and the attributes that change of each resource but for its tags. */
  async planned(): Promise<{ readonly counts: object; readonly changes: Readonly<Record<string, unknown>> }> {
    const { stdout } = await this.sandbox('plan', 'lab', '--json');
    const events = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    const {
      create,
      update,
      replace,
      delete: gone,
      drift,
    } = events.find(({ type }) => type === 'stack_planned');
    const resources = events.filter(({ type }) => type === 'resource_planned');
    return {
      counts: { create, update, replace, delete: gone, drift },
      changes: Object.fromEntries(
        resources.flatMap(({ address, action, changes }) => {
          const names = changes
            .map(({ attribute }: { readonly attribute: string }) => attribute)
            .filter((name: string) => !/^tags(_all)?$/.test(name));
          return action === 'update' && names.length === 0
            ? []
            : [[address, action === 'update' ? names : action]];
        }),
      ),
    };
  }

  async applied(): Promise<void> {
    const applied = await this.sandbox('apply', 'lab', '--yes');
    expect(applied.stderr).not.toContain('kakehashi:');
    expect(applied.code).toBe(0);
    const again = await this.sandbox('plan', 'lab');
    expect(again.stdout).toContain('no changes');
    expect(again.code).toBe(0);
  }
}

/** The ids in a state, by type. */
export function idsOf({ resources }: State, ...types: readonly string[]): readonly unknown[] {
  return resources
    .filter(({ mode, type }) => mode === 'managed' && types.includes(type))
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes.id))
    .sort();
}
