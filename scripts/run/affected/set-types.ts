import type { Block } from '../../../sandbox/schemas/schema';

/** The recorded schema of a type of the providers that we know. It is read when the first is asked for. */
export function recordedBlock(part: 'resource' | 'data', type: string): Block | undefined {
  const { SIMULATED } = require('../../../sandbox/simulated') as typeof import('../../../sandbox/simulated');
  const owner = SIMULATED.find(({ files }) => type.startsWith(`${files.name}_`));
  const table = part === 'resource' ? 'resource_schemas' : 'data_source_schemas';
  return owner?.files.schema[table][type]?.block;
}
