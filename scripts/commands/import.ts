import path from 'node:path';
import { UsageError } from '../../base/errors';
import { adoptions } from '../kinds/registry';
import { type ImportRequest, importNetwork } from '../run/adopt/import-network';
import { readSource } from '../run/adopt/source';
import { withSession } from '../run/with-session';
import type { Settings } from '../session/settings';

/** The options of `kakehashi import`. */
export interface ImportOptions {
  readonly state?: string;
  readonly entry?: string;
  readonly region?: string;
  readonly ids: readonly string[];
  readonly dryRun: boolean;
}

/** `kakehashi import`: adopts a network that something else made: writes its entry, and takes its objects into a stack's state. */
export function importCommand(
  settings: Settings,
  position: string | undefined,
  options: ImportOptions,
): Promise<number> {
  const request = requestOf(options);
  return withSession({ command: 'import' }, settings, position, async (session) => {
    const { state } = options;
    const source = state === undefined ? undefined : readSource(state === '-' ? state : path.resolve(state));
    return importNetwork(session, { ...request, ...(source === undefined ? {} : { source }) });
  });
}

function requestOf({ state, entry, region, ids, dryRun }: ImportOptions): Omit<ImportRequest, 'source'> {
  if (state === undefined && ids.length === 0) {
    throw new UsageError(
      'import: what is to be imported? Give --state FILE, a Terraform state, or --id ROLE=ID for each object',
    );
  }
  if (state === undefined && region === undefined)
    throw new UsageError('import: without --state, say where the network is: --region REGION');
  if (state !== undefined && region !== undefined)
    throw new UsageError('import: a state says where its network is; leave out --region');
  const known = adoptions();
  const [provider = known[0]?.provider ?? '', name = 'default', ...more] =
    entry === undefined ? [] : entry.includes('/') ? entry.split('/') : [undefined, entry];
  const adoption = known.find((one) => one.provider === provider);
  if (adoption === undefined || more.length > 0) {
    const providers = known.map((one) => `${one.provider}/NAME`).join(', ');
    throw new UsageError(`--entry: must be ${providers}, got "${entry}"`);
  }
  const roles = Object.keys(adoption.roles);
  const byRole = new Map<string, readonly string[]>();
  for (const text of ids) {
    const [role = '', id = '', ...rest] = text.split('=');
    if (!roles.includes(role) || !/^[A-Za-z0-9-]+$/.test(id) || rest.length > 0)
      throw new UsageError(`--id: must be ROLE=ID with a role of ${roles.join(', ')}, got "${text}"`);
    byRole.set(role, [...(byRole.get(role) ?? []), id]);
  }
  return { adoption, name, ids: byRole, dryRun, ...(region === undefined ? {} : { region }) };
}
