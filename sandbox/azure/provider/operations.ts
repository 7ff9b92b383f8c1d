import { setTimeout as sleep } from 'node:timers/promises';
import { AzureError } from '../azure-error';

/**
 * The long-running operations of the simulated cloud. While one works on a gateway, Azure refuses a second change of the gateway or
 * of something that depends on it.
 */
export class Operations {
  private readonly running = new Map<string, string>();

  /**
   * Does work that takes a time on some gateways.
   *
   * @param operation names the operation in refusals of others. @throws {@link AzureError} if one of the gateways is being changed
   */
  async run<T>(gateways: readonly string[], operation: string, seconds: number, work: () => T): Promise<T> {
    const keys = gateways.map((id) => id.toLowerCase());
    const busy = keys.map((key) => this.running.get(key)).find((found) => found !== undefined);
    if (busy !== undefined)
      throw new AzureError(
        'AnotherOperationInProgress',
        `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${busy}`,
        409,
      );
    for (const key of keys) this.running.set(key, operation);
    try {
      const done = work();
      if (seconds > 0) await sleep(seconds * 1000);
      return done;
    } finally {
      for (const key of keys) this.running.delete(key);
    }
  }
}
