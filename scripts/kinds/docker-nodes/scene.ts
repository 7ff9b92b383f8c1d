import { engineName } from '../../../catalog/kinds/docker/place';
import type { Stack } from '../../../catalog/kinds/registry';
import type { ScenePart } from '../../../draw/scene';
import { dockerHostUrl } from '../../../model/docker/docker-host';
import { hostPart } from '../docker/scene';
import { type Drawn, type KindScene, nodesPart } from '../scene';
import { nodeOf } from './node-of';

/** What a picture shows of a container and its host. */
export function dockerNodeScene({ loaded }: Drawn, stack: Stack<'docker-nodes'>): KindScene {
  const found = nodeOf(loaded, stack);
  if (found === undefined) return { parts: [], links: [] };
  const { environment, site } = loaded.catalog;
  const { group, node } = found;
  const host = hostPart(environment, node.host, site);
  const whole = nodesPart(environment, group, stack.id, host.id);
  const { container, image } = group;
  const part: ScenePart = {
    ...whole,
    id: `${whole.id}/${engineName(dockerHostUrl(node.host))}`,
    title: `${group.name}: container ${node.name}`,
    lines: [
      ...(container.isBase ? ["VCP's base container"] : []),
      ...(image.kind === 'loaded' ? [`image of ${image.file}`] : []),
      ...whole.lines.slice(1),
    ],
  };
  return { parts: [part, host], links: [] };
}
