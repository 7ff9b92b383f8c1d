import type { TunnelTelemetry } from '../../../../../gateway/status/tunnel-telemetry';
import { guardRotation } from '../../../../../scripts/run/gateway/rotation/guard';

const CHANGED = '2026-01-02T03:04:05.000Z';
const BEFORE = '2026-01-02T03:04:00Z';
const AFTER = '2026-01-02T03:04:10Z';

/** The tunnels 169.254.100.0/30, .4/30, …, each `UP`, `DOWN`, or `UP` since a time. */
function tunnels(...states: readonly string[]): readonly TunnelTelemetry[] {
  return states.map((state, index) => {
    const [status = '', since] = state.split(' since ');
    return {
      insideCidr: `169.254.100.${index * 4}/30`,
      outsideAddress: `203.0.113.${index + 1}`,
      cloudInsideAddress: `169.254.100.${index * 4 + 1}`,
      connection: 'vpn-1',
      status,
      message: '',
      ...(since === undefined ? {} : { since }),
      acceptedRoutes: 0,
    };
  });
}

/** Guards the first of the tunnels; `rotated` names those that got a new key at CHANGED. */
function guardFirst(
  states: readonly string[],
  rotated: readonly string[] = [],
  standby: readonly string[] = [],
): readonly string[] {
  return guardRotation({
    network: 'aws/default',
    insideCidr: '169.254.100.0/30',
    standby: new Set(standby),
    tunnels: tunnels(...states),
    lastRotation: (insideCidr) => (rotated.includes(insideCidr) ? CHANGED : undefined),
  });
}

it.each([[['DOWN', 'UP']], [['UP', 'UP', 'DOWN']], [['UP', 'DOWN', 'UP']]])(
  'lets the first of %j change its key: another tunnel carries the traffic',
  (states) => {
    expect(guardFirst(states)).toEqual([]);
  },
);

it.each([
  [['UP'], 'aws/default: it has no other tunnel: nothing passes while this one changes its key'],
  [
    ['UP', 'DOWN'],
    'aws/default: the other tunnel 169.254.100.4/30 is DOWN: nothing passes while this one changes its key',
  ],
  [
    ['UP', 'DOWN', 'UNKNOWN'],
    'aws/default: no other tunnel is up (169.254.100.4/30 is DOWN and 169.254.100.8/30 is UNKNOWN): nothing passes while this one changes its key',
  ],
])('warns where no tunnel but the first of %j can carry the traffic', (states, warning) => {
  expect(guardFirst(states)).toEqual([warning]);
});

it.each([
  [['UP', 'DOWN'], '169.254.100.4/30', 'DOWN'],
  [['UP', `UP since ${BEFORE}`], '169.254.100.4/30', `UP since ${BEFORE}, before that`],
  [['UP', 'UP'], '169.254.100.4/30', 'UP since an unknown time, before that'],
  [['UP', 'UP', 'DOWN'], '169.254.100.8/30', 'DOWN'],
])('refuses the first of %j while %s has not come up since its own change', (states, rotated, state) => {
  expect(() => guardFirst(states, [rotated])).toThrow(
    `aws/default: not rotated: tunnel ${rotated} got its new key at ${CHANGED} and is not reported up since (${state}); bring it up on the gateway first, or pass --i-checked`,
  );
});

it('goes on once every rotated tunnel came up after its change, and may rotate the same tunnel again', () => {
  const rotated = ['169.254.100.0/30', '169.254.100.4/30', '169.254.100.8/30'];
  expect(guardFirst(['DOWN', `UP since ${AFTER}`, `UP since ${AFTER}`], rotated)).toEqual([]);
});

it('warns of a standby that got a new key and could not come up, and lets the preferred tunnel change its own', () => {
  const standby = ['169.254.100.4/30'];
  expect(guardFirst(['UP', 'DOWN'], standby, standby)).toEqual([
    `aws/default: the standby 169.254.100.4/30 got its new key at ${CHANGED}, and nothing has proved it since: look on the gateway whether it comes up before this tunnel's key changes`,
    'aws/default: the other tunnel 169.254.100.4/30 is DOWN: nothing passes while this one changes its key',
  ]);
  expect(guardFirst(['UP', `UP since ${AFTER}`], standby, standby)).toEqual([]);
});
