import { existsSync, realpathSync } from 'node:fs';
import { posix } from 'node:path';
import { TerraformBackend, type TerraformRemoteState } from 'cdktf';
import type { Construct } from 'constructs';
import type { Backend } from '../catalog/ground/backend';
import type { Json } from '../catalog/ground/json';
import { literalJson } from './literal';

type Settings = Readonly<Record<string, Json>>;

/** Where a stack's state lies: the backend block, explicit so that its bytes never depend on a folder. */
export class StateBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    private readonly type: Backend['type'],
    private readonly settings: Settings,
  ) {
    super(scope, 'backend', type);
  }

  override toTerraform(): object {
    const settings = { ...this.settings };
    return {
      terraform: this.type === 'cloud' ? { cloud: settings } : { backend: { [this.type]: settings } },
    };
  }

  /** No stack reads another one's state: a secret in it would travel along (design: no remote state). */
  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error('no stack reads the state of another one');
  }
}

/**
 * The arguments of a backend for one stack, each backend's own way to name a state.
 *
 * Remote: `<prefix>/<env>/<stack>`; `<prefix>-<stack>` where names are flat (http, pg, cloud).
 */
export function backendSettings(
  backend: Backend,
  environment: string,
  stack: string,
  outDirectory = 'cdktf.out',
): Settings {
  const path = posix.join(backend.prefix, environment, stack);
  const flat = `${backend.prefix}-${stack}`;
  const settings = literalJson(backend.settings);
  switch (backend.type) {
    case 'local':
      return { path: localStatePath(`state/${environment}`, stack, 'cdktf.out', realPlace(outDirectory)) };
    case 's3':
      return { use_lockfile: true, encrypt: true, ...settings, key: path };
    case 'azurerm':
      return { ...settings, key: path };
    case 'gcs':
      return { ...settings, prefix: path };
    case 'http': {
      const address = `${String(settings.address).replace(/\/$/, '')}/${flat}`;
      return { lock_address: address, unlock_address: address, ...settings, address };
    }
    case 'pg':
      return { ...settings, schema_name: flat };
    case 'cloud':
      return { ...settings, workspaces: { ...(settings.workspaces as Settings | undefined), name: flat } };
  }
}

/** The sandbox's own: the one thing in which its configuration differs. */
export function sandboxBackendSettings(outDirectory: string, environment: string, stack: string): Settings {
  const folder = `sandbox.out/${environment}/state`;
  return { path: localStatePath(folder, stack, outDirectory, realPlace(outDirectory)) };
}

/**
 * Relative to the folder of the stack, `<out>/stacks/<stack>`, from where Terraform runs.
 *
 * @param real - where that folder lies where it is reached by a link: the system goes up from there, and not from the link
 */
function localStatePath(folder: string, stack: string, outDirectory: string, real?: string): string {
  if (real !== undefined)
    return posix.relative(posix.join(real, 'stacks', stack), posix.resolve(folder, `${stack}.tfstate`));
  const depth = posix.normalize(outDirectory).split('/').length + 2;
  return `${'../'.repeat(depth)}${folder}/${stack}.tfstate`;
}

/** Where the folder of a synthesis really lies; undefined where that is in the project, as its path says. */
function realPlace(outDirectory: string): string | undefined {
  if (posix.isAbsolute(outDirectory) || !existsSync(outDirectory)) return undefined;
  const real = realpathSync(outDirectory);
  return real === posix.join(realpathSync('.'), outDirectory) ? undefined : real;
}
