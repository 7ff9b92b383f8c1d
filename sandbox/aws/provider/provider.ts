import { error } from '../../protocol/diagnostics';
import type { DynamicValue } from '../../protocol/values';
import { now } from '../../provider/clock';
import type { Session, SimulatedProvider } from '../../provider/simulated-provider';
import type { ObjectLog } from '../../store/objects';
import { AwsError } from '../aws-error';
import { AWS_FILES } from '../files';
import { LookupError } from '../lookup-error';
import { passTime } from '../passing-time';
import { type Caller, callerOf, isCaller } from './caller';
import { readDataSource } from './data-sources';
import { callFunction, FUNCTIONS } from './functions';
import { apiError, Resources } from './resources';
import { AWS_VALUES } from './values';

function session(log: ObjectLog, caller: Caller): Session {
  const resources = new Resources(log, caller);
  return {
    tags: caller,
    create: (type, { planned, config }) => resources.create(type, planned, config),
    update: (type, { prior, planned, config }) => resources.update(type, prior, planned, config),
    delete: (type, prior) => resources.delete(type, prior),
    read: (type, prior) => resources.read(type, prior),
    import: (type, id) => resources.import(type, id),
    readData: (type, config) => readDataSource(type, config, caller, log),
    twin: (type, planned, made) => resources.twin(type, planned, made),
    openEphemeral: (type) => {
      throw new LookupError(`The sandbox does not simulate the ephemeral resource ${type.name}`);
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
      const caller = callerOf(config);
      if (!isCaller(caller)) return caller;
      passTime(log, now(), caller.account);
      return session(log, caller);
    },
    diagnosticFor: (type, operation, id, failure) => {
      if (failure instanceof LookupError) return error(failure.message);
      if (!(failure instanceof AwsError) || operation === 'read') return undefined;
      return apiError(type, operation, id, failure);
    },
    injected: apiError,
  };
}
