import {
  IKE_VERSIONS,
  type OptionKind,
  TUNNEL_OPTION_DEFAULTS,
  TUNNEL_OPTION_KINDS,
  type TunnelOptions,
} from './tunnel-options';

/** An option that AWS would refuse, and what must hold for it. */
export interface OptionProblem {
  readonly option: keyof TunnelOptions;
  /** `must be …, got …` */
  readonly message: string;
}

/** Everything that AWS would refuse about a tunnel's options. Each option is checked by itself first, then with the others. */
export function tunnelOptionProblems(options: TunnelOptions): readonly OptionProblem[] {
  const alone = optionValueProblems(options);
  return alone.length > 0 ? alone : combinationProblems(options);
}

/** What AWS would refuse about each option alone: all that can be said where other options are not known yet. */
export function optionValueProblems(options: TunnelOptions): readonly OptionProblem[] {
  const names = Object.keys(TUNNEL_OPTION_KINDS) as (keyof TunnelOptions)[];
  return names.flatMap((option) => {
    const message =
      options[option] === undefined ? undefined : valueProblem(TUNNEL_OPTION_KINDS[option], options[option]);
    return message === undefined ? [] : [{ option, message }];
  });
}

function combinationProblems(options: TunnelOptions): readonly OptionProblem[] {
  const problems: OptionProblem[] = [];
  const { phase1LifetimeSeconds, phase2LifetimeSeconds, rekeyMarginTimeSeconds } = {
    ...TUNNEL_OPTION_DEFAULTS,
    ...defined(options),
  };
  if (phase2LifetimeSeconds >= phase1LifetimeSeconds) {
    const option =
      options.phase1LifetimeSeconds === undefined ? 'phase2LifetimeSeconds' : 'phase1LifetimeSeconds';
    problems.push({
      option,
      message: `phase 2's lifetime (${phase2LifetimeSeconds} s) must be shorter than phase 1's (${phase1LifetimeSeconds} s)`,
    });
  }
  if (rekeyMarginTimeSeconds > phase2LifetimeSeconds / 2) {
    const option =
      options.rekeyMarginTimeSeconds === undefined ? 'phase2LifetimeSeconds' : 'rekeyMarginTimeSeconds';
    problems.push({
      option,
      message: `the rekey margin (${rekeyMarginTimeSeconds} s) must be at most half of phase 2's lifetime (${phase2LifetimeSeconds} s)`,
    });
  }
  const versions = options.ikeVersions ?? IKE_VERSIONS;
  if (options.startupAction === 'start' && (versions.length !== 1 || versions[0] !== 'ikev2')) {
    problems.push({
      option: 'startupAction',
      message: `"start" needs ike_versions: [ikev2], got ${JSON.stringify(versions)}`,
    });
  }
  return problems;
}

function valueProblem(kind: OptionKind, value: unknown): string | undefined {
  switch (kind.kind) {
    case 'flag':
      return typeof value === 'boolean' ? undefined : `must be true or false, got ${JSON.stringify(value)}`;
    case 'choice':
      return kind.values.includes(String(value))
        ? undefined
        : `must be one of ${kind.values.join(', ')}, got ${JSON.stringify(value)}`;
    case 'whole': {
      const good = Number.isInteger(value) && Number(value) >= kind.min && Number(value) <= kind.max;
      return good
        ? undefined
        : `must be a whole number from ${kind.min} to ${kind.max}, got ${JSON.stringify(value)}`;
    }
    case 'choices':
    case 'numbers':
      return listProblem(kind.values, value as readonly unknown[]);
    case 'inside-cidr':
      return undefined;
  }
}

function listProblem(allowed: readonly (string | number)[], values: readonly unknown[]): string | undefined {
  if (values.length === 0) return `must name at least one of ${allowed.join(', ')}, got none`;
  const bad = values.find((value) => !(allowed as readonly unknown[]).includes(value));
  if (bad !== undefined) return `must be of ${allowed.join(', ')}, got ${JSON.stringify(bad)}`;
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined ? undefined : `must name each value once, got ${JSON.stringify(twice)} twice`;
}

/** The options without those that are explicitly undefined. */
function defined(options: TunnelOptions): TunnelOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
