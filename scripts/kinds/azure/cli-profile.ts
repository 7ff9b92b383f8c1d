import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** A subscription that Azure CLI has logged in to. */
export interface CliSubscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly isDefault: boolean;
  /** Whose login it is: a person's or a service principal's name. */
  readonly user: string;
}

/** Whether the program `az` is on the path. It is not run. */
export function hasCli({ PATH = '' }: NodeJS.ProcessEnv): boolean {
  return PATH.split(path.delimiter).some((folder) => folder !== '' && existsSync(path.join(folder, 'az')));
}

/** The file in which Azure CLI notes its logins. It holds no secret. */
export function profileFile({ AZURE_CONFIG_DIR, HOME = homedir() }: NodeJS.ProcessEnv): string {
  return path.join(AZURE_CONFIG_DIR || path.join(HOME, '.azure'), 'azureProfile.json');
}

/** The subscriptions of the file; none where it is not there or can't be read. */
export function cliSubscriptions(file: string): readonly CliSubscription[] {
  try {
    // Azure CLI writes it with a byte order mark.
    const profile: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    const { subscriptions } = fields(profile);
    return Array.isArray(subscriptions) ? subscriptions.map(subscription) : [];
  } catch {
    return [];
  }
}

function subscription(value: unknown): CliSubscription {
  const { id, name, tenantId, isDefault, user } = fields(value);
  return {
    id: String(id ?? ''),
    name: String(name ?? ''),
    tenantId: String(tenantId ?? ''),
    isDefault: isDefault === true,
    user: String(fields(user).name ?? ''),
  };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
