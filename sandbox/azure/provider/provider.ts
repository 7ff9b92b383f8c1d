import { error } from '../../protocol/diagnostics';
import type { DynamicValue } from '../../protocol/values';
import { movedTime } from '../../provider/clock';
import type { Session, SimulatedProvider } from '../../provider/simulated-provider';
import { NO_TAGS } from '../../provider/tags';
import type { ObjectLog } from '../../store/objects';
import { ProviderError } from '../azure-error';
import { AZURE_FILES } from '../files';
import { passTime } from '../passing-time';
import { type Caller, callerOf, isCaller } from './caller';
import { readDataSource } from './data-sources';
import { callFunction, FUNCTIONS } from './functions';
import { Operations } from './operations';
import { apiError, Refused, Resources } from './resources';
import { AZURE_VALUES } from './values';

function session(log: ObjectLog, caller: Caller, operations: Operations): Session {
  const resources = new Resources(log, caller, operations);
  return {
    tags: NO_TAGS,
    create: (type, { planned }) => resources.create(type, planned),
    update: (type, { prior, planned, config }) => resources.update(type, prior, planned, config),
    delete: (type, prior) => resources.delete(type, prior),
    read: (type, prior) => resources.read(type, prior),
    import: (type, id) => resources.import(type, id),
    readData: (type, config) => readDataSource(type, config, caller, log),
    openEphemeral: (type) => {
      throw new ProviderError(`The sandbox does not simulate the ephemeral resource ${type.name}`);
    },
  };
}

/** The simulated hashicorp/azurerm. @param log where its objects are stored */
export function azureProvider(log: ObjectLog): SimulatedProvider {
  const operations = new Operations();
  return {
    files: AZURE_FILES,
    values: AZURE_VALUES,
    // The provider stores an object in the state when all of its calls have succeeded.
    keepsUnfinished: false,
    functions: FUNCTIONS,
    call: (name, args) => callFunction(name, (args ?? []) as readonly DynamicValue[]),
    configure: (config) => {
      const caller = callerOf(config);
      if (!isCaller(caller)) return caller;
      const time = movedTime();
      if (time !== undefined) passTime(log, new Date(time));
      return session(log, caller, operations);
    },
    diagnosticFor: (type, operation, _id, failure) => {
      if (failure instanceof ProviderError) return error(failure.message, failure.detail);
      if (!(failure instanceof Refused) || operation === 'read') return undefined;
      return apiError(type, operation, failure.id, failure.reason);
    },
    injected: apiError,
  };
}
