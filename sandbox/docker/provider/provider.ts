import { error } from '../../protocol/diagnostics';
import type { SimulatedProvider } from '../../provider/simulated-provider';
import { PLAIN_VALUES } from '../../provider/value-rules';
import type { ObjectLog } from '../../store/objects';
import { DOCKER_FILES } from '../files';

/** The simulated kreuzwerker/docker. @param log where its objects are stored */
export function dockerProvider(_log: ObjectLog): SimulatedProvider {
  return {
    files: DOCKER_FILES,
    values: PLAIN_VALUES,
    functions: {},
    call: (name) => ({ error: { text: `unknown function ${name}` } }),
    configure: () => error('not yet'),
    diagnosticFor: () => undefined,
    injected: () => error('not yet'),
  };
}
