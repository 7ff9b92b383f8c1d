import type { Loaded } from '../../../catalog/environment/catalog';
import type { Initializer } from '../../session/init';
import { isUnapplied, readOutput } from '../../session/outputs';
import type { Session } from '../../session/session';

/**
 * Says the role ids of the AppRoles that an environment makes: what `vault.auth.role_id` takes, and no secret by itself.
 * Nothing where it makes none.
 *
 * @throws TerraformError
 */
export async function showRoleIds(
  session: Session,
  { catalog, stacks }: Pick<Loaded, 'catalog' | 'stacks'>,
  initializer: Initializer,
): Promise<void> {
  const made = catalog.kinds.vault?.approles.filter(({ create }) => create) ?? [];
  const stack = stacks.find(({ kind, gone }) => kind === 'vault' && !gone);
  if (made.length === 0 || stack === undefined || isUnapplied(session, stack)) return;
  const ids = await readOutput(session, initializer, stack, 'role_ids');
  const rows = made.flatMap(({ name }) => {
    const id = (ids as Readonly<Record<string, unknown>> | null | undefined)?.[name];
    return typeof id === 'string' ? [`AppRole ${name}: role_id ${id}`] : [];
  });
  if (rows.length > 0) session.report.say(`\nvault     ${rows.join('\n          ')}`);
}
