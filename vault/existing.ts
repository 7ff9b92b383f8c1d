import { type JsonObject, textOf } from './answer';
import { encoded, type VaultServer } from './server';

/**
 * What a server has under names that a write replaces without asking: policies, token roles, AppRoles. And what it refuses
 * to make twice: mounts and log-in methods.
 */
export class Existing {
  constructor(private readonly server: VaultServer) {}

  /** A policy's text; undefined where there is none of that name. @throws VaultError */
  async policy(name: string): Promise<string | undefined> {
    return textOf((await this.look(policyPath(name)))?.policy);
  }

  /** A token role as the server answers it. @throws VaultError */
  tokenRole(name: string): Promise<JsonObject | undefined> {
    return this.look(tokenRolePath(name));
  }

  /** An AppRole as the server answers it. @throws VaultError */
  appRole(mount: string, name: string): Promise<JsonObject | undefined> {
    return this.look(appRolePath(mount, name));
  }

  /** Whether an engine is mounted at a path, or, below `auth/`, a log-in method. @throws VaultError */
  async hasMount(path: string): Promise<boolean> {
    return (await this.look(`sys/mounts/${path}`)) !== undefined;
  }

  private async look(path: string): Promise<JsonObject | undefined> {
    const asked = { what: path, act: 'looking whether it exists' };
    // 400 and 404: there is nothing, or not even the engine (docs/reference/vault.md).
    const accept = [400, 404];
    const { status, data } = await this.server.ask('GET', encoded(path), asked, { accept });
    return status >= 400 ? undefined : data;
  }
}

export const policyPath = (name: string): string => `sys/policies/acl/${name}`;
export const tokenRolePath = (name: string): string => `auth/token/roles/${name}`;
export const appRolePath = (mount: string, name: string): string => `auth/${mount}/role/${name}`;
