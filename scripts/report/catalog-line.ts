import { counted } from '../../base/text/counted';
import { listed } from '../../base/text/listed';
import type { Loaded } from '../../catalog/environment/catalog';

/** `catalog   catalog/dev.yml, extends base.yml   2 networks to build, 3 entries as they are`. */
export function catalogLine(loaded: Loaded): string {
  return `catalog   ${catalogWords(loaded)}`;
}

/** The same without its label. */
export function catalogWords(loaded: Loaded): string {
  const { catalog, files } = loaded;
  const parents = files.filter(
    (file) => file !== catalog.file && /\.ya?ml$/.test(file) && !file.endsWith('.lock.yml'),
  );
  const shownParents =
    parents.length > 0 && parents.length < 4
      ? `, extends ${parents.map((file) => file.split('/').at(-1)).join(', ')}`
      : '';
  const networks = `${builtWords(catalog.networks)} to build`;
  const adopted = counted(catalog.adopted.length, 'entry as it is', 'entries as they are');
  const parts = [
    ...(catalog.networks.length > 0 ? [networks] : []),
    ...(catalog.adopted.length > 0 ? [adopted] : []),
    ...(catalog.kinds['docker-controller']?.controller === undefined ? [] : ['a controller']),
  ];
  return `${catalog.file}${shownParents}   ${parts.join(', ') || (catalog.kinds.vault === undefined ? 'nothing in it' : 'a Vault')}`;
}

/** `2 networks`, `1 hub and 2 networks`: each sort by its noun, in the order in which they are built. */
function builtWords(networks: Loaded['catalog']['networks']): string {
  const nouns = [...new Set(networks.map(({ noun = 'network' }) => noun))];
  const of = (wanted: string) => networks.filter(({ noun = 'network' }) => noun === wanted).length;
  return listed(nouns.map((noun) => counted(of(noun), noun)));
}
