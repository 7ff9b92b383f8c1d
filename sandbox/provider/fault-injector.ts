import { setTimeout as sleep } from 'node:timers/promises';
import { StreamReset } from '../../terraform/plugin/server-call';
import { type Diagnostic, error } from '../protocol/diagnostics';
import type { Fault, FaultOperation, Faults } from './faults';
import type { SimulatedProvider } from './simulated-provider';

/** The effect of the faults on one call. */
interface Injected {
  /** The answer to give instead of doing the work. */
  readonly diagnostic?: Diagnostic;
  /** The diagnostic to answer with after the work is done: the refusal of a later call of the same creation. */
  readonly afterwards?: Diagnostic;
  /** Must be called when the work is done and logged, before the answer is sent. The fault `late` waits here, and `crash` ends the process. */
  readonly finish: () => Promise<void>;
}

/** Applies the faults to the calls of one provider. */
export class FaultInjector {
  /** @param crash ends the process at once */
  constructor(
    private readonly faults: Faults,
    private readonly crash: () => never,
    private readonly provider: Pick<SimulatedProvider, 'injected'>,
  ) {}

  /**
   * Counts a call, and waits or refuses if a fault says so.
   *
   * @param id the id of the object that is changed; empty for a new one
   * @throws {@link StreamReset} if the fault is `drop`
   */
  async inject(type: string, operation: FaultOperation, id: string): Promise<Injected> {
    const fault = this.faults.next(type, operation);
    const finish = async () => {
      if (fault?.fault === 'crash') this.crash();
      if (fault?.fault === 'late') await sleep(secondsOf(fault) * 1000);
    };
    if (fault === undefined || fault.fault === 'crash' || fault.fault === 'late') return { finish };
    await sleep(secondsOf(fault) * 1000);
    if (fault.fault === 'drop') throw new StreamReset();
    if (fault.fault === 'partial') return { finish, afterwards: this.refusal(fault, type, operation, id) };
    return fault.fault === 'delay'
      ? { finish }
      : { finish, diagnostic: this.refusal(fault, type, operation, id) };
  }

  /** The diagnostic of an injected refusal. That of a throttled call is the provider's after its last retry. */
  private refusal(fault: Fault, type: string, operation: FaultOperation, id: string): Diagnostic {
    const throttled = fault.fault === 'throttle';
    const code = fault.code ?? (throttled ? 'RequestLimitExceeded' : 'InternalError');
    const message = throttled ? 'Request limit exceeded.' : 'An internal error has occurred';
    if (operation === 'plan' || operation === 'read')
      return error(`${operation} of ${type}: api error ${code}: ${message}`);
    return this.provider.injected(type, operation, id, { code, message, retried: throttled });
  }
}

function secondsOf({ fault, seconds }: Fault): number {
  return seconds ?? (fault === 'delay' || fault === 'late' ? 1 : 0);
}
