import { error } from '../../protocol/diagnostics';
import type { DynamicValue } from '../../protocol/values';
import type { Session, SimulatedProvider } from '../../provider/simulated-provider';
import type { ObjectLog } from '../../store/objects';
import { AwsError } from '../aws-error';
import { AWS_FILES } from '../files';
import { LookupError } from '../lookups';
import { type Connection, connect, isConnection } from './connection';
import { readDataSource } from './data-sources';
import { callFunction, FUNCTIONS } from './functions';
import { apiError, Resources } from './resources';
import { AWS_VALUES } from './values';

function session(log: ObjectLog, connection: Connection): Session {
  const resources = new Resources(log, connection);
  return {
    tags: connection,
    create: (type, { planned }) => resources.create(type, planned),
    update: (type, { prior, planned, config }) => resources.update(type, prior, planned, config),
    delete: (type, prior) => resources.delete(type, prior),
    read: (type, prior) => resources.read(type, prior),
    import: (type, id) => resources.import(type, id),
    readData: (type, config) => readDataSource(type, config, connection, log),
    openEphemeral: (type) => {
      throw new LookupError(`The sandbox does not simulate the ephemeral resource ${type.name}.`);
    },
  };
}

/** The simulated hashicorp/aws. @param log where its objects are stored */
export function awsProvider(log: ObjectLog): SimulatedProvider {
  return {
    files: AWS_FILES,
    values: AWS_VALUES,
    functions: FUNCTIONS,
    call: (name, args) => callFunction(name, (args ?? []) as readonly DynamicValue[]),
    configure: (config) => {
      const connection = connect(config);
      return isConnection(connection) ? session(log, connection) : connection;
    },
    diagnosticFor: (type, operation, id, failure) => {
      if (failure instanceof LookupError) return error(failure.message);
      if (!(failure instanceof AwsError) || operation === 'read') return undefined;
      return apiError(type, operation, id, failure);
    },
    injected: apiError,
  };
}
