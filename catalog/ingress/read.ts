import { nearest } from '../../base/text/nearest';
import { Cidr } from '../../model/net/cidr';
import { Peer } from '../../model/net/peer';
import { Port } from '../../model/net/port';
import { type ProfileSources, profileRules } from '../../model/net/port-profiles';
import { parseProtocol } from '../../model/net/protocol';
import { checkSource, distinctRules, type Rule, ruleDescription, ruleKey } from '../../model/net/rule';
import type { ProblemCode, Where } from '../ground/problem';
import type { ProblemList } from '../ground/problem-list';
import { SOURCE } from '../shape/formats';
import { refusal } from '../shape/read';
import type { Draft } from '../shape/shape';
import type { Place } from '../source/place';
import type { INGRESS, RULE } from './keys';

/** What an ingress rule may name as its source. */
export interface IngressSources extends ProfileSources {
  /** Whether the catalog has a `site` at all, whatever is wrong with it. */
  readonly hasSite: boolean;
  /** The networks of the catalog's entries, `aws/default`; undefined for one whose network is not known. */
  readonly entries: ReadonlyMap<string, Cidr | undefined>;
}

type RuleDraft = Draft<typeof RULE>;

/** What a cloud takes as the rules of a network. */
export interface RuleLimits {
  /** Reports more rules than the cloud takes. */
  readonly checkCount: (count: number, where: Where, problems: ProblemList) => void;
  /** Refuses what the cloud can't do. @throws ValueError */
  readonly checkPort: (port: Port) => void;
  /** @throws ValueError */
  readonly checkDescription: (description: string) => void;
  /** Whether a source may be a prefix list or a security group, by its id. */
  readonly takesIds: boolean;
}

/** The ingress rules of a network: profiles and references resolved, nothing twice. */
export function readIngress(
  where: Place,
  ingress: Draft<typeof INGRESS> | undefined,
  sources: IngressSources,
  limits: RuleLimits,
  problems: ProblemList,
): readonly Rule[] {
  if (ingress === undefined) return [];
  if (typeof ingress === 'string') return distinctRules(profileRules(ingress, sources));
  const reader = new RuleReader(sources, limits, problems);
  const rules = distinctRules(
    ingress.flatMap((rule, index) =>
      rule === undefined ? [] : reader.read(rule, where.below(index), index),
    ),
  );
  limits.checkCount(rules.length, where.keyAt(), problems);
  return rules;
}

/** Reads the rules of one list, of which no two may allow the same. */
class RuleReader {
  /** What is allowed already, with the rule that does. */
  private readonly seen = new Map<string, string>();

  constructor(
    private readonly sources: IngressSources,
    private readonly limits: RuleLimits,
    private readonly problems: ProblemList,
  ) {}

  read(rule: RuleDraft, place: Place, index: number): readonly Rule[] {
    if (rule.profile === undefined) return place.has('profile') ? [] : this.ownRule(rule, place, index);
    const others = place.names.filter((name) => name !== 'profile');
    if (others.length > 0) {
      const message = `a profile stands alone, without ${others.join(', ')}`;
      this.problems.error('bad-rule', place.keyAt('profile'), message, 'write a rule of its own');
    }
    return distinctRules(profileRules(rule.profile, this.sources));
  }

  private ownRule(rule: RuleDraft, place: Place, index: number): readonly Rule[] {
    for (const key of ['protocol', 'from'].filter((name) => !place.has(name))) {
      const message = `key "${key}" is missing: a rule needs protocol, from, and ports for tcp and udp`;
      this.problems.error('missing-key', place.at(), message);
    }
    const ports = this.ports(rule, place);
    if (rule.from === undefined) return [];
    const from = place.below('from');
    const sources = typeof rule.from === 'string' ? [from] : from.items;
    return ports.flatMap((port) =>
      sources.flatMap((source) => {
        const { description = `${port.key} from ${source.text}`, allowPublic } = rule;
        return this.peers(source).flatMap((peer) => {
          const one: Rule = {
            port,
            peer,
            description,
            ...(allowPublic === undefined ? {} : { allowPublic }),
          };
          return this.isNew(one, source, index) && this.accepts(one, source, place) ? [one] : [];
        });
      }),
    );
  }

  private isNew(rule: Rule, source: Place, index: number): boolean {
    const key = ruleKey(rule, 'from');
    const earlier = this.seen.get(key);
    if (earlier !== undefined) {
      const message = `allows ${rule.port.key} from ${rule.peer.value ?? 'self'} a second time, first in ${earlier}`;
      this.problems.error('duplicate-rule', source.at(), message, 'remove one');
      return false;
    }
    this.seen.set(key, `ingress[${index}]`);
    return true;
  }

  private accepts(rule: Rule, source: Place, place: Place): boolean {
    const isGood = <T>(where: Where, check: () => T, code?: ProblemCode) =>
      this.problems.parse(where, () => [check()], code) !== undefined;
    return (
      isGood(source.at(), () => checkSource(rule), 'public-ingress') &&
      isGood(place.at('protocol'), () => this.limits.checkPort(rule.port)) &&
      isGood(place.at('description'), () => this.limits.checkDescription(ruleDescription(rule)))
    );
  }

  private ports(
    { protocol: given, ports, icmpType = -1, icmpCode = -1 }: RuleDraft,
    place: Place,
  ): readonly Port[] {
    const where = place.at('protocol');
    const protocol = given === undefined ? undefined : this.problems.parse(where, () => parseProtocol(given));
    if (protocol === undefined) return [];
    const isMessage = protocol === 'icmp';
    const hasPorts = protocol === 'tcp' || protocol === 'udp';
    const refused = [...(hasPorts ? [] : ['ports']), ...(isMessage ? [] : ['icmp_type', 'icmp_code'])];
    const misplaced = refused.filter((key) => place.has(key));
    for (const key of misplaced) {
      const message = `does not go with protocol: ${place.below('protocol').text ?? given}`;
      this.problems.error('bad-rule', place.keyAt(key), message, 'remove it');
    }
    if (misplaced.length > 0) return [];
    if (protocol === 'all') return [Port.all()];
    if (isMessage) return [Port.icmp(icmpType, icmpCode)];
    if (!hasPorts) return [Port.ofProtocol(protocol)];
    if (ports === undefined) {
      if (place.has('ports')) return [];
      const message = `key "ports" is missing: a port '22' or a range '8000-8010'`;
      return this.problems.error('missing-key', place.at(), message, "for every port write '0-65535'") ?? [];
    }
    const list = place.below('ports');
    const items = list.items.length > 0 ? list.items : [list];
    const texts: readonly (string | number)[] = typeof ports === 'object' ? ports : [ports];
    return texts.flatMap(
      (text, index) =>
        this.problems.parse((items[index] ?? list).at(), () => Port.parse(protocol, String(text))) ?? [],
    );
  }

  private peers(place: Place): readonly Peer[] {
    const { hasSite, site, entries } = this.sources;
    const source = place.text;
    const refuse = (must: string, suggestion?: string, ...fix: readonly string[]): readonly Peer[] => {
      this.problems.error('unknown-entry', place.at(), { must, suggestion }, ...fix);
      return [];
    };
    // What is no source at all was refused when the rule was read.
    if (source === undefined || refusal(source, SOURCE)) return [];
    if (source === 'self') return [Peer.self()];
    if (source === 'site') {
      if (hasSite) return site.map((cidr) => Peer.ipv4(cidr));
      const message = 'key "site" is missing: the catalog has no site that could be a source';
      this.problems.error('missing-key', place.at(), message);
      return [];
    }
    if (/^(pl-|([0-9]{12}\/)?sg-)/.test(source) && !this.limits.takesIds) {
      const message = `${source} is an id of another cloud, which this one does not know`;
      this.problems.error('bad-rule', place.at(), message, 'name networks');
      return [];
    }
    if (source.startsWith('pl-')) return [Peer.prefixList(source)];
    if (/^([0-9]{12}\/)?sg-/.test(source)) return [Peer.securityGroup(source, source.replace('/', '_'))];
    if (/^[0-9]/.test(source)) {
      const cidr = this.problems.parse(place.at(), () => Cidr.parse(source));
      return cidr ? [Peer.ipv4(cidr)] : [];
    }
    if (!entries.has(source)) {
      return refuse(`there is no entry ${JSON.stringify(source)}`, nearest(source, [...entries.keys()]));
    }
    const network = entries.get(source);
    if (network) return [Peer.ipv4(network)];
    return refuse(
      `the network of ${source} is not known`,
      undefined,
      'give that entry its private_network_ipmask',
    );
  }
}
