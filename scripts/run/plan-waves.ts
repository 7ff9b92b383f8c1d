import type { PlanRecord } from '../../terraform/plan/saved-plan';
import { planWave, type WaveOptions, type WavePart } from './plan-wave';

/** Plans wave after wave, of all environments in one pool, until only what waits for an apply is left. */
export async function planWaves<Part extends WavePart>(
  parts: readonly Part[],
  options: WaveOptions,
): Promise<ReadonlyMap<WavePart, readonly PlanRecord[]>> {
  const planned = new Map<WavePart, readonly PlanRecord[]>(parts.map((part) => [part, []]));
  for (;;) {
    const ready = parts.filter(({ waves }) => waves.ready.length > 0);
    if (ready.length === 0) return planned;
    for (const [part, records] of await planWave(ready, options))
      planned.set(part, [...(planned.get(part) ?? []), ...records]);
  }
}
