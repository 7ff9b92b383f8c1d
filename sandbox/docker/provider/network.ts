import { inWords } from '../docker-error';
import { createNetwork, endpointsOf, findNetwork, removeNetwork } from '../networks';
import type { DockerResource } from './resource';
import { stillThere } from './still-there';

export const network: DockerResource = {
  create(engine, given) {
    const { id, attributes } = inWords('Unable to create network', () => createNetwork(engine, given));
    return { id, found: attributes };
  },
  read(engine, id) {
    const found = findNetwork(engine, id);
    return found && { id, found: found.attributes };
  },
  delete(engine, id) {
    const found = findNetwork(engine, id);
    if (found === undefined) return;
    if (endpointsOf(engine, found).length > 0) throw stillThere('pending');
    inWords('', () => removeNetwork(engine, found));
  },
};
