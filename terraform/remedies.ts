import { shownPath } from '../base/files';
import type { Diagnostic } from './messages';

/**
 * What the user can do about errors whose cause is known, a line each. Nothing is done about them automatically.
 *
 * @param folder - the stack's
 */
export function remediesFor(diagnostics: readonly Diagnostic[], folder: string): readonly string[] {
  const remedies = diagnostics.flatMap(({ summary, detail }) => remediesOf(`${summary}\n${detail}`, folder));
  return [...new Set(remedies)];
}

function remediesOf(text: string, folder: string): readonly string[] {
  const chdir = `terraform -chdir=${shownPath(folder)}`;
  if (/acquiring the state lock/i.test(text)) {
    const field = (name: string) =>
      new RegExp(`^\\s*${name}:\\s+(.+)$`, 'm').exec(text)?.[1]?.trim() ?? 'unknown';
    // The backend refused to lock, and nobody holds a lock.
    if (!/^Lock Info:/m.test(text)) return [];
    return [
      `the state has been locked by ${field('Who')} since ${field('Created')} (${field('Operation')}): wait until that run ends`,
      `if that run is certainly dead: ${chdir} force-unlock ${field('ID')}`,
    ];
  }
  if (/backend (configuration|type) changed|backend initialization required/i.test(text)) {
    return [`the backend has changed; to move the state to the new one: ${chdir} init -migrate-state`];
  }
  if (/saved plan is stale/i.test(text)) {
    return [
      'another run has changed the state since this plan was made; nothing of this plan was applied, and what is there now is planned anew',
    ];
  }
  if (/instance cannot be destroyed/i.test(text)) {
    return [
      'what outlives its node is protected (disks with keep: true): write keep: false and apply first, or nodes cleanup, which keeps it',
    ];
  }
  return [];
}
