import { didYouMean } from '../../../base/text/nearest';
import { checkIngressRule } from '../../../model/clouds/aws/rule-description';
import { Cidr } from '../../../model/net/cidr';
import { Peer } from '../../../model/net/peer';
import { Port } from '../../../model/net/port';
import { type PortProfile, type ProfileSources, profileRules } from '../../../model/net/port-profiles';
import { distinctRules, isPublicWithoutReason, type Rule, ruleKey } from '../../../model/net/rule';
import { ValueError } from '../../../model/value-error';
import type { ProblemList } from '../../ground/problem-list';
import type { Section } from '../../shape/section';
import type { Path } from '../../source/node';

/** What an ingress rule may name as its source. */
interface IngressSources extends ProfileSources {
  /** Whether the catalog has a `site` at all, whatever is wrong with it. */
  readonly hasSite: boolean;
  /** The networks of the catalog's entries, `aws/default`; undefined for one whose network is not known. */
  readonly entries: ReadonlyMap<string, Cidr | undefined>;
}

/** How many rules AWS takes in a security group unless the quota is raised (VPC user guide, quotas). */
const RULES_QUOTA = 60;

/** The ingress rules of a network: profiles and references resolved, nothing twice. */
export function readIngress(
  create: Section,
  sources: IngressSources,
  problems: ProblemList,
): readonly Rule[] {
  const rules = readRules(create, sources, problems);
  if (rules.length > RULES_QUOTA) {
    const message = `makes ${rules.length} rules; AWS takes ${RULES_QUOTA} in a security group unless the quota is raised`;
    const mend = 'name fewer, wider sources';
    problems.warning('many-rules', create.pathOf('ingress'), message, create.keyAt('ingress'), mend);
  }
  return rules;
}

function readRules(create: Section, sources: IngressSources, problems: ProblemList): readonly Rule[] {
  const word = create.text('ingress') ?? (create.has('ingress') ? undefined : 'vc-node');
  if (word !== undefined) return profileOf(word, sources);
  const seen = new Map<string, string>();
  const rules = create.sections('ingress').flatMap((section, index) => {
    const profile = section.text('profile');
    if (profile === undefined) return readRule(section, sources, seen, `ingress[${index}]`, problems);
    const others = Object.keys(section.values).filter((key) => key !== 'profile');
    if (others.length > 0) {
      const message = `a profile stands alone, without ${others.join(', ')}`;
      problems.error(
        'bad-rule',
        section.pathOf('profile'),
        message,
        section.keyAt('profile'),
        'write a rule of its own',
      );
    }
    return profileOf(profile, sources);
  });
  return distinctRules(rules);
}

function profileOf(word: string, sources: IngressSources): readonly Rule[] {
  return distinctRules(profileRules(word as PortProfile, sources));
}

function readRule(
  section: Section,
  sources: IngressSources,
  seen: Map<string, string>,
  name: string,
  problems: ProblemList,
): readonly Rule[] {
  const missing = ['protocol', 'from'].filter((key) => !section.has(key));
  for (const key of missing) {
    const message = `key "${key}" is missing: a rule needs protocol, from, and ports for tcp and udp`;
    problems.error('missing-key', section.path, message, section.at());
  }
  const port = readPort(section, problems);
  if (!port) return [];
  const from = section.text('from') === undefined ? section.texts('from') : [section.text('from') as string];
  const isList = section.text('from') === undefined;
  return from.flatMap((source, index) => {
    const steps: Path = isList ? ['from', index] : ['from'];
    const peers = peersOf(source, section, steps, sources, problems);
    const description = section.text('description') ?? `${port.key} from ${source}`;
    const allowPublic = section.text('allow_public');
    return peers.flatMap((peer) => {
      const rule: Rule = { port, peer, description, ...(allowPublic === undefined ? {} : { allowPublic }) };
      const earlier = seen.get(ruleKey(rule, 'from'));
      if (earlier !== undefined) {
        const message = `allows ${port.key} from ${peer.cidr ?? 'self'} a second time, first in ${earlier}`;
        problems.error(
          'duplicate-rule',
          section.pathOf(...steps),
          message,
          section.at(...steps),
          'remove one',
        );
        return [];
      }
      seen.set(ruleKey(rule, 'from'), name);
      return checkRule(rule, section, steps, problems) ? [rule] : [];
    });
  });
}

function checkRule(rule: Rule, section: Section, steps: Path, problems: ProblemList): boolean {
  try {
    checkIngressRule(rule);
    return true;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const isPublic = isPublicWithoutReason(rule);
    const place = isPublic ? steps : ['description'];
    const message = `must be ${error.expected}, got ${JSON.stringify(error.got)}`;
    const code = isPublic ? 'public-ingress' : 'bad-value';
    problems.error(code, section.pathOf(...place), message, section.at(...place), error.fix);
    return false;
  }
}

function readPort(section: Section, problems: ProblemList): Port | undefined {
  const protocol = section.text('protocol');
  const [at, path] = [section.at('ports'), section.pathOf('ports')];
  const misplaced = (keys: readonly string[]): boolean => {
    const found = keys.filter((key) => section.has(key));
    for (const key of found) {
      const message = `does not go with protocol: ${protocol}`;
      problems.error('bad-rule', section.pathOf(key), message, section.keyAt(key), 'remove it');
    }
    return found.length > 0;
  };
  if (protocol === 'all') return misplaced(['ports', 'icmp_type', 'icmp_code']) ? undefined : Port.all();
  if (protocol === 'icmp') {
    if (misplaced(['ports'])) return undefined;
    return Port.icmp(section.number('icmp_type') ?? -1, section.number('icmp_code') ?? -1);
  }
  if (protocol !== 'tcp' && protocol !== 'udp') return undefined;
  if (misplaced(['icmp_type', 'icmp_code'])) return undefined;
  const ports = section.text('ports') ?? section.number('ports')?.toString();
  if (ports !== undefined) return problems.parse(path, at, () => Port.parse(protocol, ports));
  if (!section.has('ports')) {
    const message = `key "ports" is missing: a port '22' or a range '8000-8010'`;
    problems.error('missing-key', section.path, message, section.at(), "for every port write '0-65535'");
  }
  return undefined;
}

function peersOf(
  source: string,
  section: Section,
  steps: Path,
  sources: IngressSources,
  problems: ProblemList,
): readonly Peer[] {
  const [path, at] = [section.pathOf(...steps), section.at(...steps)];
  if (source === 'self') return [Peer.self()];
  if (source === 'site') {
    if (sources.hasSite) return sources.site.map((cidr) => Peer.ipv4(cidr));
    const message = 'key "site" is missing: the catalog has no site that could be a source';
    return problems.error('missing-key', path, message, at) ?? [];
  }
  if (/^[0-9]/.test(source)) {
    const cidr = problems.parse(path, at, () => Cidr.parse(source));
    return cidr ? [Peer.ipv4(cidr)] : [];
  }
  if (!sources.entries.has(source)) {
    const hint = didYouMean(source, [...sources.entries.keys()]);
    return (
      problems.error('unknown-entry', path, `there is no entry ${JSON.stringify(source)}${hint}`, at) ?? []
    );
  }
  const network = sources.entries.get(source);
  if (network) return [Peer.ipv4(network)];
  const message = `the network of ${source} is not known`;
  const mend = 'give that entry its private_network_ipmask';
  return problems.error('unknown-entry', path, message, at, mend) ?? [];
}
