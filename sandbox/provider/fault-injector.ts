import { setTimeout as sleep } from 'node:timers/promises';
import { StreamReset } from '../../terraform/plugin/server-call';
import { type Diagnostic, error } from '../protocol/diagnostics';
import type { Fault, FaultOperation, Faults } from './faults';
import type { SimulatedProvider } from './simulated-provider';

/** What a fault makes of one call. */
interface Injected {
  /** The answer instead of the work. */
  readonly diagnostic?: Diagnostic;
  /** To be called once the work is done and logged, before it is answered: this is when a crash strikes. */
  readonly finish: () => void;
}

/** Lets the faults strike. */
export class FaultInjector {
  /** @param crash ends the process at once */
  constructor(
    private readonly faults: Faults,
    private readonly crash: () => never,
    private readonly provider: Pick<SimulatedProvider, 'injected'>,
  ) {}

  /**
   * Counts a call, and waits or refuses as its fault says.
   *
   * @param id of the object that is changed; empty where there is none yet
   * @throws {@link StreamReset} when the fault wants no answer
   */
  async inject(type: string, operation: FaultOperation, id: string): Promise<Injected> {
    const fault = this.faults.next(type, operation);
    const finish = () => {
      if (fault?.fault === 'crash') this.crash();
    };
    if (fault === undefined || fault.fault === 'crash') return { finish };
    await sleep((fault.seconds ?? (fault.fault === 'delay' ? 1 : 0)) * 1000);
    if (fault.fault === 'drop') throw new StreamReset();
    return fault.fault === 'delay'
      ? { finish }
      : { finish, diagnostic: this.refusal(fault, type, operation, id) };
  }

  /** An injected refusal; a throttled call shows what the provider says after its last retry. */
  private refusal(fault: Fault, type: string, operation: FaultOperation, id: string): Diagnostic {
    const throttled = fault.fault === 'throttle';
    const code = fault.code ?? (throttled ? 'RequestLimitExceeded' : 'InternalError');
    const message = throttled ? 'Request limit exceeded.' : 'An internal error has occurred';
    if (operation === 'plan' || operation === 'read')
      return error(`${operation} of ${type}: api error ${code}: ${message}`);
    return this.provider.injected(type, operation, id, { code, message, retried: throttled });
  }
}
