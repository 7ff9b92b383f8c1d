import type { PlanEffect } from '../../../../terraform/plan/effect';
import type { ChangedOutputs } from '../../kind';
import { plainOutputs } from '../../plain-sentences';
import { type Effect, weighedEffects } from './outcome-words';

/** What outputs mean that change while no resource does: how the tunnels are used, and what the entries say. */
export function outputWords({ names, values }: ChangedOutputs): readonly PlanEffect[] {
  const effects = outputEffects({ names, values });
  const isTold = (name: string) =>
    (name === 'catalog' && effects.length > 0) || (name === 'tunnels' && effects.some(isMode));
  const rest = names.filter((name) => !isTold(name));
  return [...weighedEffects(effects), ...plainOutputs({ names: rest })];
}

/** The same by the table of traffic. */
export function outputEffects({ names, values }: ChangedOutputs): readonly Effect[] {
  const modes = modeChanges(values.tunnels?.before, values.tunnels?.after);
  return [
    ...modes.map((what): Effect => ({ change: 'tunnel mode', what })),
    ...(names.includes('catalog')
      ? [{ change: 'entries only', what: 'the catalog entries change; no traffic is affected' } as const]
      : []),
  ];
}

/** `mode of the tunnels route-based → policy-based`, for each network. */
function modeChanges(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [modes(before), modes(after)];
  return Object.entries(now).flatMap(([network, mode]) => {
    const former = old[network];
    return former === undefined || former === mode ? [] : [`mode of the tunnels ${former} → ${mode}`];
  });
}

function modes(tunnels: unknown): Readonly<Record<string, string>> {
  if (typeof tunnels !== 'object' || tunnels === null) return {};
  return Object.fromEntries(
    Object.entries(tunnels).map(([network, description]: [string, unknown]) => [
      network,
      String((description as { readonly mode?: unknown } | null)?.mode),
    ]),
  );
}

function isMode({ change }: Effect): boolean {
  return change === 'tunnel mode';
}
