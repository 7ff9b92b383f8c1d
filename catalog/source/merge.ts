import type { MapKey, MapNode } from './node';

/**
 * A file over the one that it extends: maps are merged key by key, everything else is replaced, `null` deletes.
 *
 * Keys keep the base's order, the child's own follow. Every value keeps the position of the file that it came from.
 */
export function mergeMaps(base: MapNode, child: MapNode): MapNode {
  const keys = new Map<string, MapKey>(base.keys);
  for (const [name, key] of child.keys) {
    const { value } = key;
    const below = keys.get(name)?.value;
    if (value.kind === 'scalar' && value.value === null) keys.delete(name);
    else if (value.kind === 'map') {
      const merged = mergeMaps(below?.kind === 'map' ? below : { ...value, keys: new Map() }, value);
      keys.set(name, { ...key, value: merged });
    } else keys.set(name, key);
  }
  return { kind: 'map', position: child.position, keys };
}
