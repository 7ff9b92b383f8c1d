import type { Loaded } from '../../catalog/environment/catalog';
import { statementText } from '../../catalog/ground/problem-text';
import { tryLoad } from '../catalog/folder-of';

/** What is loaded from a good catalog; what is wrong with a bad one is thrown. */
export function loadedFrom(catalog: string): Loaded {
  const { loaded, problems } = tryLoad({ 'dev.yml': catalog });
  if (loaded === undefined) throw new Error(problems.map(statementText).join('\n'));
  return loaded;
}
