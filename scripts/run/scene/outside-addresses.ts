import type { Loaded } from '../../../catalog/environment/catalog';
import type { Drawn } from '../../kinds/scene';
import { type Folders, foldersOf } from '../../session/folders';
import { localValues } from '../../session/outputs';
import type { Settings } from '../../session/settings';

/** The outside addresses of tunnels that are applied, from states on this disk; a state elsewhere is not asked. */
export function outsideAddresses(loaded: Loaded, settings: Settings): Drawn['outside'] {
  const { sandbox, catalogDirectory } = settings;
  const folders: Folders = foldersOf(loaded.catalog.environment, { sandbox, catalogDirectory });
  const known = new Map<string, string>();
  for (const stack of loaded.stacks) {
    if (stack.network === undefined || stack.gone) continue;
    const { tunnels } = localValues({ simulated: sandbox, folders }, stack, ['tunnels']) ?? {};
    for (const [connection, described] of entriesOf(tunnels)) {
      for (const [tunnel, description] of entriesOf(fieldOf(described, 'tunnels'))) {
        const address = fieldOf(description, 'outside_address');
        if (typeof address === 'string') known.set(`${connection} ${tunnel}`, address);
      }
    }
  }
  return (connection, tunnel) => known.get(`${connection} ${tunnel}`);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return entriesOf(value).find(([key]) => key === name)?.[1];
}
