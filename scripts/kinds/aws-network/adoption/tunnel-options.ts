import type { Json, JsonMap } from '../../../../catalog/ground/json';
import { cryptoProfileOptions } from '../../../../model/clouds/aws/crypto-options';
import {
  optionKey,
  TUNNEL_NUMBERS,
  TUNNEL_OPTION_DEFAULTS,
  TUNNEL_OPTION_KINDS,
  type TunnelOptions,
} from '../../../../model/clouds/aws/tunnel-options';
import type { CryptoProfile } from '../../../../model/tunnel/crypto-profiles';
import type { Attributes } from '../../../../terraform/state/state-file';

/** The keys of `vpn` that say how an existing connection's tunnels are. */
export interface TunnelKeys {
  readonly crypto: CryptoProfile;
  readonly tunnelOptions: JsonMap;
  /** Of the first and the second tunnel. */
  readonly tunnels: readonly [JsonMap, JsonMap];
  /** Options that AWS chooses now and that the profile would set: `tunnel1_phase1_dh_group_numbers`. */
  readonly setAnew: readonly string[];
  /** Whether the profile writes defaults of AWS out, which nobody has set: a change in place that restarts the tunnels. */
  readonly writesDefaults: boolean;
}

type Option = keyof TunnelOptions;
type Values = ReadonlyMap<Option, Json>;

const OPTIONS = (Object.keys(TUNNEL_OPTION_KINDS) as readonly Option[]).filter(
  (option) => option !== 'insideCidr',
);

/** What decides which proposals the two ends agree on. */
const NEGOTIATED: readonly Option[] = [
  'ikeVersions',
  'phase1EncryptionAlgorithms',
  'phase1IntegrityAlgorithms',
  'phase1DhGroupNumbers',
  'phase2EncryptionAlgorithms',
  'phase2IntegrityAlgorithms',
  'phase2DhGroupNumbers',
];

/** Finds the profile that leaves a connection's tunnels as they are, with the options that differ from it. */
export function tunnelKeysOf(connection: Attributes): TunnelKeys {
  const [first, second] = TUNNEL_NUMBERS.map((number) => optionsOf(connection, number)) as [Values, Values];
  const crypto = profileOf(first, second);
  const profile = valuesOf(cryptoProfileOptions(crypto));
  const differing = (tunnel: Values): JsonMap =>
    Object.fromEntries(
      OPTIONS.flatMap((option) => {
        const value = overrideOf(option, tunnel, profile);
        return value === undefined ? [] : [[optionKey(option), value]];
      }),
    );
  const [own, other] = [differing(first), differing(second)];
  const shared = Object.entries(own).filter(([key, value]) => same(other[key], value));
  const isShared = new Set(shared.map(([key]) => key));
  const rest = (options: JsonMap, number: 1 | 2): JsonMap => {
    const inside = connection[`tunnel${number}_inside_cidr`];
    return {
      ...(typeof inside === 'string' && inside !== '' ? { inside_cidr: inside } : {}),
      ...Object.fromEntries(Object.entries(options).filter(([key]) => !isShared.has(key))),
    };
  };
  const setAnew = [first, second].flatMap((tunnel, index) =>
    NEGOTIATED.filter((option) => !tunnel.has(option) && profile.has(option)).map(
      (option) => `tunnel${index + 1}_${optionKey(option)}`,
    ),
  );
  return {
    crypto,
    tunnelOptions: Object.fromEntries(shared),
    tunnels: [rest(own, 1), rest(other, 2)],
    setAnew,
    writesDefaults: [...profile.keys()].some((option) => !first.has(option) || !second.has(option)),
  };
}

/** The option that keeps a tunnel as it is; undefined where the profile, or AWS's default, says the same. */
function overrideOf(option: Option, tunnel: Values, profile: Values): Json | undefined {
  const value = tunnel.get(option);
  const set = profile.get(option);
  if (value !== undefined)
    return same(set, value) || (set === undefined && same(defaultOf(option), value)) ? undefined : value;
  if (set === undefined || same(set, defaultOf(option))) return undefined;
  // Only a flag can be set to what its absence means.
  return set === true ? false : undefined;
}

function defaultOf(option: Option): Json | undefined {
  const defaults: Readonly<Partial<Record<Option, Json>>> = {
    ...TUNNEL_OPTION_DEFAULTS,
    startupAction: 'add',
    rekeyFuzzPercentage: 100,
    replayWindowSize: 1024,
  };
  return defaults[option];
}

function profileOf(first: Values, second: Values): CryptoProfile {
  const both = [first, second];
  if (both.every((tunnel) => NEGOTIATED.every((option) => !tunnel.has(option)))) return 'seed';
  const fits = (profile: CryptoProfile) => {
    const values = valuesOf(cryptoProfileOptions(profile));
    return both.every((tunnel) => NEGOTIATED.every((option) => same(values.get(option), tunnel.get(option))));
  };
  return fits('modern') ? 'modern' : 'compatible';
}

/** The options of a tunnel that are set: SDK providers write an absent one as 0, an empty list, or an empty text. */
function optionsOf(connection: Attributes, number: 1 | 2): Values {
  return new Map(
    OPTIONS.flatMap((option): [Option, Json][] => {
      const value = connection[`tunnel${number}_${optionKey(option)}`];
      if (Array.isArray(value)) {
        const items = value.filter((item) => typeof item === 'string' || typeof item === 'number');
        return items.length === 0 ? [] : [[option, [...items].sort()]];
      }
      const isSet =
        (typeof value === 'string' && value !== '') ||
        (typeof value === 'number' && value !== 0) ||
        value === true;
      return isSet ? [[option, value]] : [];
    }),
  );
}

function valuesOf(options: TunnelOptions): Values {
  return new Map(
    OPTIONS.flatMap((option): [Option, Json][] => {
      const value = options[option];
      if (value === undefined || typeof value === 'object' ? !Array.isArray(value) : false) return [];
      return [[option, Array.isArray(value) ? [...value] : (value as Json)]];
    }),
  );
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
