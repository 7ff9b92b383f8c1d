import { listed } from '../../../../base/text/listed';
import { TUNNEL_NUMBERS } from '../../../../model/clouds/aws/tunnel-options';
import { isComputed } from '../../../../terraform/plan/drift';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { attributeWords, valueWords } from './attribute-words';
import { type Crypto, cryptoOf, cryptoWords, hasMatch } from './crypto';
import type { Effect } from './outcome-words';

type TunnelNumber = (typeof TUNNEL_NUMBERS)[number];

const CRYPTO = /^(ike_versions|phase[12]_(encryption_algorithms|integrity_algorithms|dh_group_numbers))$/;

/** What changed options do to the tunnels of a connection that stays. */
export function tunnelOptionEffects(connection: ScrubbedChange): readonly Effect[] {
  return [...cryptoEffects(connection), ...keyEffects(connection), ...otherEffects(connection)];
}

function cryptoEffects(connection: ScrubbedChange): readonly Effect[] {
  const changed = TUNNEL_NUMBERS.filter((tunnel) =>
    optionsOf(connection, tunnel).some((option) => CRYPTO.test(option)),
  );
  const sides = (tunnel: TunnelNumber) =>
    [cryptoOf(connection.before, tunnel), cryptoOf(connection.after, tunnel)] as const;
  return together(connection, changed, (tunnel) => cryptoWords(...sides(tunnel))).map(
    ({ tunnels, whose, words }) => {
      const matches = tunnels.every((tunnel) => hasMatch(...(sides(tunnel) as readonly [Crypto, Crypto])));
      const what = `crypto ${words}, ${whose}`;
      if (matches)
        return {
          change: tunnels.length > 1 ? 'crypto with match' : 'options of one tunnel',
          what,
          notes: ['AWS goes on accepting what the gateway host proposes now'],
        };
      return {
        change: tunnels.length > 1 ? 'crypto without match' : 'crypto of one tunnel without match',
        what,
        notes: ['AWS no longer accepts what the gateway host proposes now'],
      };
    },
  );
}

function keyEffects(connection: ScrubbedChange): readonly Effect[] {
  const { before, after, changed } = connection;
  if (changed.includes('preshared_key_storage') && !isComputed(connection, 'preshared_key_storage'))
    return [
      {
        change: 'key storage changed',
        what: `storage of the pre-shared keys ${before.preshared_key_storage} → ${after.preshared_key_storage}`,
        notes: ['if AWS keeps the same keys, they come up again by themselves'],
      },
    ];
  const tunnels = TUNNEL_NUMBERS.filter((tunnel) => optionsOf(connection, tunnel).includes('preshared_key'));
  const [first] = tunnels;
  if (first === undefined) return [];
  return tunnels.length > 1
    ? [{ change: 'keys changed', what: 'the pre-shared keys of both tunnels change' }]
    : [
        {
          change: 'key of one tunnel changed',
          what: `the pre-shared key of ${tunnelName(connection, first)} changes`,
        },
      ];
}

/** Lifetimes, DPD and the like: AWS restarts the tunnel, and the gateway host need not agree. */
function otherEffects(connection: ScrubbedChange): readonly Effect[] {
  const others = (tunnel: TunnelNumber) =>
    optionsOf(connection, tunnel).filter((option) => !CRYPTO.test(option) && option !== 'preshared_key');
  const changed = TUNNEL_NUMBERS.filter((tunnel) => others(tunnel).length > 0);
  const wordsOf = (tunnel: TunnelNumber) =>
    listed(others(tunnel).map((option) => optionWords(connection, tunnel, option)));
  return together(connection, changed, wordsOf).map(({ tunnels, whose, words }) => ({
    change: tunnels.length > 1 ? 'tunnel options' : 'options of one tunnel',
    what: `${words}, ${whose}`,
  }));
}

function optionWords({ before, after }: ScrubbedChange, tunnel: TunnelNumber, option: string): string {
  const [from, to] = [before[`tunnel${tunnel}_${option}`], after[`tunnel${tunnel}_${option}`]];
  const isPlain =
    [from, to].every((value) => typeof value !== 'object' || Array.isArray(value)) &&
    option !== 'log_options';
  return `${attributeWords(option)} ${isPlain ? `${valueWords(from)} → ${valueWords(to)}` : 'changes'}`;
}

/** The options of a tunnel that change, without what the cloud fills in. */
function optionsOf(connection: ScrubbedChange, tunnel: TunnelNumber): readonly string[] {
  const prefix = `tunnel${tunnel}_`;
  return connection.changed
    .filter((name) => name.startsWith(prefix) && !isComputed(connection, name))
    .map((name) => name.slice(prefix.length));
}

interface Together {
  readonly tunnels: readonly TunnelNumber[];
  readonly whose: string;
  readonly words: string;
}

/** Tunnels with the same words together. */
function together(
  connection: ScrubbedChange,
  tunnels: readonly TunnelNumber[],
  wordsOf: (tunnel: TunnelNumber) => string,
): readonly Together[] {
  const distinct = [...new Set(tunnels.map(wordsOf))];
  return distinct.map((words) => {
    const same = tunnels.filter((tunnel) => wordsOf(tunnel) === words);
    const whose =
      same.length > 1 ? 'both tunnels' : same.map((tunnel) => tunnelName(connection, tunnel)).join();
    return { tunnels: same, whose, words };
  });
}

function tunnelName({ before }: ScrubbedChange, tunnel: TunnelNumber): string {
  return `tunnel ${before[`tunnel${tunnel}_inside_cidr`] ?? tunnel}`;
}
