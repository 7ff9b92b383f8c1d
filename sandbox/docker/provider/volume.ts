import { text } from '../../provider/attributes';
import { EngineError, inWords } from '../docker-error';
import type { Engine } from '../engine';
import { newVolume, removeVolume, takeVolume } from '../volumes';
import type { DockerResource, Made } from './resource';
import { stillThere } from './still-there';

function madeOf(engine: Engine, name: string): Made | undefined {
  const volume = engine.get('docker_volume', name);
  return volume && { id: name, found: volume.attributes };
}

export const volume: DockerResource = {
  create(engine, given) {
    const name = text(given, 'name');
    const { id, attributes } = inWords('Unable to create volume', () =>
      name === '' ? newVolume(engine, given) : takeVolume(engine, name, given),
    );
    return { id, found: attributes };
  },
  read: (engine, id) => madeOf(engine, id),
  delete(engine, id) {
    try {
      removeVolume(engine, id);
    } catch (failure) {
      if (failure instanceof EngineError) throw stillThere('in_use');
      throw failure;
    }
  },
};
